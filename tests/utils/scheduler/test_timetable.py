"""What is due and when, held against a clock that is read minute by minute."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.utils.scheduler.clock import DAY, HOUR, MINUTE
from utils.dates import instant
from utils.scheduler.timetable import HOURS, ScheduledHotel, When, last_due, next_due, occurrences

ZONES = ("America/Toronto", "America/Vancouver", "Europe/Paris", "Australia/Lord_Howe")
NIGHTS = 400
START = datetime(2026, 1, 15, 12, tzinfo=UTC)
JOBS = {"synchro": When("synchro", HOUR), "digest": When("digest", HOUR), "soir": When("jeton", HOUR, same_day=True)}


def house(zone="America/Toronto", since=START, *documents):
    return ScheduledHotel(1, zone, since, documents)


def read_on_the_wall(zone, clock):
    """The instants, over the nights, at which a wall clock shows this hour for the first time of its day."""
    here, at, seen = ZoneInfo(zone), START, {}
    wanted = time.fromisoformat(clock)
    while at < START + NIGHTS * DAY:
        local = at.astimezone(here)
        if local.time() >= wanted:
            seen.setdefault(local.date(), at)
        at += MINUTE * 15
    return {day: at for day, at in seen.items() if at.astimezone(here).time() < time(23)}


@pytest.mark.parametrize("zone", ZONES)
def test_over_400_nights_and_both_changes_each_hour_strikes_once_a_day_when_the_wall_shows_it(zone):
    end = START + NIGHTS * DAY
    found = list(occurrences(JOBS, [house(zone)], START, end))
    for job, when in JOBS.items():
        mine = [one for one in found if one.job == job]
        nights = [one.night for one in mine]
        assert len(set(nights)) == len(mine) == NIGHTS
        assert nights == [nights[0] + timedelta(days=n) for n in range(NIGHTS)]
        wall = read_on_the_wall(zone, HOURS[when.hour])
        for one in mine:
            local = one.at.astimezone(ZoneInfo(zone))
            assert (local.hour, local.minute) == (int(HOURS[when.hour][:2]), 0)
            assert one.night == local.date() - (timedelta() if when.same_day else DAY)
            assert wall.get(local.date(), one.at) == one.at


@pytest.mark.parametrize(
    ("clock", "day", "utc"),
    [
        ("03:00", date(2026, 3, 7), "08:00"),
        ("03:00", date(2026, 3, 8), "07:00"),
        ("02:00", date(2026, 3, 8), "07:00"),
        ("02:30", date(2026, 3, 8), "07:00"),
        ("02:59", date(2026, 3, 8), "07:00"),
        ("03:15", date(2026, 3, 8), "07:15"),
        ("01:30", date(2026, 11, 1), "05:30"),
        ("03:00", date(2026, 11, 1), "08:00"),
    ],
)
def test_an_hour_that_is_skipped_or_struck_twice_is_one_instant(clock, day, utc):
    """02:30 does not exist on 8 March 2026: it is 03:00 by the wall; 01:30 exists twice on 1 November: the first."""
    assert f"{instant(day, clock, 'America/Toronto'):%H:%M}" == utc


def test_hours_follow_the_settings_of_their_day():
    changed = ((date(2026, 2, 1), {"automatismes": {"synchro": "04:15"}, "rooms": 12}),)
    found = occurrences(
        {"synchro": JOBS["synchro"]}, [house("America/Toronto", START, *changed)], START, START + 20 * DAY
    )
    walls = {one.night: f"{one.at.astimezone(ZoneInfo('America/Toronto')):%H:%M}" for one in found}
    assert walls[date(2026, 1, 30)] == "03:00"
    assert walls[date(2026, 1, 31)] == "04:15"


def test_a_weekly_job_is_due_on_the_day_the_hotel_chose():
    when = {"hebdo": When("digest", HOUR, weekly=True)}
    plain = list(occurrences(when, [house()], START, START + 28 * DAY))
    chosen = ((date(2024, 1, 1), {"automatismes": {"hebdo_jour": "jeudi"}}),)
    other = list(occurrences(when, [house("America/Toronto", START, *chosen)], START, START + 28 * DAY))
    assert [one.at.weekday() for one in plain] == [0] * 4
    assert [one.at.weekday() for one in other] == [3] * 4


def test_nothing_is_due_from_before_the_hotel():
    late = house("America/Toronto", START + 10 * DAY)
    assert min(one.at for one in occurrences(JOBS, [late], START, START + 20 * DAY)) >= late.since


def test_the_last_and_the_next_are_about_the_instant():
    for minutes in range(0, 3 * 24 * 60, 37):
        at = datetime(2026, 10, 31, tzinfo=UTC) + minutes * MINUTE
        for when in JOBS.values():
            before, after = last_due(when, house(), at), next_due(when, house(), at)
            assert before[0] <= at < after[0]
            assert after[1] - before[1] == DAY


def test_what_goes_on_all_day_is_due_at_once_when_everything_begins_in_the_middle_of_one():
    when = {"courriels": When("minuit", DAY, same_day=True, all_day=True), "synchro": JOBS["synchro"]}
    found = list(occurrences(when, [house()], START, START + 2 * HOUR))
    assert [(one.job, one.night) for one in found] == [("courriels", date(2026, 1, 15))]
    assert found[0].at == datetime(2026, 1, 15, 5, tzinfo=UTC)
