"""The nine reports of a date, each read by its own method."""

from datetime import date

import pytest

from utils.lightspeed import reports as r
from utils.lightspeed.client import LightspeedClient
from utils.lightspeed.demo import REPORTS, DemoClient
from utils.lightspeed.night import METHODS, read_report


class Asked:
    """A client that notes what it is asked."""

    def __getattr__(self, name):
        return lambda day, etag: (name, day, etag)


@pytest.mark.parametrize(("kind", "method"), METHODS.items(), ids=lambda one: str(one)[-30:])
def test_each_report_is_read_by_its_method(kind, method):
    day = date(2025, 12, 23)
    assert read_report(Asked(), kind, day) == (method, day, None)
    assert read_report(Asked(), kind, day, '"e"') == (method, day, '"e"')


def test_both_clients_have_the_nine_methods():
    assert len(METHODS) == len(set(METHODS.values())) == 9
    assert set(METHODS) == set(REPORTS)
    for client in (LightspeedClient, DemoClient):
        assert all(callable(getattr(client, method)) for method in METHODS.values())


def test_the_method_of_a_report_is_called_after_it():
    assert METHODS[r.DailyRevenue] == "get_daily_revenue"
    assert METHODS[r.NoShows] == "get_no_shows"
