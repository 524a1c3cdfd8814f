"""Send the digest of a night and the summary of a week: always, once each, whatever the state of the nights."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import Connection

from database import alerts, nights, outbox
from database.journal_head import keep_witness
from database.transaction import read, write
from utils.actions.notifications.audience import Audience, read_audience
from utils.actions.notifications.morning import QUIET, digest_of, state_words
from utils.actions.notifications.tell import send
from utils.actions.notifications.watch import look_at_night
from utils.actions.notifications.week import week_of
from utils.actions.person import Person
from utils.actions.state import LOCKED, SUBMITTED, NightState, find_night
from utils.notifications import recipients
from utils.notifications.mails import Draft, composed
from utils.notifications.recipients import Recipient


def send_digest(property_id: int, day: date, at: datetime) -> int:
    """Write the digest of a night to its readers; how many had not got it. Made twice, it leaves once.

    The rules look at a submitted night first, so that the digest and the alerts say the same; of one that people still
    fill nothing is judged. A reader of the digest gets no other mail of what it says.
    """
    with write() as connection:
        audience = read_audience(connection, property_id)
        state = find_night(connection, property_id, day)
        if state is not None and state.status in (SUBMITTED, LOCKED):
            look_at_night(connection, audience, state, at)
        draft = _draft(connection, property_id, day, state)
        written = _send(connection, audience, draft, at)
        keep_witness(connection, property_id, day)
        readers = {one.id for one in _readers(audience, "daily_digest")}
        for alert in alerts.of_night(connection, property_id, day):  # the digest says it: their mails stay at home
            if alert.resolved_at is None and alert.kind not in QUIET:
                outbox.withdraw(connection, alert.id, readers)
        return written


class Preview(NamedTuple):
    """The digest of a night as it would leave now: what its reader gets, and the names of those who do."""

    day: date
    subject: str
    text: str
    html: str
    readers: tuple[str, ...]


def preview_digest(person: Person, day: date | None) -> Preview | None:
    """The digest of a date, else of the last night that was submitted, as the one who asks would get it; sends nothing.

    Nothing while no night was submitted and none is named.
    """
    with read() as connection:
        audience = read_audience(connection, person.property_id)
        wanted = day or nights.latest_in(connection, person.property_id, (SUBMITTED, LOCKED))
        reader = next((one for one in audience.people if one.id == person.user_id), None)
        if wanted is None or reader is None:
            return None
        state = find_night(connection, person.property_id, wanted)
        draft = _draft(connection, person.property_id, wanted, state)
        readers = tuple(one.name for one in _readers(audience, draft.kind))
    return Preview(wanted, *composed(audience.hotel, draft, reader), readers)


def _draft(connection: Connection, property_id: int, day: date, state: NightState | None) -> Draft:
    shown = {"bilan": digest_of(connection, property_id, day)}
    subject = f"Bilan du {day.isoformat()}, {state_words(state).lower()}"
    return Draft("daily_digest", day, f"bilan/{day.isoformat()}", subject, "bilan", shown)


def send_weekly(property_id: int, last: date, at: datetime) -> int:
    """Write the summary of the seven nights that end with ``last``; how many readers had not got it."""
    with write() as connection:
        week = week_of(connection, property_id, last)
        subject = f"Bilan de la semaine du {week.first.isoformat()} au {last.isoformat()}"
        draft = Draft("weekly_summary", last, f"semaine/{last.isoformat()}", subject, "semaine", {"semaine": week})
        keep_witness(connection, property_id, last)
        return _send(connection, read_audience(connection, property_id), draft, at)


def _readers(audience: Audience, kind: str) -> list[Recipient]:
    """Those who get a mail of a kind; nobody when the hotel turned it off."""
    choice = audience.chosen.kinds[kind]
    told = recipients.concerned(choice, audience.people) if choice.active else []
    return recipients.by_mail(kind, told, audience.preferences)


def _send(connection: Connection, audience: Audience, draft: Draft, at: datetime) -> int:
    return send(connection, audience, draft, _readers(audience, draft.kind), (at, at))
