"""Named reads of the rows of a journal: those of a night, those that a search asks for, what they name."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlalchemy import ColumnElement, Connection, func, or_, select

from database.chain import Row
from database.models import Change

_change: Final = Change.__table__.c
_columns: Final = [_change[name] for name in Row._fields]
_CHUNK: Final = 1000
"""Rows in memory at a time, of a journal that is read whole."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a search asks of the rows; what is empty does not narrow it. ``before`` is a rank, ``until`` is not in."""

    labels: Collection[str] | None = None
    field: str = ""
    action: str = ""
    night: date | None = None
    since: datetime | None = None
    until: datetime | None = None
    before: int | None = None


def in_order(connection: Connection, *conditions: ColumnElement[bool]) -> Iterator[Row]:
    """The rows of one journal that meet these conditions, oldest first, some at a time."""
    statement = select(*_columns).where(*conditions).order_by(_change.seq)
    for row in connection.execute(statement.execution_options(yield_per=_CHUNK)):
        yield Row(*row)


def of_night(
    connection: Connection,
    property_id: int,
    night_id: int,
    actions: Collection[str] = (),
    limit: int | None = None,
    since: datetime | None = None,
) -> list[Row]:
    """The rows of a night, oldest first; only those of some actions when they are named, from an instant on."""
    mine = [_change.property_id == property_id, _change.night_id == night_id]
    if actions:
        mine.append(_change.action.in_(actions))
    if since:
        mine.append(_change.at >= since)
    statement = select(*_columns).where(*mine).order_by(_change.seq).limit(limit)
    return [Row(*row) for row in connection.execute(statement)]


def found(connection: Connection, property_id: int, asked: Asked, limit: int) -> list[Row]:
    """The rows that a search asks for, latest first."""
    statement = select(*_columns).where(_change.property_id == property_id)
    if asked.labels is not None:
        statement = statement.where(_change.actor_label.in_(asked.labels))
    if asked.action:
        statement = statement.where(_change.action == asked.action)
    if asked.night:
        statement = statement.where(_change.audit_date == asked.night)
    if asked.before is not None:
        statement = statement.where(_change.seq < asked.before)
    if asked.field:  # it holds the text; or begins with its end in the tab that its beginning names
        tab, _, field = asked.field.rpartition(".")
        anywhere = _change.field.icontains(asked.field, autoescape=True)
        in_the_tab = (_change.tab == tab) & _change.field.startswith(field, autoescape=True)
        statement = statement.where(or_(anywhere, in_the_tab) if tab else anywhere)
    if asked.since:
        statement = statement.where(_change.at >= asked.since)
    if asked.until:
        statement = statement.where(_change.at < asked.until)
    return [Row(*row) for row in connection.execute(statement.order_by(_change.seq.desc()).limit(limit))]


def last(connection: Connection, *conditions: ColumnElement[bool]) -> Row | None:
    """The last row of one journal that meets these conditions, or nothing."""
    statement = select(*_columns).where(*conditions).order_by(_change.seq.desc()).limit(1)
    row = connection.execute(statement).one_or_none()
    return Row(*row) if row else None


def labels(connection: Connection, property_id: int) -> tuple[str, ...]:
    """Every name under which somebody wrote, in alphabetical order."""
    return _distinct(connection, property_id, _change.actor_label)


def actions(connection: Connection, property_id: int) -> tuple[str, ...]:
    """Every action that was written, in alphabetical order."""
    return _distinct(connection, property_id, _change.action)


def count(connection: Connection) -> int:
    """How many rows the journals of all hotels have."""
    return int(connection.execute(select(func.count()).select_from(Change)).scalar_one())


def _distinct(connection: Connection, property_id: int, column: ColumnElement[str]) -> tuple[str, ...]:
    statement = select(column).where(_change.property_id == property_id, column.is_not(None)).distinct()
    return tuple(sorted(connection.execute(statement).scalars(), key=str.casefold))
