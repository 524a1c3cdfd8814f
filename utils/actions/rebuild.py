"""Rebuild the projections from the one truth, the tabs, and say where they differed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Connection

from database import nights, properties
from database.properties import Hotel
from database.transaction import read, write
from utils.actions.saving import PERSON_LINES, person_lines, projected
from utils.actions.state import LOCKED, NightState, need_night


class Rebuilt(NamedTuple):
    """A night with the names of what differed from its tabs, and whether that was corrected."""

    hotel: str
    day: date
    differing: list[str]
    corrected: bool


def rebuild(code: str | None = None) -> Iterator[Rebuilt]:
    """Rebuild the nights of one hotel or of all, each in a transaction of its own.

    A locked night is compared, never rewritten.
    """
    with read() as connection:
        hotels = [hotel for hotel in properties.all_properties(connection) if code in (None, hotel.code)]
    for hotel in hotels:
        with read() as connection:
            days = [row.audit_date for row in nights.nights_of(connection, hotel.id)]
        for day in days:
            with write() as connection:
                rebuilt = rebuild_night(connection, hotel, day)
            yield rebuilt


def rebuild_night(connection: Connection, hotel: Hotel, day: date) -> Rebuilt:
    """Compare the projected columns and lines of a night with its tabs, and correct them."""
    state = need_night(connection, hotel.id, day, lock=True)
    columns = projected(state.night)
    differing = [key for key, value in columns.items() if state.row[key] != value]
    lines = _sorted(person_lines(state, state.night, PERSON_LINES))
    if _sorted(nights.lines_of(connection, state.stamp.id)) != lines:
        differing.append("night_lines")
    corrected = bool(differing) and state.status != LOCKED
    if corrected:
        _rewrite(connection, state, columns, lines)
    return Rebuilt(hotel.code, day, differing, corrected)


def _rewrite(connection: Connection, state: NightState, columns: dict[str, Any], lines: list[dict[str, Any]]) -> None:
    nights.update_night(connection, state.stamp.id, columns)
    nights.replace_lines(connection, state.stamp.id, PERSON_LINES, lines)
    nights.tell_later_nights(connection, state.hotel.id, state.day)


def _sorted(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(lines, key=lambda line: (line["tab"], line["position"], line["measure"]))
