"""The steps that tell people: what is late, the morning's letters, the mails that wait."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

import structlog

from database import job_runs
from database.job_runs import Key
from database.models.automation import DONE, GIVEN_UP, INSTALLATION, NEEDLESS
from database.transaction import read
from utils.actions import notifications
from utils.scheduler import watch
from utils.scheduler.houses import read_houses
from utils.scheduler.watch import Notice
from utils.scheduler.work import Outcome, Turn, done, needless, wait

SYNC, CONNECTION = "synchro", "jeton"
_PAUSE: Final = timedelta(seconds=20)
_DAY: Final = timedelta(days=1)

log = structlog.get_logger("rj.automatismes")


def warn_of_sync(turn: Turn) -> Outcome:
    """At the hour of the warning, tell whoever must know that the PMS has not filled the night."""
    with read() as connection:
        run = job_runs.found(connection, Key(turn.property_id, SYNC, turn.night))
    if run is not None and run["status"] in (DONE, NEEDLESS):
        return needless("La synchronisation est réglée.")
    why = (run["message"] if run else None) or "La synchronisation n’a pas commencé."
    notifications.report_sync(turn.property_id, turn.night, why, turn.clock())
    return done(f"Avis donné. {why}")


def tell_late(turn: Turn) -> Outcome:
    """The RJ is due: tell of a night that is missing or not submitted."""
    if notifications.report_late(turn.property_id, turn.night, turn.clock()):
        return done("Le RJ est en retard : avis donné.")
    return done("Le RJ est soumis.")


def send_digest(turn: Turn) -> Outcome:
    """Write the morning's letter, whatever the state of the night."""
    return _written(notifications.send_digest(turn.property_id, turn.night, turn.clock()))


def send_weekly(turn: Turn) -> Outcome:
    """Write the letter of the seven nights that end with this one."""
    return _written(notifications.send_weekly(turn.property_id, turn.night, turn.clock()))


def deliver(turn: Turn) -> Outcome:
    """Recall what nobody answered and send what waits in the outbox, again and again until the day ends.

    While mails are due there is no pause between two turns; each begins with the reminders.
    """
    at = turn.clock()
    for property_id in sorted(notifications.hotels_to_escalate(at)):
        _recall(property_id, at)
    drained = notifications.drain(turn.clock)
    if turn.clock() >= turn.due_at + _DAY:
        return done("La journée est finie.")
    return wait(_came_to(drained), turn.clock() + (timedelta() if drained.more else _PAUSE))


def _recall(property_id: int, at: datetime) -> None:
    """Recall the alerts of a hotel; what fails there holds back neither the other hotels nor the mails."""
    try:
        notifications.escalate(property_id, at)
    except Exception:
        log.exception("rappel en échec", hotel=property_id)


def tell(notice: Notice) -> None:
    """Pass a notice of the watchdog on to people, and to the technical log."""
    watch.say(notice)
    property_id = notice.property_id
    if property_id == INSTALLATION:
        with read() as connection:
            property_id = min(one for one in read_houses(connection) if one != INSTALLATION)
    if notice.job == SYNC and notice.kind == GIVEN_UP:
        notifications.report_sync(property_id, notice.night, notice.message, notice.at, given_up=True)
    elif notice.job == CONNECTION and notice.kind == GIVEN_UP:
        notifications.report_lost_connection(property_id, notice.night, notice.message, notice.at)
    else:
        notifications.report_automation(property_id, notice.job, notice.night, notice.message, notice.at)


def _came_to(drained: notifications.Drained) -> str:
    """What became of the mails of a turn."""
    if drained.unreachable:
        return "Le serveur de courriel ne répond pas : ce qui attend partira plus tard."
    counts = (
        ("envoyés", drained.sent),
        ("gardés ici", drained.kept),
        ("remis à plus tard", drained.delayed),
        ("refusés", drained.failed),
    )
    said = ", ".join(f"{word} : {count}" for word, count in counts if count)
    return f"Courriels {said}." if said else "Rien n’attend."


def _written(count: int) -> Outcome:
    return done(f"Lettres écrites : {count}." if count else "Personne à qui l’écrire.")
