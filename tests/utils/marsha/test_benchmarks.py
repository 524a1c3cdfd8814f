"""Indices: ours over the set’s, nothing where a figure lacks or is nil, and a set too small is not shown."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from utils.demo.hotel import DemoHotel
from utils.demo.market import comp_set
from utils.demo.rooms import ROOMS, Rooms
from utils.marsha.benchmarks import Benchmarks, Indices, Trio, exact, indices, may_be_shown, rooms_to_100

DAY = date(2025, 12, 23)
NONE = Indices(None, None, None)


def test_rgi_is_mpi_times_ari_on_400_nights():
    hotel, first = DemoHotel("DEMO"), date(2025, 1, 1)
    for day in (first + timedelta(days=number) for number in range(400)):
        rooms, market = Rooms(hotel, day), comp_set(hotel, day)
        found = indices(exact(rooms.sold, ROOMS, rooms.revenue), Trio(market.occupancy, market.adr, market.revpar))
        assert None not in found, day
        assert found.agree, (day, found)
        assert 1 <= market.rank <= market.size + 1


def test_what_does_not_agree_is_said():
    assert not Indices(Decimal("100.00"), Decimal("100.00"), Decimal("101.00")).agree
    assert NONE.agree


OURS = exact(74, 252, Decimal("14195.00"))


@pytest.mark.parametrize("theirs", [Trio(Decimal(0), Decimal("0.00"), Decimal("0.00")), Trio(None, None, None)])
def test_a_set_of_zero_or_missing_never_divides(theirs):
    assert indices(OURS, theirs) == NONE


def test_a_night_without_rooms_has_no_figures():
    assert exact(None, 252, Decimal(1)) == exact(3, 0, Decimal(1)) == Trio(None, None, None)
    assert exact(0, 252, Decimal("0.00")).adr is None


@pytest.mark.parametrize(
    ("size", "ours", "shown"), [(4, False, True), (3, False, False), (4, True, False), (5, True, True)]
)
def test_a_set_needs_four_other_hotels(size, ours, shown):
    found = Benchmarks(DAY, "final", size, ours, Trio(None, None, None), NONE)
    assert may_be_shown(found) is shown
    assert not may_be_shown(Benchmarks(DAY, "unavailable", 9, False, Trio(None, None, None), NONE))


def test_rooms_to_an_index_of_a_hundred():
    assert rooms_to_100(Trio(Decimal(50), None, None), Trio(Decimal(60), None, None), 252) == Decimal("25.20")
    assert rooms_to_100(OURS, Trio(None, None, None), 252) is None
