"""A workbook before it is a file: each sheet's cells, a figure or a formula with its value; then its bytes.

The same grid gives the same bytes. Whatever a person typed is a text there, never a formula: one that begins like a
formula is marked as text, as a spreadsheet does for what is typed after an apostrophe.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, Final, NamedTuple

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from utils.presentation.spreadsheet import harmless
from utils.reports.places import Cell
from utils.reports.report import Head

MONEY, COUNT, FACTOR, POINTS, SHARE, DAY, FLAG, TEXT, LABEL, TITLE = (
    *("money", "count", "factor", "points", "share", "day", "flag", "text", "label", "title"),
)
_FORMATS: Final[Mapping[str, Mapping[str, Any]]] = {
    MONEY: {"num_format": "#,##0.00;[Red]-#,##0.00"},
    COUNT: {"num_format": "0"},
    FACTOR: {"num_format": "0.000####"},
    POINTS: {"num_format": '0.00#" %"'},
    SHARE: {"num_format": "0.00%"},
    DAY: {"num_format": "yyyy-mm-dd", "align": "left"},
    FLAG: {},
    TEXT: {"align": "left"},
    LABEL: {"text_wrap": True, "valign": "top"},
    TITLE: {"bold": True, "text_wrap": True, "valign": "top", "bottom": 1},
}
_CALCULATED: Final = {"italic": True}
_LETTER: Final = 1
_EPOCH: Final = datetime(2000, 1, 1)  # noqa: DTZ001 - a property of a file has no zone
_FIRST_DAY: Final = date(1899, 12, 30)
"""A spreadsheet counts days from there: the value beside a formula is that number."""
_NARROW, _WIDE = 11, 34


class Entry(NamedTuple):
    """What a cell holds: a value, or a formula with the value that it has; ``None`` is an absent one."""

    value: Any
    style: str
    formula: str = ""


@dataclass(slots=True)
class Page:
    """A sheet, and how it is printed: on how many pages across, which rows and columns come back on each."""

    cells: dict[tuple[int, int], Entry] = field(default_factory=dict)
    landscape: bool = True
    across: int = 1
    repeat: int = 0
    repeat_column: bool = False
    widths: dict[int, int] = field(default_factory=dict)
    hidden: tuple[int, int] = (0, 0)
    """The first and the last column that nobody needs to see."""

    def fresh(self) -> Page:
        """An empty sheet printed as this one."""
        return replace(self, cells={}, widths=dict(self.widths))


@dataclass(slots=True)
class Grid:
    """The sheets of a workbook, in their order."""

    pages: dict[str, Page] = field(default_factory=dict)

    def put(self, cell: Cell, entry: Entry) -> None:
        """Fill a cell; the last word counts."""
        self.pages.setdefault(cell.sheet, Page()).cells[cell.row, cell.column] = entry

    def label(self, sheet: str, row: int, column: int, text: str, style: str = LABEL) -> None:
        """Write a word of ours in a cell."""
        self.put(Cell(sheet, row, column), Entry(text, style))

    def has(self, cell: Cell) -> bool:
        """Whether something stands there already."""
        return (cell.row, cell.column) in self.pages.get(cell.sheet, Page()).cells


class _OurSheet(Worksheet):  # type: ignore[misc]
    """A sheet of our own formulas: no function of theirs is newer than 2007, none is looked for in each of them."""

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:  # noqa: ARG002
        return formula.removeprefix("=")


def written(grid: Grid, head: Head) -> bytes:
    """The file of a workbook, `.xlsx`, ready to be printed."""
    file = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(file, options)
    book.set_properties({"title": f"{head.place}, {head.standing}", "author": "RJ Natif", "created": _EPOCH})
    book.set_calc_mode("auto")
    formats: dict[tuple[str, bool, bool], Format] = {}
    for name, page in grid.pages.items():
        sheet = book.add_worksheet(name, _OurSheet)
        _set_up(sheet, page, head)
        for (row, column), entry in sorted(page.cells.items()):
            _write(book, sheet, (row - 1, column - 1), entry, formats)
    book.close()
    return file.getvalue()


def _set_up(sheet: Worksheet, page: Page, head: Head) -> None:
    """The paper, its header and its footer; the hour is that of the printing, which the spreadsheet alone knows."""
    sheet.set_paper(_LETTER)
    if page.landscape:
        sheet.set_landscape()
    sheet.fit_to_pages(page.across, 0)
    sheet.set_margins(0.4, 0.4, 0.8, 0.8)
    parts = [part.replace("&", "&&") for part in (head.place, head.standing, head.by, head.proof)]
    sheet.set_header(f"&L&8{parts[0][:90]}&R&8{parts[1]}")
    sheet.set_footer(f"&L&8Imprimé le &D à &T par {parts[2][:60]}&C&8{parts[3]}&R&8Page &P de &N")
    sheet.set_column(0, 0, _WIDE)
    sheet.set_column(1, 200, _NARROW)
    for column, width in page.widths.items():
        sheet.set_column(column - 1, column - 1, width)
    if page.hidden[1] >= page.hidden[0] > 0:
        sheet.set_column(page.hidden[0] - 1, page.hidden[1] - 1, _NARROW, None, {"hidden": True})
    if page.repeat:
        sheet.repeat_rows(0, page.repeat - 1)
        sheet.freeze_panes(page.repeat, 1 if page.repeat_column else 0)
    if page.repeat_column:
        sheet.repeat_columns(0, 0)


def _write(
    book: Workbook, sheet: Worksheet, at: tuple[int, int], entry: Entry, formats: dict[tuple[str, bool, bool], Format]
) -> None:
    value, style = entry.value, entry.style
    quoted = isinstance(value, str) and harmless(value) != value
    key = (style, bool(entry.formula), quoted)
    if key not in formats:
        formats[key] = book.add_format(
            {**_FORMATS[style], **(_CALCULATED if entry.formula else {}), "quote_prefix": quoted}
        )
    shape = formats[key]
    if entry.formula:
        shown = (value - _FIRST_DAY).days if isinstance(value, date) else value
        sheet.write_formula(*at, entry.formula, shape, "" if shown is None else shown)
    elif value is None:
        sheet.write_blank(*at, None, shape)
    elif isinstance(value, bool):
        sheet.write_boolean(*at, value, shape)
    elif isinstance(value, date):
        sheet.write_datetime(*at, value, shape)
    elif isinstance(value, str):
        sheet.write_string(*at, value, shape)
    else:
        sheet.write_number(*at, value, shape)
