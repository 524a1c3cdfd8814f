"""Tell people of something, once: the alert and its mails, in the transaction of what causes them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any, Final

from sqlalchemy import Connection

from database import alerts, outbox
from utils.actions.notifications.audience import Audience
from utils.notifications import recipients
from utils.notifications.kinds import CRITICAL, KINDS, SEVERITIES
from utils.notifications.letters import Letter, post
from utils.notifications.recipients import Reader
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
    row = {
        "property_id": audience.hotel.id,
        "kind": found.kind,
        "audit_date": day,
        "cause": found.cause,
        "severity": found.severity,
        "sentence": found.sentence,
        "audience": sorted(one.id for one in recipients.in_application(found.kind, told, audience.preferences)),
        "raised_at": at + settling,
    }
    alert_id = alerts.raise_alert(connection, row)
    new = alert_id is not None
    if alert_id is None:
        alert_id = _known(connection, audience, day, found, at + settling)
        if alert_id is None:
            return False
    if not mailed:
        return new
    letter = alert_letter(alert_id, day, found.kind, found.severity, found.sentence)
    leaves = at if found.severity == CRITICAL else audience.chosen.spoken_at(at, audience.hotel.time_zone)
    readers = recipients.by_mail(found.kind, told, audience.preferences, found.size)
    send(connection, audience, letter, readers, (at, leaves + settling))
    return new


def _known(connection: Connection, audience: Audience, day: date, found: Found, at: datetime) -> int | None:
    """The alert raised before, when it must speak again: resolved since, or saying another figure."""
    same = next(
        row
        for row in alerts.of_night(connection, audience.hotel.id, day)
        if (row["kind"], row["cause"], row["severity"]) == (found.kind, found.cause, found.severity)
    )
    if same["resolved_at"] is None and same["sentence"] == found.sentence:
        return None
    alerts.raise_again(connection, same["id"], found.sentence, at if same["resolved_at"] else same["raised_at"])
    outbox.withdraw(connection, same["id"])
    return int(same["id"])


def send(
    connection: Connection,
    audience: Audience,
    letter: Letter,
    readers: Iterable[Reader],
    when: tuple[datetime, datetime],
) -> int:
    """Write a letter to each of these people: written when, leaving when; how many had not been written to."""
    return sum(post(connection, audience.hotel, letter, one, *when) for one in readers)


def settle(
    connection: Connection, audience: Audience, day: date, kinds: Iterable[str], found: Iterable[Found], at: datetime
) -> None:
    """Close the alerts of some kinds that are not true any more; their mails that have not left never will.

    A false alarm of less than a minute, which told nobody, is erased.
    """
    true = {(one.kind, one.cause, one.severity) for one in found}
    looked = set(kinds)
    for row in alerts.of_night(connection, audience.hotel.id, day):
        key = (row["kind"], row["cause"], row["severity"])
        if row["kind"] in looked and row["resolved_at"] is None and key not in true:
            close(connection, row, at)
            _erase_false(connection, row, at)


def close(connection: Connection, alert: dict[str, Any], at: datetime) -> None:
    """Close an alert and withdraw its mails that wait."""
    alerts.resolve(connection, alert["id"], max(at, alert["raised_at"]))
    outbox.withdraw(connection, alert["id"])


def _erase_false(connection: Connection, alert: dict[str, Any], at: datetime) -> None:
    """Forget an alert that nobody was told of, took in charge, or could see for a minute."""
    seen = alert["acknowledged_at"] or alert["escalated_at"] or outbox.told_of(connection, alert["id"])
    if not seen and at - alert["raised_at"] < FALSE_ALARM:
        alerts.erase(connection, alert["id"])


def alert_letter(alert_id: int, day: date, kind: str, severity: str, sentence: str, prefix: str = "") -> Letter:
    """The mail of an alert."""
    shown = {"phrase": sentence, "gravite": severity, "mot": SEVERITIES[severity], "jour": day, "rappel": bool(prefix)}
    subject = f"{prefix}{KINDS[kind].label}, nuit du {day.isoformat()}"
    return Letter(kind, day, f"alerte/{alert_id}", subject, "alerte", shown, alert_id)
