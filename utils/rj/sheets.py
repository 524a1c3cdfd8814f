"""The sheets that people fill, in the order of the paper; the Sommaire, which follows from them, comes last."""

from __future__ import annotations

from typing import Final

from utils.rj.declaration import Tab
from utils.rj.tabs.controle import CONTROLE
from utils.rj.tabs.dbrs import DBRS
from utils.rj.tabs.dueback import DUEBACK
from utils.rj.tabs.geac import GEAC
from utils.rj.tabs.hp_admin import HP_ADMIN
from utils.rj.tabs.internet import INTERNET
from utils.rj.tabs.jour import JOUR
from utils.rj.tabs.quasimodo import QUASIMODO
from utils.rj.tabs.recap import RECAP
from utils.rj.tabs.sd import SD
from utils.rj.tabs.setd import SETD
from utils.rj.tabs.sonifi import SONIFI
from utils.rj.tabs.transelect import TRANSELECT

SHEETS: Final[tuple[Tab, ...]] = (
    *(CONTROLE, DUEBACK, RECAP, TRANSELECT, GEAC, SD, SETD),
    *(HP_ADMIN, INTERNET, SONIFI, JOUR, QUASIMODO, DBRS),
)
TABS_OF_A_NIGHT: Final = len(SHEETS) + 1
"""How many tabs a night has, the Sommaire with them."""
