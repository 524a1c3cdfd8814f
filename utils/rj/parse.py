"""Parsing of what was given for a night: tabs as JSON to flat inputs, all errors at once, in French."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from utils.money import shown
from utils.rj.catalogue import BY_KEY, FIELDS
from utils.rj.declaration import CHOICE, LINES, Field, Tab
from utils.rj.reading import ABSENT, MAX_LINES, Reader, joined, reading_of, too_many
from utils.rj.settings import read_line, read_terminals
from utils.shapes import Line, Values
from utils.text import person_key, spelled

_CALCULATED: Final = "Ce champ est calculé : il ne se saisit pas."
_UNKNOWN: Final = "Champ inconnu."


class _Branch(dict[str, "Field | _Branch"]):
    """The fields of a tab by the nesting of the night file."""


def _branch(tab: Tab) -> _Branch:
    root = _Branch()
    for field in tab:
        *parents, last = field.key.split(".")
        place = root
        for parent in parents:
            inner = place.setdefault(parent, _Branch())
            assert isinstance(inner, _Branch)  # noqa: S101 - a key is never both a field and an object
            place = inner
        place[last] = field
    return root


_BRANCHES: Final = {key: _branch(tab) for key, tab in BY_KEY.items()}


def read_tabs(document: Any, reader: Reader, path: str = "tabs") -> Values:
    """Inputs of a night by qualified name; absent, ``null`` and empty values have no key."""
    inputs: dict[str, object] = {}
    for tab, given in reader.object(document, path).items():
        if tab not in BY_KEY:
            reader.refuse(joined(path, tab), "Onglet inconnu.")
        elif given not in ABSENT:
            inputs.update(read_tab(tab, given, reader, joined(path, tab)))
    return inputs


def read_tab(tab: str, document: Any, reader: Reader, path: str) -> Iterator[tuple[str, Any]]:
    """Inputs of one tab by qualified name."""
    for field, given, where in leaves(tab, document, reader, path):
        value = read_field(field, given, reader, where)
        if value not in ABSENT:
            yield f"{tab}.{field.key}", value


def leaves(tab: str, document: Any, reader: Reader, path: str) -> Iterator[tuple[Field, Any, str]]:
    """The fields given in a tab with their raw value and path; empty values are passed over."""
    for field, given, where in _walk(_BRANCHES[tab], document, reader, path):
        if given not in ABSENT:
            yield field, given, where


def given_leaves(tab: str, document: Any, reader: Reader, path: str) -> Iterator[tuple[Field, Any, str]]:
    """The same, empty values included: in a change, ``null`` empties a field."""
    yield from _walk(_BRANCHES[tab], document, reader, path)


def _walk(branch: _Branch, document: Any, reader: Reader, path: str) -> Iterator[tuple[Field, Any, str]]:
    for key, given in reader.object(document, path).items():
        where, place = joined(path, key), branch.get(key)
        if place is None:
            reader.refuse(where, _UNKNOWN)
        elif isinstance(place, _Branch):
            if given not in ABSENT:
                yield from _walk(place, given, reader, where)
        elif not place.typed or place.key == "audit_date":
            reader.refuse(where, _CALCULATED if place.key != "audit_date" else "La date se donne au premier niveau.")
        else:
            yield place, given, where


def read_field(field: Field, given: Any, reader: Reader, path: str) -> Any:
    """The value of a field, ``None`` when it could not be read."""
    if field.key == "transelect_terminals":
        return read_terminals(given, reader, path) or None
    if field.kind == LINES:
        return _lines(field, given, reader, path)
    if field.items == "list":
        amounts = ((f"{path}[{i}]", amount) for i, amount in enumerate(reader.lines(given, path, field.label)))
        return tuple(reader.value(field.kind, amount, where) for where, amount in amounts if amount not in ABSENT)
    if field.items:
        return read_map(field, given, reader, path)
    return reader.value(reading_of(field.key, field.kind), given, path, field.choices)


def read_map(field: Field, given: Any, reader: Reader, path: str) -> Values:
    """A map of amounts or counts; keys the field does not accept are refused."""
    values: dict[str, object] = {}
    if isinstance(given, dict) and len(given) > MAX_LINES:
        reader.refuse(path, too_many(field.label, len(given)))
        return values
    for given_key, value in reader.object(given, path).items():
        key = spelled(given_key)
        if key in values:
            reader.refuse(joined(path, key), f"La clé « {shown(key)} » est donnée deux fois.")
        elif field.keys and key not in field.keys:
            reader.refuse(joined(path, key), f"Ligne inconnue : de {field.keys[0]} à {field.keys[-1]}.")
        elif value not in ABSENT:
            values[key] = reader.value(field.items, value, joined(path, key))
    return values


def columns_of(field: Field) -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    """Key, kind and choices of the columns a person may fill."""
    return tuple((c.key, c.kind, c.choices if c.kind == CHOICE else ()) for c in field.columns if c.formula is None)


def _lines(field: Field, given: Any, reader: Reader, path: str) -> tuple[Line, ...]:
    calculated = {column.key for column in field.columns if column.formula is not None}
    lines: list[Line] = []
    for position, entry in enumerate(reader.lines(given, path, field.label)):
        where = f"{path}[{position}]"
        if isinstance(entry, dict) and calculated & entry.keys():
            for key in entry:
                if key in calculated:
                    reader.refuse(joined(where, key), _CALCULATED)
            entry = {key: value for key, value in entry.items() if key not in calculated}  # noqa: PLW2901
        lines.append(read_line(entry, columns_of(field), reader, where))
    return tuple(lines)


def refuse_long_lists(before: Values, fields: Values, reader: Reader) -> None:
    """A list or a map that grows beyond ``MAX_LINES``; one that already was longer may still be shortened."""
    for name, value in fields.items():
        if isinstance(value, dict | tuple) and len(value) > max(MAX_LINES, len(before.get(name) or ())):
            reader.refuse(name, too_many(FIELDS[name].label, len(value)))


def verify_rules(inputs: Values, terminals: tuple[Line, ...], reader: Reader, path: str = "tabs") -> None:
    """The rules of the night file that look at more than one value: due backs and terminals."""
    names: set[str] = set()
    duebacks = joined(path, "dueback.dueback_entries")
    for position, line in enumerate(inputs.get("dueback.dueback_entries", ())):
        where, name = f"{duebacks}[{position}]", person_key(line.get("name", ""))
        if name and name in names:
            reader.refuse(f"{where}.name", "Cette personne est déjà dans la liste.")
        names.add(name)
        if (line.get("previous") or 0) > 0:
            reader.refuse(f"{where}.previous", "Le solde précédent doit être négatif ou nul.")
        if (line.get("nouveau") or 0) < 0:
            reader.refuse(f"{where}.nouveau", "Le nouveau due back doit être positif ou nul.")
    known = {
        terminal["id"] for terminal in inputs.get("transelect.transelect_terminals", terminals) if "id" in terminal
    }
    for name, batches in inputs.items():
        if name.startswith("transelect.transelect_restaurant.") and isinstance(batches, dict):
            for terminal in batches:
                if terminal not in known:
                    reader.refuse(joined(f"{path}.{name}", terminal), "Terminal inconnu.")
