"""What the book keeps of a tab after a save: values, where each came from, the texts of sums, versions of cells."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from database.nights import StoredTab
from utils.actions.cells import REMOVE, Change, Present, is_map
from utils.actions.conflicts import written_value
from utils.actions.person import Person
from utils.actions.state import NightState
from utils.actions.typed_over import typed_over
from utils.dates import local
from utils.rj.catalogue import FIELDS
from utils.rj.merge import TYPED
from utils.rj.reading import names_over
from utils.rj.writing import written


def stored_tab(
    state: NightState, person: Person, changes: list[Change], inputs: Mapping[str, Any], at: datetime
) -> StoredTab:
    """The documents of the tab of these changes after them; ``inputs`` are those of the night that follows."""
    tab = changes[0].tab
    before, version = state.tabs[tab], state.stamp.version + 1
    marks = _Marks(before, Present(state.night.inputs), [version, person.user_id])
    moment = local(at, state.hotel.time_zone).isoformat(timespec="seconds")
    origin = {"genre": TYPED, "qui": person.user_id, "a": moment}
    marks.forget(changes)
    for change in changes:
        if change.act != REMOVE and not change.is_container:
            marks.mark(change, origin)
    kept = dict(before.inputs)
    for name in {change.name for change in changes}:
        key = FIELDS[name].key
        kept.pop(key, None)
        if name in inputs:
            kept[key] = written(FIELDS[name], inputs[name])
    return StoredTab(tab, version, kept, marks.origins, marks.texts, marks.versions)


class _Marks:
    """Origin, kept text and version of the cells of a tab, while a save goes over them."""

    def __init__(self, before: StoredTab, present: Present, stamp: list[int]) -> None:
        self.origins, self.texts = dict(before.origins), dict(before.typed_texts)
        self.versions = dict(before.field_versions)
        self._present, self._stamp = present, stamp

    def forget(self, changes: list[Change]) -> None:
        """A removed line or key leaves nothing behind but the version at which it went."""
        gone = dict.fromkeys(name for change in changes if change.act == REMOVE for name in self._removed(change))
        if not gone:
            return
        for document in (self.origins, self.texts, self.versions):
            for cell in [cell for cell in document if any(name in gone for name in names_over(cell))]:
                del document[cell]
        self.versions |= dict.fromkeys(gone, self._stamp)

    def _removed(self, change: Change) -> list[str]:
        before = self._present.of(change)
        parts = before or () if is_map(change.field) else (line["id"] for line in before or ())
        return [f"{change.field.key}.{part}" for part in ([change.line] if change.line else parts)]

    def mark(self, change: Change, origin: dict[str, Any]) -> None:
        """One cell; nothing moves for a cell that keeps its value."""
        before = self._present.of(change)
        if change.text is None:
            self.texts.pop(change.cell, None)
        else:
            self.texts[change.cell] = change.text
        if before == change.value and change.cell in self.origins:
            return
        self.versions[change.cell] = self._stamp
        if change.value is None:
            self.origins.pop(change.cell, None)
        else:
            self.origins[change.cell] = typed_over(
                self.origins.get(change.cell, {}),
                written_value(change, before),
                written_value(change, change.value),
                origin,
            )
