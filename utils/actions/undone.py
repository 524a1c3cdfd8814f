"""Undoing leaves nothing of what it undoes: a cell finds again who gave its former value, and when."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from sqlalchemy import Connection

from database import journal
from database.nights import as_text
from database.origins import GONE, Origin
from utils.actions.cells import SET, Change
from utils.actions.state import NightState
from utils.dates import local
from utils.rj.merge import TYPED


def restored(
    connection: Connection, state: NightState, changes: list[Change], undone: Collection[str]
) -> tuple[list[Change], dict[str, Origin]]:
    """The changes as they give back what was there, and the origin of each cell of ``undone`` that is known.

    A figure that nobody ever gave was that of its source: the cell is emptied, and shows its source again.
    """
    kept, origins = [], {}
    for change in changes:
        origin = None
        if change.act == SET and change.value is not None and change.cell in undone:
            origin = _former(connection, state, change)
            if origin is None and change.name in state.night.sources:
                change = replace(change, value=None, text=None)  # noqa: PLW2901 - the change that gives back
        if origin:
            origins[change.cell] = origin
        kept.append(change)
    return kept, origins


def _former(connection: Connection, state: NightState, change: Change) -> Origin | None:
    """The origin that this value had: what still stands beside the cell, else the last one who gave it."""
    beside, value = state.tabs[change.tab].origins.beside(change.cell), change.written(change.value)
    if beside and beside.value == value:
        return Origin(beside.kind, beside.at, report=beside.report, revision=beside.revision)
    field = f"{change.field.key}.{change.part}" if change.part else change.field.key
    giver = journal.last_giver(connection, state.stamp.id, (change.tab, field, change.line or None), as_text(value))
    if giver is None:
        return None
    moment = local(giver.at, state.hotel.time_zone).isoformat(timespec="seconds")
    kind = giver.origin or TYPED
    return Origin(kind, moment, (giver.actor_id or GONE) if kind == TYPED else None)
