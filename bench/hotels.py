"""Many hotels in one book, quickly: the first one, with its people, its settings and its nights, copied in SQL."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import CTE, Connection, Table, cast, insert, literal, select, true
from sqlalchemy.types import String

from database.base import db
from database.transaction import migrate
from database.triggers import drop, install

FIRST: Final = 1
"""The hotel that is copied."""

_SPREAD: Final = 100_000
"""A copied night takes the id of the first one, so many times the number of its hotel further."""

_OF_HOTEL: Final = ("memberships", "property_settings", "journal_heads", "budgets")
_OF_NIGHT: Final = ("night_tabs", "night_lines", "submissions", "overrides")


def copy_first(count: int) -> None:
    """Have ``count`` hotels in a SQLite book that has one: the others are its copies, numbered from 2.

    The triggers that keep the past as it was would refuse the tabs of a locked night: they step aside meanwhile.
    """
    if count > FIRST:
        with migrate() as connection:
            drop(connection)
            _copies(connection, count)
            install(connection)


def _copies(connection: Connection, count: int) -> None:
    numbers = _numbers(count)
    number = numbers.c.number
    _copy(connection, "properties", numbers, {"id": number, "code": literal("H") + cast(number, String)})
    for name in _OF_HOTEL:
        _copy(connection, name, numbers, {"property_id": number})
    nights = _table("night_audit_sessions")
    _copy(connection, nights.name, numbers, {"id": nights.c.id + number * _SPREAD, "property_id": number})
    for name in _OF_NIGHT:
        table = _table(name)
        _copy(connection, name, numbers, {"night_id": table.c.night_id + number * _SPREAD, "property_id": number})


def _numbers(count: int) -> CTE:
    """The numbers of the copies."""
    first = select(literal(FIRST + 1).label("number")).cte("numbers", recursive=True)
    return first.union_all(select(first.c.number + 1).where(first.c.number < count))


def _copy(connection: Connection, name: str, numbers: CTE, changed: Mapping[str, Any]) -> None:
    """Copy the rows of a table; its columns stay but for those that change, and for an id that nothing points to."""
    table = _table(name)
    columns = [column for column in table.c if column.name in changed or column.name != "id"]
    values = [changed.get(column.name, column) for column in columns]
    rows = select(*values).select_from(table.join(numbers, true()))
    connection.execute(insert(table).from_select(columns, rows))


def _table(name: str) -> Table:
    return db.metadata.tables[name]
