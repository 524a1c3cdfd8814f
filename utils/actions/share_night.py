"""What two shifts share of a night: notes, signatures of the supervision, envelopes counted by two, who has seen it.

All of it stands in the journal and nowhere else: it says something of the night, it changes no figure, so a closed
night may still be signed or spoken of.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from sqlalchemy import Connection

from database import journal, journal_rows, night_seals, nights
from database.journal import Entry, NightStamp
from database.transaction import read, write
from database.types import canonical
from utils.actions.person import Person, actor
from utils.actions.refusals import Conflict, Forbidden, Unreadable
from utils.actions.state import NightState, need_night
from utils.rj.reading import Problem
from utils.shapes import Document
from utils.text import LONGEST as LONGEST_TEXTS
from utils.text import PERSON, person_key, spelled

NOTE, SIGNATURE, ENVELOPES, SEEN = "releve", "signature", "enveloppes", "vu"
LONGEST: Final = 2_000
MOST: Final = 500
_ERASED: Final = "effacé"
_ENTRIES: Final = "sd.sd_entries"


@dataclass(frozen=True, slots=True)
class Said:
    """A note, who left it, when, and the night it speaks of."""

    night: date
    at: datetime
    by: str
    text: str


@dataclass(frozen=True, slots=True)
class Count:
    """A count of the sealed envelopes, and the one who watched."""

    at: datetime
    by: str
    number: int
    witness: str


@dataclass(frozen=True, slots=True)
class Seen:
    """Somebody who said that the night is seen, and when."""

    by: str
    at: datetime
    person: int | None


@dataclass(frozen=True, slots=True)
class ToSign:
    """A variance of a person that asks for a signature; given for this very variance, or not yet."""

    line: str
    name: str
    variance: Decimal
    by: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Shared:
    """Everything shared of a night."""

    notes: tuple[Said, ...]
    counts: tuple[Count, ...]
    signatures: tuple[ToSign, ...]
    limit: Decimal


def shared(state: NightState) -> Shared:
    """What stands in the journal for this night; notes left in the one before come first."""
    with read() as connection:
        earlier = nights.read_stamp(connection, state.hotel.id, state.earlier.day) if state.earlier else None
        left = journal_rows.of_night(connection, state.hotel.id, earlier.id, (NOTE,)) if earlier else []
        mine = journal_rows.of_night(connection, state.hotel.id, state.stamp.id, (NOTE, SIGNATURE, ENVELOPES))
    signed = {row.line_id: row for row in mine if row.action == SIGNATURE}
    counts = []
    for row in mine:
        if row.action == ENVELOPES:
            kept: Document = json.loads(row.new) if row.new else {"nombre": 0, "temoin": _ERASED}
            counts.append(Count(row.at, row.actor_label or _ERASED, kept["nombre"], kept["temoin"]))
    signatures = to_sign(state)
    for place, one in enumerate(signatures):
        by = signed.get(one.line)
        if by is not None and by.new and Decimal(json.loads(by.new)["variance"]) == one.variance:
            signatures[place] = ToSign(one.line, one.name, one.variance, by.actor_label or _ERASED, by.at)
    return Shared(
        notes=tuple(
            Said(row.audit_date, row.at, row.actor_label or _ERASED, json.loads(row.new) if row.new else _ERASED)
            for row in (*left, *mine)
            if row.action == NOTE and row.audit_date
        ),
        counts=tuple(counts),
        signatures=tuple(signatures),
        limit=state.night.settings.tolerances["sd_personne"],
    )


def to_sign(state: NightState) -> list[ToSign]:
    """The lines of the SD whose variance is above what a person may be out by."""
    limit, values = state.night.settings.tolerances["sd_personne"], state.night.values
    variances = values.get(f"{_ENTRIES}[].variance") or ()
    lines: Iterable[Any] = values.get(_ENTRIES) or ()
    return [
        ToSign(str(line["id"]), str(line.get("name", "")), variance)
        for line, variance in zip(lines, variances, strict=False)
        if variance is not None and abs(variance) > limit
    ]


def leave_note(person: Person, day: date, text: str, at: datetime) -> None:
    """Leave a note for the next shift."""
    text = text.strip()
    if not text or len(text) > LONGEST:
        sentence = f"La note a de 1 à {LONGEST} caractères."
        raise Unreadable(sentence, [Problem("texte", sentence)])
    if not person.may("remplir", "corriger"):
        raise Forbidden("Votre rôle ne permet pas de laisser une note de relève.")
    _write(person, day, at, lambda _: Entry(NOTE, new=canonical(text)))


def sign(person: Person, day: date, line: str, at: datetime) -> None:
    """Sign for the variance of a person; the signature holds for that variance and no other."""
    if not person.may("deroger"):
        raise Forbidden("Seule la supervision signe un écart.")

    def entry(state: NightState) -> Entry:
        found = next((one for one in to_sign(state) if one.line == line), None)
        if found is None:
            raise Conflict("Cet écart n’est plus au-dessus de la limite, ou sa ligne n’existe plus.")
        if state.row["auditor_id"] == person.user_id:
            raise Forbidden("Personne ne signe un écart d’une nuit qu’il a lui-même auditée.")
        kept = {"nom": found.name, "variance": str(found.variance)}
        return Entry(SIGNATURE, "sd", "sd_entries", line_id=line, new=canonical(kept))

    _write(person, day, at, entry)


def count_envelopes(person: Person, day: date, number: int, witness: str, at: datetime) -> None:
    """Say how many sealed envelopes were counted, and who watched."""
    witness = spelled(witness)
    if not 0 <= number <= MOST:
        sentence = f"Il faut un nombre d’enveloppes de 0 à {MOST}."
        raise Unreadable(sentence, [Problem("nombre", sentence)])
    if not witness or len(witness) > LONGEST_TEXTS[PERSON] or not witness.isprintable():
        raise Unreadable("Il faut le nom du témoin.", [Problem("temoin", "Il faut le nom du témoin.")])
    if person_key(witness) == person_key(person.label):
        sentence = "Le témoin est une autre personne que celle qui compte."
        raise Unreadable(sentence, [Problem("temoin", sentence)])
    if not person.may("remplir", "corriger"):
        raise Forbidden("Votre rôle ne permet pas de compter les enveloppes.")
    kept = canonical({"nombre": number, "temoin": witness})
    _write(person, day, at, lambda _: Entry(ENVELOPES, "sd", "enveloppes", new=kept))


def seen_by(state: NightState) -> tuple[Seen, ...]:
    """Who said that the night, as its revision stands, is seen: the first time of each."""
    with read() as connection:
        return _seen(connection, state)


def mark_seen(person: Person, day: date, at: datetime) -> None:
    """Say that one has seen a night that was submitted; said again, nothing more is written."""
    with write() as connection:
        state = need_night(connection, person.property_id, day, lock=True)
        if state.editable:
            raise Conflict("La nuit n’est pas soumise : il n’y a encore rien à avoir vu.")
        if not any(one.person == person.user_id for one in _seen(connection, state)):
            _append(connection, person, state, Entry(SEEN), at)


def _seen(connection: Connection, state: NightState) -> tuple[Seen, ...]:
    found: dict[int | None, Seen] = {}
    for row in journal_rows.of_night(connection, state.hotel.id, state.stamp.id, (SEEN,)):
        if row.revision == state.row["revision"]:
            found.setdefault(row.actor_id, Seen(row.actor_label or _ERASED, row.at, row.actor_id))
    return tuple(found.values())


def _write(person: Person, day: date, at: datetime, entry: Any) -> None:
    """Add an entry to the journal of a night as it stands."""
    with write() as connection:
        state = need_night(connection, person.property_id, day, lock=True)
        _append(connection, person, state, entry(state), at)


def _append(connection: Connection, person: Person, state: NightState, entry: Entry, at: datetime) -> None:
    stamp = NightStamp(state.stamp.id, state.day, state.stamp.version, state.row["revision"])
    seq = journal.append(connection, person.property_id, actor(person), at, [entry], stamp)
    night_seals.move(connection, state.stamp.id, seq, state.seal, {})
