"""Names of lines: spellings of one person are one, sums follow who they stand for."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import insert

from database import people
from database.models import NightLine
from database.people import Amount, together
from database.transaction import write
from tests.database.conftest import DAY, NOW, new_night

D = Decimal


def test_spellings_of_one_person_are_added():
    rows = [
        ("Zoé Côté", "setd", "part", D("1.00")),
        ("ZOÉ CÔTÉ", "setd", "part", D("2.00")),
        ("Zoé  Côté ", "setd", "part", D("4.00")),
    ]
    (found,) = together(rows, {})
    assert (found.tab, found.measure, found.amount) == ("setd", "part", D("7.00"))


def test_a_name_that_stands_for_another_is_added_to_it():
    rows = [("Zoé", "sd", "variance", D("1.00")), ("Zoé Côté", "sd", "variance", D("-3.00"))]
    assert together(rows, {"ZOÉ": "Zoé Côté"}) == [Amount("Zoé Côté", "sd", "variance", D("-2.00"))]


def test_measures_and_tabs_stay_apart_in_order():
    rows = [("B", "sd", "y", D(1)), ("A", "sd", "x", D(2)), ("B", "dueback", "y", D(3))]
    assert [(one.person, one.tab, one.measure) for one in together(rows, {})] == [
        *(("A", "sd", "x"), ("B", "dueback", "y"), ("B", "sd", "y")),
    ]
    assert together([], {}) == []


@pytest.fixture
def connection(app_sqlite):
    """The book with two nights of one person spelled two ways, and one of somebody else."""
    with app_sqlite.app_context(), write() as found:
        for back, name in enumerate(("Zoé Côté", "ZOÉ  CÔTÉ", "Éric")):
            day = DAY - timedelta(days=back)
            night = new_night(found, 1, day)
            line = {"tab": "sd", "position": 0, "line_id": "a1", "person": name, "measure": "variance"}
            where = {"property_id": 1, "night_id": night, "audit_date": day}
            found.execute(insert(NightLine).values(amount=D(back + 1), **where, **line))
        yield found


def test_the_names_of_a_hotel_are_in_order_with_their_nights(connection):
    found = people.spellings(connection, 1)
    assert [(one.nights, one.last) for one in found] == [(2, DAY), (1, DAY - timedelta(days=2))]
    assert people.spellings(connection, 2) == []


def test_a_name_that_stands_for_another_takes_what_stood_for_it(connection):
    people.add_alias(connection, 1, ("Zo", "Zoé Côté"), None, NOW)
    people.add_alias(connection, 1, ("Zoé Côté", "Zoé C. Roy"), None, NOW)
    assert people.aliases(connection, 1) == {"Zo": "Zoé C. Roy", "Zoé Côté": "Zoé C. Roy"}
    people.remove_alias(connection, 1, "Zo")
    assert people.aliases(connection, 1) == {"Zoé Côté": "Zoé C. Roy"}
    assert people.aliases(connection, 2) == {}


def test_what_lines_add_up_to_is_of_the_period_and_of_the_person(connection):
    eve = DAY - timedelta(days=1)
    (one,) = people.amounts(connection, 1, eve, DAY)
    assert (one.tab, one.measure, one.amount) == ("sd", "variance", D("3.00"))
    people.add_alias(connection, 1, ("Éric", "Zoé Côté"), None, NOW)
    (one,) = people.amounts(connection, 1, date(2025, 1, 1), DAY)
    assert one.amount == D("6.00")
    assert people.amounts(connection, 2, eve, DAY) == []
