"""The journal of a hotel: everything that changed, who did it and why, in a chain that shows any tampering.

    with write() as connection:
        append(connection, property_id, actor, at, [Entry("saisie", tab="jour", field="jour_nb_clients", new="91")])

One save is one call: its rows go in together and the head moves once. The head's row is locked meanwhile, since two
writers who read the same head would fork the chain.
"""

from __future__ import annotations

import hmac
import json
import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, NamedTuple
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, bindparam, insert, select, update

from database import chain
from database.base import KEYS
from database.chain import Head, Row
from database.keys import key_id
from database.models import Change, JournalHead
from database.prepared import Prepared
from database.transaction import Busy

LOCKING: Final = "verrouillage"
REOPENING: Final = "reouverture"
TAKING_BACK: Final = "soumission reprise"
"""Actions that close and open a night: verifying the book holds its state against the last of them, and asks for the
snapshot that the first two keep, of the revision locked or of the one that the correction replaces."""

IMPORTING: Final = "importation"
"""The action that brings a night in from a workbook, closed; and, with a tab, each of its figures."""

UNDOING: Final = "importation défaite"
"""The action that takes such a night away: nothing of it is held against what the journal said before."""

RESEALING: Final = "cle"
"""The action that seals the whole book again, and names the keys that it retires."""

ERASING: Final = "effacement"
"""The action that declares erased rows; ``new`` lists them as ranges."""


PRINT: Final = 40
"""Hexadecimal digits of a digest that the origin of a row holds: it is chained, and never erased."""


class Actor(NamedTuple):
    """Who does it: an account and the name it had then, or only a label (« système », « Lightspeed »)."""

    id: int | None
    label: str


SYSTEM: Final = Actor(None, "système")
"""The product itself."""


class NightStamp(NamedTuple):
    """The night a change belongs to, at the version that the change gave it."""

    id: int
    audit_date: date
    version: int
    revision: int


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing to write down. ``old`` and ``new`` are JSON texts; absent means there was, or is, no value."""

    action: str
    tab: str | None = None
    field: str | None = None
    line_id: str | None = None
    old: str | None = None
    new: str | None = None
    origin: str | None = None
    reason: str | None = None


_known: WeakKeyDictionary[Connection, frozenset[str]] = WeakKeyDictionary()
_changes: Final = Change.__table__
_heads: Final = JournalHead.__table__
_INSERT: Final = Prepared(insert(Change), [column.key for column in _changes.columns if column.key != "erasure"])
_HEAD: Final = Prepared(
    select(_heads.c.seq, _heads.c.hash, _heads.c.broken_at, _heads.c.mac)
    .where(_heads.c.property_id == bindparam("p"))
    .with_for_update()
)
_LAST: Final = (
    select(_changes.c.seq, _changes.c.hash)
    .where(_changes.c.property_id == bindparam("p"))
    .order_by(_changes.c.seq.desc())
    .limit(1)
)
_MOVE: Final = Prepared(
    update(JournalHead).where(_heads.c.property_id == bindparam("p")), ["seq", "hash", "broken_at", "mac"]
)


def start(connection: Connection, property_id: int) -> None:
    """Begin the journal of a new hotel."""
    head = chain.genesis(property_id)
    connection.execute(insert(JournalHead), _sealed(connection, property_id, head) | {"property_id": property_id})


def append(
    connection: Connection,
    property_id: int,
    actor: Actor,
    at: datetime,
    entries: Sequence[Entry],
    night: NightStamp | None = None,
) -> int:
    """Write the entries at the end of the chain, in this transaction; returns the sequence of the last one."""
    head = _locked_head(connection, property_id)
    if not entries:
        return head.seq
    night_id, day, version, revision = night or (None, None, None, None)
    salts = os.urandom(16 * len(entries)).hex()
    last, rows = head.hash, []
    for position, entry in enumerate(entries):
        said = Row(
            *(property_id, head.seq + position + 1, at, actor.id, entry.action, night_id, day),
            *(entry.tab, entry.field, entry.line_id, entry.origin, version, revision),
            *(actor.label, entry.old, entry.new, entry.reason),
            salt=salts[32 * position : 32 * position + 32],
            prev_hash=last,
        )
        digest = chain.digest(said)
        last = chain.link(last, said, digest)
        rows.append(said._replace(digest=digest, hash=last))
    head = Head(rows[-1].seq, rows[-1].hash, head.broken_at)
    _INSERT.run_many(connection, [row._asdict() for row in rows])
    if _MOVE.run(connection, _sealed(connection, property_id, head) | {"p": property_id}) != 1:
        raise Busy("The head of the journal moved meanwhile.")
    return head.seq


class Giver(NamedTuple):
    """Who gave a cell its value: when, which account, where the value came from."""

    at: datetime
    actor_id: int | None
    origin: str | None


def last_giver(
    connection: Connection, night_id: int, place: tuple[str, str, str | None], value: str | None
) -> Giver | None:
    """Who last gave this JSON value to a cell (tab, field, line)."""
    tab, field, line = place
    statement = (
        select(_changes.c.at, _changes.c.actor_id, _changes.c.origin)
        .where(_changes.c.night_id == night_id, _changes.c.tab == tab, _changes.c.field == field)
        .where(_changes.c.line_id == line, _changes.c.new == value)
        .order_by(_changes.c.seq.desc())
        .limit(1)
    )
    row = connection.execute(statement).first()
    return Giver(*row) if row else None


def keys_of(connection: Connection) -> tuple[bytes, ...]:
    """The keys of the application this connection belongs to, the one that signs first."""
    keys: tuple[bytes, ...] = connection.get_execution_options()[KEYS]
    return keys


def proves(connection: Connection, signed: Callable[[bytes], str], mac: str | None) -> bool:
    """Whether the present key made a seal; or a former one, which proves nothing once the book is sealed again."""
    made = [hmac.compare_digest(signed(key), mac or "") for key in keys_of(connection)]
    former = zip(keys_of(connection)[1:], made[1:], strict=True)
    return made[0] or any(ours and key_id(key) not in _retired(connection) for key, ours in former)


def _retired(connection: Connection) -> frozenset[str]:
    """The names of the keys that the journal says retired; read once a transaction."""
    if connection not in _known:
        said = connection.execute(select(_changes.c.new).where(_changes.c.action == RESEALING)).scalars()
        names: set[str] = set()
        for text in said:
            with suppress(ValueError, TypeError, LookupError):  # a row that was altered: the chain says so
                names.update(map(str, json.loads(text or "")["cles"]))
        _known[connection] = frozenset(names)
    return _known[connection]


def _sealed(connection: Connection, property_id: int, head: Head) -> dict[str, object]:
    """The columns of a head, sealed."""
    return head._asdict() | {"mac": chain.seal(keys_of(connection)[0], property_id, head)}


def _locked_head(connection: Connection, property_id: int) -> Head:
    """The head, its row locked until the transaction ends.

    A false one is set aside for the last row, and that is remembered: the work goes on, the trace stays.
    """
    found = _HEAD.first(connection, {"p": property_id})
    if found is None:
        start(connection, property_id)
    else:
        head = Head(*found[:3])
        if proves(connection, lambda key: chain.seal(key, property_id, head), found[3]):
            return head
    last = connection.execute(_LAST, {"p": property_id}).one_or_none()
    seq, last_hash = (last.seq, last.hash) if last else chain.genesis(property_id)[:2]
    return Head(seq, last_hash, broken_at=seq + 1)
