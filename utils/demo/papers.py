"""The papers of one night: what nobody but a person brings into the book, each line with the field that it feeds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from utils.demo.amounts import m
from utils.shapes import Document

Value = Decimal | int | str | bool

CARD_LABELS: Final = {"debit": "Débit", "visa": "Visa", "mc": "MasterCard", "amex": "Amex"}


@dataclass(frozen=True, slots=True)
class Line:
    """One figure: its words on the paper, the field that it feeds (``tab.field``), its value with the sign to type."""

    label: str
    field: str
    value: Value


@dataclass(frozen=True, slots=True)
class Table:
    """Lines of a list of the night; a row lacks the columns that are blank on the paper."""

    field: str
    columns: tuple[tuple[str, str], ...]
    rows: tuple[Mapping[str, Value], ...]

    @property
    def figures(self) -> frozenset[str]:
        """The columns of amounts and counts."""
        return frozenset(key for row in self.rows for key, value in row.items() if isinstance(value, Decimal | int))


@dataclass(frozen=True, slots=True)
class Paper:
    """One sheet of the night's bundle, and the tab (or ``previous``, the *reprise*) where it is typed."""

    key: str
    title: str
    source: str
    tab: str
    lines: tuple[Line, ...] = ()
    table: Table | None = None
    note: str = ""

    @property
    def areas(self) -> frozenset[str]:
        """Every tab that the sheet feeds."""
        fields = [line.field for line in self.lines] + ([self.table.field] if self.table else [])
        return frozenset(field.partition(".")[0] for field in fields)

    def given(self) -> Iterator[tuple[str, object]]:
        """Each field that the sheet gives, with its JSON; sealed envelopes are a list of amounts, not of lines."""
        yield from ((line.field, _json(line.value)) for line in self.lines)
        if self.table is not None and self.table.rows:
            rows = [{key: _json(value) for key, value in row.items()} for row in self.table.rows]
            alone = self.table.columns[0][0] == ""
            yield self.table.field, [row[""] for row in rows] if alone else rows


def typed(papers: Iterable[Paper]) -> dict[str, Document]:
    """What typing these papers gives: the ``tabs`` of a night file."""
    tabs: dict[str, Document] = {}
    for field, value in (given for paper in papers for given in paper.given()):
        tab, _, path = field.partition(".")
        *above, last = path.split(".")
        place = tabs.setdefault(tab, {})
        for key in above:
            place = place.setdefault(key, {})
        place[last] = value
    return tabs


def _json(value: Value) -> str | int | bool:
    return m(value) if isinstance(value, Decimal) else value
