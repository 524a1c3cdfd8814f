"""The workbooks of a night and of a month, beside as many bare cells written by the same library."""

from __future__ import annotations

import io
from datetime import date, datetime
from functools import lru_cache, partial
from typing import Final

import xlsxwriter

from bench.domain import NIGHT
from bench.measure import Measure, repeated
from utils.reports.book import grid_of, workbook
from utils.reports.report import Given, Head, Report
from utils.reports.rj_sheet import Beside
from utils.rj.calculate import calculate
from utils.rj.night_file import read_night
from utils.rj.reading import load_json

_ALONE: Final = Beside({}, None, None)
_DAYS: Final = 31


@lru_cache(maxsize=1)
def _month() -> list[Report]:
    """The golden night, every day of its month."""
    night, found = read_night(load_json(NIGHT.read_bytes())), []
    for number in range(1, _DAYS + 1):
        day = date(night.day.year, night.day.month, number)
        head = Head("Hôtel", "DEMO", True, day, 0, "Verrouillée", "Banc d’essai", datetime.min, "1:0")  # noqa: DTZ901
        found.append(Report(head, calculate(day, night.settings, night.previous, night.inputs), Given({}, {})))
    return found


def night_book() -> dict[int, Measure]:
    """The workbook of a night."""
    return {1: repeated(lambda: workbook(_month()[-1:], _ALONE), count=15, warmup=2)}


def month_book() -> dict[int, Measure]:
    """The workbook of a month of thirty-one nights."""
    return {1: repeated(lambda: workbook(_month(), _ALONE), count=5, warmup=1)}


def ratios() -> dict[str, float]:
    """How many times the same number of cells of nothing but a number."""
    found = {}
    for said, reports in (("d'une nuit", _month()[-1:]), ("d'un mois", _month())):
        cells = [len(page.cells) for page in grid_of(reports, _ALONE).pages.values()]
        whole = repeated(partial(workbook, reports, _ALONE), count=5, warmup=1)
        bare = repeated(partial(_bare, cells), count=5, warmup=1)
        found[f"Excel {said}, sur autant de cellules nues"] = whole.median_ms / bare.median_ms
    return found


def _bare(sizes: list[int]) -> bytes:
    """A workbook of sheets of so many numbers."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    for size in sizes:
        sheet = book.add_worksheet()
        for number in range(size):
            sheet.write_number(number // 50, number % 50, number)
    book.close()
    return file.getvalue()
