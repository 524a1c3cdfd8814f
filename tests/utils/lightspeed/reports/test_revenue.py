"""Revenue by department and outlet, taxes by code."""

from decimal import Decimal

import pytest

from tests.utils.lightspeed.read import demo, line, revenue
from utils.lightspeed import reports as r

D = Decimal
REPORT = revenue(
    line("ROOM", "100.00", "rooms"),
    line("ADJ", "-10.00", "rooms"),
    line("BAR", "30.00", "fnb", outlet="Piazza"),
    line("BAR2", "5.00", "fnb", outlet="Piazza"),
    line("BANQ", "7.00", "fnb"),
    line("36.1", "4.00", "internet"),
    taxes=[{"code": "TPS", "amount": "3.00"}, {"code": "TPS", "amount": "1.50"}, {"code": "TVQ", "amount": "0.00"}],
)


def test_the_rooms_are_net_of_their_adjustments():
    assert REPORT.room_revenue == D("90.00")


def test_food_is_told_by_outlet_and_what_has_none_is_apart():
    assert REPORT.fb_revenue == {"Piazza": D("35.00"), "autre": D("7.00")}


@pytest.mark.parametrize(("code", "amount"), [("TPS", D("4.50")), ("TVQ", D("0.00")), ("TVH", None)])
def test_a_tax_that_is_nil_is_not_one_that_is_absent(code, amount):
    assert REPORT.tax(code) == amount


def test_a_night_without_lines_has_no_revenue():
    empty = revenue()
    assert (empty.room_revenue, empty.fb_revenue) == (0, {})


def test_the_parts_make_the_whole():
    report = demo()[r.DailyRevenue]
    rest = sum(line.net for line in report.lines if line.department not in {"rooms", "fnb"})
    assert report.room_revenue + sum(report.fb_revenue.values()) + rest == report.totals.net_revenue
