"""The demonstration behind the simulator: its present date is open, later ones unknown."""

from datetime import UTC, date, datetime

import pytest

from utils import dates
from utils.simulators.source import REPORTS
from utils.simulators.synthetic import SyntheticHotel

HOTEL = SyntheticHotel("HOTEL_1")


@pytest.mark.parametrize(("hour", "day"), [(7, 22), (8, 23), (23, 23)])
def test_a_date_is_open_until_three_o_clock_of_the_hotel(monkeypatch, hour, day):
    monkeypatch.setattr(dates, "now", lambda: datetime(2025, 12, 23, hour, 30, tzinfo=UTC))
    assert HOTEL.current_date() == date(2025, 12, day)
    assert HOTEL.report("DailyRevenue", date(2025, 12, day)) is not None
    assert HOTEL.report("DailyRevenue", date(2025, 12, day + 1)) is None


@pytest.mark.parametrize("name", REPORTS)
def test_it_has_the_nine_reports_and_says_they_are_made_up(name):
    assert HOTEL.report(name, date(2025, 1, 1))
    assert HOTEL.invented
    assert HOTEL.report(name, date(2023, 12, 31)) is None
