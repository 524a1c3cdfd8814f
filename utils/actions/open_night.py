"""Open a night, give the first one its *reprise*, and carry again what an earlier night closed with."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any, Final

from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from database import journal, night_seals, nights, properties
from database.journal import Entry, NightStamp
from database.models import STATUSES
from database.nights import as_text
from database.properties import Hotel
from database.transaction import read, write
from utils import dates
from utils.actions.carried import Earlier, balances_of, earlier_night, left_by
from utils.actions.expected import learn_expected
from utils.actions.night_work import NightWork, open_for
from utils.actions.person import Machine, Person, actor
from utils.actions.refusals import Conflict, Forbidden, Unreadable
from utils.actions.save_tab import check_may_fill, refuse_problems
from utils.actions.saving import projected
from utils.actions.state import DRAFT, TYPED_TABS, NightState, find_night, need_night, settings_of
from utils.rj.calculate import calculate
from utils.rj.previous import read_previous
from utils.rj.reading import Problem, Reader
from utils.shapes import Document, Values

SIGNATURE: Final = "RJ Natif"
"""Who opens a night that nobody opened, as the journal names it."""


def open_by_itself(property_id: int, day: date, at: datetime) -> bool:
    """Open a night that nobody opened, as a person would; true when it was opened now.

    Raises ``Unreadable`` for a date before the hotel or in the future. A gap before it stays a gap, that a person may
    open later: the night takes what the latest one leaves, closed or not.
    """
    _, opened = open_night(Machine(property_id, SIGNATURE), day, at)
    return opened


def open_night(person: Person, day: date, at: datetime) -> tuple[NightState, bool]:
    """The night of a date, opened now if it was not: the second part says so. Two at once open it once."""
    with write() as connection:
        known = find_night(connection, person.property_id, day)
        if known is not None:
            return known, False
        try:
            with connection.begin_nested():
                _open(connection, person, day, at)
        except IntegrityError:
            return need_night(connection, person.property_id, day), False
    with read() as connection:
        return need_night(connection, person.property_id, day), True


def _open(connection: Connection, person: Person, day: date, at: datetime) -> None:
    if not person.may("remplir"):
        raise Forbidden("Votre rôle ne permet pas d'ouvrir une nuit.")
    hotel = properties.property_by_id(connection, person.property_id)
    if day > dates.local(at, hotel.time_zone).date():
        sentence = "La date d'audit ne peut pas être dans le futur."
        raise Unreadable(sentence, [Problem("audit_date", sentence)])
    if day < hotel.opening_date:
        sentence = f"L'hôtel a ouvert le {hotel.opening_date.isoformat()} : aucune nuit avant cette date."
        raise Unreadable(sentence, [Problem("audit_date", sentence)])
    block = carried_block(connection, hotel, day)
    policy = properties.settings_document(connection, hotel.id, day)
    reader = Reader()
    night = calculate(day, settings_of(hotel, policy.values), read_previous(block, reader), {})
    row = {
        "property_id": hotel.id,
        "audit_date": day,
        "status": DRAFT,
        "version": 1,
        "carry_version": 0,
        "revision": 0,
        "auditor_id": person.user_id or None,
        "opened_at": at,
        "opened_by": person.user_id or None,
        "awaiting_override": False,
        "previous": block,
        "reprise": False,
        **projected(night),
    }
    latest = nights.latest_in(connection, hotel.id, STATUSES)
    if latest is None or latest < day:
        learn_expected(connection, hotel.id, day)
    night_id = nights.create_night(connection, row, TYPED_TABS)
    nights.tell_later_nights(connection, hotel.id, day)
    entry = Entry("ouverture", new=as_text(block), origin="repris")
    seq = journal.append(connection, hotel.id, actor(person), at, [entry], NightStamp(night_id, day, 1, 0))
    night_seals.begin(connection, night_id, seq, night_seals.whole(connection, night_id))


def carried_block(connection: Connection, hotel: Hotel, day: date) -> Document:
    """What the latest earlier night leaves to this one; sums to date are not copied, they come from the nights."""
    earlier = nights.latest_before(connection, hotel.id, day)
    if earlier is None:
        return {}
    return left_by(need_night(connection, hotel.id, earlier[1]).night)


def take_over(person: Person, day: date, block: Any, at: datetime) -> NightState:
    """The *reprise* of a first night: the closing figures of the workbook, typed once. Opens the night if needed."""
    reader = Reader()
    given = reader.object(block, "previous")
    read_previous(given, reader)
    refuse_problems(reader)
    with read() as connection:
        _refuse_earlier(earlier_night(connection, person.property_id, day))
    open_night(person, day, at)
    with open_for(person, day, at) as work:
        state = work.state
        check_may_fill(person, state)
        _refuse_earlier(state.earlier)
        kept = {key: value for key, value in given.items() if value not in (None, "", {}, [])}
        if not state.row["reprise"] or kept != state.row["previous"]:
            entry = _block_entry(state, kept, "saisi")
            _carry(work, entry, {"previous": kept, "reprise": True})
        return work.state


def _refuse_earlier(earlier: Earlier | None) -> None:
    """A night that follows another takes its opening from it."""
    if earlier is not None:
        raise Conflict(f"La nuit du {earlier.day.isoformat()} existe : c'est elle qui donne la reprise.")


def carry_again(person: Person, day: date, at: datetime) -> NightState:
    """Read again what the earlier night closed with, after it was corrected or closed late; a first night keeps all."""
    with open_for(person, day, at) as work:
        state = work.state
        check_may_fill(person, state)
        block = carried_block(work.connection, state.hotel, day)
        if state.earlier is not None and block != balances_of(state.row["previous"] or {}):
            entry = _block_entry(state, block, "repris")
            _carry(work, entry, {"previous": block, "reprise": False})
        return work.state


def _block_entry(state: NightState, block: Document, origin: str) -> Entry:
    return Entry("reprise", field="previous", old=as_text(state.row["previous"]), new=as_text(block), origin=origin)


def _carry(work: NightWork, entry: Entry, columns: Values) -> None:
    """Write the new block and the figures that follow from it."""
    state, reader = work.state, Reader()
    block = read_previous(columns["previous"], reader)
    night = calculate(state.day, state.night.settings, block, state.night.inputs)
    work.new_version([entry], columns, night)
    nights.tell_later_nights(work.connection, state.hotel.id, state.day)
    work.read_again()


def missing_day(state: NightState) -> date | None:
    """The day before, when no night of it exists although an earlier one does: a gap is announced."""
    expected = state.day - timedelta(days=1)
    return expected if state.earlier is not None and state.earlier.day != expected else None
