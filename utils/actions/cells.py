"""Cells, the smallest things that change in a night, and the changes that a writer asks for.

A cell is named as `documentation/api.md` says: a field, a key of a map, a column of a line.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from utils.dates import DateError
from utils.money import AmountError, is_sum, read_typed_money, shown
from utils.rj.catalogue import BY_KEY
from utils.rj.declaration import CHOICE, DATE, FACTOR, FLAG, LINES, MONEY, PERCENT, TEXT, Field
from utils.rj.parse import given_leaves, read_field
from utils.rj.reading import ABSENT, MAX_TEXT, Reader, joined
from utils.rj.typed import read_typed
from utils.rj.writing import WRITERS

SET, REMOVE = "set", "remove"
TERMINALS: Final = "transelect_terminals"
_LINE_ID: Final = re.compile(r"[a-z0-9-]{8,36}", re.ASCII)
_BOOK_READERS: Final[dict[str, Callable[[str], Any]]] = {
    MONEY: Decimal,
    PERCENT: Decimal,
    FACTOR: Decimal,
    DATE: date.fromisoformat,
}
_FLAGS: Final = {"true": True, "oui": True, "false": False, "non": False}


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


def is_map(field: Field) -> bool:
    """True for a map whose keys change one by one."""
    return bool(field.items) and field.items != "list"


def read_changes(tab: str, document: Mapping[str, Any], reader: Reader) -> list[Change]:
    """The changes of ``values`` (JSON) and ``saisies`` (texts as typed); problems go to the reader."""
    changes: list[Change] = []
    values = document.get("values")
    if values not in ABSENT:
        for field, given, path in given_leaves(tab, values, reader, "values"):
            changes += _given(tab, field, given, reader, path)
    texts = document.get("saisies")
    if texts not in ABSENT:
        typed = [_typed(tab, cell, text, reader) for cell, text in reader.object(texts, "saisies").items()]
        changes += [change for change in typed if change is not None]
    return _last_of_each(changes)


def _last_of_each(changes: list[Change]) -> list[Change]:
    """A cell given as a value and as a text takes the text."""
    return list({(change.cell, change.act): change for change in changes}.values())


def _given(tab: str, field: Field, given: Any, reader: Reader, path: str) -> Iterator[Change]:
    if is_lines(field):
        if given in ABSENT:
            yield Change(tab, field, act=REMOVE)
        elif isinstance(given, list) and not given:
            yield Change(tab, field, value=())
        else:
            for position, line in enumerate(reader.array(given, path)):
                yield from _given_line(tab, field, line, reader, f"{path}[{position}]")
    elif is_map(field) and given not in ABSENT:
        yield Change(tab, field, value={})
        for key, value in reader.object(given, path).items():
            where = joined(path, key)
            if field.keys and key not in field.keys:
                reader.refuse(where, f"Ligne inconnue : de {field.keys[0]} à {field.keys[-1]}.")
            else:
                read = None if value in ABSENT else reader.value(field.items, value, where)
                yield Change(tab, field, part=key, value=read)
    else:
        yield Change(tab, field, value=None if given in ABSENT else read_field(field, given, reader, path))


def _given_line(tab: str, field: Field, given: Any, reader: Reader, path: str) -> Iterator[Change]:
    line = reader.object(given, path)
    line_id = line.get("id") or secrets.token_hex(4)
    if not isinstance(line_id, str) or not _LINE_ID.fullmatch(line_id):
        reader.refuse(joined(path, "id"), "L'identifiant de ligne a de 8 à 36 caractères a-z, 0-9 ou -.")
        return
    if line.get("_supprimer") is True:
        yield Change(tab, field, line_id, act=REMOVE)
        return
    yield Change(tab, field, line_id)
    columns = {column.key: column for column in field.columns}
    for key, value in line.items():
        where, column = joined(path, key), columns.get(key)
        if key in ("id", "_supprimer"):
            continue
        if column is None or column.formula is not None:
            reader.refuse(where, "Champ inconnu." if column is None else "Ce champ est calculé : il ne se saisit pas.")
        else:
            read = None if value in ABSENT else reader.value(column.kind, value, where, column.choices)
            yield Change(tab, field, line_id, key, read)


def find_cell(tab: str, cell: str) -> tuple[Field, str, str] | None:
    """Field, line and part of a cell's name; ``None`` when the tab has no such cell that can be filled."""
    for field in BY_KEY[tab]:
        if not field.typed or field.key == "audit_date":
            continue
        if cell == field.key:
            return None if is_lines(field) or is_map(field) else (field, "", "")
        rest = cell.removeprefix(field.key + ".")
        if rest == cell:
            continue
        if is_map(field):
            return (field, "", rest) if not field.keys or rest in field.keys else None
        line, _, column = rest.partition(".")
        fillable = {c.key for c in field.columns if c.formula is None}
        if is_lines(field) and _LINE_ID.fullmatch(line) and column in fillable:
            return field, line, column
    return None


