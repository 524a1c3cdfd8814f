"""The journal of a hotel, searched: by person, field, night, day, action; with the proof that nothing was cut."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, or_, select

from database import properties, verification
from database.models import Change, JournalHead
from database.transaction import read
from utils.actions.altered import sentence
from utils.actions.person import Person
from utils.actions.reading import label_of
from utils.dates import instant, local
from utils.text import person_key

PAGE: Final = 100
EXPORT: Final = 100_000
_change = Change.__table__.c


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
        labels = _distinct(connection, person.property_id, _change.actor_label)
        rows = connection.execute(_statement(person.property_id, wanted, labels, zone).limit(PAGE + 1)).all()
        people = {person_key(label): label for label in reversed(labels)}
        return Found(
            rows=tuple(rows[:PAGE]),
            following=rows[PAGE - 1].seq if len(rows) > PAGE else None,
            actions=_distinct(connection, person.property_id, _change.action),
            people=tuple(reversed(people.values())),
            who=people.get(person_key(wanted.qui), ""),
            zone=zone,
        )


def export(person: Person, wanted: Wanted) -> tuple[list[list[str]], Proof]:
    """The rows searched, oldest first, as texts; and the proof."""
    with read() as connection:
        zone = properties.property_by_id(connection, person.property_id).time_zone
        labels = _distinct(connection, person.property_id, _change.actor_label)
        rows = connection.execute(_statement(person.property_id, wanted, labels, zone).limit(EXPORT)).all()
        proof = prove(connection, person.property_id)
    return [list(_columns(row, zone)) for row in reversed(rows)], proof


def prove(connection: Connection, property_id: int) -> Proof:
    """Where the chain stands, once verified from its first row."""
    head = connection.execute(
        select(JournalHead.seq, JournalHead.hash).where(JournalHead.property_id == property_id)
    ).one()
    problems = verification.verify(connection, property_id)
    return Proof(head.seq, head.hash, tuple(map(sentence, problems)))


def _statement(property_id: int, wanted: Wanted, labels: Iterable[str], zone: str) -> Any:
    conditions = [_change.property_id == property_id, *_conditions(wanted, labels), *_days(wanted, zone)]
    return select(Change.__table__).where(*conditions).order_by(_change.seq.desc())


def _conditions(wanted: Wanted, labels: Iterable[str]) -> Iterator[ColumnElement[bool]]:
    if wanted.qui:
        who = person_key(wanted.qui)
        yield _change.actor_label.in_([label for label in labels if person_key(label) == who])
    if wanted.action:
        yield _change.action == wanted.action
    if wanted.nuit:
        yield _change.audit_date == wanted.nuit
    if wanted.avant is not None:
        yield _change.seq < wanted.avant
    if wanted.champ:
        tab, _, field = wanted.champ.rpartition(".")
        anywhere = _change.field.icontains(wanted.champ, autoescape=True)
        yield (
            or_(anywhere, (_change.tab == tab) & _change.field.startswith(field, autoescape=True)) if tab else anywhere
        )


def _days(wanted: Wanted, zone: str) -> Iterator[ColumnElement[bool]]:
    """Days as the hotel counts them, from midnight to midnight on its clock."""
    if wanted.du:
        yield _change.at >= instant(wanted.du, time.min, zone)
    if wanted.au:
        yield _change.at < instant(wanted.au + timedelta(days=1), time.min, zone)


def _distinct(connection: Connection, property_id: int, column: Any) -> tuple[str, ...]:
    statement = select(column).where(_change.property_id == property_id, column.is_not(None)).distinct()
    return tuple(sorted(connection.execute(statement).scalars(), key=str.casefold))


def entry_of(row: Any) -> dict[str, Any]:
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


def _columns(row: Any, zone: str) -> Iterator[str]:
    at = local(row.at, zone).isoformat(timespec="seconds")
    where = (row.seq, at, row.actor_label, row.action, row.audit_date, row.tab, row.field)
    what = (label_of(row.tab, row.field), row.line_id, row.old, row.new, row.reason, row.origin, row.hash)
    for value in (*where, *what):
        yield "" if value is None else str(value)
