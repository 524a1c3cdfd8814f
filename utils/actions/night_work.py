"""The one way to write a night that is open: taken, changed step by step, journaled, sealed, told, remembered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Final

from sqlalchemy import Connection

from database import journal, night_seals, nights
from database.journal import Entry, NightStamp
from database.nights import StoredTab
from database.transaction import write
from utils.actions.carried import left_by
from utils.actions.notifications.watch import look_at_change
from utils.actions.person import Person, actor
from utils.actions.saving import person_lines, projected
from utils.actions.state import LOCKED, NightState, memory, need_night
from utils.rj.calculate import Night
from utils.shapes import Values

_NOTHING: Final[Values] = {}
_HOT: Final = frozenset({"status", "auditor_id"})
"""The columns of almost every save, for which the statement is ready."""


@contextmanager
def open_for(person: Person, day: date, at: datetime) -> Iterator[NightWork]:
    """A night taken for writing: nobody else writes it meanwhile, and an error that leaves the block keeps nothing.

    What was written is what the next reader sees. Raises ``NoSuchNight`` for a night that was never opened.
    """
    with write() as connection:
        work = NightWork(connection, person, at, need_night(connection, person.property_id, day, lock=True))
        taken = work.state
        yield work
    if work.state is not taken and work.state.status != LOCKED:
        memory().put(work.state)


@dataclass(slots=True)
class NightWork:
    """Somebody writing a night: the transaction, who, when, and the night as it stands after each step."""

    connection: Connection
    person: Person
    at: datetime
    state: NightState
    _tabs: dict[str, StoredTab] = field(default_factory=dict)
    _parts: dict[str, str] = field(default_factory=dict)

    def keep_tab(self, stored: StoredTab) -> None:
        """Write the cells of a tab; the next version carries them."""
        nights.save_tab(self.connection, self.state.stamp.id, stored)
        self._tabs[stored.tab] = stored
        self._parts[f"{night_seals.TAB}{stored.tab}"] = night_seals.of_tab(stored)

    def keep_lines(self, tab: str, night: Night, moved: list[str]) -> None:
        """Write the amounts by person of the lines of a tab that moved; the next version carries them."""
        lines, ids = person_lines(self.state.where, night, (tab,)), set(moved)
        rows = [line for line in lines if line.line_id in ids]
        nights.change_lines(self.connection, self.state.stamp.id, tab, moved, rows)
        self._parts[f"{night_seals.LINES}{tab}"] = night_seals.of_lines(lines)

    def new_version(
        self,
        entries: list[Entry],
        columns: Values = _NOTHING,
        night: Night | None = None,
        parts: Mapping[str, str] = _NOTHING,
    ) -> None:
        """Write a new version of the night with its entries of the journal, its seal and the alerts it raises.

        ``columns`` are those of the night that change besides its version; ``night`` is given when figures moved;
        ``parts`` are the digests of what else was written of it (``database.night_seals``).
        """
        before, version = self.state, self.state.stamp.version + 1
        figures = projected(night) if night is not None else {}
        self._write_row({"version": version, **columns}, figures)
        leaves_otherwise = night is not None and left_by(night) != left_by(before.night)
        if leaves_otherwise or columns.get("status", before.status) != before.status:
            nights.tell_later_nights(self.connection, before.hotel.id, before.day)
        stamp = NightStamp(before.stamp.id, before.day, version, columns.get("revision", before.row["revision"]))
        seq = journal.append(self.connection, before.hotel.id, actor(self.person), self.at, entries, stamp)
        row = {**before.row, "version": version, **columns, **figures}
        written = {**parts, **self._parts, night_seals.NIGHT: night_seals.of_night(row)}
        if figures:
            written[night_seals.FIGURES] = night_seals.of_figures(row)
        self.state = replace(
            before,
            stamp=before.stamp._replace(version=version, status=columns.get("status", before.status)),
            row=row,
            night=night or before.night,
            tabs={**before.tabs, **self._tabs},
            names={**before.names, self.person.user_id: self.person.label} if self.person.user_id else before.names,
            seal=night_seals.move(self.connection, before.stamp.id, seq, before.seal, written),
            rendered={},
        )
        self._tabs, self._parts = {}, {}
        look_at_change(self.connection, before, self.state, self.at)

    def _write_row(self, values: Values, figures: Values) -> None:
        state = self.state
        if figures and values.keys() - {"version"} <= _HOT:
            hot = {"status": state.status, "auditor_id": state.row["auditor_id"], **values, **figures}
            nights.save_night(self.connection, state.stamp.id, hot)
        else:
            nights.update_night(self.connection, state.stamp.id, {**values, **figures})
        if figures and figures != {key: state.row[key] for key in figures}:
            nights.tell_later_nights(self.connection, state.hotel.id, state.day)

    def read_again(self) -> NightState:
        """The night as the book has it now, after a step that changed more than its version says."""
        self.state = need_night(self.connection, self.state.hotel.id, self.state.day, lock=True)
        return self.state
