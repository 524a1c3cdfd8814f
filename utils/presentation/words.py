"""The French words of codes: choices, states, statuses; and the typography of labels."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, Final

from utils import french
from utils.rj.cash_difference import CAUSE_LABELS
from utils.rj.declaration import CHOICE, COUNT, DATE, FACTOR, FLAG, MONEY, PERCENT
from utils.rj.tabs.jour_cells import CATEGORIES, OUTLETS

CHOICES: Final[dict[str, str]] = {
    "soleil": "Soleil",
    "nuages": "Nuages",
    "pluie": "Pluie",
    "neige": "Neige",
    "reception": "Réception",
    "restaurant": "Restaurant",
    "comptabilite": "Comptabilité",
    "CDN": "CDN",
    "US": "US",
    "link": "Café Link",
    "cupola": "Cupola",
    "serv_ch": "Service aux chambres",
    "club_lounge": "Salon club",
    "administration": "Administration (14)",
    "promotion": "Promotion (15)",
    "promesse_service": "Promesse de service (17)",
    "star_hot": "50 % Star Hot",
    "tabagie": "Tabagie",
    "chambres": "Chambres",
    "pos": "Points de vente",
    **CAUSE_LABELS,
    **OUTLETS,
    **{key: label.capitalize() for key, label in CATEGORIES.items()},
}
IN_TAB: Final[dict[tuple[str, str], str]] = {
    ("hp_admin", "piazza"): "Piazza",
    ("hp_admin", "spesa"): "La Spesa",
    ("sd", "spesa"): "La Spesa",
    ("transelect", "banquet"): "Banquets",
}
"""Choices that one tab calls otherwise."""

STATUSES: Final = {
    "draft": "Brouillon",
    "in_progress": "En cours",
    "submitted": "Soumise",
    "locked": "Verrouillée",
    "correcting": "En correction",
}
ROLES: Final = {
    "night_auditor": "Audit de nuit",
    "front_desk_supervisor": "Supervision de la réception",
    "accounting": "Comptabilité",
    "controller": "Contrôle",
    "gsm": "Direction adjointe",
    "gm": "Direction générale",
    "admin": "Administration",
}


def choice_label(tab: str, code: str) -> str:
    """The word a person reads for the code of a choice."""
    return IN_TAB.get((tab, code)) or CHOICES[code]


typographic = french.typographic
"""The same text with the French apostrophe."""


def lower_first(text: str) -> str:
    """For a label inside a sentence; acronyms keep their capitals."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


_WRITERS: Final[dict[str, Callable[[Any], str]]] = {
    MONEY: french.number,
    PERCENT: french.number,
    FACTOR: lambda value: french.number(value, 3),
    COUNT: french.count,
    DATE: date.isoformat,
    FLAG: lambda value: "oui" if value else "non",
}


def figure(kind: str, value: Any) -> str:  # noqa: ANN401 - a value of the night
    """A value as a cell shows it, without unit: columns line up to the comma; empty when absent."""
    return "" if value is None else _WRITERS.get(kind, str)(value)


def figure_of_choice(tab: str, kind: str, value: Any) -> str:  # noqa: ANN401 - a value of the night
    """The same, the code of a choice being said in French."""
    return choice_label(tab, value) if kind == CHOICE and value is not None else figure(kind, value)
