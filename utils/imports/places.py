"""The cells of a workbook by their names: `jour!BF25`."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, NamedTuple

from utils.text import unaccented

_CELL: Final = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_FIRST: Final = ord("A")


class Place(NamedTuple):
    """Where a figure was read: the sheet as the workbook spells it, and the cell (``B6``, or ``B40:B45``)."""

    sheet: str
    cell: str

    def __str__(self) -> str:
        """As people write it."""
        return f"{self.sheet}!{self.cell}"


@lru_cache(maxsize=1024)
def column_number(letters: str) -> int:
    """The number of a column, A being 1.

    >>> column_number("A"), column_number("BF")
    (1, 58)
    """
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - _FIRST + 1
    return number


@lru_cache(maxsize=1024)
def column_name(number: int) -> str:
    """The letters of a column.

    >>> column_name(1), column_name(58)
    ('A', 'BF')
    """
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(_FIRST + rest) + letters
    return letters


def cell_name(row: int, column: int) -> str:
    """The name of a cell from its row and column, the first being 1.

    >>> cell_name(25, 58)
    'BF25'
    """
    return f"{column_name(column)}{row}"


def position(cell: str) -> tuple[int, int]:
    """Row and column of a cell from its name.

    >>> position("BF25")
    (25, 58)
    """
    found = _CELL.fullmatch(cell)
    assert found is not None, cell  # noqa: S101 - names of cells come from declarations
    return int(found[2]), column_number(found[1])


def bare(text: str) -> str:
    """A header or the name of a sheet without what years change in it: marks, spaces, accents, capitals.

    >>> bare("DUBACK#"), bare(" Nou_Link"), bare("Ré:sonne")
    ('duback', 'noulink', 'resonne')
    """
    return "".join(letter for letter in unaccented(text).casefold() if letter.isalnum())
