"""What the book keeps of a tab after a save: values, where each came from, the texts of sums, versions of cells."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from database.nights import StoredTab
from database.origins import Origin
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
from utils.shapes import Values


def stored_tab(state: NightState, person: Person, changes: list[Change], inputs: Values, at: datetime) -> StoredTab:
    """The documents of the tab of these changes after them; ``inputs`` are those of the night that follows."""
    tab = changes[0].tab
    before, version = state.tabs[tab], state.stamp.version + 1
    marks = _Marks(before, Present(state.night.inputs), [version, person.user_id])
    moment = local(at, state.hotel.time_zone).isoformat(timespec="seconds")
    origin = Origin(TYPED, moment, person.user_id)
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
    return StoredTab(tab, version, kept, before.origins.after(marks.origins), marks.texts, marks.versions)


class _Marks:
    """Origin, kept text and version of the cells of a tab, while a save goes over them."""

    def __init__(self, before: StoredTab, present: Present, stamp: list[int]) -> None:
        self.origins: dict[str, Origin | None] = {}
        """What moves: another origin, or none any more."""

        self.texts, self.versions = dict(before.typed_texts), dict(before.field_versions)
        self._before, self._present, self._stamp = before.origins.cells, present, stamp

    def forget(self, changes: list[Change]) -> None:
        """A removed line or key leaves nothing behind but the version at which it went."""
        gone: dict[str, None] = {}
        for change in [change for change in changes if change.act == REMOVE]:
            parts = [change.line]
            if not change.line:
                whole = self._present.of(change) or ()
                parts = [*whole] if is_map(change.field) else [line["id"] for line in whole]
            gone |= dict.fromkeys(f"{change.field.key}.{part}" for part in parts)
        if not gone:
            return

        def under(cells: Iterable[str]) -> list[str]:
            return [cell for cell in cells if any(name in gone for name in names_over(cell))]

        self.origins |= dict.fromkeys(under(self._before))
        for document in (self.texts, self.versions):
            for cell in under(document):
                del document[cell]
        self.versions |= dict.fromkeys(gone, self._stamp)

    def mark(self, change: Change, origin: Origin) -> None:
        """One cell; nothing moves for a cell that keeps its value."""
        before = self._present.of(change)
        if change.text is None:
            self.texts.pop(change.cell, None)
        else:
            self.texts[change.cell] = change.text
        known = self.origins.get(change.cell, self._before.get(change.cell))
        if before == change.value and known is not None:
            return
        self.versions[change.cell] = self._stamp
        was, typed = written_value(change, before), written_value(change, change.value)
        self.origins[change.cell] = None if change.value is None else typed_over(known, was, typed, origin)
