"""Named reads and writes of the hotels and of their settings."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from functools import reduce
from typing import Any, NamedTuple

from sqlalchemy import Connection, insert, select, union, update

from database import journal
from database.journal import Actor, Entry
from database.models import Change, JournalHead, NightAuditSession, Property, PropertySettings, User
from database.types import canonical
from utils.shapes import Document
from utils.text import spelled


class Hotel(NamedTuple):
    """A hotel, as the rest of the product reads it."""

    id: int
    code: str
    name: str
    currency: str
    time_zone: str
    opening_date: date
    demo: bool


class Described(NamedTuple):
    """What is said of a hotel when it is created."""

    code: str
    name: str
    currency: str
    time_zone: str
    opening_date: date
    demo: bool = False


class SettingsDocument(NamedTuple):
    """The settings in force on a date, and the ids of the partial documents that made them, oldest first."""

    values: Document
    versions: tuple[int, ...]


class DatedSettings(NamedTuple):
    """A change of settings: from when, what, decided when and by whom."""

    effective_from: date
    document: Document
    created_at: datetime
    by: str | None


_properties = Property.__table__
_columns = [_properties.c[name] for name in Hotel._fields]


def all_properties(connection: Connection) -> list[Hotel]:
    """Every hotel, by code."""
    return [Hotel(*row) for row in connection.execute(select(*_columns).order_by(_properties.c.code))]


def every_code(connection: Connection) -> dict[int, str]:
    """The code of each hotel by its number; an empty one where only its journal or its nights still know it.

    Numbers and codes alone are read: somebody may have altered the rest of the row.
    """
    known = {row.id: str(row.code) for row in connection.execute(select(_properties.c.id, _properties.c.code))}
    told = union(*(select(one.property_id) for one in (Change, JournalHead, NightAuditSession)))
    orphans = dict.fromkeys(sorted(set(connection.execute(told).scalars()) - known.keys()), "")
    return dict(sorted(known.items(), key=lambda one: one[1])) | orphans


def property_by_code(connection: Connection, code: str) -> Hotel | None:
    """The hotel of this code, or nothing."""
    row = connection.execute(select(*_columns).where(_properties.c.code == spelled(code))).one_or_none()
    return Hotel(*row) if row else None


def property_by_id(connection: Connection, property_id: int) -> Hotel:
    """The hotel of this id; raises ``NoResultFound`` when there is none."""
    return Hotel(*connection.execute(select(*_columns).where(_properties.c.id == property_id)).one())


def first_real(connection: Connection) -> Hotel | None:
    """The first hotel that is no demonstration, or nothing."""
    real = select(*_columns).where(~_properties.c.demo).order_by(_properties.c.id).limit(1)
    row = connection.execute(real).one_or_none()
    return Hotel(*row) if row else None


def create_property(connection: Connection, hotel: Described, actor: Actor, at: datetime) -> Hotel:
    """Create a hotel and begin its journal."""
    values = hotel._asdict()
    created = connection.execute(insert(Property).values(**values, created_at=at).returning(_properties.c.id))
    property_id = created.scalar_one()
    journal.start(connection, property_id)
    described = canonical({**values, "opening_date": hotel.opening_date.isoformat()})
    journal.append(connection, property_id, actor, at, [Entry("hotel", new=described)])
    return property_by_id(connection, property_id)


def move_opening(connection: Connection, hotel: Hotel, day: date, actor: Actor, at: datetime) -> None:
    """Give a hotel another opening date, and say so in its journal."""
    connection.execute(update(Property).where(_properties.c.id == hotel.id).values(opening_date=day))
    old, new = ({"opening_date": one.isoformat()} for one in (hotel.opening_date, day))
    journal.append(connection, hotel.id, actor, at, [Entry("hotel", old=canonical(old), new=canonical(new))])


def settings_document(connection: Connection, property_id: int, on: date) -> SettingsDocument:
    """The settings of a hotel on a date; a key nobody set is absent."""
    statement = (
        select(PropertySettings.id, PropertySettings.document)
        .where(PropertySettings.property_id == property_id, PropertySettings.effective_from <= on)
        .order_by(PropertySettings.effective_from, PropertySettings.id)
    )
    rows = connection.execute(statement).all()
    values: Document = reduce(merged, (row.document for row in rows), {})
    return SettingsDocument(values, tuple(row.id for row in rows))


def write_settings(
    connection: Connection, property_id: int, effective_from: date, document: Document, actor: Actor, at: datetime
) -> int:
    """Put a partial document in force from a date, and say so in the journal key by key; returns its id."""
    before = settings_document(connection, property_id, effective_from).values
    created = connection.execute(
        insert(PropertySettings)
        .values(
            property_id=property_id,
            effective_from=effective_from,
            document=document,
            created_at=at,
            created_by=actor.id,
        )
        .returning(PropertySettings.id)
    )
    entries = [
        Entry(
            "reglage",
            field=path,
            old=None if old is None else canonical(old),
            new=None if value is None else canonical(value),
            origin=f"des le {effective_from.isoformat()}",
        )
        for path, old, value in _leaves(before, document)
    ]
    journal.append(connection, property_id, actor, at, entries)
    return int(created.scalar_one())


def settings_history(connection: Connection, property_id: int) -> list[DatedSettings]:
    """Every change of the settings of a hotel, the latest to take effect first."""
    statement = (
        select(PropertySettings.effective_from, PropertySettings.document, PropertySettings.created_at, User.name)
        .outerjoin(User, User.id == PropertySettings.created_by)
        .where(PropertySettings.property_id == property_id)
        .order_by(PropertySettings.effective_from.desc(), PropertySettings.id.desc())
    )
    return [DatedSettings(*row) for row in connection.execute(statement)]


def _leaves(before: object, document: Document, path: str = "") -> Iterator[tuple[str, Any, Any]]:
    """Each setting that a partial document gives: its path, what it was, what it becomes."""
    for key, value in sorted(document.items()):
        old = before.get(key) if isinstance(before, dict) else None
        here = f"{path}.{key}" if path else key
        if isinstance(value, dict) and value:
            yield from _leaves(old, value, here)
        else:
            yield here, old, value


def merged(older: Document, newer: Document) -> Document:
    """Two documents merged key by key, maps within maps; ``None`` takes a key away.

    >>> merged({"rates": {"tps": "5", "tvq": "9.975"}, "rooms": 252}, {"rates": {"tps": "6"}, "rooms": None})
    {'rates': {'tps': '6', 'tvq': '9.975'}}
    """
    result = dict(older)
    for key, value in newer.items():
        if value is None:
            result.pop(key, None)
        elif isinstance(value, dict):
            inner = result.get(key)
            result[key] = merged(inner if isinstance(inner, dict) else {}, value)
        else:
            result[key] = value
    return result
