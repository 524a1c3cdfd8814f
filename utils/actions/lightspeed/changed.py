"""What the last synchronisation of a night changed since the one before: each figure, before and after."""

from __future__ import annotations

from datetime import datetime
from typing import Final, NamedTuple

from database import journal_rows, lightspeed
from database.transaction import read
from utils.actions.reading import entry_document
from utils.actions.state import NightState
from utils.shapes import Document

READ: Final = ("complete", "partielle", "inchangee")
"""How a run ends when figures of the night were read."""


class Changed(NamedTuple):
    """The entries of the journal that the last synchronisation wrote, and when the one before it had ended."""

    since: datetime
    entries: tuple[Document, ...]


def changed_since(state: NightState) -> Changed | None:
    """What Lightspeed says otherwise than it did; nothing of a night that it filled once, or the same again."""
    if state.row["ls_sync_timestamp"] is None:
        return None
    with read() as connection:
        times = lightspeed.reading_times(connection, state.hotel.id, state.day, READ)
        if len(times) < 2:  # noqa: PLR2004 - there must be one before
            return None
        (began, ended), (_, before) = times
        rows = journal_rows.of_night(connection, state.hotel.id, state.stamp.id, ("synchronisation",), since=began)
    mine = [row for row in rows if row.field and row.at <= ended]
    return Changed(before, tuple(entry_document(row, state.hotel.time_zone) for row in mine)) if mine else None
