"""Rebuild the projections from the one truth, the tabs, and say where they differed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from sqlalchemy import Connection

from database import journal, night_seals, nights, properties
from database.journal import Entry, NightStamp
from database.night_replay import gaps_of_cells
from database.nights import PersonLine, as_text
from database.properties import Hotel
from database.replay import gaps_of_rules
from database.transaction import read, write
from utils import dates
from utils.actions.altered import sentence_of
from utils.actions.saving import PERSON_LINES, person_lines, projected
from utils.actions.state import LOCKED, need_night


class Rebuilt(NamedTuple):
    """A night with the names of what differed from its tabs, whether that was corrected, and what forbids it."""

    hotel: str
    day: date
    differing: list[str]
    corrected: bool
    refused: list[str]


def rebuild(code: str | None = None) -> Iterator[Rebuilt]:
    """Rebuild the nights of one hotel or of all, each in a transaction of its own.

    A locked night is compared, never rewritten; so is one whose tabs, or the settings of whose hotel, are not what the
    product wrote: its figures would be taken from what somebody else wrote.
    """
    with read() as connection:
        hotels = [hotel for hotel in properties.all_properties(connection) if code in (None, hotel.code)]
    for hotel in hotels:
        with read() as connection:
            days = [row.audit_date for row in nights.nights_of(connection, hotel.id)]
            rules = [f"{place} : {sentence}" for place, sentence in gaps_of_rules(connection, hotel.id)]
        for day in days:
            with write() as connection:
                rebuilt = rebuild_night(connection, hotel, day, rules)
            yield rebuilt


def rebuild_night(connection: Connection, hotel: Hotel, day: date, rules: list[str]) -> Rebuilt:
    """Compare the projected columns and lines of a night with its tabs, and correct them; ``rules`` forbid it."""
    state = need_night(connection, hotel.id, day, lock=True)
    altered = night_seals.altered(connection, state.stamp.id)
    refused = rules + [night_seals.said(part) for part in sorted(altered) if not night_seals.is_derived(part)]
    refused += [sentence_of(gap) for gap in gaps_of_cells(connection, state.stamp.id)]
    columns = projected(state.night)
    differing = [key for key, value in columns.items() if state.row[key] != value]
    lines = _sorted(person_lines(state.where, state.night, PERSON_LINES))
    if _sorted(nights.lines_of(connection, state.stamp.id)) != lines:
        differing.append("night_lines")
    wrong = differing or [part for part in sorted(altered) if night_seals.is_derived(part)]
    corrected = bool(wrong) and state.status != LOCKED and not refused
    if corrected:  # in a new version, with its row in the journal, and sealed
        version = state.stamp.version + 1
        nights.update_night(connection, state.stamp.id, {**columns, "version": version})
        nights.replace_lines(connection, state.stamp.id, PERSON_LINES, lines)
        nights.tell_later_nights(connection, hotel.id, day)
        stamp = NightStamp(state.stamp.id, day, version, state.row["revision"])
        entry = Entry("reconstruction", new=as_text(wrong))
        seq = journal.append(connection, hotel.id, journal.SYSTEM, dates.now(), [entry], stamp)
        found = night_seals.whole(connection, state.stamp.id)
        night_seals.move(connection, state.stamp.id, seq, night_seals.Standing({}, frozenset()), found)
    return Rebuilt(hotel.code, day, wrong, corrected, refused)


def _sorted(lines: list[PersonLine]) -> list[PersonLine]:
    return sorted(lines, key=lambda line: (line.tab, line.position, line.measure))
