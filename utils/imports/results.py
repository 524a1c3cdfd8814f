"""What the workbook calculated itself, read by the cells that the fields declare."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from utils.imports.figures import BookMonth, BookNight, Result
from utils.imports.layout import day_rows
from utils.imports.places import column_number, position
from utils.imports.workbook import Book, Sheet
from utils.rj.catalogue import FIELDS
from utils.rj.declaration import COUNT, MONEY, PERCENT

_ONE: Final = re.compile(r"(Recap|transelect|geac_ux|rj)!([A-Z]+[0-9]+)")
_EACH_DAY: Final = re.compile(r"(jour|SetD|DUBACK#|Internet|Sonifi)!([A-Z]+)")
_FIRST_ROWS: Final = {"jour": 3, "SetD": 5, "DUBACK#": 5, "Internet": 8, "Sonifi": 7}
_CALCULATED: Final = {
    name: field for name, field in FIELDS.items() if field.formula is not None and field.kind in (MONEY, COUNT, PERCENT)
}
_ELSEWHERE: Final = frozenset({"transelect.transelect_esc_pct", "sd.depot_total"})
_OF_CONTROL_DAY: Final = tuple(
    (name, found[1], *position(found[2]))
    for name, field in _CALCULATED.items()
    if (found := _ONE.fullmatch(field.cell)) and not name.startswith(tuple(_ELSEWHERE))
)
_OF_EACH_DAY: Final = tuple(
    (name, found[1], column_number(found[2]))
    for name, field in _CALCULATED.items()
    if (found := _EACH_DAY.fullmatch(field.cell)) and not (field.typed and found[1] == "jour")
)
"""A cell of *jour* that may be typed is a figure that was read, not a result."""


def read_results(book: Book, month: BookMonth, control: BookNight | None) -> None:
    """Add to each night the results of its row, and to that of the control day those of its sheets."""
    rows = {}
    for name, first in _FIRST_ROWS.items():
        if (sheet := book.sheet(name)) is not None:
            rows[name] = (sheet, day_rows(sheet, first, month.month, each=2 if name == "DUBACK#" else 1))
    for night in month.nights.values():
        for name, sheet_name, column in _OF_EACH_DAY:
            sheet, days = rows.get(sheet_name, (None, {}))
            if sheet is not None and night.day in days:
                _keep(night, name, sheet, days[night.day][0], column)
    for name, sheet_name, row, column in _OF_CONTROL_DAY if control is not None else ():
        if (sheet := book.sheet(sheet_name)) is not None and control is not None:
            _keep(control, name, sheet, row, column)


def _keep(night: BookNight, name: str, sheet: Sheet, row: int, column: int) -> None:
    """A result, an error for one that is none; a text or nothing says nothing."""
    if (row - 1, column - 1) in sheet.errors:
        night.results[name] = Result(None, sheet.place(row, column))
        return
    value = sheet.raw(row, column)
    if isinstance(value, int | float) and not isinstance(value, bool):
        number = sheet.number(row, column)
        if number is not None:
            percent = FIELDS[name].kind == PERCENT
            night.results[name] = Result(number * 100 if percent else number, sheet.place(row, column))


def year_before(sheet: Sheet) -> Iterator[tuple[str, str | int]]:
    """The sums of the year before the month, that the sheet *controle* keeps for its cumulative figures."""
    for key, row in (("total_revenue", 10), ("room_revenue", 16)):
        if amount := sheet.money(row, 2):
            yield key, f"{amount:.2f}"
    for key, row in (("rooms_disponibles", 12), ("rooms_louees", 14)):
        if count := sheet.count(row, 2):
            yield key, count
