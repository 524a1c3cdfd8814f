"""What the journal says that a hotel is, replayed row by row, held against its tables.

Settings, roles and invitations, names, budgets, what left for MARSHA, what is on the books, what was imported: these
tables have no key of their own, and whoever writes in them without the product is told apart here.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from operator import itemgetter
from typing import Final

from sqlalchemy import Connection, select
from sqlalchemy.exc import SQLAlchemyError

from database import books, journal, journal_rows
from database.chain import Row
from database.held import (
    BOOKED,
    DATED,
    DESCRIBED,
    DOCUMENT,
    HOTEL,
    IMPORTS,
    INVITED,
    MARSHA,
    NAMES,
    READERS,
    ROLES,
    RULES,
    SUBMITTED,
    Said,
    roles,
    written,
)
from database.journal import IMPORTING, UNDOING, Entry
from database.models import IMPORTED, UNDONE, Change, Membership, Property, User
from database.types import canonical
from utils.registry import Registry

UNREADABLE: Final = (ValueError, TypeError, LookupError, AttributeError, SQLAlchemyError, sqlite3.Error)
"""What reading a base raises where somebody wrote in it without the product."""

_FROM: Final = "des le "
_UNKNOWN: Final = object()
"""What an erased row said."""

OFFERING, SUBMITTING = "invitation", "dbrs"
"""Actions that offer a role, and that say where a submission to MARSHA stands."""

ENDINGS: Final = ("invitation acceptée", "invitation refusée", "invitation retirée")
_INVITED_BEFORE: Final = "invité"
"""What an invitation was called before its role was said: it can be named no more, nor accepted."""

_LATER: Final = frozenset({BOOKED})
"""Subjects that the journal of an older book knows nothing of, until it first speaks of them, of all at once."""

Told = dict[str, object]
"""By name, the JSON text of what was written, ``None`` for nothing, ``_UNKNOWN`` for what was erased."""


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
        if erased and row.action in _NAMED_IN_VALUES and not (row.field and row.action in ("compte", IMPORTING)):
            self.blind.add(_NAMED_IN_VALUES[row.action])
            return
        try:
            told = list(taken(row))
        except (ValueError, TypeError, AttributeError, LookupError):
            return  # a row that says nothing that we wrote: the chain names it
        for subject, name, value in told:
            said = self.said.setdefault(subject, {})
            if subject == NAMES:
                said.update({other: value for other, standing in said.items() if standing == name})
            said[name] = _UNKNOWN if "new" in erased else value

    def gaps(
        self, connection: Connection, property_id: int, readers: Collection[str] = READERS
    ) -> Iterator[tuple[str, str]]:
        """Where the tables, or those that ``readers`` name, say something else: the place, and the sentence."""
        held: dict[str, Told] = {}
        for place in readers:
            try:
                with connection.begin_nested():
                    for subject, name, value in READERS[place](connection, property_id):
                        held.setdefault(subject, {})[name] = value
            except UNREADABLE:  # what it does not give is not what the journal says
                yield place, "Ce qui y est écrit ne se lit plus : modifié hors de RJ Natif."
        subjects = (self.said.keys() | held.keys()) - self.blind
        later = _LATER | {SUBMITTED} if MARSHA in self.said else _LATER  # it had receipts before
        for subject in sorted(subjects - (later - self.said.keys())):
            said, found = self.said.get(subject, {}), held.get(subject, {})
            for name in sorted(said.keys() | found.keys()):
                if said.get(name) not in (_UNKNOWN, found.get(name)):
                    yield subject, f"« {name} » n’est pas ce que dit le journal : modifié hors de RJ Natif."


def replayed(connection: Connection, property_id: int) -> Replay:
    """The journal of a hotel, as far as itself, its settings and its roles go."""
    replay = Replay()
    for row in journal_rows.in_order(connection, Change.property_id == property_id, Change.action.in_(_OF_RULES)):
        replay.feed(row)
    return replay


def gaps_of_rules(connection: Connection, property_id: int) -> list[tuple[str, str]]:
    """Where what a night is judged by (hotel, settings, roles) is not what the journal says."""
    found = replayed(connection, property_id).gaps(connection, property_id, RULES)
    return [gap for gap in found if gap[0] in (*RULES, HOTEL, ROLES) or gap[0].startswith(DATED)]


def gaps_of_accounts(connection: Connection, property_id: int) -> Iterator[tuple[str, str]]:
    """The accounts of a hotel that the journals say closed and that are open, or the reverse.

    Any hotel of an account may close it: the last that one of them said holds. An account of which none says anything
    was left as it was made. Within a hotel the order is that of its rows: a clock that ran ahead does not reorder them.
    """
    table = Change.__table__.c
    columns = (table.property_id, table.at, table.field, table.new)
    rows = select(*columns).where(table.action == "compte", table.field.is_not(None))
    states = {canonical("réactivé"): True, canonical("désactivé"): False, None: None}
    told: dict[str, dict[int, tuple[datetime, bool | None]]] = {}
    for hotel, at, name, new in connection.execute(rows.order_by(table.property_id, table.seq)):
        if new in states:
            last = told.setdefault(name, {}).get(hotel)
            told[name][hotel] = (max(at, last[0]) if last else at, states[new])
    said = {name: max(by_hotel.values(), key=itemgetter(0))[1] for name, by_hotel in told.items()}
    mine = select(User.id, User.active).join(Membership, Membership.user_id == User.id)
    for user_id, active in connection.execute(mine.where(Membership.property_id == property_id).order_by(User.id)):
        name = f"compte.{user_id}"
        if said.get(name) not in (None, active):
            state = "fermé" if active else "ouvert"
            yield name, f"Le journal dit ce compte {state}, et il ne l’est pas : modifié hors de RJ Natif."


def earlier_submissions(connection: Connection, property_id: int) -> list[Entry]:
    """What to say of the submissions of a book that had receipts before its journal spoke of any; nothing otherwise."""
    mine = Change.property_id == property_id
    if journal_rows.last(connection, mine, Change.action == SUBMITTING) is not None:
        return []
    if journal_rows.last(connection, mine, Change.action == "marsha") is None:
        return []
    held = [one for one in READERS[SUBMITTED](connection, property_id) if one.subject == SUBMITTED]
    prints = {one.name.removesuffix(DOCUMENT): one.value for one in held if one.name.endswith(DOCUMENT)}
    standing = {one.name: one.value for one in held if one.name in prints}
    return [
        Entry(SUBMITTING, field=name, new=str(value), origin=json.loads(str(prints[name])))
        for name, value in standing.items()
    ]


def say_unsaid_roles(connection: Connection, at: datetime) -> None:
    """Write in the journal the roles that it never heard of, once, when a book made before that is brought up."""
    for property_id in connection.execute(select(Property.id).order_by(Property.id)).scalars().all():
        said = replayed(connection, property_id).said.get(ROLES, {})
        entries = [
            Entry("role", field=name, new=str(role), reason="constaté à la mise à niveau")
            for _, name, role in roles(connection, property_id)
            if name not in said
        ]
        journal.append(connection, property_id, journal.SYSTEM, at, entries)


_TAKERS: Final[Registry[str, Callable[[Row], Iterator[Said]]]] = Registry()
_OF_RULES: Final = ("reglage", "role", "compte", "hotel")


@_TAKERS.of("reglage")
def _of_setting(row: Row) -> Iterator[Said]:
    """A setting in force from a date, a choice of notifications, or a figure of a budget."""
    origin, path = row.origin or "", row.field or ""
    if origin.startswith(_FROM):
        subject = f"{DATED}{origin.removeprefix(_FROM)}"
        yield Said(subject, path, row.new)
        yield Said(subject, *written(row.at, row.actor_id))
    else:
        yield Said(path.partition(".")[0], path, row.new)


@_TAKERS.of("role")
def _of_role(row: Row) -> Iterator[Said]:
    yield Said(ROLES, row.field or "", row.new)


@_TAKERS.of("compte")
def _of_account(row: Row) -> Iterator[Said]:
    """An account that the command line gave a role, or that answered an invitation; other events change neither."""
    told = json.loads(row.new or "null")
    if isinstance(told, dict) and {"compte", "role"} <= told.keys():
        yield Said(ROLES, f"compte.{told['compte']}", canonical(told["role"]))
    elif told in ENDINGS:
        yield Said(INVITED, row.field or "", None)
    elif told == _INVITED_BEFORE:
        yield Said(INVITED, row.field or "", _UNKNOWN)


@_TAKERS.of(OFFERING)
def _of_invitation(row: Row) -> Iterator[Said]:
    """A role that was offered: by whom and when are those of the row itself."""
    yield Said(INVITED, row.field or "", canonical([json.loads(row.new or "null"), *written(row.at, row.actor_id)]))


@_TAKERS.of(SUBMITTING)
def _of_submission(row: Row) -> Iterator[Said]:
    """Where a submission to MARSHA stands, and at first what it is."""
    yield Said(SUBMITTED, row.field or "", row.new)
    if row.origin:
        yield Said(SUBMITTED, f"{row.field}{DOCUMENT}", canonical(row.origin))


@_TAKERS.of("marsha")
def _of_marsha(row: Row) -> Iterator[Said]:
    """What the night repeats of its submission, which keeps the receipt."""
    told = json.loads(row.new or "null")
    if isinstance(told, dict) and "etat" in told:
        yield Said(MARSHA, row.field or "", canonical([told["etat"], told["recu"]]))
        if told["recu"] is not None:
            yield Said(MARSHA, f"{row.field}.{told['envoi']}, reçu", canonical(told["recu"]))


@_TAKERS.of(books.KEEPING)
def _of_books(row: Row) -> Iterator[Said]:
    yield Said(BOOKED, row.field or "", canonical(row.origin))


@_TAKERS.of(IMPORTING, UNDOING)
def _of_import(row: Row) -> Iterator[Said]:
    """A month that entered with its files, or was undone; its figures are those of its nights."""
    if row.tab is None:
        told = json.loads((row.new if row.action == IMPORTING else row.old) or "{}")
        yield Said(IMPORTS, f"{told['importation']}", canonical(IMPORTED if row.action == IMPORTING else UNDONE))
        if row.action == IMPORTING:
            yield Said(IMPORTS, f"{told['importation']}, fichiers", canonical(told["fichiers"]))
            month = canonical(told["mois"]) if "mois" in told else _UNKNOWN  # one that entered before it was said
            yield Said(IMPORTS, f"{told['importation']}, mois", month)


@_TAKERS.of("personne")
def _of_name(row: Row) -> Iterator[Said]:
    """Two spellings joined (old stands for new), or told apart again (new stands for itself)."""
    if row.field == "réunion" and row.old:
        yield Said(NAMES, row.old, row.new)
    elif row.field == "séparation" and row.new:
        yield Said(NAMES, row.new, None)


@_TAKERS.of("hotel")
def _of_hotel(row: Row) -> Iterator[Said]:
    for name, value in json.loads(row.new or "{}").items():
        if name in DESCRIBED:
            yield Said(HOTEL, name, canonical(value))


_NAMED_IN_VALUES: Final = {
    **{"compte": ROLES, "personne": NAMES, "hotel": HOTEL},
    **{IMPORTING: IMPORTS, UNDOING: IMPORTS},
}
"""What a row speaks of only in its values: once they are erased, nothing can be held against the journal."""
