"""Writing values as the night file has them: decimals as text, absent values without a key."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from typing import Any, Final, NamedTuple

from utils.money import money_text
from utils.rj.calculate import Night
from utils.rj.catalogue import FIELDS, TABS
from utils.rj.declaration import CARRIED, COUNT, DATE, FACTOR, LINES, MONEY, PERCENT, Field
from utils.shapes import Document, Line, Values


def _decimals(value: Decimal, least: int) -> str:
    places = max(least, -int(value.as_tuple().exponent))
    return f"{value or 0:.{places}f}"


def percent_text(value: Decimal) -> str:
    """Points with two decimals, three if needed."""
    return _decimals(value.normalize(), 2)


def factor_text(value: Decimal) -> str:
    """At least three decimals, and those that its formula keeps."""
    return _decimals(value, 3)


def day_text(value: date) -> str:
    """``YYYY-MM-DD``."""
    return value.isoformat()


def _same(value: Any) -> Any:
    return value


WRITERS: Final[dict[str, Callable[[Any], Any]]] = {
    MONEY: money_text,
    PERCENT: percent_text,
    FACTOR: factor_text,
    DATE: day_text,
    COUNT: int,
}


def written(field: Field, value: Any) -> Any:
    """The JSON of a value of a field: a scalar, a list of lines, a list or a map."""
    if field.kind == LINES:
        return [written_line(field, line) for line in value]
    writer = WRITERS.get(field.kind, _same)
    if isinstance(value, dict):
        return {key: writer(inner) for key, inner in value.items()}
    if isinstance(value, tuple):
        return [writer(inner) for inner in value]
    return writer(value)


def written_line(field: Field, line: Line) -> Document:
    """The JSON of one line; keys that are no column (an id) pass through."""
    kinds = {column.key: column.kind for column in field.columns}
    return {key: WRITERS.get(kinds.get(key, ""), _same)(value) for key, value in line.items()}


def nested(into: Document, key: str, value: Any) -> None:
    """Put a value at a dotted key of a JSON object."""
    *parents, last = key.split(".")
    for parent in parents:
        into = into.setdefault(parent, {})
    into[last] = value


def write_values(tab: str, values: Values) -> Document:
    """The given values of one tab, as the night file has them."""
    written_tab: Document = {}
    prefix = tab + "."
    for name, value in values.items():
        if name.startswith(prefix):
            field = FIELDS[name]
            nested(written_tab, field.key, written(field, value))
    return written_tab


def write_inputs(inputs: Values) -> Document:
    """All given values, tab by tab."""
    tabs = ((tab.key, write_values(tab.key, inputs)) for tab in TABS)
    return {key: values for key, values in tabs if values}


def _shown_among_computed(night: Night, name: str, field: Field) -> bool:
    """Linked and computed figures, and those carried values that come from last night."""
    if field.role != CARRIED or field.direct:
        return True
    return name not in night.inputs and field.formula.name.removeprefix("previous.") in night.previous  # type: ignore[union-attr]


def write_computed(night: Night, tab: str) -> Document:
    """Every linked and computed figure of a tab that has a value, with the carried ones used tonight."""
    computed: Document = {}
    values = night.values
    for name, key, writer in _FIGURES[tab]:
        if name in values:
            computed[key] = writer(values[name])
    for name, field in _OTHERS[tab]:
        if field.columns and field.formula is None:
            if lines := _computed_lines(values, name, field):
                computed[field.key] = lines
        elif name in values and _shown_among_computed(night, name, field):
            nested(computed, field.key, written(field, values[name]))
    return computed


def _computed_lines(values: Values, name: str, field: Field) -> list[Document]:
    columns = [(c, values.get(f"{name}[].{c.key}")) for c in field.columns if c.formula is not None]
    if not columns or columns[0][1] is None:
        return []
    return [
        {
            column.key: WRITERS[column.kind](figures[position])
            for column, figures in columns
            if figures is not None and figures[position] is not None
        }
        for position in range(len(columns[0][1]))
    ]


def _is_figure(field: Field) -> bool:
    """True for a plain calculated figure at the first level of its tab: most of them."""
    plain = field.formula is not None and not field.items and "." not in field.key
    return plain and not field.columns and (field.role != CARRIED or field.direct)


_FIGURES: Final = {
    tab.key: tuple(
        (f"{tab.key}.{field.key}", field.key, WRITERS.get(field.kind, _same)) for field in tab if _is_figure(field)
    )
    for tab in TABS
}
_OTHERS: Final = {
    tab.key: tuple(
        (f"{tab.key}.{field.key}", field) for field in tab if (field.formula or field.columns) and not _is_figure(field)
    )
    for tab in TABS
}


class Difference(NamedTuple):
    """A value typed beside a different source, and by how much, each as the night file writes it."""

    name: str
    typed: str | int
    source: str | int
    gap: str | int

    def as_json(self) -> Document:
        """Keys as the API and the night file show them."""
        return {"champ": self.name, "saisi": self.typed, "source": self.source, "ecart": self.gap}


def difference(night: Night, name: str) -> Difference | None:
    """By how much a typed value differs from its source; ``None`` when they agree."""
    field = FIELDS[name]
    if not field.direct or name not in night.sources or night.sources[name] == night.inputs[name]:
        return None
    typed, source, writer = night.inputs[name], night.sources[name], WRITERS[field.kind]
    return Difference(name, writer(typed), writer(source), writer(typed - source))


def write_differences(night: Night, names: Iterable[str] | None = None) -> list[Document]:
    """Typed values that differ from their source, in the order of the paper."""
    chosen = night.sources.keys() if names is None else night.sources.keys() & set(names)
    return [found.as_json() for name in FIELDS if name in chosen and (found := difference(night, name))]
