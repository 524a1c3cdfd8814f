"""The journal of a night as a person reads it: who changed what, before, after, why; latest first, day by day."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from utils import dates, french
from utils.presentation.night_page import short
from utils.presentation.words import STATUSES, figure_of_choice, typographic
from utils.rj.catalogue import BY_KEY, TABS
from utils.rj.declaration import FACTOR, MONEY, PERCENT, Field
from utils.rj.labels import declared_at, place
from utils.shapes import Document

_ACTIONS: Final = {
    "ouverture": "Nuit ouverte",
    "reprise": "Chiffres repris de la veille",
    "saisie": "Saisie",
    "importation": "Importation",
    "synchronisation": "Synchronisation",
    "garde": "Chiffre saisi gardé",
    "a_cote": "Chiffre de Lightspeed gardé à côté",
    "liaison": "Liaison avec Lightspeed",
    "soumission": "Nuit soumise",
    "soumission en attente": "Nuit soumise, en attente de dérogation",
    "motif": "Motif",
    "reconstruction": "Chiffres repris des onglets",
    "retablissement": "Rétabli d’après le journal",
    "derogation": "Dérogation",
    "dérogations complètes": "Dérogations complètes",
    "verrouillage": "Nuit verrouillée",
    "reouverture": "Correction ouverte",
    "soumission reprise": "Soumission reprise",
    "envoi immédiat": "Envoi sans attendre la fin de la reprise",
    "restauration": "Livre restauré d’une sauvegarde",
    "cle": "Livre scellé sous une nouvelle clé",
    "effacement": "Renseignements personnels effacés",
    "hotel": "Hôtel créé",
    "reglage": "Réglage",
    "compte": "Compte",
    "role": "Rôle",
    "invitation": "Rôle offert",
    "reservations": "Réservations en main gardées",
    "dbrs": "DBRS",
    "personne": "Noms du personnel",
    "releve": "Note de relève",
    "signature": "Signature de la supervision",
    "enveloppes": "Enveloppes comptées",
    "vu": "Nuit vue",
}
_STATES: Final = frozenset(STATUSES)
_NUMBERS: Final = {tab.key: number for number, tab in enumerate(TABS, 1)}
_DECIMAL: Final = (MONEY, PERCENT, FACTOR)


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that happened, in words."""

    clock: str
    who: str
    action: str
    tab: str
    label: str
    before: str
    after: str
    reason: str
    href: str


@dataclass(frozen=True, slots=True)
class Day:
    """What happened on one calendar day."""

    day: date
    told: tuple[Told, ...]


def action_word(action: str) -> str:
    """What happened, in words."""
    return _ACTIONS.get(action, action.capitalize())


def told(entries: Iterable[Document], zone: str, base: str) -> tuple[Day, ...]:
    """The entries of the API's journal, latest first, by calendar day of the hotel."""
    days: dict[date, list[Told]] = {}
    for entry in sorted(entries, key=lambda one: -int(one["seq"])):
        moment = dates.local(datetime.fromisoformat(entry["a"]), zone)
        days.setdefault(moment.date(), []).append(entry_told(entry, french.clock(moment), base))
    return tuple(Day(day, tuple(found)) for day, found in days.items())


def entry_told(entry: Document, clock: str, base: str) -> Told:
    """An entry of the API's journal in words; ``clock`` says when."""
    tab, cell = place(entry["onglet"] or "", entry["champ"] or "")
    field = declared_at(tab, cell)
    structural = entry["champ"] == "previous" or entry["action"] == "ouverture"
    label = "" if structural or not entry["champ"] else typographic(entry["libelle"] or "")
    # the name of a cell of a line holds the id of the line, after its list
    lines, dot, part = cell.rpartition(".")
    line = entry.get("ligne")
    anchor = f"{lines}.{line}.{part}" if line and dot and line not in cell.split(".") else cell
    return Told(
        clock=clock,
        who=entry["par"] or "effacé",
        action=action_word(entry["action"]),
        tab=f"{_NUMBERS[tab]}, {short(BY_KEY[tab])}" if tab in BY_KEY else "",
        label=label,
        before="" if structural else _said(tab, field, entry["avant"]),
        after="" if structural else _said(tab, field, entry["apres"]),
        # for a figure typed as a calculation, its operands
        reason=f"Calcul : {entry['motif']}" if entry["motif"] and entry["action"] == "saisie" else entry["motif"] or "",
        href=f"{base}/{tab}#{tab}.{anchor}" if tab in BY_KEY and cell else "",
    )


def _said(tab: str, field: Field | None, text: str | None) -> str:
    """A value of the journal (canonical JSON) in French; empty when there was none."""
    if text is None:
        return ""
    try:
        value = json.loads(text)
    except ValueError:
        value = text
    if isinstance(value, str) and value in _STATES:
        return STATUSES[value]
    if isinstance(value, dict):
        return "; ".join(str(one) for one in value.values())
    if isinstance(value, list):
        return "; ".join(_scalar(tab, field, one) for one in value)
    return _scalar(tab, field, value)


def _scalar(tab: str, field: Field | None, value: Any) -> str:  # noqa: ANN401 - a JSON scalar
    kind = field.entry_kind if field else ""
    try:
        read = Decimal(value) if kind in _DECIMAL else value
        return french.money(read) if kind == MONEY else figure_of_choice(tab, kind, read)
    except (InvalidOperation, TypeError, ValueError, KeyError, AttributeError):
        return str(value)