def _typed(tab: str, cell: str, text: Any, reader: Reader) -> Change | None:
    path = f"saisies.{shown(cell)}"
    found = find_cell(tab, cell)
    if found is None:
        reader.refuse(path, "Champ inconnu, ou calculé.")
        return None
    if not isinstance(text, str) or len(text) > MAX_TEXT:
        reader.refuse(path, "Il faut un texte.")
        return None
    field, line, part = found
    change = Change(tab, field, line, part)
    try:
        value, kept = _read(change, text)
    except (AmountError, DateError) as error:
        reader.refuse(f"{tab}.{cell}", str(error))
        return None
    return Change(tab, field, line, part, value, kept)


def _read(change: Change, text: str) -> tuple[Any, str | None]:
    """Value and kept text of what was typed in a cell."""
    if not text.strip():
        return None, None
    if change.field.items == "list":
        parts = [part for part in text.split(";") if part.strip()]
        kept = text.strip() if any(map(is_sum, parts)) else None
        return tuple(read_typed_money(part) for part in parts), kept
    if change.kind == FLAG:
        if text not in _FLAGS:
            raise AmountError("Il faut oui ou non.")
        return _FLAGS[text], None
    value, kept = read_typed(change.kind, text.strip() if change.kind in (CHOICE, TEXT) else text)
    choices = _choices(change)
    if choices and value not in choices:
        raise AmountError(f"Choix inconnu : « {shown(text)} ». Choix possibles : {', '.join(choices)}.")
    return value, kept


def _choices(change: Change) -> tuple[str, ...]:
    if change.line:
        return next(column.choices for column in change.field.columns if column.key == change.part)
    return change.field.choices


def value_of(inputs: Mapping[str, Any], change: Change) -> Any:
    """The present value of the cell of a change; for a whole line, the line."""
    whole = inputs.get(change.name)
    if change.line:
        line = next((line for line in whole or () if line["id"] == change.line), None)
        return line if not change.part or line is None else line.get(change.part)
    return (whole or {}).get(change.part) if change.part else whole


def applied(inputs: Mapping[str, Any], changes: list[Change]) -> dict[str, Any]:
    """The new values of the fields touched, by qualified name; ``None`` for one that is empty now."""
    fields: dict[str, Any] = {}
    for change in changes:
        whole = fields[change.name] if change.name in fields else inputs.get(change.name)
        fields[change.name] = _apply(whole, change)
    return fields


def _apply(whole: Any, change: Change) -> Any:
    if change.act == REMOVE:
        kept = tuple(line for line in whole or () if change.line and line["id"] != change.line)
        return kept or None
    if change.line:
        return _with_line(whole or (), change)
    if change.part:
        entries = {key: value for key, value in (whole or {}).items() if key != change.part}
        return entries if change.value is None else {**entries, change.part: change.value}
    if change.is_container and whole:
        return whole
    return change.value


def _with_line(lines: tuple[Mapping[str, Any], ...], change: Change) -> tuple[Mapping[str, Any], ...]:
    known = any(line["id"] == change.line for line in lines)
    lines = lines if known else (*lines, {"id": change.line})
    if not change.part:
        return lines
    return tuple(_with_column(line, change) if line["id"] == change.line else line for line in lines)


def _with_column(line: Mapping[str, Any], change: Change) -> dict[str, Any]:
    rest = {key: value for key, value in line.items() if key != change.part}
    return rest if change.value is None else {**rest, change.part: change.value}


def read_stored(tab: str, inputs: Mapping[str, Any]) -> dict[str, Any]:
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
