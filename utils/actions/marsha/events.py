"""What happens to a DBRS, told: in the journal of the hotel, on its night, to the people who must know."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy import Connection

from database import alerts, journal, nights
from database.held import print_of_submission
from database.journal import SYSTEM, Actor, Entry
from database.marsha import NewSubmission, Sent
from database.nights import as_text
from database.replay import SUBMITTING, earlier_submissions
from utils import dates
from utils.actions.notifications.audience import read_audience
from utils.actions.notifications.tell import close, tell
from utils.notifications.kinds import KINDS
from utils.notifications.rules import Found

MARSHA: Final = Actor(None, "MARSHA")
REJECTED, UNSENT = "marsha_rejected", "marsha_unsent"
_PAST: Final = timedelta(days=1)
_AT_ONCE: Final = timedelta()


def write_on_night(connection: Connection, submission: Sent, status: str, marsha_id: str | None, at: datetime) -> None:
    """Write where a submission stands on its night and in the journal."""
    values = {"marsha_status": status, "marsha_submission_id": marsha_id}
    if marsha_id and not submission.marsha_id:
        values["marsha_submitted_at"] = at  # type: ignore[assignment]
    nights.update_night(connection, submission.night_id, values)
    told = {"envoi": submission.sequence, "etat": status, "recu": marsha_id}
    entry = Entry("marsha", field=submission.business_date.isoformat(), new=as_text(told))
    said = [*earlier_submissions(connection, submission.property_id), entry, _standing(submission, status)]
    journal.append(connection, submission.property_id, MARSHA, at, said)


def say_written(connection: Connection, new: NewSubmission) -> None:
    """Say in the journal what a submission is, as it was just written: nothing else leaves in its name."""
    entry = replace(_standing(new, new.status), origin=print_of_submission(new))
    journal.append(
        connection, new.property_id, SYSTEM, new.created_at, [*earlier_submissions(connection, new.property_id), entry]
    )


def say_standing(connection: Connection, property_id: int, told: Iterable[Sent], status: str, at: datetime) -> None:
    """Say in the journal where submissions stand now, of which MARSHA said nothing."""
    entries = [_standing(one, status) for one in told]
    journal.append(
        connection, property_id, SYSTEM, at, entries and [*earlier_submissions(connection, property_id), *entries]
    )


def _standing(it: Sent | NewSubmission, status: str) -> Entry:
    return Entry(SUBMITTING, field=f"{it.business_date.isoformat()}.{it.sequence}", new=as_text(status))


def tell_refused(
    connection: Connection, property_id: int, day: date, sentence: str, at: datetime, settling: timedelta = _AT_ONCE
) -> None:
    """People must look at a DBRS: MARSHA rejects it, or it does not foot, which is told once it would have left."""
    _told(connection, property_id, day, (REJECTED, "dbrs", sentence), at, settling)


def tell_unsent(connection: Connection, property_id: int, day: date, sentence: str, at: datetime) -> None:
    """The hour has passed and there is no receipt."""
    _told(connection, property_id, day, (UNSENT, "recu", sentence), at, _AT_ONCE)


def settle_alerts(connection: Connection, property_id: int, day: date, kinds: tuple[str, ...], at: datetime) -> None:
    """Close what is not true any more of a date."""
    for alert in alerts.of_night(connection, property_id, day):
        if alert.kind in kinds and alert.resolved_at is None:
            close(connection, alert, at)


def _told(
    connection: Connection,
    property_id: int,
    day: date,
    what: tuple[str, str, str],
    at: datetime,
    settling: timedelta,
) -> None:
    kind, cause, sentence = what
    if dates.now() - at > _PAST:
        return
    audience = read_audience(connection, property_id)
    if audience.chosen.kinds[kind].active:
        tell(connection, audience, day, Found(kind, cause, KINDS[kind].severity, sentence), at, settling)
