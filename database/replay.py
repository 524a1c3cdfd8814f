"""What the journal says that a hotel is, its settings, its roles, its names and its budgets, replayed row by row.

The tables that hold them have no key of their own: whoever writes in them without the product is told apart here.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, NamedTuple

from sqlalchemy import Connection, select
from sqlalchemy.exc import SQLAlchemyError

from database import journal, journal_rows
from database.chain import Row
from database.journal import Entry
from database.models import (
    Budget,
    Change,
    Membership,
    NotificationConfig,
    PersonAlias,
    Property,
    PropertySettings,
    User,
)
from database.types import canonical
from utils.money import money_text
from utils.shapes import Document

UNREADABLE: Final = (ValueError, TypeError, LookupError, AttributeError, SQLAlchemyError, sqlite3.Error)
"""What reading a base raises where somebody wrote in it without the product."""

_FROM: Final = "des le "
_DATED: Final = "réglages du "
_WRITTEN, _NOTHING = "écrits le", "(rien)"
_ROLES, _NAMES, _HOTEL = "roles", "noms réunis", "hotel"
_DESCRIBED: Final = ("code", "name", "currency", "time_zone", "opening_date", "demo")
_FIGURES: Final = ("revenue", "labour_budget", "labour_cost")
_UNKNOWN: Final = object()
"""What an erased row said."""

Told = dict[str, object]
"""By name, the JSON text of what was written, ``None`` for nothing, ``_UNKNOWN`` for what was erased."""


class Said(NamedTuple):
    """What one row, or one column of a table, says: of which subject, of which name, and the JSON text of it."""

    subject: str
    name: str
    value: str | None


@dataclass(slots=True)
class Replay:
    """What the rows seen so far leave in force: by subject, then by name, the JSON text of what was written.

    Of a ``blind`` subject a row was erased that named what it spoke of: nothing can be said of it any more.
    """

    said: dict[str, Told] = field(default_factory=dict)
    blind: set[str] = field(default_factory=set)

    def feed(self, row: Row) -> None:
        """Take one more row of the journal, in their order."""
        taken = _TAKERS.get(row.action)
        if taken is None:
            return
        erased = {"old", "new"} & row.erased
        if erased and row.action in _NAMED_IN_VALUES and not (row.action == "compte" and row.field):
            self.blind.add(_NAMED_IN_VALUES[row.action])
            return
        try:
            told = list(taken(row))
        except (ValueError, TypeError, AttributeError):
            return  # a row that says nothing that we wrote: the chain names it
        for subject, name, value in told:
            said = self.said.setdefault(subject, {})
            if subject == _NAMES:
                said.update({other: value for other, standing in said.items() if standing == name})
            said[name] = _UNKNOWN if "new" in erased else value

    def gaps(self, connection: Connection, property_id: int) -> Iterator[tuple[str, str]]:
        """Where the tables say something else: the place, and the sentence."""
        held: dict[str, Told] = {}
        for read in (_settings, _notices, _budgets, _roles, _names, _described):
            with suppress(*UNREADABLE), connection.begin_nested():  # what it does not give is not what the journal says
                for subject, name, value in read(connection, property_id):
                    held.setdefault(subject, {})[name] = value
        for subject in sorted((self.said.keys() | held.keys()) - self.blind):
            said, found = self.said.get(subject, {}), held.get(subject, {})
            for name in sorted(said.keys() | found.keys()):
                if said.get(name) not in (_UNKNOWN, found.get(name)):
                    yield subject, f"« {name} » n’est pas ce que dit le journal : modifié hors de RJ Natif."


def replayed(connection: Connection, property_id: int) -> Replay:
    """The journal of a hotel, as far as its settings, roles, names and budgets go."""
    replay = Replay()
    for row in journal_rows.in_order(connection, Change.property_id == property_id, Change.action.in_(_TAKERS)):
        replay.feed(row)
    return replay


def gaps_of_rules(connection: Connection, property_id: int) -> list[tuple[str, str]]:
    """Where what a night is judged by (hotel, settings, roles) is not what the journal says."""
    found = replayed(connection, property_id).gaps(connection, property_id)
    return [gap for gap in found if gap[0] in (_HOTEL, _ROLES) or gap[0].startswith(_DATED)]


def gaps_of_accounts(connection: Connection, property_id: int) -> Iterator[tuple[str, str]]:
    """The accounts of a hotel that the journals say closed and that are open, or the reverse.

    Any hotel of an account may close it: the last that one of them said holds. An account of which none says anything
    was left as it was made.
    """
    table = Change.__table__.c
    rows = select(table.field, table.new).where(table.action == "compte", table.field.is_not(None))
    states = {canonical("réactivé"): True, canonical("désactivé"): False, None: None}
    said: dict[str, bool | None] = {}
    for name, new in connection.execute(rows.order_by(table.at, table.property_id, table.seq)):
        if new in states:
            said[name] = states[new]
    mine = select(User.id, User.active).join(Membership, Membership.user_id == User.id)
    for user_id, active in connection.execute(mine.where(Membership.property_id == property_id).order_by(User.id)):
        name = f"compte.{user_id}"
        if said.get(name) not in (None, active):
            state = "fermé" if active else "ouvert"
            yield name, f"Le journal dit ce compte {state}, et il ne l’est pas : modifié hors de RJ Natif."


def say_unsaid_roles(connection: Connection, at: datetime) -> None:
    """Write in the journal the roles that it never heard of, once, when a book made before that is brought up."""
    for property_id in connection.execute(select(Property.id).order_by(Property.id)).scalars().all():
        said = replayed(connection, property_id).said.get(_ROLES, {})
        entries = [
            Entry("role", field=name, new=role, reason="constaté à la mise à niveau")
            for _, name, role in _roles(connection, property_id)
            if name not in said
        ]
        journal.append(connection, property_id, journal.SYSTEM, at, entries)


def _of_setting(row: Row) -> Iterator[Said]:
    """A setting in force from a date, a choice of notifications, or a figure of a budget."""
    origin, path = row.origin or "", row.field or ""
    if origin.startswith(_FROM):
        subject = f"{_DATED}{origin.removeprefix(_FROM)}"
        yield Said(subject, path, row.new)
        yield Said(subject, *_written(row.at, row.actor_id))
    else:
        yield Said(path.partition(".")[0], path, row.new)


def _of_role(row: Row) -> Iterator[Said]:
    yield Said(_ROLES, row.field or "", row.new)


def _of_account(row: Row) -> Iterator[Said]:
    """An account that the command line gave a role; other events of an account change no role."""
    told = json.loads(row.new or "null")
    if isinstance(told, dict) and {"compte", "role"} <= told.keys():
        yield Said(_ROLES, f"compte.{told['compte']}", canonical(told["role"]))


def _of_name(row: Row) -> Iterator[Said]:
    """Two spellings joined (old stands for new), or told apart again (new stands for itself)."""
    if row.field == "réunion" and row.old:
        yield Said(_NAMES, row.old, row.new)
    elif row.field == "séparation" and row.new:
        yield Said(_NAMES, row.new, None)


def _of_hotel(row: Row) -> Iterator[Said]:
    for name, value in json.loads(row.new or "{}").items():
        if name in _DESCRIBED:
            yield Said(_HOTEL, name, canonical(value))


_TAKERS: Final[Mapping[str, Callable[[Row], Iterator[Said]]]] = {
    "reglage": _of_setting,
    "role": _of_role,
    "compte": _of_account,
    "personne": _of_name,
    "hotel": _of_hotel,
}


_NAMED_IN_VALUES: Final = {"compte": _ROLES, "personne": _NAMES, "hotel": _HOTEL}
"""What a row speaks of only in its values: once they are erased, nothing can be held against the journal."""


def _settings(connection: Connection, property_id: int) -> Iterator[Said]:
    table = PropertySettings.__table__.c
    columns = (table.effective_from, table.document, table.created_at, table.created_by)
    statement = select(*columns).where(table.property_id == property_id)
    for start, document, at, by in connection.execute(statement.order_by(table.id)):
        subject = f"{_DATED}{start.isoformat()}"
        yield Said(subject, *_written(at, by))
        for path, value in leaves(document) if document else [(_NOTHING, canonical({}))]:
            yield Said(subject, path, value)


def _written(at: datetime, by: int | None) -> tuple[str, str]:
    """The row itself, so that one that holds nothing is told apart too: when it was written, and by whom."""
    return f"{_WRITTEN} {at:%Y-%m-%d %H:%M:%S.%f}", canonical(by)


def _notices(connection: Connection, property_id: int) -> Iterator[Said]:
    statement = select(NotificationConfig.document).where(NotificationConfig.property_id == property_id)
    for document in connection.execute(statement).scalars():
        for path, value in leaves(document, "notifications."):
            if value != canonical({}):  # the page writes some, of which nothing is said
                yield Said("notifications", path, value)


def _budgets(connection: Connection, property_id: int) -> Iterator[Said]:
    table = Budget.__table__.c
    for row in connection.execute(select(Budget.__table__).where(table.property_id == property_id)):
        for name in _FIGURES:
            if (amount := getattr(row, name)) is not None:
                path = f"budget.{row.span}.{row.day.isoformat()}.{name}"
                yield Said("budget", path, canonical(money_text(amount)))


def _roles(connection: Connection, property_id: int) -> Iterator[Said]:
    statement = select(Membership.user_id, Membership.role).where(Membership.property_id == property_id)
    for user_id, role in connection.execute(statement):
        yield Said(_ROLES, f"compte.{user_id}", canonical(role))


def _names(connection: Connection, property_id: int) -> Iterator[Said]:
    statement = select(PersonAlias.spelling, PersonAlias.person).where(PersonAlias.property_id == property_id)
    for spelling, person in connection.execute(statement):
        yield Said(_NAMES, canonical(spelling), canonical(person))


def _described(connection: Connection, property_id: int) -> Iterator[Said]:
    columns = [Property.__table__.c[name] for name in _DESCRIBED]
    row = connection.execute(select(*columns).where(Property.id == property_id)).mappings().one()
    for name in _DESCRIBED:
        value = row[name]
        yield Said(_HOTEL, name, canonical(value.isoformat() if name == "opening_date" else value))


def leaves(document: Document, path: str = "") -> Iterator[tuple[str, str | None]]:
    """Each value that a document of settings holds, by its path; maps within maps are gone through.

    An empty map is a value: its key is read by some. A dot in a key, which no setting has, is not that of a path.

    >>> list(leaves({"rates": {"tps": "5"}, "rooms": None, "roles": {}, "rates.tvq": "9"}))
    [('rates.tps', '"5"'), ('rooms', None), ('roles', '{}'), ('rates·tvq', '"9"')]
    """
    for key, value in document.items():
        here = f"{path}{key.replace('.', '·')}"
        if isinstance(value, dict) and value:
            yield from leaves(value, f"{here}.")
        else:
            yield here, None if value is None else canonical(value)
