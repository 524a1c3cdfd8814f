"""What a workbook says of a month: each night's figures with their cells, and what the workbook calculated itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from utils.imports.places import Place
from utils.money import money_text
from utils.shapes import Values


class Figure(NamedTuple):
    """One figure of a night: qualified field, JSON value as the book keeps it, the cell it was read in.

    ``line`` is the id of a line of a list, ``part`` a column of it or the key of a map.
    """

    field: str
    value: Any
    place: Place
    line: str = ""
    part: str = ""

    @property
    def tab(self) -> str:
        """The tab of the field."""
        return self.field.partition(".")[0]

    @property
    def cell(self) -> str:
        """The cell inside its tab, as saves and the journal name it."""
        return ".".join(filter(None, (self.field.partition(".")[2], self.line, self.part)))


class Result(NamedTuple):
    """What the workbook calculated for a field: the number with all its decimals, ``None`` for an error, its cell."""

    value: Decimal | None
    place: Place


@dataclass(slots=True)
class BookNight:
    """A night as one or two workbooks of its month have it; ``block`` is what it carries, as a ``previous`` block."""

    day: date
    figures: list[Figure] = field(default_factory=list)
    results: dict[str, Result] = field(default_factory=dict)
    block: dict[str, Any] = field(default_factory=dict)

    def money(self, name: str, amount: Decimal | None, place: Place, line: str = "", part: str = "") -> None:
        """Add an amount; nothing when the cell is empty."""
        if amount is not None:
            self.figures.append(Figure(name, money_text(amount), place, line, part))

    def add(self, name: str, value: str | int | None, place: Place, line: str = "", part: str = "") -> None:
        """Add a text or a count; nothing when the cell is empty."""
        if value not in (None, ""):
            self.figures.append(Figure(name, value, place, line, part))

    def inputs(self) -> dict[str, dict[str, Any]]:
        """The figures as the tabs keep them: by tab, by field, maps by key, lines in order with their id."""
        tabs: dict[str, dict[str, Any]] = {}
        lines: dict[tuple[str, str], dict[str, Any]] = {}
        for one in self.figures:
            fields = tabs.setdefault(one.tab, {})
            key = one.field.partition(".")[2]
            if not one.part:
                fields[key] = one.value
            elif not one.line:
                fields.setdefault(key, {})[one.part] = one.value
            else:
                if (one.field, one.line) not in lines:
                    lines[one.field, one.line] = {"id": one.line}
                    fields.setdefault(key, []).append(lines[one.field, one.line])
                lines[one.field, one.line][one.part] = one.value
        return tabs


@dataclass(slots=True)
class BookMonth:
    """A month read in one workbook.

    ``kind``: ``rj`` or ``sd``. ``month`` is its first day. ``hotel`` is the name read inside. ``notes`` say what was
    left aside, with the cell it concerns; ``year_before`` are the sums of the year before this month.
    """

    kind: str
    digest: str
    month: date
    hotel: str
    nights: dict[date, BookNight] = field(default_factory=dict)
    notes: list[tuple[Place | None, str]] = field(default_factory=list)
    year_before: Values = field(default_factory=dict)

    def note(self, sentence: str, place: Place | None = None) -> None:
        """Say something that a person must know and that refuses nothing."""
        self.notes.append((place, sentence))


def line_id(prefix: str, number: int) -> str:
    """The id of a line that came from a workbook.

    >>> line_id("dueback", 7)
    'dueback-0007'
    """
    return f"{prefix}-{number:04d}"
