"""The hotels as the agenda reads them, all in one question."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from itertools import groupby

from sqlalchemy import Connection

from database import job_runs
from database.models.jobs import INSTALLATION
from utils.scheduler.timetable import ScheduledHotel


def read_hotels(connection: Connection) -> Mapping[int, ScheduledHotel]:
    """Every hotel by its id; under ``INSTALLATION`` the clock and the settings of the first one that can be read."""
    found: dict[int, ScheduledHotel] = {}
    for property_id, rows in groupby(job_runs.hotels(connection), key=lambda row: row.id):
        dated = list(rows)
        documents = tuple(
            (row.effective_from, row.document) for row in dated if row.effective_from and row.document is not None
        )
        found[property_id] = ScheduledHotel(property_id, dated[0].time_zone, dated[0].created_at, documents)
    if found:
        first = next(
            (hotel for hotel in found.values() if hotel.is_sound()), ScheduledHotel(INSTALLATION, "UTC", _since(found))
        )
        found[INSTALLATION] = replace(first, property_id=INSTALLATION, since=_since(found))
    return found


def _since(found: Mapping[int, ScheduledHotel]) -> datetime:
    return min(hotel.since for hotel in found.values())
