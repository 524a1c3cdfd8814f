"""The parts of a page, each with the template that draws it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, ClassVar, Final, Union

from utils.presentation.cells import Cell, Column, Group, Note, Proposal, Row

ON_PAPER: Final = 9
"""How many columns of amounts a sheet of paper holds, upright."""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of rows and columns, in one of the styles of the sheet.

    ``ledger`` is one figure and its origin, ``court`` the same in little room, ``recap`` three figures, ``dense`` a
    grid, ``form`` words. ``foot`` is what paper says of absent figures; a page says it under their row.
    """

    template: ClassVar[str] = "rj/blocs/grille.html"
    title: str
    columns: tuple[Column, ...]
    groups: tuple[Group, ...]
    style: str = "ledger"
    subtitle: str = ""
    head: str = "Ligne"
    hidden_title: bool = False
    anchor: str = ""
    foot: str = ""

    @property
    def has_origin(self) -> bool:
        """True when a column tells the origin of each row."""
        return self.style in ("ledger", "recap", "form")

    @property
    def width(self) -> int:
        """How many columns a note under a row spans."""
        return 1 + len(self.columns) + self.has_origin

    @property
    def grouped(self) -> bool:
        """True when columns stand under headings of their own."""
        return any(column.group for column in self.columns)

    @property
    def idle(self) -> int:
        """How many columns have nothing tonight and are put aside."""
        return sum(column.idle for column in self.columns)

    def on_paper(self) -> tuple[Grid, ...]:
        """The same table as the paper has it: every column, in as many tables as the width of a sheet asks."""
        count = len(self.columns)
        many = -(-count // ON_PAPER)
        if many == 1:
            return (self,)
        size = -(-count // many)
        grids = []
        for start in range(0, count, size):
            end = min(start + size, count)
            columns = [replace(column, idle=False) for column in self.columns[start:end]]
            if self.grouped and not columns[0].group:  # a group cut in two keeps its heading in both
                opened = next((one.group for one in reversed(self.columns[:start]) if one.group), "")
                columns[0] = replace(columns[0], group=opened)
            groups = tuple(
                replace(group, rows=tuple(replace(row, cells=row.cells[start:end]) for row in group.rows))
                for group in self.groups
            )
            said = f"{columns[0].label} à {columns[-1].label}"
            grids.append(replace(self, columns=tuple(columns), groups=groups, subtitle=said, anchor=""))
        return tuple(grids)

    def headings(self, *, every: bool) -> tuple[tuple[str, int], ...]:
        """The headings above the columns with how many each covers: of all columns, or of those in view."""
        found: list[list[Any]] = []
        for column in self.columns:
            if column.group:
                found.append([column.group, 0])
            if found and (every or not column.idle):
                found[-1][1] += 1
        return tuple((label, span) for label, span in found if span)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a list: its id, its cells, what stands under it.

    ``ghost`` is empty, or for a line that nobody has begun the JSON of what will name it, by column, as it is typed.
    """

    id: str
    cells: tuple[Cell, ...]
    notes: tuple[Note, ...] = ()
    ghost: str = ""


@dataclass(frozen=True, slots=True)
class Lines:
    """A list that grows line by line, with totals under its columns; ``ghosts`` are the lines of the night before.

    ``recalled`` says that the list has such lines when the night before had some.
    """

    template: ClassVar[str] = "rj/blocs/lignes.html"
    title: str
    name: str
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    blank: Line
    ghosts: tuple[Line, ...] = ()
    recalled: bool = False
    total: tuple[Cell | None, ...] = ()
    subtitle: str = ""
    add: str = "Ajouter une ligne"
    proposals: tuple[Proposal, ...] = ()
    editable: bool = True


@dataclass(frozen=True, slots=True)
class Suite:
    """A plain list of amounts with its date and its total: the sealed envelopes of one column."""

    title: str
    name: str
    cells: tuple[Cell, ...]
    blank: Cell
    total: Cell
    day: Cell
    notes: tuple[Note, ...] = ()
    expected: bool = False


@dataclass(frozen=True, slots=True)
class Suites:
    """Plain lists side by side."""

    template: ClassVar[str] = "rj/blocs/suites.html"
    title: str
    suites: tuple[Suite, ...]
    total: Row
    editable: bool = True


@dataclass(frozen=True, slots=True)
class Term:
    """A row of a sum: its sign, its label, its figure; ``href`` leads to the field."""

    sign: str
    label: str
    cell: Cell | None
    href: str = ""
    words: str = ""
    result: bool = False


@dataclass(frozen=True, slots=True)
class Sum:
    """A small sum set out in the margin, its state, and a sentence."""

    template: ClassVar[str] = "rj/blocs/somme.html"
    title: str
    terms: tuple[Term, ...]
    sentence: str = ""
    state: str = ""


@dataclass(frozen=True, slots=True)
class Columns:
    """Blocks side by side when there is room."""

    template: ClassVar[str] = "rj/blocs/colonnes.html"
    blocks: tuple[Grid, ...]
    count: int = 2


@dataclass(frozen=True, slots=True)
class Pointer:
    """A sentence that leads to a field."""

    sentence: str
    href: str
    kind: str = "info"


@dataclass(frozen=True, slots=True)
class Pointers:
    """What to look at on this tab; ``key`` names the block so that it can be drawn again."""

    template: ClassVar[str] = "rj/blocs/reperes.html"
    key: str
    title: str
    pointers: tuple[Pointer, ...]


@dataclass(frozen=True, slots=True)
class Legend:
    """What the marks of a dense grid mean."""

    template: ClassVar[str] = "rj/blocs/legende.html"


Block = Union[Grid, Lines, Suites, Sum, Columns, Pointers, Legend]  # noqa: UP007 - names defined above
