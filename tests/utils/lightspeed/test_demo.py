"""The PMS of the demonstration: closed dates only, the same figures each time, said to be made up."""

from datetime import UTC, date, datetime

import pytest

from tests.utils.lightspeed.read import DAY, HOTEL, demo
from utils.lightspeed import reports as r
from utils.lightspeed.demo import DemoClient
from utils.lightspeed.errors import LightspeedAPIError, LightspeedConfigError, LightspeedUnchanged
from utils.lightspeed.night import METHODS

NOON = datetime(2025, 12, 24, 17, 0, tzinfo=UTC)
CLIENT = DemoClient(HOTEL, NOON)


@pytest.mark.parametrize("kind", METHODS, ids=lambda one: one.__name__)
def test_a_report_is_final_made_up_and_holds_together(kind):
    about = demo()[kind].about
    assert (about.final, about.source, about.business_date, about.breaches) == (True, "demo", DAY, ())
    assert about.generated_at == about.closed_at


def test_the_same_date_gives_the_same_report():
    first, second = (CLIENT.get_daily_revenue(DAY) for _ in range(2))
    assert first == second
    assert first.about.etag.startswith('"demo-')


def test_a_report_that_did_not_change_says_so():
    report = CLIENT.get_room_statistics(DAY)
    with pytest.raises(LightspeedUnchanged):
        CLIENT.get_room_statistics(DAY, report.about.etag)
    assert CLIENT.get_room_statistics(DAY, '"autre"') == report


@pytest.mark.parametrize("day", [date(2023, 12, 31), date(2025, 12, 25), date(2098, 1, 1)])
def test_a_date_that_is_not_over_or_too_old_has_no_report(day):
    with pytest.raises(LightspeedAPIError) as caught:
        CLIENT.get_no_shows(day)
    assert (caught.value.kind, caught.value.status) == ("absent", 404)


def test_the_first_date_has_its_reports():
    assert CLIENT.get_market_segments(date(2024, 1, 1)).about.business_date == date(2024, 1, 1)


def test_the_account_knows_the_night_that_one_works_on():
    account = CLIENT.get_account()
    assert (account.account_id, account.currency, account.time_zone) == ("DEMO", "CAD", HOTEL.time_zone)
    assert account.current_business_date == date(2025, 12, 24)
    assert DemoClient(HOTEL, datetime(2025, 12, 24, 6, 0, tzinfo=UTC)).get_account().current_business_date == DAY


def test_there_is_nothing_to_connect_to():
    assert (CLIENT.is_demo, CLIENT.is_configured(), CLIENT.is_connected(), CLIENT.requests) == (True, True, True, 0)
    CLIENT.refresh_token()
    assert CLIENT.authenticate() == CLIENT.get_account()
    for ask in (
        lambda: CLIENT.authorization_url("x"),
        lambda: CLIENT.authenticate({"code": "x"}),
        CLIENT.disconnect,
    ):
        with pytest.raises(LightspeedConfigError, match="il n’y a personne à qui se lier"):
            ask()


def test_another_hotel_has_other_figures():
    other = DemoClient(type(HOTEL)("AUTRE"), NOON).get_daily_revenue(DAY)
    assert other.totals != CLIENT.get_daily_revenue(DAY).totals
    assert isinstance(other, r.DailyRevenue)
