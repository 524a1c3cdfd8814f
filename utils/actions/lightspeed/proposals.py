"""What the PMS says of a night otherwise than the night itself: shown, and taken only by a person."""

from __future__ import annotations

from collections.abc import Mapping

from database.lightspeed import Reading
from utils.actions import cells
from utils.actions.cells import Change, find_cell
from utils.actions.lightspeed.words import LABELS, SYNCED_TABS
from utils.actions.state import NightState
from utils.rj.merge import SYNCED
from utils.shapes import Document

_LABELS = {kind.__name__: label for kind, label in LABELS.items()}


def proposals(state: NightState, readings: Mapping[str, Reading]) -> list[Document]:
    """The cells for which a closed report says otherwise than what the PMS had given, of a night that is closed."""
    if state.editable:
        return []
    found = []
    for report, reading in readings.items():
        for name, value in reading.figures.items() if reading.final else ():
            tab, _, cell = name.partition(".")
            place = find_cell(tab, cell)
            if tab not in SYNCED_TABS or place is None:
                continue
            change = Change(tab, *place)
            present = change.written(cells.value_of(state.night.inputs, change))
            origin = state.tabs[tab].origins.cells.get(cell) if tab in state.tabs else None
            is_theirs = present is None or (origin is not None and origin.kind == SYNCED)
            if is_theirs and present != value and value not in (origin.seen if origin else ()):
                told = {"champ": name, "libelle": place[0].label, "nuit": present, "pms": value}
                found.append(told | {"rapport": _LABELS.get(report, report), "revision": reading.revision})
    return found
