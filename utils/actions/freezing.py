"""A closed night is frozen with everything that made it, and shown from there: never recalculated."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Final

from utils.rj.calculate import Former, Night
from utils.rj.catalogue import FIELDS
from utils.rj.declaration import DATE, FACTOR, MONEY, PERCENT, TEXT
from utils.rj.explain import listed_names
from utils.rj.previous import MONEY_KEYS
from utils.rj.reading import Reader
from utils.rj.rules import RULES_VERSION
from utils.rj.settings import read_settings
from utils.rj.summary import check_results
from utils.rj.writing import write_inputs
from utils.shapes import Document, Line, Values

_TEXT: Final[dict[type, Callable[[Any], Any]]] = {Decimal: str, date: date.isoformat}


DECLARED: Final = {name: (field.kind, field.label) for name, field in FIELDS.items()} | {
    f"{name}[].{column.key}": (column.kind, f"{field.label}, {column.label}")
    for name, field in FIELDS.items()
    for column in field.columns
}
"""Kind and label of every field and of every column, as the catalogue declares them today."""


LINE_ID: Final = "id"
"""What names a line, declared by no column: remarks and the journal speak of the line by it."""


def frozen(night: Night, settings: Document, versions: Document) -> Document:
    """Inputs, carried block, settings, every figure with its kind and label, checks and versions, without any float."""
    values = {name: value for name, value in night.values.items() if not name.startswith(("property.", "entered."))}
    names = dict.fromkeys(values)
    for name, value in values.items():  # and the columns that their lines hold
        if isinstance(value, tuple):
            names |= dict.fromkeys(f"{name}[].{key}" for line in value if isinstance(line, Mapping) for key in line)
    return {
        "audit_date": night.day.isoformat(),
        "regles": RULES_VERSION,
        "versions": dict(versions),
        "reglages": dict(settings),
        "precedente": _plain(dict(night.previous)),
        "saisies": _plain(dict(night.inputs)),
        "tabs": write_inputs(night.inputs),
        "valeurs": _plain(values),
        "sources": _plain(night.sources),
        "champs": {name: list(DECLARED[name]) for name in names if name in DECLARED},
        "controles": [result.as_json() for result in check_results(night)],
        "chiffres": len(listed_names(night)),
    }


def _plain(value: Any) -> Any:
    """A value as JSON: decimals and dates as text."""
    if isinstance(value, Mapping):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(inner) for inner in value]
    text = _TEXT.get(type(value))
    return text(value) if text else value


def thawed(document: Document, name: str) -> Night:
    """The night of a frozen document, figures as they were.

    Each value has the kind that was frozen with it. What the catalogue declares no more, a field or a column of
    lines, is kept apart in ``former``, so that nobody meets a name that nobody knows.
    """
    reader = Reader()
    settings = read_settings({"name": name, **document["reglages"]}, reader)
    reader.finish()
    then = _Then(document.get("champs", {}))
    values, inputs, sources = (then.typed(document[part]) for part in ("valeurs", "saisies", "sources"))
    marks = {f"entered.{key.partition('.')[0]}": True for key in inputs}
    return Night(
        day=date.fromisoformat(document["audit_date"]),
        settings=settings,
        previous={key: _of_previous(key, value) for key, value in document["precedente"].items()},
        inputs=_of_today(inputs),
        values={**settings.values, **marks, **_of_today(values)},
        sources=_of_today(sources),
        former=then.former(values),
    )


class _Then:
    """What the catalogue declared when a night was frozen; today's speaks for the nights frozen without it."""

    def __init__(self, frozen: Mapping[str, list[str]]) -> None:
        self._declared = DECLARED | {name: (kind, label) for name, (kind, label) in frozen.items()}
        self._columns: dict[str, dict[str, str]] = {}
        for name, (kind, _) in self._declared.items():
            lines, _, column = name.partition("[].")
            if column:
                self._columns.setdefault(lines, {})[column] = kind

    def typed(self, figures: Values) -> Values:
        """Figures from JSON, each of its kind."""
        typed: Document = {}
        for name, value in figures.items():
            kind, _ = self._declared.get(name, ("", ""))
            if name.startswith("previous."):
                typed[name] = _of_previous(name.removeprefix("previous."), value)
            elif "[]." in name:
                typed[name] = tuple(None if figure is None else _of_kind(kind, figure, {}) for figure in value)
            else:
                typed[name] = _of_kind(kind, value, self._columns.get(name, {}))
        return typed

    def former(self, values: Values) -> dict[str, Former]:
        """The figures that the catalogue declares no more."""
        former = {}
        for whole, value in values.items():
            for path, name, said, figure in _leaves(whole, value):
                # what only names a line was never declared to be read
                is_identity = name.endswith(f"[].{LINE_ID}") and name not in self._declared
                if figure is not None and not _is_known(name) and not is_identity:
                    kind, label = self._declared.get(name, (TEXT, name))
                    former[path] = Former(kind, label + said, figure)
        return former


def _is_known(name: str) -> bool:
    return name in DECLARED or name.startswith("previous.")


def _leaves(name: str, value: Any) -> Iterator[tuple[str, str, str, Any]]:
    """Each figure of a value: its path, the name under which it is declared, what tells it from its like, itself."""
    lines, _, column = name.partition("[].")
    if isinstance(value, Mapping):
        yield from ((f"{name}.{key}", name, f", {key}", figure) for key, figure in value.items())
    elif not isinstance(value, tuple):
        yield name, name, "", value
    else:
        for position, line in enumerate(value):
            place, said = f"{lines}[{position}]", f", ligne {position + 1}"
            if column:
                yield f"{place}.{column}", name, said, line
            elif isinstance(line, Mapping):
                yield from ((f"{place}.{key}", f"{name}[].{key}", said, figure) for key, figure in line.items())
            else:
                yield place, name, said, line


def _of_today(figures: Values) -> dict[str, Any]:
    """The figures that the catalogue still declares; lines without the columns that it has no more."""
    known = {name: value for name, value in figures.items() if _is_known(name)}
    for name, value in known.items():
        if name in FIELDS and FIELDS[name].columns:
            columns = {LINE_ID, *(column.key for column in FIELDS[name].columns)}
            known[name] = tuple({key: figure for key, figure in line.items() if key in columns} for line in value)
    return known


def _of_previous(key: str, value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_line(line, {"nouveau": MONEY}) for line in value)
    if key == "audit_date":
        return date.fromisoformat(value)
    is_money = key in MONEY_KEYS or (isinstance(value, str) and "." in key)
    return Decimal(value) if is_money else value


def _of_kind(kind: str, value: Any, columns: Mapping[str, str]) -> Any:
    if isinstance(value, dict):
        return {key: _of_kind(kind, inner, {}) for key, inner in value.items()}
    if isinstance(value, list):
        return tuple(_line(inner, columns) if isinstance(inner, dict) else _of_kind(kind, inner, {}) for inner in value)
    if kind == DATE:
        return date.fromisoformat(value)
    return Decimal(value) if kind in (MONEY, PERCENT, FACTOR) and isinstance(value, str) else value


def _line(line: Line, columns: Mapping[str, str]) -> Line:
    return {key: _of_kind(columns.get(key, ""), value, {}) for key, value in line.items()}
