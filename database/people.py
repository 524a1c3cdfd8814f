"""Named reads and writes of the names that lines carry: spellings, who they stand for, amounts by person."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from sqlalchemy import Connection, delete, func, insert, select, update

from database.models import NightLine, PersonAlias
from database.types import Cents


class Spelling(NamedTuple):
    """A name as lines write it: in how many nights, and the last of them."""

    name: str
    nights: int
    last: date


class Amount(NamedTuple):
    """A sum of one measure of one tab, for one person."""

    person: str
    tab: str
    measure: str
    amount: Decimal


_lines = NightLine.__table__.c


def spellings(connection: Connection, property_id: int) -> list[Spelling]:
    """Every name that the lines of a hotel carry, in alphabetical order."""
    nights = func.count(_lines.night_id.distinct())
    statement = select(_lines.person, nights, func.max(_lines.audit_date)).where(_lines.property_id == property_id)
    rows = connection.execute(statement.group_by(_lines.person))
    return sorted((Spelling(*row) for row in rows), key=lambda one: one.name.casefold())


def aliases(connection: Connection, property_id: int) -> dict[str, str]:
    """The spellings of a hotel that stand for another name."""
    statement = select(PersonAlias.spelling, PersonAlias.person).where(PersonAlias.property_id == property_id)
    return {row.spelling: row.person for row in connection.execute(statement)}


def add_alias(connection: Connection, property_id: int, names: tuple[str, str], by: int | None, at: datetime) -> None:
    """Let the first name stand for the second; what stood for the first follows."""
    spelling, person = names
    mine = PersonAlias.property_id == property_id
    connection.execute(update(PersonAlias).where(mine, PersonAlias.person == spelling).values(person=person))
    row = {"property_id": property_id, "spelling": spelling, "person": person, "created_at": at, "created_by": by}
    connection.execute(insert(PersonAlias).values(**row))


def remove_alias(connection: Connection, property_id: int, spelling: str) -> None:
    """Let a spelling stand for itself again."""
    mine = (PersonAlias.property_id == property_id, PersonAlias.spelling == spelling)
    connection.execute(delete(PersonAlias).where(*mine))


def amounts(connection: Connection, property_id: int, start: date, end: date) -> list[Amount]:
    """What each person's lines add up to over a period, spellings of one person together."""
    total = func.sum(_lines.amount, type_=Cents)
    statement = (
        select(_lines.person, _lines.tab, _lines.measure, total)
        .where(_lines.property_id == property_id, _lines.audit_date.between(start, end))
        .group_by(_lines.person, _lines.tab, _lines.measure)
    )
    return together(connection.execute(statement).all(), aliases(connection, property_id))


def together(rows: object, known: Mapping[str, str]) -> list[Amount]:
    """Sums by person once each spelling is read as the person it stands for."""
    sums: dict[tuple[str, str, str], Decimal] = {}
    for person, tab, measure, amount in rows:  # type: ignore[attr-defined]
        key = (known.get(person, person), tab, measure)
        sums[key] = sums.get(key, Decimal(0)) + amount
    return [Amount(*key, amount) for key, amount in sorted(sums.items())]
