"""The changes that a writer asks for: ``values`` as the night file has them, ``saisies`` as a person types them."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from typing import Any, Final

from utils.actions.cells import MAX_CELL, REMOVE, Change, find_cell, is_line_id, is_lines, is_map
from utils.dates import DateError
from utils.money import AmountError, is_sum, read_typed_money, shown
from utils.rj.catalogue import BY_KEY
from utils.rj.declaration import FLAG, Field
from utils.rj.parse import given_leaves, read_field
from utils.rj.reading import ABSENT, MAX_LINES, MAX_TEXT, Reader, joined, reading_of, too_many
from utils.rj.typed import read_typed
from utils.shapes import Document
from utils.text import plain, spelled

_FLAGS: Final = {"true": True, "oui": True, "false": False, "non": False}


def read_changes(tab: str, document: Document, reader: Reader) -> list[Change]:
    """The changes of ``values`` (JSON) and ``saisies`` (texts as typed); problems go to the reader."""
    changes: list[Change] = []
    values = document.get("values")
    if values not in ABSENT:
        for field, given, path in given_leaves(tab, values, reader, "values"):
            changes += _given(tab, field, given, reader, path)
        for field in _emptied_groups(tab, values):
            changes += _given(tab, field, None, reader, "values")
    texts = document.get("saisies")
    if texts not in ABSENT:
        typed = [_typed(tab, cell, text, reader) for cell, text in reader.object(texts, "saisies").items()]
        changes += [change for change in typed if change is not None]
    for change in changes:
        if len(change.cell) > MAX_CELL:
            reader.refuse(f"{tab}.{shown(change.cell)}", f"Le nom de la case dépasse {MAX_CELL} caractères.")
    # a cell given as a value and as a text takes the text
    return list({(change.cell, change.act): change for change in changes}.values())


def _emptied_groups(tab: str, values: Any, prefix: str = "") -> Iterator[Field]:
    """The fields of each group that is given as ``null``: all of them are emptied."""
    for key, given in values.items() if isinstance(values, dict) else ():
        group = f"{prefix}{key}."
        if given in ABSENT:
            yield from (field for field in BY_KEY[tab] if field.typed and field.key.startswith(group))
        else:
            yield from _emptied_groups(tab, given, group)


def _given(tab: str, field: Field, given: Any, reader: Reader, path: str) -> Iterator[Change]:
    if is_lines(field):
        if given in ABSENT:
            yield Change(tab, field, act=REMOVE)
        elif isinstance(given, list) and not given:
            yield Change(tab, field, value=())
        else:
            seen: set[str] = set()
            for position, line in enumerate(reader.lines(given, path, field.label)):
                changes = list(_given_line(tab, field, line, reader, f"{path}[{position}]"))
                if changes and changes[0].line in seen:
                    reader.refuse(f"{path}[{position}].id", "Cette ligne est donnée deux fois.")
                seen |= {change.line for change in changes}
                yield from changes
    elif is_map(field):
        yield from _given_map(tab, field, given, reader, path)
    else:
        yield Change(tab, field, value=None if given in ABSENT else _seen(read_field(field, given, reader, path)))


def _given_map(tab: str, field: Field, given: Any, reader: Reader, path: str) -> Iterator[Change]:
    if given in ABSENT:
        yield Change(tab, field, act=REMOVE)
        return
    if isinstance(given, dict) and len(given) > MAX_LINES:
        reader.refuse(path, too_many(field.label, len(given)))
        return
    yield Change(tab, field, value={})
    for given_key, value in reader.object(given, path).items():
        key, where = spelled(given_key), joined(path, given_key)
        if not key:
            reader.refuse(where, "Il manque la clé.")
        elif field.keys and key not in field.keys:
            reader.refuse(where, f"Ligne inconnue : de {field.keys[0]} à {field.keys[-1]}.")
        else:
            read = None if value in ABSENT else reader.value(field.items, value, where)
            yield Change(tab, field, part=key, value=read)


def _given_line(tab: str, field: Field, given: Any, reader: Reader, path: str) -> Iterator[Change]:
    line = reader.object(given, path)
    line_id = secrets.token_hex(4) if line.get("id") in ABSENT else line["id"]
    if not is_line_id(line_id):
        reader.refuse(joined(path, "id"), "L'identifiant de ligne a de 8 à 36 caractères a-z, 0-9 ou -.")
        return
    if not isinstance(line.get("_supprimer", False), bool):
        reader.refuse(joined(path, "_supprimer"), "Il faut vrai ou faux (true, false).")
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
            kind = reading_of(key, column.kind)
            read = None if value in ABSENT else _seen(reader.value(kind, value, where, column.choices))
            yield Change(tab, field, line_id, key, read)


def _seen(value: Any) -> Any:
    """The value, ``None`` for a text of which nothing can be seen."""
    return None if value == "" else value


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
    body = plain(text)
    if not body:
        return None, None
    if change.field.items == "list":
        parts = [part for part in body.split(";") if part.strip()]
        kept = body if any(map(is_sum, parts)) else None
        return tuple(read_typed_money(part) for part in parts), kept
    if change.kind == FLAG:
        if body not in _FLAGS:
            raise AmountError("Il faut oui ou non.")
        return _FLAGS[body], None
    value, kept = read_typed(reading_of(change.part or change.field.key, change.kind), text)
    columns = (column for column in change.field.columns if column.key == change.part)
    choices = next(columns).choices if change.line else change.field.choices
    if choices and value not in choices:
        raise AmountError(f"Choix inconnu : « {shown(body)} ». Choix possibles : {', '.join(choices)}.")
    return value, kept
