"""Alerts: those that a change of a night raises in its own transaction, and those that a clock looks for.

The receptionist's variance is told while the night is being filled, once her line is complete and left; the proofs of
the whole night mean nothing before it is submitted, and are looked at then.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy import Connection

from database import alerts, notifications, outbox, properties
from database.alarms import STOP
from database.transaction import read, write
from utils import dates, french
from utils.actions.apart import apart
from utils.actions.notifications.alarms import WHOLE, close_unfilled
from utils.actions.notifications.audience import Audience, read_audience
from utils.actions.notifications.facts import facts_of, people_of
from utils.actions.notifications.tell import SETTLING, alert_mail, close, send, settle, tell
from utils.actions.settings.fields import RJ_DUE, value_in
from utils.actions.state import CORRECTING, LOCKED, SUBMITTED, NightState, find_night
from utils.actions.verdicts import verdict_of
from utils.notifications.chosen import read_chosen
from utils.notifications.kinds import CRITICAL, KINDS
from utils.notifications.rules import RULES, Facts, Found, evaluate, receptionist_variance

_PAST: Final = timedelta(days=1)
"""A change written down this long after it happened is history: that of a demonstration, or of another system."""

_SAME_TIME: Final = timedelta(minutes=1)
"""Within this of its digest, a person is not told again of what it says."""

_PEOPLE: Final = ("receptionist_variance",)
_AT_ONCE: Final = timedelta()


def look_at_change(connection: Connection, before: NightState, after: NightState, at: datetime) -> None:
    """What a change of a night has people told, in the transaction of the change; what is long past tells nobody."""
    if dates.now() - at > _PAST:
        return
    if after.status == SUBMITTED and before.status not in (SUBMITTED, LOCKED):
        _submitted(connection, after, at)
    elif before.leaves_at and after.editable and before.row["revision"] == after.row["revision"]:
        _taken_back(connection, before, before.leaves_at, at)
    elif after.status == CORRECTING and before.status != CORRECTING:
        audience = read_audience(connection, after.hotel.id)
        sentence = f"La nuit du {after.day.isoformat()} est rouverte pour une correction."
        _event(
            connection, audience, after.day, ("correction_opened", f"révision {after.row['revision']}", sentence), at
        )
    elif after.row["ls_sync_status"] == WHOLE != before.row["ls_sync_status"]:
        close_unfilled(connection, after.hotel.id, after.day, at)
    elif after.night is not before.night and people_of(after.night) != people_of(before.night):
        _people_changed(connection, before, after, at)


def _people_changed(connection: Connection, before: NightState, after: NightState, at: datetime) -> None:
    """Tell of the variances that are not what they were; a save that moves none past its threshold costs one read."""
    choice = read_chosen(notifications.config(connection, after.hotel.id)).kinds[_PEOPLE[0]]
    said, found = (
        tuple(receptionist_variance(Facts({}, people_of(state.night)), choice)) if choice.active else ()
        for state in (before, after)
    )
    if said == found:
        return
    audience = read_audience(connection, after.hotel.id)
    settle(connection, audience, after.day, _PEOPLE, found, at)
    for one in found:
        tell(connection, audience, after.day, one, at, SETTLING)


def evaluate_alerts(property_id: int, day: date, at: datetime) -> int:
    """Look at every figure of a submitted night; how many alerts are new, none while it is being filled."""
    with write() as connection:
        state = find_night(connection, property_id, day)
        if state is None or state.status not in (SUBMITTED, LOCKED):
            return 0
        return look_at_night(connection, read_audience(connection, property_id), state, at)


def report_late(property_id: int, day: date, at: datetime) -> bool:
    """The RJ is due: tell of a night that is missing or not submitted. True when it is late, told before or not."""
    with write() as connection:
        state = find_night(connection, property_id, day)
        if state is not None and state.status in (SUBMITTED, LOCKED):
            return False
        what = "n’est pas soumis" if state else "manque : la nuit n’a pas été ouverte"
        _late(connection, read_audience(connection, property_id), day, what, at)
    return True


def report_sync(property_id: int, day: date, message: str, at: datetime, *, given_up: bool = False) -> bool:
    """The synchronisation of a night failed, is incomplete, or was given up: one alert, told once, that says the last.

    True when people had not been told.
    """
    word = "abandonnée" if given_up else "en échec ou incomplète"
    sentence = f"Synchronisation de la nuit du {day.isoformat()} {word} : {french.typographic(message)}"
    with write() as connection:
        audience = read_audience(connection, property_id)
        return _event(connection, audience, day, ("pms_sync_failed", "échec", sentence), at)


def report_lost_connection(property_id: int, day: date, message: str, at: datetime) -> bool:
    """The connection with the PMS is lost; true when people had not been told today."""
    with write() as connection:
        audience = read_audience(connection, property_id)
        return _event(connection, audience, day, ("pms_sync_failed", "liaison", french.typographic(message)), at)


def report_job(property_id: int, job: str, day: date, message: str, at: datetime) -> bool:
    """A job did not start in time or failed (the watchdog); true when people had not been told for this date."""
    with write() as connection:
        audience = read_audience(connection, property_id)
        what = ("automation", f"automatisme {job}"[:200], french.typographic(message))
        return _event(connection, audience, day, what, at)


def report_stop(property_id: int, day: date, message: str, at: datetime) -> bool:
    """The server was stopped and missed what it had to do; ``day``: the latest night that lacks something of it."""
    with write() as connection:
        audience = read_audience(connection, property_id)
        return _event(connection, audience, day, ("automation", STOP, french.typographic(message)), at)


def escalate(property_id: int, at: datetime) -> int:
    """Tell the roles of the escalation of the critical alerts that nobody took in charge in time; how many alerts."""
    with read() as connection:
        audience = read_audience(connection, property_id)
        late = alerts.unanswered(connection, property_id, at - audience.chosen.escalation_after)
    for alert in late:
        day = alert.audit_date
        with apart("rappel", alerte=alert.id), write() as connection:
            audience = read_audience(connection, property_id)
            upward = [one for one in audience.people if one.role in audience.chosen.escalation_roles]
            told = outbox.told_of(connection, alert.id)
            if not alerts.mark_escalated(connection, alert.id, {*alert.audience, *(one.id for one in upward)}, at):
                continue
            letter = alert_mail(alert.id, day, alert.kind, CRITICAL, alert.sentence, "Sans réponse : ")
            letter = letter._replace(key=f"{letter.key}/rappel")
            # those who were not told; all of them again when everybody was
            others = [one for one in upward if one.id not in told] or upward
            just_told = outbox.written_since(connection, property_id, "daily_digest", day, at - _SAME_TIME)
            send(connection, audience, letter, [one for one in others if one.id not in just_told], (at, at))
    return len(late)


def hotels_to_escalate(at: datetime) -> set[int]:
    """The hotels where a critical alert waits for an answer, in one question: ``escalate`` says whether long enough."""
    with read() as connection:
        return alerts.waiting(connection, at)


def _submitted(connection: Connection, state: NightState, at: datetime) -> None:
    audience = read_audience(connection, state.hotel.id)
    for alert in alerts.of_night(connection, state.hotel.id, state.day):
        if alert.kind == "rj_late" and alert.resolved_at is None:
            close(connection, alert, at)
    sentence = f"La nuit du {state.day.isoformat()} est {verdict_of(state).sentence}."
    which = state.submission.id if state.submission else state.row["revision"]  # one submission from the next
    what = ("rj_submitted", f"soumission {which}", sentence)
    _event(connection, audience, state.day, what, at, _held(state, at))
    look_at_night(connection, audience, state, at)


def _late(connection: Connection, audience: Audience, day: date, what: str, at: datetime) -> None:
    _event(connection, audience, day, ("rj_late", "retard", f"Le RJ du {day.isoformat()} {what}."), at)


def _taken_back(connection: Connection, submitted: NightState, leaves_at: datetime, at: datetime) -> None:
    """What the submission had people told has not left and never will; a RJ that is due by now is late again."""
    hotel, day = submitted.hotel, submitted.day
    outbox.withdraw_held(connection, hotel.id, day, leaves_at)
    for alert in alerts.of_night(connection, hotel.id, day):
        if alert.raised_at > at and alert.kind not in _PEOPLE:
            close(connection, alert, at)
            alerts.erase(connection, alert.id)
    morning = dates.next_day(day)
    due = value_in(properties.settings_document(connection, hotel.id, morning).values, RJ_DUE)
    if not submitted.row["revision"] and at >= dates.instant(morning, due, hotel.time_zone):
        _late(connection, read_audience(connection, hotel.id), day, "n’est pas soumis", at)


def release(connection: Connection, state: NightState, at: datetime) -> None:
    """The minutes of a submitted night end now: alerts are seen, mails leave, but what waits for something besides."""
    outbox.bring_forward(connection, state.hotel.id, state.day, state.leaves_at, at)
    alerts.bring_forward(connection, state.hotel.id, state.day, state.leaves_at, at)


def _held(state: NightState, at: datetime) -> timedelta:
    """How long what a submitted night has people told waits; nothing once it can be taken back no more."""
    return max(state.leaves_at - at, _AT_ONCE) if state.leaves_at else _AT_ONCE


def look_at_night(connection: Connection, audience: Audience, state: NightState, at: datetime) -> int:
    """Evaluate the rules of a whole night: close what is not true any more, tell what is; how many alerts are new."""
    found = evaluate(facts_of(connection, state), audience.chosen)
    settle(connection, audience, state.day, RULES, found, at)
    return sum(tell(connection, audience, state.day, one, at, _held(state, at)) for one in found)


def _event(
    connection: Connection,
    audience: Audience,
    day: date,
    what: tuple[str, str, str],
    at: datetime,
    settling: timedelta = _AT_ONCE,
) -> bool:
    """Tell of an event: its kind, its cause, a sentence; false when it was told, or the hotel turned it off."""
    kind, cause, sentence = what
    if not audience.chosen.kinds[kind].active:
        return False
    severity = KINDS[kind].severity
    return tell(connection, audience, day, Found(kind, cause, severity, sentence), at, settling)
