"""The smallest things of a page: a cell that is filled or calculated, and a row of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

from utils.presentation.marks import Mark
from utils.rj.declaration import CHOICE, COUNT, DATE, FACTOR, FLAG, MONEY, PERCENT, TEXT

FIGURES = (MONEY, COUNT, PERCENT, FACTOR)


class Cell(NamedTuple):
    """One figure on the page: an input when ``entered``, else an output. A tuple: long lists make thousands of them.

    ``text`` is already French; ``value`` is the JSON value as text, ``None`` when absent; ``saisie`` the text of a
    sum as it was typed; ``ghost`` what the night before had, shown faintly while the cell is empty; ``anchor`` is
    false for the second showing of a figure, which may not repeat its id.
    """

    name: str
    kind: str
    label: str
    text: str = ""
    value: str | None = None
    entered: bool = False
    editable: bool = True
    direct: bool = False
    why: bool = False
    mark: Mark | None = None
    saisie: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    state: str = ""
    anchor: bool = True
    long: bool = False
    staff: bool = False
    gap: bool = False
    ghost: str = ""

    @property
    def is_figure(self) -> bool:
        """True for what is aligned on the right."""
        return self.kind in FIGURES

    @property
    def is_whole(self) -> bool:
        """True for a number without decimals, which must still line up with those that have some."""
        return self.kind == COUNT

    @property
    def is_choice(self) -> bool:
        """True for a list of words."""
        return self.kind == CHOICE

    @property
    def is_flag(self) -> bool:
        """True for a box to tick."""
        return self.kind == FLAG

    @property
    def is_date(self) -> bool:
        """True for a business date."""
        return self.kind == DATE

    @property
    def is_text(self) -> bool:
        """True for words."""
        return self.kind == TEXT

    @property
    def ticked(self) -> bool:
        """True for a flag that is set."""
        return self.value == "true"

    def shown(self) -> Cell:
        """The same figure shown a second time: an output without anchor."""
        text = dict(self.choices).get(self.text, self.text) if self.is_choice else self.text
        return self._replace(text=text, entered=False, direct=False, anchor=False, state="", choices=())


@dataclass(frozen=True, slots=True)
class Choice:
    """One side of a difference: where it comes from, the figure, the verb that keeps it."""

    source: str
    figure: str
    choice: str
    verb: str
    of: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """A value that waits to be confirmed: the button's verb, the cell and value it writes, or the line it adds."""

    verb: str
    cell: str = ""
    value: str = ""
    line: str = ""
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """What opens under a row: a remark (``ask`` waits for an answer, ``info`` does not) or two figures to settle."""

    name: str
    kind: str
    text: str
    gap: str = ""
    sides: tuple[Choice, ...] = ()
    proposal: Proposal | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table. ``style``: empty, ``total``, ``final`` or ``light``; ``names`` says what notes are its own."""

    label: str
    cells: tuple[Cell | None, ...]
    style: str = ""
    sub: str = ""
    names: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
    lead: Cell | None = None
    lang: str = ""

    @property
    def first_input(self) -> Cell | None:
        """The cell whose label the row's heading is, when there is only one to fill."""
        filled = [cell for cell in self.cells if cell is not None and cell.entered]
        return filled[0] if len(filled) == 1 else None

    @property
    def origin(self) -> Cell | None:
        """The cell whose origin the row tells: the first filled one, else the last calculated one."""
        if self.lead is not None:
            return self.lead
        known = [cell for cell in self.cells if cell is not None]
        marked = [cell for cell in known if cell.entered and cell.mark is not None]
        return marked[0] if marked else next((cell for cell in reversed(known)), None)

    @property
    def why(self) -> Cell | None:
        """The calculated cell whose formula the row offers: the last one."""
        return next((cell for cell in reversed(self.cells) if cell is not None and cell.why), None)

    @property
    def sous(self) -> str:
        """The names for which notes open under the row."""
        return " ".join(self.names)


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, and the group of columns it opens (empty when it stays in the one before).

    ``idle`` has nothing tonight and is put aside; ``expected`` has nothing either, but should have.
    """

    label: str
    group: str = ""
    idle: bool = False
    expected: bool = False
    words: bool = False
    wide: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """Rows under one heading, without heading when empty."""

    label: str
    rows: tuple[Row, ...]


def names_of(cells: tuple[Cell | None, ...]) -> tuple[str, ...]:
    """The names a row answers for."""
    return tuple(cell.name for cell in cells if cell is not None)


def json_text(value: Any) -> str:  # noqa: ANN401 - a JSON scalar
    """A JSON scalar as an attribute holds it."""
    return ("true" if value else "false") if isinstance(value, bool) else str(value)
