"""A night or a period as files: which forms there are, the bytes of each, the name under which it is kept."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final, NamedTuple

from database import notifications
from database.models.notification import MONTH
from database.transaction import read
from utils.actions.last_year import last_year_of
from utils.actions.person import Person
from utils.actions.reports.read_report import month_of, report_of
from utils.reports.book import workbook
from utils.reports.report import Report
from utils.reports.rj_sheet import Beside

XLSX: Final = "xlsx"
XLSX_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TYPES: Final = {XLSX: XLSX_TYPE}
"""The forms, with the type of what each gives."""


class File(NamedTuple):
    """A file to keep: its name, its type, its bytes."""

    name: str
    type: str
    content: bytes


def export_night(person: Person, day: date, form: str, at: datetime) -> File:
    """A night in one of the forms; raises ``NoSuchNight``."""
    report = report_of(person, day, at)
    return File(f"rj-{report.head.code}-{day.isoformat()}.{form}", TYPES[form], _bytes(person, [report]))


def export_month(person: Person, first: date, form: str, at: datetime) -> File:
    """The month that begins on this day in one of the forms; raises ``NoSuchNight``."""
    reports = month_of(person, first, at)
    return File(f"rj-{reports[-1].head.code}-{first:%Y-%m}.{form}", TYPES[form], _bytes(person, reports))


def _bytes(person: Person, reports: Sequence[Report]) -> bytes:
    day = reports[-1].head.night
    first = day.replace(day=1)
    with read() as connection:
        planned = notifications.budgets_between(connection, person.property_id, first, first).get((MONTH, first))
    past = last_year_of(person, day).sums
    beside = Beside(past, planned.revenue if planned else None, planned.labour_budget if planned else None)
    return workbook(reports, beside)
