"""What the journal says that a night holds, replayed row by row: each cell, its state, what closed it.

The seal of a night shows that something of it changed; this says which cell, what it holds and what it should. It needs
no seal: a night that lost its own, or took one before it was compared, is held against its journal all the same.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection, select

from database import nights, revisions
from database.journal import LOCKING, REOPENING
from database.models import Change
from database.types import canonical

_FILLING: Final = frozenset({"saisie", "retrait", "synchronisation"})
_BLOCKS: Final = frozenset({"ouverture", "reprise"})
SUBMITTING, WAITING, COMPLETED = "soumission", "soumission en attente", "dérogations complètes"
_TYPED: Final = "saisi"
_OPEN: Final = ("draft", "in_progress")
_FRESH: Final[Mapping[str, Any]] = {
    **{"status": "draft", "revision": 0, "reprise": False, "awaiting_override": False, "auditor_id": None},
    **dict.fromkeys(("submitted_at", "submitted_by", "locked_at", "locked_by")),
}
_UNKNOWN: Final = object()
"""What an erased row said."""

_rows: Final = Change.__table__.c
_COLUMNS: Final = (
    *(_rows.seq, _rows.at, _rows.actor_id, _rows.action, _rows.tab, _rows.field, _rows.line_id, _rows.origin),
    *(_rows.night_version, _rows.revision, _rows.old, _rows.new, _rows.reason, _rows.erasure),
)


class Given(NamedTuple):
    """What the journal says of a cell: its JSON text, who gave it, when and at which version of the night."""

    value: Any
    origin: str
    by: int | None
    at: datetime
    version: int
    reason: str | None

    @property
    def is_known(self) -> bool:
        """False when the row that gave it was erased since."""
        return self.value is not _UNKNOWN


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


@dataclass(slots=True)
class NightReplay:
    """What the rows of one night leave in force."""

    cells: dict[tuple[str, str], Given] = field(default_factory=dict)
    columns: dict[str, Any] = field(default_factory=lambda: dict(_FRESH))
    version: int = 0
    seq: int = 0
    was_locked: bool = False
    submissions: list[dict[str, Any]] = field(default_factory=list)
    overrides: list[dict[str, Any]] = field(default_factory=list)

    def feed(self, row: Mapping[str, Any]) -> None:
        """Take one more row of the night, in their order."""
        self.seq, action = row["seq"], row["action"]
        self.version = max(self.version, row["night_version"] or 0)
        if action in _FILLING and row["tab"]:
            self._fill(row)
        elif action in _BLOCKS:
            self._carry(row)
        elif action == "motif" and self.submissions:
            self.submissions[-1]["motifs"][row["field"]] = row["reason"]
        elif action == "derogation":
            self.overrides.append(_override(row))
        else:
            self._move(row)

    def _fill(self, row: Mapping[str, Any]) -> None:
        columns, erased = self.columns, _erased(row)
        if columns["status"] == "draft":
            columns["status"] = "in_progress"
        if columns["auditor_id"] is None and columns["status"] != "correcting" and row["action"] != "synchronisation":
            columns["auditor_id"] = row["actor_id"]
        if row["old"] is None and row["new"] is None and not erased & {"old", "new"}:
            return  # a container that was opened, or the text of a sum: no value moved
        value = _UNKNOWN if "new" in erased else row["new"]
        who = (row["origin"] or _TYPED, row["actor_id"], row["at"], row["night_version"], row["reason"])
        self.cells[row["tab"], _cell(row)] = Given(value, *who)

    def _carry(self, row: Mapping[str, Any]) -> None:
        block = _UNKNOWN if "new" in _erased(row) else json.loads(row["new"] or "{}")
        self.columns |= {"previous": block, "reprise": row["action"] == "reprise" and row["origin"] == _TYPED}
        if row["action"] == "ouverture":
            self.columns |= {"opened_at": row["at"], "opened_by": row["actor_id"], "auditor_id": row["actor_id"]}

    def _move(self, row: Mapping[str, Any]) -> None:
        """What a submission, a lock or a correction changes of the night."""
        action, who = row["action"], (row["at"], row["actor_id"])
        if action in (SUBMITTING, WAITING):
            waits = action == WAITING
            self.columns |= {"status": "submitted", "awaiting_override": waits}
            self.columns |= dict(zip(("submitted_at", "submitted_by"), who, strict=True))
            one = {"revision": row["revision"], "at": who[0], "by": who[1], "en_attente": waits, "motifs": {}}
            self.submissions.append(one)
        elif action == COMPLETED:
            self.columns["awaiting_override"] = False
        elif action == LOCKING:
            self.columns |= {"status": "locked", **dict(zip(("locked_at", "locked_by"), who, strict=True))}
            self.was_locked = True
        elif action == REOPENING:
            self.columns |= {"status": "correcting", "revision": row["revision"], "awaiting_override": False}

    def gaps(self, tabs: Mapping[str, Any]) -> list[Gap]:
        """The cells that hold something else than what was written; ``tabs`` are the inputs of each tab."""
        held = {(tab, cell): value for tab, inputs in tabs.items() for cell, value in self.leaves(tab, inputs)}
        found = []
        for tab, cell in sorted(self.cells.keys() | held.keys()):
            given, value = self.cells.get((tab, cell)), held.get((tab, cell))
            said = None if given is None else given.value
            if said is not _UNKNOWN and said != value:
                found.append(Gap(tab, cell, value, said))
        return found

    def leaves(self, tab: str, inputs: Any) -> Iterator[tuple[str, str]]:  # noqa: ANN401 - whatever stands in the base
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

    def wrong_columns(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """The columns of a night, version apart, that are not what the journal says; with what it says."""
        known = {name: said for name, said in self.columns.items() if said is not _UNKNOWN}
        return {name: said for name, said in known.items() if not self._holds(name, row)}

    def gaps_of_closings(self, connection: Connection, night_id: int) -> list[str]:
        """Where the submissions and overrides of a night are not those of the journal, as French sentences."""
        kept = (
            ("Les soumissions", self.submissions, revisions.submissions_of(connection, night_id)),
            ("Les dérogations", self.overrides, revisions.all_overrides_of(connection, night_id)),
        )
        return [
            f"{words} ne sont pas celles que dit le journal."
            for words, said, held in kept
            if len(said) != len(held) or any(map(_differs, said, held))
        ]

    def _holds(self, name: str, row: Mapping[str, Any]) -> bool:
        said, held = self.columns[name], row[name]
        if name == "status" and said in _OPEN:
            return held in _OPEN
        if name == "previous" and self.was_locked and not self.columns["reprise"]:
            return all((held or {}).get(key) == value for key, value in said.items())  # a lock adds the sums to date
        return bool((held or {}) == said if name == "previous" else held == said)


def replayed_night(connection: Connection, night_id: int) -> NightReplay:
    """What the journal says of a night."""
    replay = NightReplay()
    statement = select(*_COLUMNS).where(_rows.night_id == night_id).order_by(_rows.seq)
    for row in connection.execute(statement).mappings():
        replay.feed(row)  # type: ignore[arg-type]
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


def _cell(row: Mapping[str, Any]) -> str:
    """The name of a cell in its tab: a row that names a line apart has it between the list and the column."""
    key, _, column = row["field"].rpartition(".")
    return f"{key}.{row['line_id']}.{column}" if row["line_id"] else str(row["field"])


def _erased(row: Mapping[str, Any]) -> set[str]:
    return set((row["erasure"] or {}).get("leaves", ()))


def _override(row: Mapping[str, Any]) -> dict[str, Any]:
    erased = _erased(row)
    said = {"motif": row["reason"], "value": json.loads(row["new"] or "null")}
    unknown = {"motif": "reason" in erased, "value": "new" in erased}
    kept = {name: value for name, value in said.items() if not unknown[name]}
    return {"revision": row["revision"], "check": row["field"], "by": row["actor_id"], "at": row["at"], **kept}


def _differs(said: Mapping[str, Any], held: Any) -> bool:  # noqa: ANN401 - a row
    """Whether a submission or an override is not what was said; a reason that was erased says nothing."""
    row = held._mapping
    return any(
        row[name].keys() != value.keys() or any(one not in (None, row[name][key]) for key, one in value.items())
        if name == "motifs"
        else row[name] != value
        for name, value in said.items()
    )
