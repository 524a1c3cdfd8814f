"""Tell people of something, once: the alert and its mails, in the transaction of what causes them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy import Connection

from database import alerts, outbox
from database.alerts import NewAlert, RaisedAlert
from utils.actions.notifications.audience import Audience
from utils.notifications import recipients
from utils.notifications.kinds import CRITICAL, KINDS, SEVERITIES
from utils.notifications.mails import Draft, enqueue
from utils.notifications.recipients import Recipient
from utils.notifications.rules import Found

SETTLING: Final = timedelta(seconds=15)
"""How long an alert raised by a save waits: a figure that is corrected at once tells nobody."""

_NONE: Final = timedelta(0)


FALSE_ALARM: Final = timedelta(minutes=1)
"""An alert that was true for less, and of which no mail has left, was never true: nothing of it is kept."""


def tell(  # noqa: PLR0913 - what is told, to whom, when, how
    connection: Connection,
    audience: Audience,
    day: date,
    found: Found,
    at: datetime,
    settling: timedelta = _NONE,
    *,
    mailed: bool = True,
) -> bool:
    """Raise an alert and write its mails; false when it was raised before and says nothing new.

    Nobody sees it, by mail or in the application, before it has settled.
    """
    told = recipients.concerned(audience.chosen.kinds[found.kind], audience.people)
    seen_by = sorted(one.id for one in recipients.in_application(found.kind, told, audience.preferences))
    alert = NewAlert(
        audience.hotel.id, found.kind, day, found.cause, found.severity, found.sentence, seen_by, at + settling
    )
    alert_id = alerts.raise_alert(connection, alert)
    new = alert_id is not None
    if alert_id is None:
        same = next(one for one in alerts.of_night(connection, audience.hotel.id, day) if one.key == found.key)
        if same.resolved_at is None and same.sentence == found.sentence:
            return False
        # resolved since, or saying another figure: it speaks again
        seen_at = at + settling if same.resolved_at else same.raised_at
        alerts.raise_again(connection, same.id, found.sentence, seen_at)
        outbox.withdraw(connection, same.id)
        alert_id = same.id
    if not mailed:
        return new
    draft = alert_mail(alert_id, day, found.kind, found.severity, found.sentence)
    leaves = at + settling
    if found.severity != CRITICAL:
        leaves = audience.chosen.spoken_at(leaves, audience.hotel.time_zone)
    readers = recipients.by_mail(found.kind, told, audience.preferences, found.size)
    send(connection, audience, draft, readers, (at, leaves))
    return new


def send(
    connection: Connection,
    audience: Audience,
    draft: Draft,
    readers: Iterable[Recipient],
    when: tuple[datetime, datetime],
) -> int:
    """Write a mail to each of these people: written when, leaving when; how many had not been written to."""
    return sum(enqueue(connection, audience.hotel, draft, one, *when) for one in readers)


def settle(
    connection: Connection, audience: Audience, day: date, kinds: Iterable[str], found: Iterable[Found], at: datetime
) -> None:
    """Close the alerts of some kinds that are not true any more; their mails that have not left never will.

    A false alarm of less than a minute, which told nobody, is erased.
    """
    true, looked = {one.key for one in found}, set(kinds)
    for alert in alerts.of_night(connection, audience.hotel.id, day):
        if alert.kind in looked and alert.resolved_at is None and alert.key not in true:
            close(connection, alert, at)
            seen = alert.acknowledged_at or alert.escalated_at or outbox.told_of(connection, alert.id)
            if not seen and at - alert.raised_at < FALSE_ALARM:
                alerts.erase(connection, alert.id)


def close(connection: Connection, alert: RaisedAlert, at: datetime) -> None:
    """Close an alert and withdraw its mails that wait."""
    alerts.resolve(connection, alert.id, max(at, alert.raised_at))
    outbox.withdraw(connection, alert.id)


def alert_mail(alert_id: int, day: date, kind: str, severity: str, sentence: str, prefix: str = "") -> Draft:
    """The mail of an alert."""
    shown = {"phrase": sentence, "gravite": severity, "mot": SEVERITIES[severity], "jour": day, "rappel": bool(prefix)}
    subject = f"{prefix}{KINDS[kind].label}, nuit du {day.isoformat()}"
    return Draft(kind, day, f"alerte/{alert_id}", subject, "alerte", shown, alert_id)
