"""Named reads and writes of the names that lines carry: spellings, who they stand for, amounts by person."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from sqlalchemy import Connection, delete, func, insert, select, update

from database.models import NightLine, PersonAlias
from database.types import Cents
from utils.text import person_key, spelled


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


class DayAmount(NamedTuple):
    """A sum of one measure of one tab in one night, in dollars."""

    day: date
    tab: str
    measure: str
    amount: Decimal


_lines = NightLine.__table__.c


def spellings(connection: Connection, property_id: int) -> list[Spelling]:
    """Every name that the lines of a hotel carry, in alphabetical order."""
    nights = func.count(_lines.night_id.distinct())
    statement = select(_lines.person, nights, func.max(_lines.audit_date)).where(_lines.property_id == property_id)
    found: dict[str, Spelling] = {}
    for row in connection.execute(statement.group_by(_lines.person).order_by(nights.desc(), _lines.person)):
        one = Spelling(*row)
        first = found.setdefault(person_key(one.name), one._replace(name=spelled(one.name), nights=0))
        found[person_key(one.name)] = first._replace(nights=first.nights + one.nights, last=max(first.last, one.last))
    return sorted(found.values(), key=lambda one: person_key(one.name))


def aliases(connection: Connection, property_id: int) -> dict[str, str]:
    """The spellings of a hotel that stand for another name."""
    statement = select(PersonAlias.spelling, PersonAlias.person).where(PersonAlias.property_id == property_id)
    return {row.spelling: row.person for row in connection.execute(statement)}


def add_alias(connection: Connection, property_id: int, names: tuple[str, str], by: int | None, at: datetime) -> None:
    """Let the first name stand for the second; what stood for the first follows."""
    spelling, person = names
    mine = PersonAlias.property_id == property_id
    same = [one for one in aliases(connection, property_id).values() if person_key(one) == person_key(spelling)]
    connection.execute(update(PersonAlias).where(mine, PersonAlias.person.in_(same)).values(person=person))
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
    """Sums by person once each spelling is read as the person it stands for; the first spelling names them."""
    sums: dict[tuple[str, str, str], Decimal] = {}
    standing = {person_key(spelling): person for spelling, person in known.items()}
    shown: dict[str, str] = {}
    for spelling, tab, measure, amount in sorted(rows):  # type: ignore[call-overload]
        person = standing.get(person_key(spelling), spelled(spelling))
        key = (shown.setdefault(person_key(person), person), tab, measure)
        sums[key] = sums.get(key, Decimal(0)) + amount
    return [Amount(*key, amount) for key, amount in sorted(sums.items())]


def by_day(connection: Connection, property_id: int, names: Collection[str], start: date, end: date) -> list[DayAmount]:
    """What the lines of these spellings add up to, night by night over a period, the latest first."""
    total = func.sum(_lines.amount, type_=Cents)
    keys = (_lines.audit_date, _lines.tab, _lines.measure)
    statement = select(*keys, total).where(
        _lines.property_id == property_id, _lines.audit_date.between(start, end), _lines.person.in_(list(names))
    )
    rows = connection.execute(statement.group_by(*keys).order_by(_lines.audit_date.desc()))
    return [DayAmount(*row) for row in rows]


def written(connection: Connection, property_id: int, start: date, end: date) -> list[str]:
    """Each name as the lines of a period write it."""
    mine = (_lines.property_id == property_id, _lines.audit_date.between(start, end))
    return list(connection.execute(select(_lines.person).where(*mine).distinct()).scalars())
