"""A workbook opened for reading, `.xls`, `.xlsx` or `.xlsm`: its sheets by their bare names, its cells as figures.

    book = open_book(data)
    book.sheet("jour").money("E3")

What cannot be read is noted as a flaw of its cell and reading goes on, so that everything is said at once.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from hashlib import sha256
from typing import Any, Final

from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from utils.imports.delimited import is_template, sheets_of
from utils.imports.flaws import Flaw, UnusableBook
from utils.imports.places import Place, bare, cell_name
from utils.imports.scan import Errors, scan
from utils.money import r2
from utils.text import plain

_LARGEST: Final = Decimal(10) ** 12
_NEARLY: Final = Decimal("0.000001")
"""Excel adds in binary: a sum of cents is off by less than this, and nothing else is."""


@dataclass(slots=True)
class Sheet:
    """One sheet. Cells are named from (1, 1); beyond what it covers, cells are empty."""

    name: str
    rows: list[list[Any]]
    errors: dict[tuple[int, int], str]
    flaws: list[Flaw]
    rounded: list[tuple[Place, Decimal, Decimal]]
    """Amounts of more than two decimals: where, as written, and as read."""

    def raw(self, row: int, column: int) -> Any:  # noqa: ANN401 - what a cell holds
        """What a cell holds: a text, a number, a date, a flag; an empty text when nothing."""
        if (name := self.errors.get((row - 1, column - 1))) is not None:
            self.refuse(row, column, f"La formule donne une erreur ({name}) : la corriger dans le classeur.")
            return ""
        if row > len(self.rows) or column > len(self.rows[row - 1]):
            return ""
        value = self.rows[row - 1][column - 1]
        return value.strip() if isinstance(value, str) else value

    def place(self, row: int, column: int) -> Place:
        """A cell as an origin names it."""
        return Place(self.name, cell_name(row, column))

    def refuse(self, row: int, column: int, message: str) -> None:
        """Note what is wrong with a cell."""
        flaw = Flaw(message, self.name, cell_name(row, column))
        if flaw not in self.flaws:
            self.flaws.append(flaw)

    def number(self, row: int, column: int) -> Decimal | None:
        """A number as the workbook has it, with all its decimals; nothing when the cell is empty."""
        value = self.raw(row, column)
        if value == "":
            return None
        if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
            shown = value if isinstance(value, str) else type(value).__name__
            self.refuse(row, column, f"« {str(shown)[:60]} » n’est pas un nombre.")
            return None
        number = Decimal(str(value))
        if not number.is_finite() or abs(number) >= _LARGEST:
            self.refuse(row, column, "Ce nombre est trop grand pour un montant.")
            return None
        return number

    def money(self, row: int, column: int) -> Decimal | None:
        """An amount to the cent; one of more than two decimals is rounded, and said."""
        number = self.number(row, column)
        if number is None:
            return None
        amount = r2(number)
        if abs(amount - number) > _NEARLY:
            self.rounded.append((self.place(row, column), number, amount))
        return amount

    def count(self, row: int, column: int) -> int | None:
        """A whole number that is not negative."""
        number = self.number(row, column)
        if number is None:
            return None
        if number != int(number) or number < 0:
            self.refuse(row, column, f"« {number} » n’est pas un nombre entier de zéro ou plus.")
            return None
        return int(number)

    def text(self, row: int, column: int) -> str:
        """A text without what nobody sees; a number as it is written."""
        value = self.raw(row, column)
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        return "".join(letter for letter in plain(str(value)) if letter.isprintable())

    def day(self, row: int, column: int) -> date | None:
        """A date; nothing when the cell holds none."""
        value = self.raw(row, column)
        if isinstance(value, datetime):
            return value.date()
        return value if isinstance(value, date) else None

    @property
    def height(self) -> int:
        """How many rows it covers."""
        return len(self.rows)

    @property
    def width(self) -> int:
        """How many columns it covers."""
        return max(map(len, self.rows), default=0)


@dataclass(slots=True)
class Book:
    """A workbook: its sheets by bare name, hidden and empty ones left out, and what was found wrong."""

    digest: str
    sheets: dict[str, Sheet]
    names: tuple[str, ...]
    """Every sheet that holds something, as the workbook spells it."""

    flaws: list[Flaw]
    rounded: list[tuple[Place, Decimal, Decimal]] = field(default_factory=list)

    def sheet(self, name: str) -> Sheet | None:
        """A sheet by its name, hash marks and accents apart; nothing when there is none, or it is empty."""
        return self.sheets.get(bare(name))

    def finish(self) -> None:
        """Raise ``UnusableBook`` when anything was found wrong."""
        if self.flaws:
            raise UnusableBook(self.flaws)


def open_book(data: bytes) -> Book:
    """Read a workbook whole, or a template of ours as CSV.

    Raises ``UnusableBook`` for what is none, has a password, or is out of measure.
    """
    if is_template(data):
        return _book(data, sheets_of(data), {})
    errors = scan(data)
    try:
        read = CalamineWorkbook.from_filelike(io.BytesIO(data))
        rows = {name: read.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in read.sheet_names}
    except PasswordError:
        raise UnusableBook([Flaw("Le classeur est protégé par un mot de passe.")]) from None
    except CalamineError:
        raise UnusableBook(
            [Flaw("Le classeur ne se lit pas : l’ouvrir dans Excel et l’enregistrer de nouveau.")]
        ) from None
    return _book(data, rows, errors)


def _book(data: bytes, rows: Mapping[str, list[list[Any]]], errors: Errors) -> Book:
    """The sheets by their bare names."""
    book = Book(sha256(data).hexdigest(), {}, tuple(name for name, found in rows.items() if found), [])
    for name in book.names:
        sheet = Sheet(name, rows[name], errors.get(name, {}), book.flaws, book.rounded)
        if bare(name) in book.sheets:
            book.flaws.append(Flaw(f"Deux feuilles portent le nom « {bare(name)} ».", name))
        book.sheets[bare(name)] = sheet
    return book
