"""The templates to fill, and budgets that come back in one: read, shown, then kept as the form keeps them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from database import properties
from database.models.notification import DAY, MONTH
from database.transaction import read
from utils.actions.notifications.budgets import COLUMNS, NONE, Moved, Row, moved_by, rows_of
from utils.actions.person import Person
from utils.actions.reports.export import CSV_TYPE, XLSX_TYPE, File
from utils.imports.budget_sheet import Budget, read_budgets
from utils.imports.flaws import UnusableBook as Refused
from utils.money import money_text
from utils.reports.templates import CSV, XLSX, budgets_template, nights_template

__all__ = ["Refused"]

TYPES = {XLSX: XLSX_TYPE, CSV: CSV_TYPE}
"""The forms of a template, with the type of each."""


class Proposed(NamedTuple):
    """Budgets read in a file: the months they concern, what they would change, and the form that keeps them."""

    months: list[date]
    moved: list[Moved]
    form: dict[str, str]


def nights_to_fill(person: Person, first: date, form: str) -> File:
    """The template of the nights of the month that begins on this day."""
    with read() as connection:
        hotel = properties.property_by_id(connection, person.property_id)
    content = nights_template(first, hotel.name, form)
    return File(f"modele-nuits-{hotel.code}-{first:%Y-%m}.{form}", TYPES[form], content)


def budgets_to_fill(person: Person, first: date, form: str) -> File:
    """The template of the budgets of a month and of its days, with what is known of them."""
    rows = rows_of(person, first)
    budgets = [Budget(row.span == MONTH, row.day, (*row.planned,)) for row in rows]
    return File(f"modele-budgets-{first:%Y-%m}.{form}", TYPES[form], budgets_template(budgets, form))


def read_budget_file(person: Person, data: bytes) -> Proposed:
    """What a filled template would change; raises ``Refused``, which names each cell. Nothing is written.

    A figure that the file does not give stays as it is.
    """
    found = read_budgets(data)
    form = {
        Row(MONTH if one.is_month else DAY, one.day, (), NONE).name(column): money_text(amount)
        for one in found
        for column, amount in zip(COLUMNS, one.amounts, strict=True)
        if amount is not None
    }
    months = months_of(found)
    return Proposed(months, moved_by(person, months, form), form)


def months_of(budgets: Sequence[Budget]) -> list[date]:
    """The months of some budgets, each by its first day."""
    return sorted({one.day.replace(day=1) for one in budgets})
