"""Send the digest of a night and the summary of a week: always, once each, whatever the state of the nights."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Connection

from database import alerts, outbox
from database.journal_head import keep_witness
from database.transaction import write
from utils.actions.notifications.audience import Audience, read_audience
from utils.actions.notifications.morning import QUIET, digest_of, state_words
from utils.actions.notifications.tell import send
from utils.actions.notifications.watch import look_at_night
from utils.actions.notifications.week import week_of
from utils.actions.state import LOCKED, SUBMITTED, find_night
from utils.notifications import recipients
from utils.notifications.mails import Draft
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
        shown = {"bilan": digest_of(connection, property_id, day)}
        subject = f"Bilan du {day.isoformat()}, {state_words(state).lower()}"
        draft = Draft("daily_digest", day, f"bilan/{day.isoformat()}", subject, "bilan", shown)
        written = _send(connection, audience, draft, at)
        keep_witness(connection, property_id, day)
        readers = {one.id for one in _readers(audience, "daily_digest")}
        for alert in alerts.of_night(connection, property_id, day):  # the digest says it: their mails stay at home
            if alert.resolved_at is None and alert.kind not in QUIET:
                outbox.withdraw(connection, alert.id, readers)
        return written


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
