"""Cells written into the XML of somebody else's sheet, and not one other byte."""

from decimal import Decimal

import pytest

from utils.reports.sheet_xml import NoSheetDataError, formulas_of, with_cells

HEAD = b'<worksheet xmlns="x"><dimension ref="A1:C9"/><sheetData>'
TAIL = b'</sheetData><pageMargins left="0.7"/></worksheet>'
ROWS = (
    b'<row r="2" spans="1:3" ht="15"><c r="A2" s="4" t="s"><v>7</v></c><c r="C2" s="5"><f>1+2</f><v>3</v></c></row>'
    b'<row r="5" s="9"/><row r="9"><c r="B9"><f t="shared" ref="B9:B12" si="0">A9*2</f><v>4</v></c></row>'
)
SHEET = HEAD + ROWS + TAIL


def changed(**cells):
    """The rows of the sheet after these cells were written."""
    places = {(int(name[1:]), ord(name[0]) - 64): value for name, value in cells.items()}
    found = with_cells(SHEET, places)
    assert found.startswith(HEAD)
    assert found.endswith(TAIL)
    return found[len(HEAD) : -len(TAIL)]


def test_nothing_written_changes_nothing():
    assert with_cells(SHEET, {}) == SHEET


def test_a_cell_keeps_its_style_and_takes_the_value():
    assert changed(C2=Decimal("12.50")) == ROWS.replace(b"<f>1+2</f><v>3</v>", b"<v>12.50</v>")


def test_a_text_is_written_in_the_cell_and_is_no_markup():
    assert b'<c r="A2" s="4" t="inlineStr"><is><t xml:space="preserve">&lt;b&gt; &amp; =1</t></is></c>' in changed(
        A2="<b> & =1"
    )


def test_a_cell_that_was_not_there_takes_its_place_among_its_neighbours():
    assert b'</c><c r="B2"><v>1</v></c><c r="C2"' in changed(B2=1)
    assert changed(D2=1).count(b'<c r="D2"><v>1</v></c></row>') == 1


@pytest.mark.parametrize(
    ("place", "around"),
    [
        ("A1", b'<row r="1"><c r="A1"><v>1</v></c></row><row r="2"'),
        ("A3", b'</row><row r="3"><c r="A3"><v>1</v></c></row><row r="5" s="9"/>'),
        ("A5", b'<row r="5" s="9"><c r="A5"><v>1</v></c></row>'),
    ],
)
def test_a_row_that_was_not_there_or_was_empty_takes_the_cell(place, around):
    assert around in changed(**{place: 1})


def test_a_row_beyond_the_last_comes_at_the_end():
    assert changed(A12=1) == ROWS + b'<row r="12"><c r="A12"><v>1</v></c></row>'


def test_an_emptied_cell_keeps_its_style_and_one_that_is_not_there_is_not_made():
    assert b'<c r="C2" s="5"/>' in changed(C2=None)
    assert changed(B2=None) == changed(A1=None) == ROWS


def test_an_empty_sheet_takes_cells():
    assert with_cells(b"<w><sheetData/></w>", {(1, 1): 1}) == (
        b'<w><sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData></w>'
    )


def test_the_formulas_of_a_sheet_are_read_and_a_shared_one_is_none_that_may_be_replaced():
    assert formulas_of(SHEET) == {(2, 3): "=1+2", (9, 2): "="}


@pytest.mark.parametrize("xml", [b"<w/>", b"<w><sheetData><row><c/></row></sheetData></w>"])
def test_what_is_no_sheet_is_refused(xml):
    with pytest.raises(NoSheetDataError):
        with_cells(xml, {(1, 1): 1})
