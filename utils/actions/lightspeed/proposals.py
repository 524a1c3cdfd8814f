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
    for name, reading in readings.items():
        if reading.final:
            found += [one for cell, value in reading.figures.items() if (one := _proposal(state, cell, value))]
            for one in found:
                one.setdefault("rapport", _LABELS.get(name, name))
                one.setdefault("revision", reading.revision)
    return found


def _proposal(state: NightState, name: str, value: str | int) -> Document | None:
    tab, _, cell = name.partition(".")
    place = find_cell(tab, cell)
    if tab not in SYNCED_TABS or place is None:
        return None
    change = Change(tab, *place)
    present = change.written(cells.value_of(state.night.inputs, change))
    origin = state.tabs[tab].origins.cells.get(cell) if tab in state.tabs else None
    seen = origin.seen if origin else ()
    if present == value or value in seen or (present is not None and (origin is None or origin.kind != SYNCED)):
        return None
    return {"champ": name, "libelle": place[0].label, "nuit": present, "pms": value}
