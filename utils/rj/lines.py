"""Formulas over the lines of a list, and over maps whose keys are given by the hotel."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeAlias

from utils.french import number
from utils.money import ZERO
from utils.rj.expression import (
    Calculation,
    Expression,
    Page,
    Qualify,
    Term,
    activated,
    term_compiled,
    term_words,
)
from utils.shapes import Line, Values

Where: TypeAlias = tuple[tuple[str, tuple[str | None, ...]], ...]


def own(name: str) -> str:
    """Inside a line a column is called by its own key."""
    return name


def shown_figure(value: Any) -> str:
    """A figure of a line, negative ones in parentheses."""
    text = number(value, 2 if isinstance(value, Decimal) else 0)
    return f"({text})" if value < 0 else text


@dataclass(frozen=True, slots=True)
class _OverLines(Expression):
    """A figure drawn from one column of the lines that satisfy ``where`` (column, accepted values)."""

    lines: str
    column: Term
    where: Where = ()
    zero_when: tuple[str, ...] = ()
    empty_is_nil: bool = False

    def reads(self, qualify: Qualify) -> Iterator[str]:
        """The list and the fields that make it nil."""
        yield qualify(self.lines)
        yield from map(qualify, self.zero_when)

    def compiled(self, qualify: Qualify) -> Calculation:
        """The present values of the column, gathered; zero when nil, else absent."""
        lines, nil = qualify(self.lines), tuple(map(qualify, self.zero_when))
        found, gather, empty_is_nil = self._finder(), self.gather, self.empty_is_nil

        def run(values: Values) -> Any:
            entries = values.get(lines)
            figures = found(entries) if entries else ()
            if figures:
                return gather(figures)
            nothing = (empty_is_nil and entries == ()) or activated(values, nil)
            return ZERO if nothing else None

        return run

    def _finder(self) -> Callable[[tuple[Line, ...]], list[Any]]:
        column, where = term_compiled(self.column, own), self.where
        return lambda lines: [
            x
            for line in lines
            if (x := column(line)) is not None and all(line.get(name) in allowed for name, allowed in where)
        ]

    @abstractmethod
    def gather(self, figures: list[Any]) -> Any:
        """One figure of many."""

    def found(self, qualify: Qualify, page: Page) -> list[Any]:
        """The present values of the column tonight."""
        entries = page.value(qualify(self.lines))
        return self._finder()(entries) if entries else []

    def said(self, page: Page, qualify: Qualify) -> str:
        """« Montant des lignes où Département = cafe »."""
        lines = qualify(self.lines)
        column = term_words(self.column, lambda name: f"{lines}[].{name}", page)
        where = " et ".join(
            f"{page.label(f'{lines}[].{name}')} = {' ou '.join(v or 'vide' for v in allowed)}"
            for name, allowed in self.where
        )
        return f"{column} de chaque ligne" + (f" où {where}" if where else "")


class LinesTotal(_OverLines):
    """Sum of a column."""

    def gather(self, figures: list[Any]) -> Any:
        """Σ of the column."""
        return sum(figures[1:], figures[0])

    def words(self, qualify: Qualify, page: Page) -> str:
        """« Σ (Net de chaque ligne) »."""
        return f"Σ ({self.said(page, qualify)})"

    def figures(self, qualify: Qualify, page: Page) -> str:
        """« 323,42 + 329,68 »."""
        return " + ".join(map(shown_figure, self.found(qualify, page))) or "0"


@dataclass(frozen=True, slots=True)
class ListTotal(Expression):
    """Sum of a plain list of amounts."""

    name: str

    def reads(self, qualify: Qualify) -> Iterator[str]:
        """The list."""
        yield qualify(self.name)

    def compiled(self, qualify: Qualify) -> Calculation:
        """Σ of the list, absent when it is empty."""
        name = qualify(self.name)

        def run(values: Values) -> Any:
            amounts = values.get(name)
            return sum(amounts[1:], amounts[0]) if amounts else None

        return run

    def words(self, qualify: Qualify, page: Page) -> str:
        """« Σ (enveloppes) »."""
        return f"Σ ({page.label(qualify(self.name))})"

    def figures(self, qualify: Qualify, page: Page) -> str:
        """« 106,70 + 18,70 »."""
        return " + ".join(map(shown_figure, page.value(qualify(self.name)) or ())) or "0"


class LinesMax(_OverLines):
    """Greatest value of a column."""

    def gather(self, figures: list[Any]) -> Any:
        """The greatest."""
        return max(figures)

    def words(self, qualify: Qualify, page: Page) -> str:
        """« max (|Variance| de chaque ligne) »."""
        return f"max({self.said(page, qualify)})"

    def figures(self, qualify: Qualify, page: Page) -> str:
        """« max(0,90; 68,61) »."""
        return f"max({'; '.join(map(shown_figure, self.found(qualify, page)))})" if self.found(qualify, page) else "0"


@dataclass(frozen=True, slots=True)
class LinesLacking(Expression):
    """How many lines lack one of the columns; zero when declared nil, absent without any line."""

    lines: str
    columns: tuple[str, ...]
    zero_when: tuple[str, ...] = ()

    def reads(self, qualify: Qualify) -> Iterator[str]:
        """The list and the fields that make it nil."""
        yield qualify(self.lines)
        yield from map(qualify, self.zero_when)

    def compiled(self, qualify: Qualify) -> Calculation:
        """A count of lines."""
        lines, nil, columns = qualify(self.lines), tuple(map(qualify, self.zero_when)), self.columns

        def run(values: Values) -> Any:
            entries = values.get(lines)
            if entries:
                return sum(1 for line in entries if any(column not in line for column in columns))
            return 0 if activated(values, nil) else None

        return run

    def words(self, qualify: Qualify, page: Page) -> str:
        """« nombre de lignes sans Motif ou Autorisé par »."""
        lines = qualify(self.lines)
        return f"nombre de lignes sans {' ou '.join(page.label(f'{lines}[].{name}') for name in self.columns)}"

    def figures(self, qualify: Qualify, page: Page) -> str:
        """« 1 + 1 + 0 »: one for each line that lacks something."""
        entries = page.value(qualify(self.lines)) or ()
        lacking = [str(int(any(column not in line for column in self.columns))) for line in entries]
        return " + ".join(lacking) or "0"


@dataclass(frozen=True, slots=True)
class MapTotal(Expression):
    """Sum over chosen keys of a map; as soon as it has one key, the missing ones count zero."""

    map: str
    keys: tuple[str, ...]
    zero: Any = ZERO

    def reads(self, qualify: Qualify) -> Iterator[str]:
        """The map."""
        yield qualify(self.map)

    def compiled(self, qualify: Qualify) -> Calculation:
        """Σ map[key]."""
        name, keys, zero = qualify(self.map), self.keys, self.zero

        def run(values: Values) -> Any:
            entries = values.get(name)
            if not entries:
                return None
            return sum((entries[key] for key in keys if key in entries), zero)

        return run

    def words(self, qualify: Qualify, page: Page) -> str:
        """« Σ des lignes 5, 9, 23 »."""
        return f"Σ {page.label(qualify(self.map))} : {', '.join(self.keys)}"

    def figures(self, qualify: Qualify, page: Page) -> str:
        """« 8 + 42 + 7 »."""
        entries = page.value(qualify(self.map)) or {}
        return " + ".join(shown_figure(entries[key]) for key in self.keys if key in entries) or "0"


@dataclass(frozen=True, slots=True)
class GroupTotal(Expression):
    """Sum of the batches of one card over the terminals of a group; 0.00 once the card's row has been opened."""

    batches: str
    terminals: str
    group: str

    def reads(self, qualify: Qualify) -> Iterator[str]:
        """The batches of the card and the list of terminals."""
        yield qualify(self.batches)
        yield qualify(self.terminals)

    def compiled(self, qualify: Qualify) -> Calculation:
        """Σ batches of the terminals of the group."""
        batches, terminals, group = qualify(self.batches), qualify(self.terminals), self.group

        def run(values: Values) -> Any:
            given = values.get(batches)
            return None if given is None else sum(_of_group(given, values[terminals], group), ZERO)

        return run

    def words(self, qualify: Qualify, page: Page) -> str:
        """« Σ des lots des terminaux du groupe pos »."""
        return f"Σ {page.label(qualify(self.batches))}, terminaux du groupe {self.group}"

    def figures(self, qualify: Qualify, page: Page) -> str:
        """« 673,64 + 882,71 + 198,07 »."""
        given, terminals = page.value(qualify(self.batches)) or {}, page.value(qualify(self.terminals))
        return " + ".join(map(shown_figure, _of_group(given, terminals, self.group))) or "0"


def _of_group(batches: Mapping[str, Decimal], terminals: tuple[Line, ...], group: str) -> list[Decimal]:
    return [batches[t["id"]] for t in terminals if t.get("group") == group and t.get("id") in batches]
