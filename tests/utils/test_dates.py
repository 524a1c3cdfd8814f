"""Business dates: the night of the 19th to the 20th is the 19th, on the clock of the hotel."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from utils import dates

ZONE = "America/Toronto"
DAYS = st.dates(dates.FIRST, dates.LAST)


@given(DAYS)
def test_a_date_written_is_read_as_itself(day):
    assert dates.read_date(day.isoformat()) == day


@given(st.text() | st.from_regex(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", fullmatch=True))
def test_any_text_is_a_business_date_or_is_refused(text):
    try:
        assert dates.read_date(text).isoformat() == text
    except dates.DateError as refused:
        assert str(refused)[-1] == "."  # noqa: PT017 - what is asserted is that nothing else escapes


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("23/12/2025", "La date s'écrit AAAA-MM-JJ, par exemple 2025-12-23."),
        ("20251223", "La date s'écrit AAAA-MM-JJ, par exemple 2025-12-23."),
        ("2025-12-23\n", "La date s'écrit AAAA-MM-JJ, par exemple 2025-12-23."),
        ("٢٠٢٥-١٢-٢٣", "La date s'écrit AAAA-MM-JJ, par exemple 2025-12-23."),
        ("2025-W52-2", "La date s'écrit AAAA-MM-JJ, par exemple 2025-12-23."),
        ("2025-02-29", "La date 2025-02-29 n'existe pas."),
        ("0000-00-00", "La date 0000-00-00 n'existe pas."),
        ("1999-12-31", "La date 1999-12-31 est hors des années 2000 à 2099."),
        ("2100-01-01", "La date 2100-01-01 est hors des années 2000 à 2099."),
    ],
)
def test_a_refusal_says_why(text, sentence):
    with pytest.raises(dates.DateError) as refused:
        dates.read_date(text)
    assert str(refused.value) == sentence


@pytest.mark.parametrize(
    ("moment", "night"),
    [
        ("2025-12-23T16:59", date(2025, 12, 22)),
        ("2025-12-23T17:00", date(2025, 12, 23)),
        ("2025-12-24T04:59", date(2025, 12, 23)),
        ("2025-12-24T05:00", date(2025, 12, 23)),
        ("2025-12-24T11:00", date(2025, 12, 23)),
        ("2025-07-01T15:59", date(2025, 6, 30)),
        ("2025-07-01T16:00", date(2025, 7, 1)),
        ("2025-03-09T16:30", date(2025, 3, 9)),
        ("2025-11-02T16:30", date(2025, 11, 1)),
    ],
)
def test_before_noon_on_the_clock_of_the_hotel_one_works_on_yesterday(moment, night):
    """The two last are the days when the clocks change."""
    utc = datetime.fromisoformat(moment).replace(tzinfo=UTC)
    assert dates.current_business_date(utc, ZONE) == night


@given(st.datetimes(datetime(2001, 1, 1), datetime(2099, 1, 1)).map(lambda moment: moment.replace(tzinfo=UTC)))  # noqa: DTZ001
def test_the_night_by_default_is_today_or_yesterday_and_never_goes_back(moment):
    here = dates.local(moment, ZONE).date()
    night = dates.current_business_date(moment, ZONE)
    assert night in (here, here - timedelta(days=1))
    assert night <= dates.current_business_date(moment + timedelta(hours=2), ZONE)


def test_the_hour_that_turns_is_a_setting():
    moment = datetime(2025, 12, 23, 12, 0, tzinfo=UTC)
    assert dates.current_business_date(moment, "UTC", turns_at=13) == date(2025, 12, 22)
    assert dates.current_business_date(moment, "UTC", turns_at=0) == date(2025, 12, 23)


def test_now_is_aware():
    assert dates.now().tzinfo is UTC


@given(DAYS)
def test_tomorrow_and_the_length_of_the_month(day):
    tomorrow = dates.next_day(day)
    assert tomorrow - day == timedelta(days=1)
    assert (tomorrow.month != day.month) == (day.day == dates.days_in_month(day))


JUMPS = {
    "America/Toronto": (date(2026, 3, 8), "02:00", "03:00", datetime(2026, 3, 8, 7, tzinfo=UTC)),
    "America/Vancouver": (date(2026, 3, 8), "02:00", "03:00", datetime(2026, 3, 8, 10, tzinfo=UTC)),
    "America/St_Johns": (date(2026, 3, 8), "02:00", "03:00", datetime(2026, 3, 8, 5, 30, tzinfo=UTC)),
    "Europe/Paris": (date(2026, 3, 29), "02:00", "03:00", datetime(2026, 3, 29, 1, tzinfo=UTC)),
    "Australia/Lord_Howe": (date(2026, 10, 4), "02:00", "02:30", datetime(2026, 10, 3, 15, 30, tzinfo=UTC)),
    "America/Havana": (date(2026, 3, 8), "00:00", "01:00", datetime(2026, 3, 8, 5, tzinfo=UTC)),
    "Pacific/Apia": (date(2011, 12, 30), "00:00", "23:59", datetime(2011, 12, 30, 10, tzinfo=UTC)),
}
"""The day, the first hour skipped, the first that is not, the instant of the jump; Apia skipped a whole day."""


@pytest.mark.parametrize("zone", JUMPS)
def test_every_hour_that_the_clock_skips_is_the_first_instant_after(zone):
    day, first, end, jump = JUMPS[zone]
    minutes = [time(n // 60, n % 60) for n in range(24 * 60)]
    skipped = [one for one in minutes if time.fromisoformat(first) <= one < time.fromisoformat(end)]
    assert {dates.instant(day, one, zone) for one in skipped} == {jump}
    assert dates.instant(day, time.fromisoformat(first), zone) - timedelta(seconds=1) < jump


@pytest.mark.parametrize("zone", [*JUMPS, "Asia/Beirut", "America/Santiago"])
def test_the_hours_of_a_day_are_in_the_order_of_their_instants_every_day_of_a_year(zone):
    day, before = date(2026, 1, 1), datetime(2025, 12, 31, tzinfo=UTC)
    while day < date(2027, 1, 1):
        for minute in range(0, 24 * 60, 15):
            hour = time(minute // 60, minute % 60)
            at = dates.instant(day, hour, zone)
            wall = dates.local(at, zone).replace(tzinfo=None)
            assert before <= at
            assert wall >= datetime.combine(day, hour)
            just_before = dates.local(at - timedelta(seconds=1), zone).replace(tzinfo=None)
            assert just_before < datetime.combine(day, hour)
            before = at
        day += timedelta(days=1)


def test_an_hour_struck_twice_is_the_first_of_the_two():
    first = dates.instant(date(2026, 11, 1), time(1, 30), ZONE)
    assert first == datetime(2026, 11, 1, 5, 30, tzinfo=UTC)
    assert dates.strikes(date(2026, 11, 1), time(1, 30), ZONE).isoformat() == "2026-11-01T01:30:00-04:00"
