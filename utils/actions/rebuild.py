"""Rebuild the projections from the one truth, the tabs, and say where they differed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import Connection

from database import nights, properties
from database.properties import Hotel
from database.transaction import write
from utils.actions.saving import PERSON_LINES, person_lines, projected
from utils.actions.state import LOCKED, NightState, need_night


def rebuild(code: str | None = None) -> Iterator[tuple[str, date, list[str]]]:
    """Rebuild the nights of one hotel or of all; yields each night with the names of what differed.

    A locked night is compared, never rewritten.
    """
    with write() as connection:
        hotels = [hotel for hotel in properties.all_properties(connection) if code in (None, hotel.code)]
    for hotel in hotels:
        with write() as connection:
            days = [row.audit_date for row in nights.nights_of(connection, hotel.id)]
        for day in days:
            with write() as connection:
                yield hotel.code, day, rebuild_night(connection, hotel, day)


def rebuild_night(connection: Connection, hotel: Hotel, day: date) -> list[str]:
    """Names of the projected columns and lines that differed from the tabs."""
    state = need_night(connection, hotel.id, day, lock=True)
    columns = projected(state.night)
    differing = [key for key, value in columns.items() if state.row[key] != value]
    lines = _sorted(person_lines(state, state.night, PERSON_LINES))
    if _sorted(nights.lines_of(connection, state.stamp.id)) != lines:
        differing.append("night_lines")
    if differing and state.status != LOCKED:
        _rewrite(connection, state, columns, lines)
    return differing


def _rewrite(connection: Connection, state: NightState, columns: dict[str, Any], lines: list[dict[str, Any]]) -> None:
    nights.update_night(connection, state.stamp.id, columns)
    nights.replace_lines(connection, state.stamp.id, PERSON_LINES, lines)


def _sorted(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(lines, key=lambda line: (line["tab"], line["position"], line["measure"]))
