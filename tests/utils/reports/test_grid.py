"""A grid written as a file: texts stay texts, formulas keep their value, the same cells give the same bytes."""

import io
import zipfile
from datetime import date
from decimal import Decimal

import openpyxl
import pytest

from tests.utils.reports.nuits import head
from utils.reports.grid import DAY, FLAG, MONEY, TEXT, Entry, Grid, Page, written
from utils.reports.places import Cell


def grid(*entries):
    found = Grid()
    for row, entry in enumerate(entries, 1):
        found.put(Cell("DUBACK#", row, 2), entry)
    return found


def read(data, *, values=False):
    return openpyxl.load_workbook(io.BytesIO(data), data_only=values)["DUBACK#"]


@pytest.mark.parametrize(
    "text", ["=1+1", "+33", "-2", "@SUM(A1)", "\t=1", '=HYPERLINK("http://x")', "{=1}", "http://x.y"]
)
def test_a_text_is_never_calculated(text):
    cell = read(written(grid(Entry(text, TEXT)), head()))["B1"]
    assert (cell.data_type, cell.value, cell.hyperlink) == ("s", text, None)
    assert cell.quotePrefix or text[0] not in "=+-@\t"


def test_a_formula_keeps_the_value_that_it_has():
    entries = grid(
        Entry(Decimal("12.50"), MONEY), Entry(Decimal("12.50"), MONEY, '=IF(B1="","",B1)'), Entry(None, MONEY, "=B9")
    )
    data = written(entries, head())
    assert (read(data)["B2"].value, read(data, values=True)["B2"].value) == ('=IF(B1="","",B1)', 12.5)
    assert not read(data, values=True)["B3"].value


def test_each_kind_of_value_is_of_its_kind():
    sheet = read(written(grid(Entry(date(2025, 12, 23), DAY), Entry(True, FLAG), Entry(None, MONEY)), head()))
    assert (sheet["B1"].value.date(), sheet["B2"].value, sheet["B3"].value) == (date(2025, 12, 23), True, None)


def test_the_same_grid_gives_the_same_bytes():
    assert written(grid(Entry("a", TEXT)), head()) == written(grid(Entry("a", TEXT)), head())


def test_every_sheet_is_ready_for_the_paper():
    sheet = read(written(grid(Entry("a", TEXT)), head(hotel="A & B")))
    paper = sheet.page_setup
    assert (paper.orientation, paper.paperSize, paper.fitToHeight) == ("landscape", 1, 0)
    assert "A && B (DEMO)" in sheet.oddHeader.left.text or "A & B (DEMO)" in sheet.oddHeader.left.text
    assert "révision 0" in sheet.oddHeader.right.text
    assert "Une Personne" in sheet.oddFooter.left.text
    assert "8:ab" in sheet.oddFooter.center.text


def test_no_cell_says_when_the_file_was_made():
    with zipfile.ZipFile(io.BytesIO(written(grid(Entry("a", TEXT)), head()))) as archive:
        assert {one.date_time[0] for one in archive.infolist()} == {1980}


def test_a_sheet_printed_as_another_has_none_of_its_cells():
    model = Page(cells={(1, 1): Entry("a", TEXT)}, across=6, widths={1: 6})
    made = model.fresh()
    assert (made.cells, made.across, made.widths) == ({}, 6, {1: 6})
