"""A tab as it is laid out, read back row by row: what tests of the pages compare with the paper."""

from __future__ import annotations

from tests.utils.rj import golden
from utils.french import MINUS, NBSP
from utils.presentation.marks import Marks
from utils.presentation.night_page import tab_of, tab_page
from utils.presentation.sheet import Sheet

NIGHT = golden.night(golden.COMPLETE)


def fr(text):
    """« -1 234,56 $ » written with the characters of French: no-break spaces, true minus."""
    return text.replace(" ", NBSP).replace("-", MINUS)


def sheet(key, night=NIGHT, marks=None):
    """A tab about to be laid out."""
    return Sheet.of(night, tab_of(key), marks or Marks())


def blocks(key, night=NIGHT, marks=None):
    """The blocks of a tab by title; those side by side are each on their own."""
    found = {}
    for block in tab_page(night, tab_of(key), marks or Marks()).blocks:
        for one in getattr(block, "blocks", (block,)):
            if hasattr(one, "title"):
                found[one.title] = one
    return found


def texts(cells):
    """What cells show, `None` where the paper has a hole."""
    return [None if cell is None else cell.text for cell in cells]


def rows(grid):
    """Label and texts of each row of a table."""
    return [(row.label, texts(row.cells)) for group in grid.groups for row in group.rows]


def row(grid, label):
    """The texts of the first row of this label."""
    return next(found for named, found in rows(grid) if named == label)
