"""A workbook opened: its sheets by bare names, its cells as figures, what cannot be read noted by its cell."""

from datetime import date
from decimal import Decimal

import pytest

from tests.utils.imports.classeurs import written
from utils.imports.flaws import UnusableBook
from utils.imports.places import Place
from utils.imports.workbook import open_book


def opened(cells, **more):
    book = open_book(written({"Feuille #": cells}, **more))
    return book, book.sheet("feuille")


def test_a_sheet_is_found_without_its_marks_and_an_empty_one_is_not():
    book = open_book(written({"DUBACK#": {(1, 1): 1}, "Feuil9": {}}))
    assert (book.sheet("duback").name, book.sheet("Feuil9"), book.names) == ("DUBACK#", None, ("DUBACK#",))


def test_cells_are_read_as_what_they_must_be():
    _, sheet = opened({(1, 1): 12.5, (1, 2): " Nom ", (1, 3): 7, (1, 4): 3.0, (3, 1): "x"})
    assert (sheet.money(1, 1), sheet.text(1, 2), sheet.count(1, 3), sheet.text(1, 4)) == (
        Decimal("12.50"),
        "Nom",
        7,
        "3",
    )
    assert (sheet.money(2, 1), sheet.money(99, 99), sheet.height, sheet.width) == (None, None, 3, 4)


@pytest.mark.parametrize(("value", "read"), [(-0.005, "-0.01"), (0.1 + 0.2, "0.30"), (136.354, "136.35")])
def test_an_amount_is_read_to_the_cent(value, read):
    _, sheet = opened({(1, 1): value})
    assert sheet.money(1, 1) == Decimal(read)


def test_more_than_two_decimals_are_said_and_the_dust_of_sums_is_not():
    book, sheet = opened({(1, 1): 136.354, (1, 2): 0.1 + 0.2})
    sheet.money(1, 1), sheet.money(1, 2)
    assert book.rounded == [(Place("Feuille #", "A1"), Decimal("136.354"), Decimal("136.35"))]


@pytest.mark.parametrize(
    ("value", "read", "said"),
    [
        ("douze", "money", "« douze » n’est pas un nombre."),
        (True, "money", "n’est pas un nombre"),
        (10**12, "money", "trop grand"),
        (1.5, "count", "n’est pas un nombre entier"),
        (-1, "count", "n’est pas un nombre entier"),
    ],
)
def test_what_cannot_be_read_is_noted_by_its_cell_and_refuses_the_book_at_the_end(value, read, said):
    book, sheet = opened({(2, 3): value})
    assert getattr(sheet, read)(2, 3) is None
    assert (book.flaws[0].sheet, book.flaws[0].cell) == ("Feuille #", "C2")
    assert said in book.flaws[0].message
    with pytest.raises(UnusableBook):
        book.finish()


def test_a_flaw_is_said_once():
    book, sheet = opened({(1, 1): "x"})
    sheet.money(1, 1), sheet.money(1, 1)
    assert len(book.flaws) == 1


def test_a_date_is_a_date_and_a_text_is_none():
    _, sheet = opened({(1, 1): date(2025, 12, 3), (1, 2): "3 décembre"})
    assert (sheet.day(1, 1), sheet.day(1, 2)) == (date(2025, 12, 3), None)


def test_two_sheets_of_one_bare_name_are_a_flaw():
    book = open_book(written({"SetD": {(1, 1): 1}, "SetD#": {(1, 1): 1}}))
    assert "Deux feuilles portent le nom « setd »." in book.flaws[0].message
