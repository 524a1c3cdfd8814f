"""The names of cells, and headers as they are compared."""

import pytest

from utils.imports.places import Place, bare, cell_name, column_name, column_number, position


@pytest.mark.parametrize(("letters", "number"), [("A", 1), ("Z", 26), ("AA", 27), ("AZ", 52), ("CZ", 104), ("EJ", 140)])
def test_a_column_has_a_number_and_letters(letters, number):
    assert (column_number(letters), column_name(number)) == (number, letters)


def test_every_cell_of_a_sheet_finds_its_place_again():
    assert all(position(cell_name(7, column)) == (7, column) for column in range(1, 800))


def test_what_names_no_cell_is_no_declaration_of_ours():
    with pytest.raises(AssertionError):
        position("B6:B9")


def test_a_place_is_said_as_people_write_it():
    assert str(Place("DUBACK#", "AA12")) == "DUBACK#!AA12"


@pytest.mark.parametrize(
    ("said", "compared"),
    [("DUBACK#", "duback"), (" Nou_Link", "noulink"), ("Ré:sonne", "resonne"), ("A/R", "ar"), ("#", "")],
)
def test_a_header_loses_what_years_change_in_it(said, compared):
    assert bare(said) == compared
