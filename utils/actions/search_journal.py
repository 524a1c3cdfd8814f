"""The journal of a hotel, searched: by person, field, night, day, action; with the proof that nothing was cut."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any, Final

from sqlalchemy import Connection

from database import journal_head, journal_rows, properties, verification
from database.journal_rows import Asked
from database.transaction import read
from utils.actions.altered import sentence
from utils.actions.person import Person
from utils.actions.reading import label_of
from utils.dates import instant, local
from utils.shapes import Document
from utils.text import person_key

PAGE: Final = 100
EXPORT: Final = 100_000


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is searched; what is empty does not narrow the search."""

    qui: str = ""
    champ: str = ""
    action: str = ""
    nuit: date | None = None
    du: date | None = None
    au: date | None = None
    avant: int | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """A page of the journal, latest first; ``following`` is where the next page begins, ``who`` whom it is about."""

    rows: tuple[Any, ...]
    following: int | None
    actions: tuple[str, ...]
    people: tuple[str, ...]
    who: str
    zone: str


@dataclass(frozen=True, slots=True)
class Proof:
    """What lets anybody hold an export against the book: where its chain stands, and whether it verifies."""

    seq: int
    hash: str
    problems: tuple[str, ...]


def search(person: Person, wanted: Wanted) -> Found:
    """One page."""
    with read() as connection:
        zone = properties.property_by_id(connection, person.property_id).time_zone
        labels = journal_rows.labels(connection, person.property_id)
        rows = journal_rows.found(connection, person.property_id, _asked(wanted, labels, zone), PAGE + 1)
        people = {person_key(label): label for label in reversed(labels)}
        return Found(
            rows=tuple(rows[:PAGE]),
            following=rows[PAGE - 1].seq if len(rows) > PAGE else None,
            actions=journal_rows.actions(connection, person.property_id),
            people=tuple(reversed(people.values())),
            who=people.get(person_key(wanted.qui), ""),
            zone=zone,
        )


def export(person: Person, wanted: Wanted) -> tuple[list[list[str]], Proof]:
    """The rows searched, oldest first, as texts; and the proof."""
    with read() as connection:
        zone = properties.property_by_id(connection, person.property_id).time_zone
        labels = journal_rows.labels(connection, person.property_id)
        rows = journal_rows.found(connection, person.property_id, _asked(wanted, labels, zone), EXPORT)
        proof = prove(connection, person.property_id)
    texts = []
    for row in reversed(rows):
        at = local(row.at, zone).isoformat(timespec="seconds")
        where = (row.seq, at, row.actor_label, row.action, row.audit_date, row.tab, row.field)
        what = (label_of(row.tab, row.field), row.line_id, row.old, row.new, row.reason, row.origin, row.hash)
        texts.append(["" if value is None else str(value) for value in (*where, *what)])
    return texts, proof


def prove(connection: Connection, property_id: int) -> Proof:
    """Where the chain stands, once verified from its first row."""
    head = journal_head.read_head(connection, property_id)
    problems = verification.verify(connection, property_id)
    return Proof(head.seq, head.hash, tuple(map(sentence, problems)))


def _asked(wanted: Wanted, labels: Iterable[str], zone: str) -> Asked:
    """What is asked of the book: a person under every spelling, days from midnight to midnight on the hotel’s clock."""
    who = person_key(wanted.qui)
    return Asked(
        labels=[label for label in labels if person_key(label) == who] if wanted.qui else None,
        field=wanted.champ,
        action=wanted.action,
        night=wanted.nuit,
        since=instant(wanted.du, time.min, zone) if wanted.du else None,
        until=instant(wanted.au + timedelta(days=1), time.min, zone) if wanted.au else None,
        before=wanted.avant,
    )


def entry_of(row: Any) -> Document:
    """A row as the journal of a night gives it."""
    return {
        "seq": row.seq,
        "a": row.at.isoformat(),
        "par": row.actor_label,
        "action": row.action,
        "onglet": row.tab,
        "champ": row.field,
        "libelle": label_of(row.tab, row.field),
        "avant": row.old,
        "apres": row.new,
        "motif": row.reason,
    }


COLUMNS: Final = (
    *("séquence", "instant", "qui", "action", "nuit", "onglet", "champ", "libellé", "ligne", "avant", "après"),
    *("motif", "origine", "empreinte"),
)
