"""The DBRS of a night as it is about to leave: written with its lock, or when somebody asks for it to be sent."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from hashlib import sha256
from typing import Final
from uuid import UUID, uuid5

import structlog
from sqlalchemy import Connection

from database import books, marsha
from database.marsha import NewSubmission, Sent
from database.models.marsha import REFUSED, WAITING, WITHDRAWN
from database.properties import Hotel
from database.types import canonical
from utils.actions.marsha.clients import is_linked, property_code, source_of
from utils.actions.marsha.events import say_standing, say_written, tell_refused
from utils.actions.night_work import NightWork
from utils.actions.state import NightState
from utils.marsha.transform import Booked, Gap, Heading, Transformed, transform_rj_to_dbrs
from utils.money import ZERO

AUTO: Final = "marsha_auto"
AHEAD: Final = 90
"""Nights to come whose books go with the DBRS."""

UNPREPARED: Final = "Le DBRS n’a pas pu être préparé."
UNFOOTED: Final = "Le DBRS ne balance pas avec le Jour : rien n’est envoyé."
LACKING: Final = "Il manque des chiffres au DBRS : rien n’est envoyé."
_SPACE: Final = UUID("6f2d0d2e-5f0b-5d5a-9a57-4d41525348a1")
_log = structlog.get_logger(__name__)


def write_at_lock(work: NightWork) -> None:
    """Write what will leave with the lock of the night, in its transaction, where the hotel sends by itself."""
    if bool(work.state.policy.get(AUTO, True)):
        write_down(work.connection, work.state, work.at)


def write_down(connection: Connection, state: NightState, at: datetime) -> Sent | None:
    """Write the submission of a locked night as a new sequence of its date; nothing when the hotel is not connected.

    What was written of the date and never tried is withdrawn. A night that does not foot is written with its gaps, and
    never leaves.
    """
    hotel, day = state.hotel, state.day
    if not is_linked(connection, hotel):
        return None
    say_standing(connection, hotel.id, marsha.withdraw(connection, hotel.id, day), WITHDRAWN, at)
    earlier = marsha.of_date(connection, hotel.id, day)
    sequence = earlier[0].sequence + 1 if earlier else 1
    standing = next((one for one in earlier if one.body and one.status not in (WITHDRAWN, REFUSED)), None)
    found = _transformed(connection, state, sequence, standing.idempotency_key if standing else None)
    gaps = [] if found is None else [one.as_json() for one in found.gaps]
    body = canonical(found.document) if found is not None and not gaps else None
    error = UNPREPARED if found is None else _why(found.gaps)
    new = NewSubmission(
        property_id=hotel.id,
        night_id=state.stamp.id,
        business_date=day,
        sequence=sequence,
        revision=state.row["revision"],
        idempotency_key=str(uuid5(_SPACE, f"{hotel.code}|{day}|{sequence}")),
        body=body,
        digest=None if body is None else sha256(body.encode()).hexdigest(),
        status=WAITING if body is not None else REFUSED,
        created_at=at,
        due_at=state.leaves_at or at,
        source=source_of(hotel),
        error=error,
        errors=gaps,
    )
    if marsha.add(connection, new):
        say_written(connection, new)
    if error not in (None, LACKING):  # what lacks was left by somebody who said why, and is told when it is awaited
        sentence = f"DBRS du {day.isoformat()}, envoi {sequence} : {error}"
        tell_refused(connection, hotel.id, day, sentence, at, max(new.due_at - at, timedelta()))
    return marsha.of_date(connection, hotel.id, day)[0]


def _why(gaps: Sequence[Gap]) -> str | None:
    """Why nothing leaves: two figures that differ, before those that lack."""
    if any(one.ours is not None for one in gaps):
        return UNFOOTED
    return LACKING if gaps else None


def _transformed(
    connection: Connection, state: NightState, sequence: int, supersedes: str | None
) -> Transformed | None:
    """The document of a night; nothing when it cannot be made, which must not keep the night from being locked."""
    hotel, day = state.hotel, state.day
    taken = books.latest(connection, hotel.id, day)
    heading = Heading(
        property_code(connection, hotel),
        hotel.currency,
        sequence,
        supersedes,
        state.row["submitted_by"],
        day if taken else None,
        booked(connection, hotel, day) if taken else (),
    )
    try:
        return transform_rj_to_dbrs(day, state.night.values, heading)
    except (ArithmeticError, AttributeError, KeyError, TypeError, ValueError):
        _log.exception("marsha.document", nuit=day.isoformat())
        return None


def booked(connection: Connection, hotel: Hotel, day: date) -> list[Booked]:
    """What is on the books at the close of a date, for the nights that go with the DBRS."""
    first, last = day + timedelta(days=1), day + timedelta(days=AHEAD)
    groups: dict[date, dict[str, int]] = {}
    revenue: dict[date, Decimal] = {}
    for one in books.segments_as_of(connection, hotel.id, day, first, last):
        of_night = groups.setdefault(one.stay_date, {})
        of_night[one.segment_group] = of_night.get(one.segment_group, 0) + one.rooms
        revenue[one.stay_date] = revenue.get(one.stay_date, ZERO) + one.revenue
    return [
        Booked(one.stay_date, one.available, sum(by.values()), revenue[one.stay_date], by)
        for one in books.days_as_of(connection, hotel.id, day, first, last)
        if (by := groups.get(one.stay_date))
    ]
