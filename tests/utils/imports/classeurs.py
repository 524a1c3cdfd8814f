"""Workbooks for tests: the hotel's two real books, names replaced; and others made after them, with other figures."""

import io
import lzma
from calendar import monthrange
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path

import xlsxwriter
from python_calamine import CalamineWorkbook

from utils.imports.places import cell_name, position

FOLDER = Path(__file__).resolve().parents[2] / "fixtures" / "classeurs"
RJ, SD = "rj-2025-12.xls", "sd-2025-11.xls"
SHEETS = ("controle", "jour", "rj", "Recap", "transelect", "geac_ux", "DUBACK#", "SetD", "depot", "Internet", "Sonifi")
LAST = 23
"""The last night of the real RJ."""


@lru_cache(maxsize=2)
def real(name):
    """The bytes of a real book."""
    return lzma.decompress((FOLDER / f"{name}.xz").read_bytes())


@lru_cache(maxsize=2)
def grids(name):
    """The cells of a real book, by sheet and by (row, column)."""
    read = CalamineWorkbook.from_filelike(io.BytesIO(real(name)))
    return {
        sheet: {
            (row, column): value
            for row, cells in enumerate(read.get_sheet_by_name(sheet).to_python(skip_empty_area=False), 1)
            for column, value in enumerate(cells, 1)
            if value != ""
        }
        for sheet in read.sheet_names
    }


def rj_grids(month=date(2025, 12, 1), nights=LAST, factor=1):
    """The sheets of an RJ of this month: the real one, its nights repeated or left out, its amounts multiplied."""
    found = {sheet: dict(grids(RJ)[sheet]) for sheet in SHEETS}
    control, jour = found["controle"], found["jour"]
    control.update({(3, 2): nights, (4, 2): month.month, (5, 2): month.year})
    model = {row: {c: v for (r, c), v in jour.items() if r == row} for row in range(3, LAST + 3)}
    for row in range(3, 34):
        for column in range(1, 118):
            jour.pop((row, column), None)
    closing = model[3][2]
    for day in range(1, min(nights, monthrange(month.year, month.month)[1]) + 1):
        cells = dict(model[(day - 1) % LAST + 3])
        for column in range(4, 88):
            if isinstance(cells.get(column), (int, float)) and factor != 1:
                cells[column] = round(cells[column] * factor, 2)
        cells |= {1: day, 2: closing}
        closing = cells[4]
        jour.update({(day + 2, column): value for column, value in cells.items()})
    for sheet in ("depot", "DUBACK#", "SetD") if month != date(2025, 12, 1) else ():
        del found[sheet]
    return found


def sd_grids(month=date(2025, 11, 1), nights=30):
    """The sheets of an SD of this month."""
    found = {}
    for number in range(1, 32):
        cells = dict(grids(SD)[str(number)])
        if number > nights:
            cells = {place: value for place, value in cells.items() if place[0] < 9 or place[1] in (1, 7)}
            cells.pop((5, 2), None)
        else:
            cells[5, 2] = datetime(month.year, month.month, number)  # noqa: DTZ001 - a cell has no zone
        found[str(number)] = cells
    return found


def written(sheets, changes=(), *, errors=()):
    """A workbook as `.xlsx`; ``changes`` give cells another value (``jour!J5``), ``errors`` make them fail."""
    sheets = {name: dict(cells) for name, cells in sheets.items()}
    for place, value in dict(changes).items():
        sheet, _, cell = place.partition("!")
        if value is None:
            sheets[sheet].pop(position(cell), None)
        else:
            sheets.setdefault(sheet, {})[position(cell)] = value
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True, "default_date_format": "yyyy-mm-dd"})
    for name, cells in sheets.items():
        sheet = book.add_worksheet(name)
        for (row, column), value in cells.items():
            if f"{name}!{cell_name(row, column)}" in errors:
                sheet.write_formula(row - 1, column - 1, "=1/0", None, "#DIV/0!")
            else:
                sheet.write(row - 1, column - 1, value)
    book.close()
    return file.getvalue()


def moved(cells):
    """The cells of a sheet, one column further to the right."""
    return {(row, column + 1): value for (row, column), value in cells.items()}
