"""Rooms sold by class, whatever their types."""

from tests.utils.lightspeed.read import demo, read
from utils.lightspeed import reports as r

TYPES = [
    {"code": "K1", "class": "simple", "sold": 40},
    {"code": "Q2", "class": "double", "sold": 30, "complimentary": 1},
    {"code": "K2", "class": "simple", "sold": 4, "revenue": "800.00"},
    {"code": "S1", "class": "suite", "sold": 0},
]
REPORT = read(r.RoomStatistics, inventory={"total": 252}, guests={}, byType=TYPES)


def sold_of(report, room_class):
    """Rooms sold of a class, whatever their types."""
    return sum(one.sold for one in report.by_type if one.room_class == room_class)


def test_a_type_is_read_with_its_class():
    assert [sold_of(REPORT, one) for one in ("simple", "double", "suite", "penthouse")] == [44, 30, 0, 0]


def test_what_the_pms_does_not_tell_is_absent_and_not_nil():
    assert (REPORT.sold, REPORT.adr, REPORT.room_revenue, REPORT.rooms) == (None, None, None, ())
    assert (REPORT.inventory.total, REPORT.inventory.available) == (252, None)
    assert REPORT.guests == r.People(None, None)


def test_the_classes_make_what_was_sold():
    report = demo()[r.RoomStatistics]
    assert sum(sold_of(report, one) for one in ("simple", "double", "suite")) == report.sold
