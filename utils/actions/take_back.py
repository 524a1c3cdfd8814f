"""Take back a night just submitted, or let it leave at once: for some minutes nothing of it leaves the hotel.

The minutes are those of the setting ``reprise_minutes`` on the date of the night; ``NightState.leaves_at`` is their
end. Taking back opens no round of correction: nobody outside has read anything yet.
"""

from __future__ import annotations

from datetime import date, datetime

from database import journal, night_seals, nights
from database.journal import TAKING_BACK, Entry, NightStamp
from database.night_replay import SENDING_NOW
from database.nights import as_text
from database.transaction import write
from utils import french
from utils.actions.night_work import open_for
from utils.actions.notifications.watch import release
from utils.actions.person import Person, actor
from utils.actions.refusals import Conflict, Forbidden
from utils.actions.saving import refuse_altered
from utils.actions.state import CORRECTING, IN_PROGRESS, NightState, need_night
from utils.dates import local


def may_take_back(person: Person, state: NightState, at: datetime) -> bool:
    """Whether the night was just submitted by this person, whatever her role, and nothing of it has left yet."""
    return state.leaves_at is not None and at < state.leaves_at and state.row["submitted_by"] == person.user_id


def take_back_night(person: Person, day: date, at: datetime) -> NightState:
    """Fill again a night that one has just submitted; taking back what is open changes nothing."""
    with open_for(person, day, at) as work:
        state = work.state
        if state.editable:
            return state
        _refuse(person, state, at)
        refuse_altered(work.connection, state)
        status = CORRECTING if state.row["revision"] else IN_PROGRESS
        columns = {"status": status, "awaiting_override": False, "leaves_at": None, "frozen": None, "checksum": None}
        work.new_version([Entry(TAKING_BACK, old=as_text(state.status), new=as_text(status))], columns)
        return work.read_again()


def send_now(person: Person, day: date, at: datetime) -> NightState:
    """End the minutes: what waits for them leaves, and the night can be taken back no more."""
    with write() as connection:
        state = need_night(connection, person.property_id, day, lock=True)
        _refuse(person, state, at)
        release(connection, state, at)
        nights.let_leave(connection, state.stamp.id, at)
        stamp = NightStamp(state.stamp.id, day, state.stamp.version, state.row["revision"])
        seq = journal.append(connection, person.property_id, actor(person), at, [Entry(SENDING_NOW)], stamp)
        night_seals.move(connection, state.stamp.id, seq, state.seal, {})
        return need_night(connection, person.property_id, day, lock=True)


def _refuse(person: Person, state: NightState, at: datetime) -> None:
    """Refuse whoever may not, and whatever is over."""
    if may_take_back(person, state, at):
        return
    if state.leaves_at is None:
        raise Conflict("La nuit n’est pas soumise : il n’y a rien à reprendre ni à envoyer.")
    if state.row["submitted_by"] != person.user_id:
        raise Forbidden("Seule la personne qui a soumis la nuit peut la reprendre ou l’envoyer avant l’heure.")
    when = french.clock(local(state.leaves_at, state.hotel.time_zone))
    raise Conflict(f"La nuit ne se reprend plus : elle est partie à {when}. Une correction demande son motif.")
