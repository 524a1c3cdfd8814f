"""The steps that tell people: what is late, the morning's letters, the mails that wait."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from database import job_runs, lightspeed, properties
from database.job_runs import Key
from database.models import RUNNING
from database.models.jobs import FAILED, GIVEN_UP, INSTALLATION, MISSED
from database.transaction import read
from utils.actions import notifications
from utils.actions.apart import apart
from utils.actions.lightspeed.clients import client_of
from utils.actions.state import find_night
from utils.dates import holds
from utils.scheduler import watchdog
from utils.scheduler.hotels import read_hotels
from utils.scheduler.steps import NIGHT_FILLED, NOT_CONNECTED
from utils.scheduler.stops import Stop
from utils.scheduler.watchdog import Late
from utils.scheduler.work import Outcome, Turn, done, needless, wait

SYNC, WARNING, CONNECTION = "synchro", "synchro_avis", "jeton"
NOT_YET: Final = "Sans objet : l’hôtel n’est pas encore ouvert à cette date."
_PAUSE: Final = timedelta(seconds=20)
_A_MOMENT: Final = timedelta(minutes=1)
_DAY: Final = timedelta(days=1)


def warn_of_sync(turn: Turn) -> Outcome:
    """At the hour of the warning, tell whoever must know that the night is not filled, by whomever."""
    at = turn.clock()
    with read() as connection:
        hotel = properties.property_by_id(connection, turn.property_id)
        filled = notifications.is_filled(connection, hotel.id, turn.night)
        run = job_runs.found(connection, Key(hotel.id, SYNC, turn.night))
        last = lightspeed.last_run(connection, hotel.id, turn.night)
    if filled or turn.night < hotel.opening_date:
        return needless(NIGHT_FILLED if filled else NOT_YET)
    if not client_of(hotel).is_configured():
        return needless(NOT_CONNECTED)
    first_try = turn.morning(SYNC) + turn.every
    if at < first_try:  # the two hours are one where the clock skips them
        return wait("La synchronisation vient de commencer.", first_try)
    if last and last.status == RUNNING and holds(last.started_at + lightspeed.LONGEST, at, lightspeed.LONGEST):
        return wait("Une synchronisation est en cours.", at + _A_MOMENT)
    known = (said for said in (run and run.message, last and last.message) if said)
    why = next(known, "La synchronisation n’a pas commencé.")
    notifications.report_sync(hotel.id, turn.night, why, at)
    return done(f"Avis donné. {why}")


def tell_late(turn: Turn) -> Outcome:
    """The RJ is due: tell of a night that is missing or not submitted."""
    if _before_opening(turn):
        return needless(NOT_YET)
    if notifications.report_late(turn.property_id, turn.night, turn.clock()):
        return done("Le RJ est en retard : avis donné.")
    return done("Le RJ est soumis.")


def send_digest(turn: Turn) -> Outcome:
    """Write the morning's letter, whatever the state of the night."""
    if _before_opening(turn):
        return needless(NOT_YET)
    return _once_it_may_leave(turn) or _written(notifications.send_digest(turn.property_id, turn.night, turn.clock()))


def send_weekly(turn: Turn) -> Outcome:
    """Write the letter of the seven nights that end with this one."""
    return _once_it_may_leave(turn) or _written(notifications.send_weekly(turn.property_id, turn.night, turn.clock()))


def _once_it_may_leave(turn: Turn) -> Outcome | None:
    """The letter of a night that was just submitted waits until it can be taken back no more."""
    with read() as connection:
        state = find_night(connection, turn.property_id, turn.night)
    leaves_at = state.leaves_at if state else None
    if leaves_at is None or leaves_at <= turn.clock():
        return None
    return wait("La nuit vient d’être soumise et peut encore être reprise.", leaves_at)


def deliver(turn: Turn) -> Outcome:
    """Recall what nobody answered and send what waits in the outbox, again and again until the day ends.

    While mails are due there is no pause between two turns; each begins with the reminders.
    """
    at = turn.clock()
    with apart("alertes fermées"):
        notifications.close_untrue(at)
    for property_id in sorted(notifications.hotels_to_escalate(at)):
        with apart("rappel", hotel=property_id):
            notifications.escalate(property_id, at)
    drained = notifications.drain(turn.clock)
    if turn.clock() >= turn.due_at + _DAY:
        return done("La journée est finie.")
    counts = (
        ("envoyés", drained.sent),
        ("gardés ici", drained.kept),
        ("remis à plus tard", drained.delayed),
        ("refusés", drained.failed),
    )
    said = ", ".join(f"{word} : {count}" for word, count in counts if count)
    came_to = f"Courriels {said}." if said else "Rien n’attend."
    if drained.unreachable:
        came_to = "Le serveur de courriel ne répond pas : ce qui attend partira plus tard."
    return wait(came_to, turn.clock() + (timedelta() if drained.more else _PAUSE))


def tell(late: Late) -> None:
    """Pass what the watchdog found on to people, and to the technical log."""
    watchdog.say(late)
    if late.kind == watchdog.CAUGHT_UP or (late.kind, late.job) == (watchdog.LATE, SYNC):
        return  # the night says the rest: filled, or told of at the hour of its own warning
    if late.kind == MISSED and late.stop:
        _tell_stop(late, late.stop)
        return
    property_id = late.property_id
    with read() as connection:
        if property_id == INSTALLATION:
            property_id = min(one for one in read_hotels(connection) if one != INSTALLATION)
        elif late.job in (SYNC, WARNING) and notifications.is_filled(connection, property_id, late.night):
            return
    if late.job == SYNC and late.kind in (GIVEN_UP, FAILED):
        notifications.report_sync(property_id, late.night, late.message, late.at, given_up=True)
    elif late.job == CONNECTION and late.kind == GIVEN_UP:
        notifications.report_lost_connection(property_id, late.night, late.message, late.at)
    else:
        sentence = f"{late.label} : {late.message[:1].lower()}{late.message[1:]}"
        notifications.report_job(property_id, late.job, late.night, sentence, late.at)


def _tell_stop(late: Late, stop: Stop) -> None:
    """One stop is one alert a hotel: the first run that it missed tells of all, but of nights filled since."""
    if stop.missed[0].key != Key(late.property_id, late.job, late.night):
        return
    with read() as connection:
        missed = [
            one
            for one in stop.missed
            if one.key.job != SYNC or not notifications.is_filled(connection, stop.property_id, one.key.night)
        ]
    if missed:
        notifications.report_stop(stop.property_id, stop.last, stop.sentence(missed), late.at)


def _before_opening(turn: Turn) -> bool:
    with read() as connection:
        return turn.night < properties.property_by_id(connection, turn.property_id).opening_date


def _written(count: int) -> Outcome:
    return done(f"Lettres écrites : {count}." if count else "Personne à qui l’écrire.")
