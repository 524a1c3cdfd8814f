"""The calculation of a whole night in dependency order, and of only what depends on a change.

Order of the reference, section C: it is derived from what each formula reads; a cycle or an unknown name fails
when this module is imported.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from graphlib import TopologicalSorter
from typing import Any, Final, NamedTuple

from utils.rj.catalogue import BY_KEY, FIELDS, TABS
from utils.rj.declaration import Field, Tab
from utils.rj.expression import Calculation, term_compiled, term_reads
from utils.rj.lines import own
from utils.rj.previous import bases
from utils.rj.settings import Settings
from utils.shapes import Values

_OUTSIDE: Final = ("previous.", "property.", "entered.")
_MARKS: Final = frozenset(f"entered.{tab}" for tab in BY_KEY)


@dataclass(frozen=True, slots=True)
class Node:
    """A calculated figure: its qualified name, what it reads, how, and whether a typed value takes its place."""

    name: str
    reads: frozenset[str]
    calculation: Calculation
    typed: bool


class Former(NamedTuple):
    """A figure of a closed night that no tab declares any more, with the kind and the label it had."""

    kind: str
    label: str
    value: Any


@dataclass(frozen=True, slots=True)
class Night:
    """A night calculated: what was given, what is carried, and every figure by its qualified name.

    ``inputs`` are the values given (typed, imported, synced); ``values`` all effective figures, absent ones having no
    key; ``sources`` the figure that a given value stands in place of; ``memo`` what was already drawn from them;
    ``former`` the figures of a closed night that are declared no more, by their name of then.
    """

    day: date
    settings: Settings
    previous: Values
    inputs: Values
    values: Values = field(repr=False)
    sources: Values = field(repr=False)
    memo: dict[str, dict[str, tuple[str, ...]]] = field(default_factory=dict, repr=False, compare=False)
    former: Mapping[str, Former] = field(default_factory=dict, repr=False)


def qualifier(tab: Tab) -> Callable[[str], str]:
    """Turn the names that formulas of a tab use into qualified ones."""
    prefix = tab.key + "."

    def qualify(name: str) -> str:
        return name if name.partition(".")[0] in BY_KEY or name.startswith(_OUTSIDE) else prefix + name

    return qualify


def _column(lines: str, column: Field) -> Calculation:
    assert column.formula is not None  # noqa: S101 - the caller chose calculated columns
    calculation = term_compiled(column.formula, own)

    def run(values: Values) -> Any:
        entries = values.get(lines)
        return tuple(calculation(line) for line in entries) if entries else None

    return run


def _nodes() -> dict[str, Node]:
    nodes: dict[str, Node] = {}
    for tab in TABS:
        qualify = qualifier(tab)
        for entry in tab:
            name = f"{tab.key}.{entry.key}"
            if entry.formula is not None:
                reads = frozenset(term_reads(entry.formula, qualify))
                nodes[name] = Node(name, reads, term_compiled(entry.formula, qualify), entry.typed)
            for column in entry.columns:
                if column.formula is not None:
                    whole = f"{name}[].{column.key}"
                    nodes[whole] = Node(whole, frozenset((name,)), _column(name, column), typed=False)
    return nodes


def _ordered(nodes: dict[str, Node]) -> tuple[Node, ...]:
    for node in nodes.values():
        for name in node.reads:
            if name not in nodes and name not in FIELDS and not name.startswith(_OUTSIDE):
                raise LookupError(f"{node.name} reads {name}, which no tab declares")
    graph = {name: [read for read in node.reads if read in nodes] for name, node in nodes.items()}
    return tuple(nodes[name] for name in TopologicalSorter(graph).static_order())


ORDER: Final = _ordered(_nodes())
POSITION: Final = {node.name: position for position, node in enumerate(ORDER)}
_READERS: Final[dict[str, list[int]]] = {}
for _position, _node in enumerate(ORDER):
    for _name in _node.reads:
        _READERS.setdefault(_name, []).append(_position)
_STEPS: Final = tuple((node.name, node.calculation, node.typed) for node in ORDER)


@lru_cache(maxsize=4096)
def dependents(name: str) -> frozenset[int]:
    """Positions in the order of every figure that a field reaches."""
    reached: set[int] = set()
    waiting = [name]
    while waiting:
        for position in _READERS.get(waiting.pop(), ()):
            if position not in reached:
                reached.add(position)
                waiting.append(ORDER[position].name)
    return frozenset(reached)


def _entered(inputs: Values) -> dict[str, bool]:
    """Marks of the tabs in which something was given; an empty list gives nothing."""
    given = {name.partition(".")[0] for name, value in inputs.items() if value or type(value) is not tuple}
    return {f"entered.{tab}": True for tab in given}


def calculate(day: date, settings: Settings, previous: Values, inputs: Values) -> Night:
    """Every figure of a night from what is given, carried and set."""
    values = {**settings.values, **bases(day, previous), "controle.audit_date": day}
    values.setdefault("previous.transelect_terminals", settings.terminals)
    values.update(inputs)
    values.update(_entered(inputs))
    sources = {}
    for name, calculation, typed in _STEPS:
        result = calculation(values)
        if typed and name in inputs:
            if result is not None:
                sources[name] = result
        elif result is not None:
            values[name] = result
    return Night(day, settings, previous, inputs, values, sources)


def recalculate(night: Night, changes: Values) -> tuple[Night, frozenset[str]]:
    """The night after some inputs changed (``None`` empties one) and the names of all figures that moved."""
    inputs = {name: value for name, value in {**night.inputs, **changes}.items() if value is not None}
    values, sources = dict(night.values), dict(night.sources)
    moved: set[str] = set()

    def put(name: str, value: Any) -> None:
        if value is None:
            if values.pop(name, None) is not None:
                moved.add(name)
        elif values.get(name) != value or type(values.get(name)) is not type(value):
            values[name] = value
            moved.add(name)

    entered = _entered(inputs)
    marks = {f"entered.{name.partition('.')[0]}" for name in changes}
    for name, value in {**changes, **{mark: entered.get(mark) for mark in marks}}.items():
        put(name, value)
    touched = changes.keys() | moved
    reached = {POSITION[name] for name in touched if name in POSITION}.union(*map(dependents, touched))
    for position in sorted(reached):
        node = ORDER[position]
        if node.name not in changes and moved.isdisjoint(node.reads):
            continue
        result, given = node.calculation(values), node.typed and node.name in inputs
        if given and result is not None:
            sources[node.name] = result
        else:
            sources.pop(node.name, None)
        if not given:
            put(node.name, result)
    different = {name for name in moved - _MARKS if night.values.get(name) != values.get(name)}
    return Night(night.day, night.settings, night.previous, inputs, values, sources), frozenset(different)
