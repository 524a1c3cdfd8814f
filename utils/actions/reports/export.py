"""A night or a period as files: which forms there are, the bytes of each, the name under which it is kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, Final, NamedTuple

from database import notifications, properties
from database.models.notification import MONTH
from database.transaction import read
from utils.actions.last_year import last_year_of
from utils.actions.person import Person
from utils.actions.refusals import Conflict, Unreadable
from utils.actions.reports.read_differences import differences_of
from utils.actions.reports.read_report import month_of, report_of, reports_between
from utils.reports.book import workbook
from utils.reports.ledger import NotClosedError
from utils.reports.lists import Row, csv_file, difference_rows, entry_rows, figure_rows, quasimodo_rows
from utils.reports.report import Report
from utils.reports.rj_sheet import Beside

XLSX: Final = "xlsx"
XLSX_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV_TYPE: Final = "text/csv; charset=utf-8"
LONGEST: Final = timedelta(days=366)
"""How long a period may be: a year at a time."""


class Form(NamedTuple):
    """A form that a night takes in a file: what it is called, what the name of the file ends with, what is in it."""

    label: str
    ending: str
    help: str
    rows: Callable[[Person, Sequence[Report]], Iterable[Row]] | None = None


class File(NamedTuple):
    """A file to keep: its name, its type, its bytes."""

    name: str
    type: str
    content: bytes


def _accounts(person: Person, reports: Sequence[Report]) -> Mapping[str, str]:
    """The accounts that the hotel says today: a number that changed since the night is where its entry goes."""
    head = reports[-1].head
    with read() as connection:
        day = max(head.at.date(), head.night)
        policy = properties.settings_document(connection, person.property_id, day).values
    found: Any = policy.get("comptes")
    return {key: one for key, one in found.items() if isinstance(one, str)} if isinstance(found, Mapping) else {}


FORMS: Final[Mapping[str, Form]] = {
    XLSX: Form("Excel", ".xlsx", "Le classeur de l’hôtel, ses formules vivantes."),
    "csv": Form(
        *("CSV", ".csv", "Chaque chiffre de chaque nuit, une rangée chacun."),
        lambda _, reports: figure_rows(reports),
    ),
    "ecriture": Form(
        *("Écriture comptable", "-ecriture.csv", "Débits et crédits, égaux, par compte; chaque taxe au sien."),
        lambda person, reports: entry_rows(reports, _accounts(person, reports)),
    ),
    "quasimodo": Form(
        *("Quasimodo", "-quasimodo.csv", "Les cartes et les dépôts de chaque nuit, contre le net du RJ."),
        lambda person, reports: quasimodo_rows(reports, _accounts(person, reports)),
    ),
    "dbrs": Form(
        *("DBRS", "-dbrs.csv", "Les chiffres de l’onglet DBRS."),
        lambda _, reports: figure_rows(reports, "dbrs"),
    ),
    "ecarts": Form(
        *("Écarts et dérogations", "-ecarts.csv", "Ce qui sort de sa tolérance, et ce qui a été répondu."),
        lambda person, reports: difference_rows(reports, differences_of(person, reports)),
    ),
}
"""The forms by the word that asks for them."""


def export_night(person: Person, day: date, form: str, at: datetime) -> File:
    """A night in one of the forms; raises ``NoSuchNight``, ``Conflict`` for one that cannot take it."""
    return _file(person, [report_of(person, day, at)], day.isoformat(), form)


def export_month(person: Person, first: date, form: str, at: datetime) -> File:
    """The month that begins on this day in one of the forms; raises as a night does."""
    return _file(person, month_of(person, first, at), f"{first:%Y-%m}", form)


def export_period(person: Person, start: date, end: date, form: str, at: datetime) -> File:
    """The nights of a period, both days in it; raises as a night does, and ``Unreadable`` for what is no period."""
    check_period(start, end)
    if form == XLSX and (start.year, start.month) != (end.year, end.month):
        raise Unreadable("Un classeur tient un seul mois : demander chaque mois à part.")
    return _file(person, reports_between(person, start, end, at), f"{start.isoformat()}-au-{end.isoformat()}", form)


def check_period(start: date, end: date) -> None:
    """Refuse (``Unreadable``) what is no period, both days in it, of at most a year."""
    if not timedelta(0) <= end - start < LONGEST:
        raise Unreadable("Une période va d’une date à une autre qui la suit, d’au plus un an.")


def _file(person: Person, reports: Sequence[Report], when: str, form: str) -> File:
    """The bytes of these nights, under their name."""
    one = FORMS[form]
    name = f"rj-{reports[-1].head.code}-{when}{one.ending}"
    if one.rows is None:
        return File(name, XLSX_TYPE, workbook(reports, _beside(person, reports[-1].head.night)))
    try:
        return File(name, CSV_TYPE, csv_file(one.rows(person, reports)))
    except NotClosedError as night:
        raise Conflict(
            f"La nuit du {night} n’est pas fermée : il manque une balance, et son écriture ne balancerait pas."
        ) from None


def _beside(person: Person, day: date) -> Beside:
    first = day.replace(day=1)
    with read() as connection:
        planned = notifications.budgets_between(connection, person.property_id, first, first).get((MONTH, first))
    past = last_year_of(person, day).sums
    return Beside(past, planned.revenue if planned else None, planned.labour_budget if planned else None)
