"""The demonstration as a PMS: nine reports from 2024 on, the same each time."""

from datetime import date

import pytest

from utils.demo.hotel import EPOCH, DemoHotel, envelope
from utils.demo.reports import REPORTS

HOTEL, DAY = DemoHotel("DEMO"), date(2025, 12, 23)


@pytest.mark.parametrize("name", REPORTS)
def test_a_report_is_the_same_each_time_and_may_be_changed_by_its_reader(name):
    first = HOTEL.report(name, DAY)
    assert first
    first.clear()
    assert HOTEL.report(name, DAY) == DemoHotel("DEMO").report(name, DAY) != {}


def test_there_is_nothing_before_the_first_date():
    assert HOTEL.report("DailyRevenue", date(2023, 12, 31)) is None
    assert HOTEL.report("DailyRevenue", EPOCH) is not None


def test_another_account_has_other_figures():
    assert DemoHotel("AUTRE").report("DailyRevenue", DAY) != HOTEL.report("DailyRevenue", DAY)


def test_a_day_goes_from_three_to_three_on_the_clock_of_the_hotel():
    told = envelope(HOTEL, "DEMO", DAY, closed=True)
    assert (told["businessDate"], told["businessDateStatus"], told["dataComplete"]) == ("2025-12-23", "closed", True)
    assert (told["openedAt"], told["closedAt"]) == ("2025-12-23T03:00:00-05:00", "2025-12-24T03:00:00-05:00")


def test_a_day_on_which_the_clock_changes_is_shorter():
    told = envelope(HOTEL, "DEMO", date(2026, 3, 7), closed=True)
    assert (told["openedAt"], told["closedAt"]) == ("2026-03-07T03:00:00-05:00", "2026-03-08T03:00:00-04:00")


def test_an_open_date_has_no_end_and_is_not_complete():
    told = envelope(HOTEL, "DEMO", DAY, closed=False, revision=4)
    assert (told["businessDateStatus"], told["dataComplete"], told["closedAt"], told["revision"]) == (
        "open",
        False,
        None,
        4,
    )
