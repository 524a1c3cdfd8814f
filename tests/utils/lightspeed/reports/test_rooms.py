"""Rooms sold by class, whatever their types."""

import pytest

from tests.utils.lightspeed.read import demo, read
from utils.lightspeed import reports as r

TYPES = [
    {"code": "K1", "class": "simple", "sold": 40},
    {"code": "Q2", "class": "double", "sold": 30, "complimentary": 1},
    {"code": "K2", "class": "simple", "sold": 4, "revenue": "800.00"},
    {"code": "S1", "class": "suite", "sold": 0},
]
REPORT = read(r.RoomStatistics, inventory={"total": 252}, guests={}, byType=TYPES)


@pytest.mark.parametrize(("room_class", "sold"), [("simple", 44), ("double", 30), ("suite", 0), ("penthouse", 0)])
def test_rooms_sold_of_a_class_are_those_of_all_its_types(room_class, sold):
    assert REPORT.sold_of(room_class) == sold


def test_what_the_pms_does_not_tell_is_absent_and_not_nil():
    assert (REPORT.sold, REPORT.adr, REPORT.room_revenue, REPORT.rooms) == (None, None, None, ())
    assert (REPORT.inventory.total, REPORT.inventory.available) == (252, None)
    assert REPORT.guests == r.People(None, None)


def test_the_classes_make_what_was_sold():
    report = demo()[r.RoomStatistics]
    assert sum(report.sold_of(one) for one in ("simple", "double", "suite")) == report.sold
