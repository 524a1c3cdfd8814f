"""A closed night is frozen with everything that made it, and shown from there: never recalculated."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Final

from utils.rj.calculate import Night
from utils.rj.catalogue import FIELDS
from utils.rj.declaration import DATE, FACTOR, MONEY, PERCENT
from utils.rj.explain import listed_names
from utils.rj.previous import MONEY_KEYS
from utils.rj.reading import Reader
from utils.rj.rules import RULES_VERSION
from utils.rj.settings import read_settings
from utils.rj.summary import check_results
from utils.rj.writing import write_inputs

_TEXT: Final[dict[type, Callable[[Any], Any]]] = {Decimal: str, date: date.isoformat}


def frozen(night: Night, settings: Mapping[str, Any], versions: Mapping[str, Any]) -> dict[str, Any]:
    """Inputs, carried block, settings, every figure, checks and versions, as JSON without any float."""
    return {
        "audit_date": night.day.isoformat(),
        "regles": RULES_VERSION,
        "versions": dict(versions),
        "reglages": dict(settings),
        "precedente": _plain(dict(night.previous)),
        "saisies": _plain(dict(night.inputs)),
        "tabs": write_inputs(night.inputs),
        "valeurs": _plain({name: value for name, value in night.values.items() if not _is_setting(name)}),
        "sources": _plain(night.sources),
        "controles": [result.as_json() for result in check_results(night)],
        "chiffres": len(listed_names(night)),
    }


def _is_setting(name: str) -> bool:
    return name.startswith(("property.", "entered."))


def _plain(value: Any) -> Any:
    """A value as JSON: decimals and dates as text."""
    if isinstance(value, Mapping):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(inner) for inner in value]
    return _TEXT.get(type(value), _same)(value)


def _same(value: Any) -> Any:
    return value


def thawed(document: Mapping[str, Any], name: str) -> Night:
    """The night of a frozen document, figures as they were; a field that no longer exists is passed over."""
    reader = Reader()
    settings = read_settings({"name": name, **document["reglages"]}, reader)
    reader.finish()
    values = {key: _typed(key, value) for key, value in document["valeurs"].items()}
    marks = {f"entered.{key.partition('.')[0]}": True for key in document["saisies"]}
    return Night(
        day=date.fromisoformat(document["audit_date"]),
        settings=settings,
        previous={key: _typed(f"previous.{key}", value) for key, value in document["precedente"].items()},
        inputs={key: _typed(key, value) for key, value in document["saisies"].items()},
        values={**settings.values, **marks, **values},
        sources={key: _typed(key, value) for key, value in document["sources"].items()},
    )


def _typed(name: str, value: Any) -> Any:
    """The value of a name, typed again as its field or its column declares."""
    if name in FIELDS:
        field = FIELDS[name]
        columns = {column.key: column.kind for column in field.columns}
        return _of_kind(field.kind, value, columns)
    lines, _, column = name.partition("[].")
    if column:
        kind = next(c.kind for c in FIELDS[lines].columns if c.key == column)
        return tuple(None if figure is None else _of_kind(kind, figure, {}) for figure in value)
    return _of_previous(name.removeprefix("previous."), value)


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


def _line(line: Mapping[str, Any], columns: Mapping[str, str]) -> dict[str, Any]:
    return {key: _of_kind(columns.get(key, ""), value, {}) for key, value in line.items()}
