"""Two people at one cell: a cell changed since the writer read it is shown with both values, and nothing is kept."""

from __future__ import annotations

from typing import Any

from utils.actions.cells import REMOVE, Change, Present
from utils.actions.person import NOBODY
from utils.actions.refusals import Conflict, Unreadable
from utils.actions.state import NightState
from utils.rj.catalogue import FIELDS
from utils.rj.reading import Problem, names_over
from utils.rj.writing import written
from utils.shapes import Document


def refuse_unread(state: NightState, version: int) -> None:
    """Nobody has read a version that is not there: such a save would quarrel with nothing and overwrite everything."""
    if version > state.stamp.version:
        sentence = f"La version {version} de la nuit n'existe pas : relisez-la, puis recommencez."
        raise Unreadable(sentence, [Problem("version", sentence)])


def refuse_conflicts(state: NightState, tab: str, version: int, changes: list[Change], present: Present) -> None:
    """Raise ``Conflict`` with both values of every cell that somebody changed since ``version``."""
    later = _Later(state, tab, version)
    conflicts: list[Document] = []
    for change in changes:
        # nobody quarrels with the PMS: a person's figure wins, and the other one stays beside it
        since = [stamp for stamp in later.touched(change) if stamp[1] != NOBODY]
        if not since or _same(present, later.versions, change):
            continue
        last, actual = max(since), present.of(change)
        if change.line and not change.part and actual is not None:
            shown = {key: one if key == "id" else written_column(change, key, one) for key, one in actual.items()}
        else:
            shown = written_value(change, actual)
        conflict = {
            "chemin": f"{change.tab}.{change.cell}",
            "votre": None if change.act == REMOVE or change.is_container else written_value(change, change.value),
            "actuelle": shown,
            "par": later.state.names.get(last[1], "quelqu'un"),
            "version": last[0],
        }
        conflicts.append(conflict)
    if conflicts:
        sentence = "Quelqu'un a changé la même case entre-temps. Les deux valeurs sont montrées : choisissez."
        raise Conflict(sentence, (), {"conflits": conflicts, "version": state.stamp.version})


class _Later:
    """The cells of a tab that changed after a version, found by name or by what they lie under."""

    def __init__(self, state: NightState, tab: str, version: int) -> None:
        self.state = state
        self.versions: Document = state.tabs[tab].field_versions if tab in state.tabs else {}
        self._under: dict[str, list[Any]] = {}
        for cell, stamp in self.versions.items():
            if stamp[0] > version:
                for name in names_over(cell):
                    self._under.setdefault(name, []).append((cell, stamp))

    def touched(self, change: Change) -> list[Any]:
        """The stamps that quarrel with a change: its cell's, its line's removal, or any column of a line removed."""
        if change.act == REMOVE:
            name = change.cell if change.line else change.field.key
            return [stamp for _, stamp in self._under.get(name, ())]
        names = {change.cell, f"{change.field.key}.{change.line}" if change.line else change.cell}
        return [stamp for name in names for cell, stamp in self._under.get(name, ()) if cell == name]


def written_value(change: Change, value: Any) -> Any:
    """The JSON of a cell; a whole list of terminals is written as its lines."""
    if value is None:
        return None
    return change.written(value) if change.part else written(FIELDS[change.name], value)


def written_column(change: Change, key: str, value: Any) -> Any:
    """The JSON of one column of the line of a change."""
    return Change(change.tab, change.field, "x", key).written(value)


def _same(present: Present, versions: Document, change: Change) -> bool:
    """True when the cell already is as asked: a request sent twice quarrels with nobody."""
    value = present.of(change)
    if change.act == REMOVE:
        return not value
    if change.line and not change.part:
        return value is not None
    if change.line:
        removed = f"{change.field.key}.{change.line}" in versions
        return bool(value == change.value) and not (removed and change.value is not None)
    return bool(value == change.value)
