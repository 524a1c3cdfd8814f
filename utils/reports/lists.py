"""The files that are lists: a first row of titles, then a row each; the same nights give the same rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final, NamedTuple

from utils.presentation.spreadsheet import csv_text
from utils.presentation.states import CHECK_STATES
from utils.reports.ledger import NIL, entry_of
from utils.reports.quasimodo import quasimodo_of
from utils.reports.report import Report

FINAL: Final = ("Verrouillée", "Importée")
"""The states of a night that changes no more, unless a correction opens it."""

Row = Sequence[str | Decimal | int]


class Difference(NamedTuple):
    """A check out of its tolerance, ``status`` being its code; what was answered, by whom, when; empty for nothing."""

    check: str
    status: str
    value: str | Decimal | int
    tolerance: Decimal
    answer: str = ""
    reason: str = ""
    by: str = ""
    at: str = ""


def figure_rows(reports: Sequence[Report], tab: str = "") -> Iterator[Row]:
    """Every figure of the nights, of one tab when it is named."""
    yield ("Nuit", "Révision", "État", "Onglet", "Champ", "Libellé", "Valeur", "Provenance", "Tapé")
    for report in reports:
        for one in report.figures():
            if tab in ("", one.tab):
                origin = (one.origin, one.typed)
                yield (*_night(report), one.tab, one.name, one.label, cell_of(one.value, one.text), *origin)


def entry_rows(reports: Sequence[Report], accounts: Mapping[str, str]) -> Iterator[Row]:
    """The accounting entry of the nights together; raises ``NotClosedError``, naming the night that has none."""
    yield ("Date", "Pièce", "Compte", "Libellé", "Débit", "Crédit")
    last = reports[-1].head
    period = f"{reports[0].head.night.isoformat()}-{last.night.isoformat()}"
    piece = f"RJ-{last.code}-{f'{last.night.isoformat()}-R{last.revision}' if len(reports) == 1 else period}"
    if any(one.head.state not in FINAL for one in reports):
        piece += "-PROVISOIRE"
    for one in entry_of((report.night for report in reports), accounts):
        sides = (one.amount, "") if one.amount > NIL else ("", -one.amount)
        yield (last.night.isoformat(), piece, one.account, one.label, *sides)


def quasimodo_rows(reports: Sequence[Report], accounts: Mapping[str, str]) -> Iterator[Row]:
    """The Quasimodo journal of each night that has cards."""
    yield ("Date", "Compte", "Libellé", "Montant", "Source")
    for report in reports:
        for one in quasimodo_of(report.night, accounts):
            yield (report.head.night.isoformat(), *one)


def difference_rows(reports: Sequence[Report], found: Mapping[date, Sequence[Difference]]) -> Iterator[Row]:
    """What is out of its tolerance in each night, and what was answered."""
    yield ("Nuit", "Révision", "État", "Contrôle", "Statut", "Écart", "Tolérance", "Réponse", "Motif", "Par", "Quand")
    for report in reports:
        for one in found.get(report.head.night, ()):
            state = CHECK_STATES.get(one.status)
            yield (*_night(report), *one._replace(status=state.word if state else one.status))


def csv_file(rows: Iterable[Row]) -> bytes:
    """The bytes of a list."""
    return csv_text(rows).encode()


def _night(report: Report) -> tuple[str, int, str]:
    return report.head.night.isoformat(), report.head.revision, report.head.state


def cell_of(value: Any, text: str) -> str | Decimal | int:  # noqa: ANN401 - a value of the night
    """A number as a number, a date as machines write it, the rest as a person reads it."""
    if isinstance(value, date):
        return value.isoformat()
    return value if isinstance(value, int | Decimal) and not isinstance(value, bool) else text
