"""Where each thing of a night is typed: the name that its cell or its list has on the page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from utils.presentation.blocks import Block, Columns, Grid, Lines, Suites
from utils.presentation.marks import Marks
from utils.presentation.night_page import tab_of, tab_page
from utils.presentation.opening import form_of
from utils.rj.calculate import Night

REPRISE = "previous"
"""The area of the closing figures that are typed once, before a first night; all the others are tabs."""

NIL_BOX = "Aucune activité"
"""What stands beside the box of a tab that has nothing tonight."""


def places_of(night: Night, areas: Iterable[str]) -> dict[str, str]:
    """By qualified name, what one looks for on the pages of some tabs (or of the *reprise*) to type it."""
    found: dict[str, str] = {}
    for area in areas:
        if area == REPRISE:
            parts = form_of({}).parts
            names = {part.entries[0].name.partition(".")[0]: part.title for part in parts}
            names |= {entry.name: entry.label for part in parts for entry in part.entries}
            found |= {f"{REPRISE}.{name}": label for name, label in names.items()}
        else:
            page = tab_page(night, tab_of(area), Marks())
            found |= {page.nil.name: NIL_BOX} if page.nil else {}
            found |= {name: label for block in page.blocks for name, label in _of_block(block)}
    return found


def _of_block(block: Block) -> Iterator[tuple[str, str]]:
    if isinstance(block, Columns):
        for grid in block.blocks:
            yield from _of_block(grid)
    elif isinstance(block, Grid):
        rows = (row for group in block.groups for row in group.rows)
        yield from ((cell.name, cell.label) for row in rows for cell in row.cells if cell and cell.entered)
    elif isinstance(block, Lines):
        yield block.name, block.title
    elif isinstance(block, Suites):
        yield from ((suite.name, f"{block.title}, {suite.title}") for suite in block.suites)
