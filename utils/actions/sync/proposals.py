"""What the PMS says of a night otherwise than the night itself: shown, and taken only by a person."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from database.sync import Reading
from utils.actions import cells
from utils.actions.cells import Change, find_cell
from utils.actions.state import NightState
from utils.actions.sync.words import FILLED, LABELS
from utils.rj.merge import SYNCED

_LABELS = {kind.__name__: label for kind, label in LABELS.items()}


def proposals(state: NightState, readings: Mapping[str, Reading]) -> list[dict[str, Any]]:
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


def _proposal(state: NightState, name: str, value: str | int) -> dict[str, Any] | None:
    tab, _, cell = name.partition(".")
    place = find_cell(tab, cell)
    if tab not in FILLED or place is None:
        return None
    change = Change(tab, *place)
    present = change.written(cells.value_of(state.night.inputs, change))
    origin = state.tabs[tab].origins.get(cell, {}) if tab in state.tabs else {}
    seen = {origin.get("garde"), origin.get("ailleurs", {}).get("valeur")}
    if present == value or value in seen or (present is not None and origin.get("genre") != SYNCED):
        return None
    return {"champ": name, "libelle": place[0].label, "nuit": present, "pms": value}
