"""The steps of the jobs that speak to MARSHA: what waits leaves, missing receipts are told, benchmarks are fetched."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from utils.actions.marsha import market, receipts, send
from utils.marsha.errors import MarshaConfigError, MarshaError
from utils.scheduler.work import ONE_DAY, Outcome, Turn, done, needless, wait

ALL_THERE: Final = "Rien ne manque des nuits de la semaine."
NOT_LINKED: Final = "Sans objet : l’hôtel n’est pas relié à MARSHA."
_PAUSE: Final = timedelta(seconds=20)
_AGAIN: Final = timedelta(minutes=30)
_BEHIND: Final = 7
"""Nights before this one whose set is asked for again: data comes late."""


def send_waiting(turn: Turn) -> Outcome:
    """Send what waits and ask after what was received, again and again until the day ends."""
    came = send.send_due(turn.clock)
    if turn.clock() >= turn.due_at + ONE_DAY:
        return done("La journée est finie.")
    return wait(came.sentence, turn.clock() + _PAUSE)


def look_for_receipts(turn: Turn) -> Outcome:
    """At the hour of the setting, tell whoever must know of a night that has no receipt."""
    found = receipts.tell_missing(turn.property_id, turn.night, turn.clock())
    return needless(NOT_LINKED) if found is None else done(found)


def fetch_benchmarks(turn: Turn) -> Outcome:
    """Fetch the set of the night, and those of the week that were not final; again until noon."""
    days = market.missing_days(turn.property_id, [turn.night - ONE_DAY * back for back in range(_BEHIND + 1)])
    said = market.KEPT if days else ALL_THERE
    for day in sorted(days, reverse=True):
        try:
            found = market.fetch_market(turn.property_id, day)
        except MarshaConfigError:
            return needless(NOT_LINKED)
        except MarshaError as error:
            found = str(error)
        if day == turn.night:
            said = found
        if found not in (market.KEPT, market.PRELIMINARY, market.NOT_YET):
            break
    if said in (market.KEPT, ALL_THERE) or turn.clock() >= turn.due_at + 12 * _AGAIN:
        return done(said)
    return wait(said, turn.clock() + _AGAIN)
