"""What the journal says that a night holds, replayed row by row: each cell, its state, what closed it.

The seal of a night shows that something of it changed; this says which cell, what it holds and what it should. It needs
no seal: a night that lost its own, or took one before it was compared, is held against its journal all the same.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final, NamedTuple

from sqlalchemy import Connection

from database import journal_rows, nights, revisions
from database.chain import Row
from database.journal import IMPORTING, LOCKING, REOPENING, TAKING_BACK
from database.models import Change
from database.revisions import Overridden, Submitted
from database.types import canonical
from utils.shapes import Values

_FILLING: Final = frozenset({"saisie", "retrait", "synchronisation"})
_BLOCKS: Final = frozenset({"ouverture", "reprise"})
SUBMITTING, WAITING, COMPLETED = "soumission", "soumission en attente", "dérogations complètes"
_TYPED: Final = "saisi"
_OPEN: Final = ("draft", "in_progress")
_FRESH: Final[Mapping[str, object]] = {
    **{"status": "draft", "revision": 0, "reprise": False, "awaiting_override": False, "auditor_id": None},
    **dict.fromkeys(("submitted_at", "submitted_by", "locked_at", "locked_by", "import_id")),
}
_UNKNOWN: Final = object()
"""What an erased row said."""


_LEAVES: Final = "part le "
SENDING_NOW: Final = "envoi immédiat"
"""The action that ends the minutes in which a submission may be taken back."""


def leaving(at: datetime) -> str:
    """What the origin of a submission says: from when what says the night may leave; 40 characters."""
    return f"{_LEAVES}{at.astimezone(UTC).isoformat(timespec='microseconds')}"


def said_leaving(row: Row, before: tuple[datetime | None] | None) -> tuple[datetime | None] | None:
    """From when a night may leave after a row of its journal, and ``before`` it; nothing when no row says."""
    if row.action == SENDING_NOW:
        return (row.at,)
    if row.action in (REOPENING, TAKING_BACK):
        return (None,)
    if row.action not in (SUBMITTING, WAITING):
        return before
    try:
        return (datetime.fromisoformat((row.origin or "").removeprefix(_LEAVES)),)
    except ValueError:  # a submission of before this was said; or a row that was altered, which the chain names
        return None


class Given(NamedTuple):
    """What the journal says of a cell: its JSON text, who gave it, when and at which version of the night."""

    value: str | None
    origin: str
    by: int | None
    at: datetime
    version: int
    reason: str | None
    is_known: bool = True
    """False when the row that gave it was erased since."""


class Gap(NamedTuple):
    """A cell that is not what the journal says: JSON texts of what it holds and of what it should."""

    tab: str
    cell: str
    held: str | None
    said: str | None

    @property
    def message(self) -> str:
        """The gap in French, the cell by its key; ``utils.actions.altered`` says it by its label."""
        held, said = ("rien" if one is None else f"« {one} »" for one in (self.held, self.said))
        return f"La case {self.tab}.{self.cell} est {held} dans la base, et {said} au journal."


class _Submission(NamedTuple):
    """What the journal says of a submission; a reason that was erased is absent."""

    revision: int | None
    at: datetime
    by: int | None
    waits: bool
    motifs: dict[str, str | None]

    def stands(self, kept: Submitted) -> bool:
        """Whether the one that is kept is this one."""
        same = self[:4] == (kept.revision, kept.at, kept.by, kept.en_attente)
        reasons = self.motifs.keys() == kept.motifs.keys()
        return same and reasons and all(one in (None, kept.motifs[key]) for key, one in self.motifs.items())


class _Override(NamedTuple):
    """What the journal says of an override; ``erased`` names what the row says no more."""

    revision: int | None
    check: str | None
    by: int | None
    at: datetime
    value: str | None
    motif: str | None
    erased: frozenset[str]

    def stands(self, kept: Overridden) -> bool:
        """Whether the one that is kept is this one."""
        same = self[:4] == (kept.revision, kept.check, kept.by, kept.at)
        value = "new" in self.erased or self.value == kept.value
        return same and value and ("reason" in self.erased or self.motif == kept.motif)


@dataclass(slots=True)
class NightReplay:
    """What the rows of one night leave in force; ``columns`` are those of the night, by name."""

    cells: dict[tuple[str, str], Given] = field(default_factory=dict)
    columns: dict[str, object] = field(default_factory=lambda: dict(_FRESH))
    version: int = 0
    seq: int = 0
    was_locked: bool = False
    submissions: list[_Submission] = field(default_factory=list)
    overrides: list[_Override] = field(default_factory=list)

    @property
    def revision(self) -> int:
        """The revision that the last correction opened."""
        said = self.columns["revision"]
        return said if isinstance(said, int) else 0

    def feed(self, row: Row) -> None:
        """Take one more row of the night, in their order."""
        self.seq = row.seq
        self.version = max(self.version, row.night_version or 0)
        if row.action in _FILLING and row.tab:
            self._fill(row, row.tab)
        elif row.action == IMPORTING:
            self._import(row)
        elif row.action in _BLOCKS:
            block = _UNKNOWN if "new" in row.erased else json.loads(row.new or "{}")
            self.columns |= {"previous": block, "reprise": row.action == "reprise" and row.origin == _TYPED}
            if row.action == "ouverture":
                self.columns |= {"opened_at": row.at, "opened_by": row.actor_id, "auditor_id": row.actor_id}
        elif row.action == "motif" and self.submissions:
            self.submissions[-1].motifs[row.field or ""] = row.reason
        elif row.action == "derogation":
            value = json.loads(row.new or "null")
            self.overrides.append(
                _Override(row.revision, row.field, row.actor_id, row.at, value, row.reason, row.erased)
            )
        else:
            self._move(row)

    def _import(self, row: Row) -> None:
        """A night that comes closed from a workbook, or one of its figures."""
        if row.tab:
            self._keep(row, row.tab)
            return
        said = _UNKNOWN if "new" in row.erased else json.loads(row.new or "{}")
        known = said if isinstance(said, dict) else dict.fromkeys(("precedente", "reprise", "importation"), _UNKNOWN)
        self.columns |= {
            **{"status": "locked", "opened_at": row.at, "opened_by": row.actor_id, "locked_at": row.at},
            **{"locked_by": row.actor_id, "previous": known["precedente"], "reprise": known["reprise"]},
            "import_id": known["importation"],
        }
        self.was_locked = True

    def _fill(self, row: Row, tab: str) -> None:
        columns = self.columns
        if columns["status"] == "draft":
            columns["status"] = "in_progress"
        if columns["auditor_id"] is None and columns["status"] != "correcting" and row.action != "synchronisation":
            columns["auditor_id"] = row.actor_id
        self._keep(row, tab)

    def _keep(self, row: Row, tab: str) -> None:
        """The value that a row gives to a cell."""
        if row.old is None and row.new is None and not row.erased & {"old", "new"}:
            return  # a container that was opened, or the text of a sum: no value moved
        # a row that names a line apart has it between the list and the column
        key, _, column = (row.field or "").rpartition(".")
        cell = f"{key}.{row.line_id}.{column}" if row.line_id else str(row.field)
        who = (row.origin or _TYPED, row.actor_id, row.at, row.night_version or 0, row.reason)
        self.cells[tab, cell] = Given(row.new, *who, is_known="new" not in row.erased)

    def _move(self, row: Row) -> None:
        """What a submission, a lock or a correction changes of the night."""
        action, at, by = row.action, row.at, row.actor_id
        if action in (SUBMITTING, WAITING):
            waits = action == WAITING
            self.columns |= {"status": "submitted", "awaiting_override": waits, "submitted_at": at, "submitted_by": by}
            self.submissions.append(_Submission(row.revision, at, by, waits, {}))
        elif action == COMPLETED:
            self.columns["awaiting_override"] = False
        elif action == LOCKING:
            self.columns |= {"status": "locked", "locked_at": at, "locked_by": by}
            self.was_locked = True
        elif action == REOPENING:
            self.columns |= {"status": "correcting", "revision": row.revision, "awaiting_override": False}
        elif action == TAKING_BACK:
            status = "correcting" if self.revision else "in_progress"
            self.columns |= {"status": status, "awaiting_override": False}

    def gaps(self, tabs: Mapping[str, object]) -> list[Gap]:
        """The cells that hold something else than what was written; ``tabs`` are the inputs of each tab."""
        held = {(tab, cell): value for tab, inputs in tabs.items() for cell, value in self.leaves(tab, inputs)}
        found = []
        for tab, cell in sorted(self.cells.keys() | held.keys()):
            given, value = self.cells.get((tab, cell)), held.get((tab, cell))
            said = None if given is None else given.value
            if said != value and (given is None or given.is_known):
                found.append(Gap(tab, cell, value, said))
        return found

    def leaves(self, tab: str, inputs: object) -> Iterator[tuple[str, str]]:
        """Each value of a tab by the name of its cell: maps and lines with an id are gone through."""
        for key, value in inputs.items() if isinstance(inputs, Mapping) else ():
            lines = {one.get("id"): one for one in value if isinstance(one, Mapping)} if isinstance(value, list) else {}
            if isinstance(value, Mapping):
                yield from ((f"{key}.{part}", canonical(one)) for part, one in value.items())
            elif lines and (tab, key) not in self.cells:
                columns = [(f"{key}.{at}.{name}", one) for at, line in lines.items() for name, one in line.items()]
                yield from ((cell, canonical(one)) for cell, one in columns if not cell.endswith(".id"))
            elif value not in ([], None):
                yield key, canonical(value)

    def wrong_columns(self, row: Values) -> dict[str, object]:
        """The columns of a night, version apart, that are not what the journal says; with what it says."""
        known = {name: said for name, said in self.columns.items() if said is not _UNKNOWN}
        return {name: said for name, said in known.items() if not self._holds(name, row)}

    def gaps_of_closings(self, connection: Connection, night_id: int) -> list[str]:
        """Where the submissions and overrides of a night are not those of the journal, as French sentences."""
        wrong = []
        submitted = revisions.submissions_of(connection, night_id)
        if len(submitted) != len(self.submissions) or not all(map(_Submission.stands, self.submissions, submitted)):
            wrong.append("Les soumissions")
        passed = revisions.overrides_of(connection, night_id)
        if len(passed) != len(self.overrides) or not all(map(_Override.stands, self.overrides, passed)):
            wrong.append("Les dérogations")
        return [f"{words} ne sont pas celles que dit le journal." for words in wrong]

    def _holds(self, name: str, row: Values) -> bool:
        said, held = self.columns[name], row[name]
        if name == "status" and said in _OPEN:
            return held in _OPEN
        if name == "previous" and isinstance(said, dict) and self.was_locked and not self.columns["reprise"]:
            return all((held or {}).get(key) == value for key, value in said.items())  # a lock adds the sums to date
        return bool((held or {}) == said if name == "previous" else held == said)


def replayed_night(connection: Connection, night_id: int) -> NightReplay:
    """What the journal says of a night."""
    replay = NightReplay()
    for row in journal_rows.in_order(connection, Change.night_id == night_id):
        replay.feed(row)
    return replay


def gaps_of_cells(connection: Connection, night_id: int) -> list[Gap]:
    """The cells of a night that are not what its journal says."""
    tabs = {tab.tab: tab.inputs for tab in nights.read_tabs(connection, night_id)}
    return replayed_night(connection, night_id).gaps(tabs)


def unproven(connection: Connection, night_id: int) -> list[str]:
    """Why the journal does not prove a night as it stands, as French sentences; nothing when it does."""
    replay = replayed_night(connection, night_id)
    tabs = {tab.tab: tab.inputs for tab in nights.read_tabs(connection, night_id)}
    row = nights.read_row(connection, night_id)._mapping  # type: ignore[attr-defined]
    wrong = sorted([*replay.wrong_columns(row), *(["version"] if row["version"] != replay.version else [])])
    state = [f"L’état de la nuit n’est pas ce que dit le journal ({', '.join(wrong)})."] if wrong else []
    cells = [gap.message for gap in replay.gaps(tabs)]
    return cells + state + replay.gaps_of_closings(connection, night_id)
