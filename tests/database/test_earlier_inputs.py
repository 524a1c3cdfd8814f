"""What tabs held in other nights: the last ones before a date, latest first, or those of some dates."""

from datetime import date

import pytest
from sqlalchemy import insert, update

from database import earlier_inputs
from database.models import NightTab
from database.transaction import read, write
from tests.database.conftest import new_night

SUNDAY, MONDAY, TUESDAY, WEDNESDAY = (date(2025, 12, day) for day in (21, 22, 23, 24))
CELL = "cash_ls_lecture"


@pytest.fixture
def book(hotel):
    """Three nights, each with its own figure at Recap and an empty Jour; what reads them."""
    empty = {"origins": {}, "typed_texts": {}, "field_versions": {}}
    with write() as connection:
        for rank, day in enumerate((SUNDAY, MONDAY, TUESDAY), 1):
            night = new_night(connection, hotel, day)
            given = {"inputs": {CELL: f"{rank}.00"}, "origins": {CELL: {"genre": "saisi"}}}
            connection.execute(update(NightTab).where(NightTab.night_id == night).values(**given))
            connection.execute(insert(NightTab).values(night_id=night, tab="jour", version=1, inputs={}, **empty))

    def ask(name, *given):
        with read() as connection:
            return getattr(earlier_inputs, name)(connection, hotel, *given)

    return ask


def test_the_last_nights_before_a_date_come_latest_first(book):
    found = book("inputs_before", TUESDAY, ("recap", "jour"), 5)
    assert found == [{"recap": {CELL: "2.00"}, "jour": {}}, {"recap": {CELL: "1.00"}, "jour": {}}]
    assert [tabs["recap"][CELL] for tabs in book("inputs_before", WEDNESDAY, ("recap",), 2)] == ["3.00", "2.00"]


def test_the_nights_of_some_dates_are_by_date(book):
    assert book("inputs_on", (SUNDAY, date(2025, 12, 30)), "recap") == {SUNDAY: {CELL: "1.00"}}


def test_a_figure_comes_with_who_gave_it(book):
    latest, *others = book("given_before", TUESDAY, "recap", 5)
    assert (latest, len(others)) == (({CELL: "2.00"}, {CELL: {"genre": "saisi"}}), 1)
    assert len(book("given_before", WEDNESDAY, "recap", 1)) == 1
