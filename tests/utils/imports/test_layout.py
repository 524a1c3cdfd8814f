"""Headers where they must stand, and the rows of each day."""

from datetime import date

import pytest

from tests.utils.imports.classeurs import written
from utils.imports.layout import JOUR, JOUR_HEADERS, check_layout, day_rows
from utils.imports.workbook import open_book

DECEMBER, FEBRUARY = date(2025, 12, 1), date(2026, 2, 1)


def sheet_of(cells):
    book = open_book(written({"f": cells}))
    return book, book.sheet("f")


def days(*numbers, **more):
    return {(row, 1): number for row, number in enumerate(numbers, 3)} | {
        (3 + int(row[1:]), 4): value for row, value in more.items()
    }


def test_the_headers_of_the_jour_reach_from_a_to_cz():
    assert len(JOUR_HEADERS) == 104
    assert (JOUR["A2"], JOUR["AX2"], JOUR["CZ2"]) == ("jour", "tvq", "net_visa")


@pytest.mark.parametrize("found", ["Nou_Link", "NOU LINK (pause)", "Noù_linK 2025"])
def test_a_header_is_known_by_how_it_begins(found):
    book, sheet = sheet_of({(2, 5): found})
    assert check_layout(sheet, {"E2": "nou_link"})
    assert not book.flaws


@pytest.mark.parametrize(("found", "said"), [("Boi_Link", "« Boi_Link » est lu"), ("", "la case est vide")])
def test_a_header_that_is_not_there_is_refused_by_its_cell(found, said):
    book, sheet = sheet_of({(2, 5): found, (1, 1): "x"})
    assert not check_layout(sheet, {"E2": "nou_link"})
    assert book.flaws[0].cell == "E2"
    assert said in book.flaws[0].message


def test_the_days_end_at_what_is_no_number():
    _, sheet = sheet_of(days(1, 2, "total", 4))
    assert day_rows(sheet, 3, DECEMBER) == {date(2025, 12, 1): (3,), date(2025, 12, 2): (4,)}


def test_two_rows_a_day_stand_together():
    book, sheet = sheet_of(days(1, 1, 2, 2))
    assert day_rows(sheet, 3, DECEMBER, each=2)[date(2025, 12, 2)] == (5, 6)
    assert not book.flaws


@pytest.mark.parametrize(("numbers", "each"), [((1, 1), 1), ((1, 2, 1), 2), ((1, 1, 1), 2)])
def test_a_day_that_comes_back_is_refused(numbers, each):
    book, sheet = sheet_of(days(*numbers))
    day_rows(sheet, 3, DECEMBER, each)
    assert book.flaws[0].message == "Le jour 1 est là deux fois."


def test_a_day_that_the_month_lacks_is_refused_only_when_it_holds_something():
    book, sheet = sheet_of(days(28, 29))
    assert day_rows(sheet, 3, FEBRUARY).keys() == {date(2026, 2, 28)}
    assert not book.flaws
    book, sheet = sheet_of(days(28, 29, r1=12))
    day_rows(sheet, 3, FEBRUARY)
    assert book.flaws[0].message == "Le jour 29 n’est pas un jour de ce mois."
