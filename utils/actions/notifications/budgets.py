"""Budgets and labour of a month and of its days, typed in one form; a figure that is emptied is absent again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Final, NamedTuple

from dateutil.relativedelta import relativedelta
from sqlalchemy import Connection

from database import journal, notifications
from database.journal import Entry
from database.models.notification import DAY, MONTH
from database.notifications import Planned
from database.transaction import read, write
from database.types import canonical
from utils import dates
from utils.actions.notifications.given import NOTHING_KEPT
from utils.actions.notifications.watch import evaluate_alerts
from utils.actions.person import Person, actor
from utils.actions.refusals import Unreadable
from utils.money import AmountError, money_text, read_typed_money
from utils.rj.reading import Problem

COLUMNS: Final = {
    "revenue": "Revenus prévus",
    "labour_budget": "Main-d’œuvre prévue",
    "labour_cost": "Main-d’œuvre payée",
}
RECENT: Final = timedelta(days=7)
"""How old a night may be for a figure that arrives late to still tell people of it."""

NONE: Final = Planned(None, None, None)


class Row(NamedTuple):
    """A month or a day of the form: its span, its date, the columns that may be typed, what is known."""

    span: str
    day: date
    columns: tuple[str, ...]
    planned: Planned

    def name(self, column: str) -> str:
        """The name of a field in the form."""
        return f"{column}__{self.span}__{self.day.isoformat()}"

    @property
    def fields(self) -> list[tuple[str, str, Decimal | None]]:
        """Name, label and amount of each field."""
        return [(self.name(one), COLUMNS[one], getattr(self.planned, one)) for one in self.columns]


def rows_of(person: Person, first: date) -> list[Row]:
    """The month that begins on ``first``, then each of its days."""
    last = first + relativedelta(day=31)
    with read() as connection:
        known = notifications.budgets_between(connection, person.property_id, first, last)
    return list(_rows(known, first))


class Moved(NamedTuple):
    """A figure of a form that is not what is known: its row, its column, before and after."""

    row: Row
    column: str
    before: Decimal | None
    after: Decimal | None


def moved_by(person: Person, months: Iterable[date], form: Mapping[str, str]) -> list[Moved]:
    """What a form would change in these months, each by its first day; raises ``Unreadable``. Nothing is written."""
    with read() as connection:
        return [one for _, _, moved in _changes(connection, person, months, form) for one in moved]


def save_months(person: Person, months: Iterable[date], form: Mapping[str, str], at: datetime) -> int:
    """Keep what was typed for months, together; how many figures changed. Recent nights are looked at again."""
    with write() as connection:
        changes = _changes(connection, person, months, form)
        entries: list[Entry] = []
        for row, typed, moved in changes:
            values = {"span": row.span, "day": row.day, "updated_at": at, "updated_by": person.user_id}
            notifications.write_budget(connection, person.property_id, values | typed._asdict())
            for one in moved:
                field = f"budget.{row.span}.{row.day.isoformat()}.{one.column}"
                entries.append(Entry("reglage", field=field, old=_text(one.before), new=_text(one.after)))
        if entries:
            journal.append(connection, person.property_id, actor(person), at, entries)
    for row, *_ in changes:
        if row.span == DAY and at.date() - row.day <= RECENT:
            evaluate_alerts(person.property_id, row.day, at)
    return len(entries)


def _changes(
    connection: Connection, person: Person, months: Iterable[date], form: Mapping[str, str]
) -> list[tuple[Row, Planned, list[Moved]]]:
    """The rows that a form changes, each with what it becomes and its figures that move."""
    problems: list[Problem] = []
    found = []
    for first in months:
        last = first + relativedelta(day=31)
        known = notifications.budgets_between(connection, person.property_id, first, last)
        for row in _rows(known, first):
            typed = _typed(row, form, problems)
            both = ((one, getattr(row.planned, one), getattr(typed, one)) for one in row.columns)
            moved = [Moved(row, *one) for one in both if one[1] != one[2]]
            if moved:
                found.append((row, typed, moved))
    if problems:
        raise Unreadable(NOTHING_KEPT, problems)
    return found


def _rows(known: Mapping[tuple[str, date], Planned], first: date) -> Iterator[Row]:
    yield Row(MONTH, first, ("revenue", "labour_budget"), known.get((MONTH, first), NONE))
    for number in range(dates.days_in_month(first)):
        day = first + timedelta(days=number)
        yield Row(DAY, day, tuple(COLUMNS), known.get((DAY, day), NONE))


def _typed(row: Row, form: Mapping[str, str], problems: list[Problem]) -> Planned:
    """The row as it was typed; a field that the form does not hold stays as it was."""
    typed = row.planned
    for column in row.columns:
        name = row.name(column)
        text = form.get(name)
        if text is None:
            continue
        try:
            amount = read_typed_money(text) if text.strip() else None
        except AmountError as error:
            problems.append(Problem(name, f"{COLUMNS[column]}, {row.day.isoformat()} : {error}"))
            continue
        if amount is not None and amount < 0:
            problems.append(Problem(name, f"{COLUMNS[column]}, {row.day.isoformat()} : un budget n’est pas négatif."))
        typed = typed._replace(**{column: amount})
    return typed


def _text(amount: Decimal | None) -> str | None:
    return None if amount is None else canonical(money_text(amount))
