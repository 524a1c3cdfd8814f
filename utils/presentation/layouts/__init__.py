"""How each tab is laid out: as the paper is. One module a tab or a family of tabs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from utils.presentation.layout import Layout
from utils.presentation.layouts.cards import quasimodo, transelect
from utils.presentation.layouts.cash import dueback, recap, sd, setd
from utils.presentation.layouts.dbrs import dbrs
from utils.presentation.layouts.jour import jour
from utils.presentation.layouts.small import controle, hp_admin, internet, sonifi
from utils.presentation.layouts.system import geac
from utils.presentation.sheet import Sheet

LAYOUTS: Final[dict[str, Callable[[Sheet], Layout]]] = {
    "controle": controle,
    "dueback": dueback,
    "recap": recap,
    "transelect": transelect,
    "geac": geac,
    "sd": sd,
    "setd": setd,
    "hp_admin": hp_admin,
    "internet": internet,
    "sonifi": sonifi,
    "jour": jour,
    "quasimodo": quasimodo,
    "dbrs": dbrs,
}
"""Every tab but the Sommaire, which has a page of its own."""
