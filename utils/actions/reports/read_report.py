"""The report of a night, or of each night of a period, read in the book."""

from __future__ import annotations

from datetime import date, datetime

from dateutil.relativedelta import relativedelta

from database.held_nights import held_between
from database.journal_head import read_head
from database.transaction import read
from utils.actions.freezing import thawed
from utils.actions.person import Person
from utils.actions.reading import origins_in_words
from utils.actions.refusals import NoSuchNight
from utils.actions.state import LOCKED, NightState, need_night, state_label
from utils.dates import local
from utils.reports.report import Given, Head, Report
from utils.rj.rules import RULES_VERSION

_NOTHING: Given = Given({}, {})


def report_of(person: Person, day: date, at: datetime) -> Report:
    """The report of a night, ``at`` being when it is printed (aware); raises ``NoSuchNight``."""
    with read() as connection:
        state = need_night(connection, person.property_id, day)
        head = head_of(state, person, at, read_head(connection, person.property_id).words)
    return Report(head, state.night, given_of(state), is_live(state))


def reports_between(person: Person, start: date, end: date, at: datetime) -> list[Report]:
    """The reports of the nights that hold something, in order; only the last one says where its values came from.

    Locked nights are read together; one that is still open is calculated. Raises ``NoSuchNight`` when there is none.
    """
    with read() as connection:
        held = held_between(connection, person.property_id, start, end)
        if not held:
            raise NoSuchNight(f"Aucune nuit n’est au livre du {start.isoformat()} au {end.isoformat()}.")
        state = need_night(connection, person.property_id, held[-1].audit_date)
        last = head_of(state, person, at, read_head(connection, person.property_id).words)
        found = []
        for one in held[:-1]:
            label = state_label(one.status, one.revision, one.import_id)
            head = last._replace(night=one.audit_date, revision=one.revision, state=label)
            if one.frozen is None:
                found.append(Report(head, need_night(connection, person.property_id, one.audit_date).night, _NOTHING))
            else:
                live = one.frozen.get("regles") == RULES_VERSION
                found.append(Report(head, thawed(one.frozen, state.hotel.name), _NOTHING, live))
    return [*found, Report(last, state.night, given_of(state), is_live(state))]


def month_of(person: Person, first: date, at: datetime) -> list[Report]:
    """The reports of the month that begins on this day."""
    return reports_between(person, first, first + relativedelta(day=31), at)


def head_of(state: NightState, person: Person, at: datetime, chain: str) -> Head:
    """What heads every page of a night."""
    return Head(
        hotel=state.hotel.name,
        code=state.hotel.code,
        demo=state.hotel.demo,
        night=state.day,
        revision=state.row["revision"],
        state=state.label,
        by=person.label,
        at=local(at, state.hotel.time_zone),
        chain=chain,
    )


def is_live(state: NightState) -> bool:
    """Whether the formulas of today made the figures of a night: those of a locked one are of the rules of then."""
    return state.status != LOCKED or state.row["rules_version"] == RULES_VERSION


def given_of(state: NightState) -> Given:
    """Where the values of a night came from, and what was typed for them."""
    typed = {f"{tab}.{cell}": text for tab, stored in state.tabs.items() for cell, text in stored.typed_texts.items()}
    return Given(origins_in_words(state), typed)
