"""Named reads and writes of what is expected of the nights of a hotel."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final, NamedTuple

from sqlalchemy import Connection, func, insert, or_, select, update

from database.models import Expectation


class Awaited(NamedTuple):
    """Something expected: its kind, its key, in how many of how many nights it was seen."""

    kind: str
    key: str
    seen: int
    nights: int


_table: Final = Expectation.__table__.c
_COLUMNS: Final = [_table[name] for name in Awaited._fields]


def in_force(connection: Connection, property_id: int, day: date) -> list[Awaited]:
    """What is expected of the night of a date, learnt or said."""
    mine = (_table.property_id == property_id, _table.from_date <= day)
    until = or_(_table.to_date.is_(None), _table.to_date > day)
    return [Awaited(*row) for row in connection.execute(select(*_COLUMNS).where(*mine, until).order_by(_table.id))]


def learnt_since(connection: Connection, property_id: int) -> date | None:
    """The first date of which something was learnt; nothing before anything was."""
    first = select(func.min(_table.from_date)).where(_table.property_id == property_id, _table.said.is_(False))
    found: date | None = connection.execute(first).scalar_one()
    return found


def learn(connection: Connection, property_id: int, day: date, found: Iterable[Awaited]) -> None:
    """From a date on, what was learnt is this: what was there and is not any more ends, what counts otherwise too."""
    wanted = {(one.kind, one.key): one for one in found}
    learnt = (_table.property_id == property_id, _table.said.is_(False), _table.to_date.is_(None))
    for row in connection.execute(select(_table.id, *_COLUMNS).where(*learnt)).all():
        if wanted.get((row.kind, row.key)) == Awaited(*row[1:]):
            del wanted[row.kind, row.key]
        else:
            connection.execute(update(Expectation).where(_table.id == row.id).values(to_date=day))
    if wanted:
        shared = {"property_id": property_id, "hour": None, "said": False, "from_date": day, "to_date": None}
        connection.execute(insert(Expectation), [one._asdict() | shared for one in wanted.values()])
