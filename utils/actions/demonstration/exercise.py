"""A night of the demonstration almost done, with two errors to find: typed, synchronised, not submitted."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from database import nights, properties
from database.transaction import read
from utils.actions.lightspeed import LightspeedSync
from utils.actions.open_night import open_night, take_over
from utils.actions.person import Person
from utils.actions.refusals import Conflict, NoSuchNight
from utils.actions.save_tab import save_tab
from utils.actions.state import NightState, find_night, need_night
from utils.demo import exercise
from utils.demo.bundle import papers_of
from utils.demo.exercise import Hidden
from utils.demo.hotel import EPOCH, DemoHotel
from utils.demo.papers import typed
from utils.demo.reprise import reprise_of
from utils.lightspeed.clients import demo_hotel
from utils.rj.merge import TYPED
from utils.shapes import Document


class Standing(NamedTuple):
    """An error that was hidden, and whether the night says what its paper says by now."""

    hidden: Hidden
    found: bool


def begin_exercise(person: Person, day: date, at: datetime) -> None:
    """Type the papers of a night with two errors, and synchronise it, in the name of the one who asks.

    Raises ``NoSuchNight`` for a real hotel and ``Conflict`` for a night in which somebody typed already.
    """
    known, state = _known(person, day)
    if _is_begun(state):
        raise Conflict("Cette nuit est commencée : l’exercice demande une nuit où rien n’est tapé.")
    open_night(person, day, at)
    with read() as connection:
        first = nights.latest_before(connection, person.property_id, day) is None
    if first:
        take_over(person, day, reprise_of(known, day), at)
    for tab, values in _wrong(known, day)[0].items():
        with read() as connection:
            version = need_night(connection, person.property_id, day).stamp.version
        save_tab(person, day, tab, {"version": version, "values": values}, at)
    LightspeedSync(person.property_id, person, cause="personne").sync_session(day)


def may_begin(person: Person, day: date) -> bool:
    """Whether a night is one for the exercise: of a demonstration, with papers, and nothing typed in it."""
    try:
        _, state = _known(person, day)
    except NoSuchNight:
        return False
    return not _is_begun(state)


def exercise_of(person: Person, day: date) -> list[Standing]:
    """The errors hidden in a night, each found or not yet; nothing for a night that is no exercise."""
    known, state = _known(person, day)
    if state is None or state.night.inputs.get("controle.notes") != exercise.NOTE:
        return []
    held = {f"{tab}.{name}": value for tab, stored in state.tabs.items() for name, value in stored.inputs.items()}
    return [
        Standing(hidden, all(_at(held, name) == right for name, right, _ in hidden.cells))
        for hidden in _wrong(known, day)[1]
    ]


def _is_begun(state: NightState | None) -> bool:
    """Whether somebody typed in a night."""
    tabs = state.tabs.values() if state else ()
    return any(origin.kind == TYPED for stored in tabs for origin in stored.origins.cells.values())


def _wrong(known: DemoHotel, day: date) -> tuple[dict[str, Document], tuple[Hidden, Hidden]]:
    tabs = typed(papers_of(known, day))
    hidden = exercise.hide(tabs)
    return tabs, hidden


def _known(person: Person, day: date) -> tuple[DemoHotel, NightState | None]:
    with read() as connection:
        hotel = properties.property_by_id(connection, person.property_id)
        state = find_night(connection, person.property_id, day)
    if not hotel.demo or day <= EPOCH:
        raise NoSuchNight("L’exercice n’existe que pour un hôtel de démonstration.")
    return demo_hotel(hotel), state


def _at(held: Document, name: str) -> object:
    """The value of a cell by its qualified name; one of a map, as a card of a terminal, is under its own key."""
    field, _, key = name.rpartition(".")
    whole = held.get(field)
    return whole.get(key) if isinstance(whole, dict) else held.get(name)
