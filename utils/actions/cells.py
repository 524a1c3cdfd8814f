"""Cells, the smallest things that change in a night, and what a change makes of them.

A cell is named as `documentation/api.md` says: a field, a key of a map, a column of a line.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from utils.rj.catalogue import BY_KEY, FIELDS
from utils.rj.declaration import DATE, FACTOR, LINES, MONEY, PERCENT, Field
from utils.rj.writing import WRITERS
from utils.shapes import Line, Values

SET, REMOVE = "set", "remove"
MAX_CELL: Final = 120
"""How long the name of a cell may be: the journal keeps it."""

TERMINALS: Final = "transelect_terminals"
_LINE_ID: Final = re.compile(r"[a-z0-9-]{8,36}", re.ASCII)
_BOOK_READERS: Final[dict[str, Callable[[str], Any]]] = {
    MONEY: Decimal,
    PERCENT: Decimal,
    FACTOR: Decimal,
    DATE: date.fromisoformat,
}


@dataclass(frozen=True, slots=True)
class Change:
    """One cell asked to take a value; ``None`` empties it. ``part`` is the key of a map or the column of a line."""

    tab: str
    field: Field
    line: str = ""
    part: str = ""
    value: Any = None
    text: str | None = None
    act: str = SET

    @property
    def name(self) -> str:
        """Qualified name of the field."""
        return f"{self.tab}.{self.field.key}"

    @property
    def cell(self) -> str:
        """Name of the cell inside its tab."""
        return ".".join(piece for piece in (self.field.key, self.line, self.part) if piece)

    @property
    def is_container(self) -> bool:
        """True for a line, a list or a map that must exist, whatever it holds."""
        return not self.part and (bool(self.line) or is_lines(self.field) or is_map(self.field))

    @property
    def kind(self) -> str:
        """Kind of the value."""
        if self.line and self.part:
            return next(column.kind for column in self.field.columns if column.key == self.part)
        return self.field.items if self.part else self.field.kind

    def written(self, value: Any) -> Any:
        """The JSON of a value of this cell, ``None`` when absent."""
        writer = WRITERS.get(self.kind)
        if value is None or writer is None:
            return value
        return [writer(inner) for inner in value] if isinstance(value, tuple) else writer(value)


def is_lines(field: Field) -> bool:
    """True for a list whose lines change one by one; the list of terminals changes as a whole."""
    return field.kind == LINES and field.key != TERMINALS


def is_line_id(given: Any) -> bool:
    """True for what may name a line."""
    return isinstance(given, str) and _LINE_ID.fullmatch(given) is not None


def is_map(field: Field) -> bool:
    """True for a map whose keys change one by one."""
    return bool(field.items) and field.items != "list"


def cell_name(values: Values, path: str) -> str:
    """``sd.sd_entries[0].note`` as the cell ``sd.sd_entries.<id>.note``: a position moves, an id does not."""
    name, bracket, rest = path.partition("[")
    position, _, column = rest.partition("]")
    lines = values.get(name)
    if not bracket or name not in FIELDS or not is_lines(FIELDS[name]) or not lines or int(position) >= len(lines):
        return path
    return f"{name}.{lines[int(position)]['id']}{column}"


def find_cell(tab: str, cell: str) -> tuple[Field, str, str] | None:
    """Field, line and part of a cell's name; ``None`` when the tab has no such cell that can be filled."""
    for field in BY_KEY[tab]:
        if not field.typed or field.key == "audit_date":
            continue
        if cell == field.key:
            return None if field.kind == LINES or is_map(field) else (field, "", "")
        rest = cell.removeprefix(field.key + ".")
        if rest == cell:
            continue
        if is_map(field):
            return (field, "", rest) if rest and (not field.keys or rest in field.keys) else None
        line, _, column = rest.partition(".")
        fillable = {c.key for c in field.columns if c.formula is None}
        if is_lines(field) and is_line_id(line) and column in fillable:
            return field, line, column
    return None


class Present:
    """The present values of cells; a line is found by its id at once, however long its list."""

    def __init__(self, inputs: Values) -> None:
        """Nothing is looked at before it is asked for."""
        self._inputs = inputs
        self._lines: dict[str, dict[str, Line]] = {}

    def of(self, change: Change) -> Any:
        """The present value of the cell of a change; for a whole line, the line."""
        whole = self._inputs.get(change.name)
        if change.line:
            if change.name not in self._lines:
                self._lines[change.name] = {line["id"]: line for line in whole or ()}
            line = self._lines[change.name].get(change.line)
            return line if not change.part or line is None else line.get(change.part)
        return (whole or {}).get(change.part) if change.part else whole


def value_of(inputs: Values, change: Change) -> Any:
    """The present value of one cell; whoever looks at many keeps a ``Present``."""
    return Present(inputs).of(change)


def applied(inputs: Values, changes: list[Change]) -> Values:
    """The new values of the fields touched, by qualified name; ``None`` for one that is empty now."""
    asked: dict[str, list[Change]] = {}
    for change in changes:
        asked.setdefault(change.name, []).append(change)
    found: dict[str, Any] = {}
    for name, some in asked.items():
        if is_lines(some[0].field):
            found[name] = _apply_to_lines(inputs.get(name), some)
        else:
            found[name] = _apply_to_map(inputs.get(name), some) if is_map(some[0].field) else some[-1].value
    return found


def _apply_to_lines(whole: Any, changes: list[Change]) -> tuple[Line, ...] | None:
    lines = None if whole is None else {line["id"]: line for line in whole}
    for change in changes:
        lines = lines or {}
        if change.act == REMOVE:
            lines.pop(change.line, None) if change.line else lines.clear()
            lines = lines or None
        elif change.line:
            line = dict(lines.get(change.line, {"id": change.line}))
            line.pop(change.part, None)
            if change.value is not None:
                line[change.part] = change.value
            lines[change.line] = line
    return None if lines is None else tuple(lines.values())


def _apply_to_map(whole: Any, changes: list[Change]) -> Values | None:
    entries = None if whole is None else dict(whole)
    for change in changes:
        entries = entries or {}
        if change.act == REMOVE:
            entries = None
        elif change.part:
            entries.pop(change.part, None)
            if change.value is not None:
                entries[change.part] = change.value
    return entries


def read_stored(tab: str, inputs: Values) -> Values:
    """Typed values by qualified name from what the book keeps."""
    fields = {field.key: field for field in BY_KEY[tab]}
    return {f"{tab}.{key}": _from_book(fields[key], value) for key, value in inputs.items() if key in fields}


def _from_book(field: Field, value: Any) -> Any:
    if field.kind == LINES:
        kinds = {column.key: _BOOK_READERS.get(column.kind) for column in field.columns}
        return tuple(
            {key: read(inner) if (read := kinds.get(key)) else inner for key, inner in line.items()} for line in value
        )
    read = _BOOK_READERS.get(field.kind)
    if read is None:
        return value if not isinstance(value, list) else tuple(value)
    if isinstance(value, dict):
        return {key: read(inner) for key, inner in value.items()}
    return tuple(read(inner) for inner in value) if isinstance(value, list) else read(value)
