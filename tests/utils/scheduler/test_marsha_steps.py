"""The steps that speak to MARSHA: again until the day ends, until the set is final, or nothing without a connection."""

from datetime import UTC, date, datetime, timedelta

import pytest

from database.models.jobs import DONE, NEEDLESS, WAITING
from utils.actions.marsha import market, receipts, send
from utils.marsha.errors import MarshaConfigError, MarshaError
from utils.scheduler import marsha_steps
from utils.scheduler.timetable import ScheduledHotel
from utils.scheduler.work import Turn

NIGHT = date(2025, 12, 23)
DUE = datetime(2025, 12, 24, 11, 30, tzinfo=UTC)


def turn(after=timedelta()):
    """A turn, so long after it was due."""
    house = ScheduledHotel(1, "America/Toronto", DUE - timedelta(days=900), ())
    return Turn(house, "marsha", NIGHT, DUE, lambda: DUE + after, None)


def test_sending_goes_on_until_the_day_ends(monkeypatch):
    monkeypatch.setattr(send, "send_due", lambda _: send.Came(received=1))
    came = marsha_steps.send_waiting(turn())
    assert (came.status, came.message) == (WAITING, "DBRS reçus : 1.")
    assert marsha_steps.send_waiting(turn(timedelta(days=1))).status == DONE


@pytest.mark.parametrize(("said", "status"), [(None, NEEDLESS), (receipts.GOT, DONE)])
def test_a_hotel_that_sends_nothing_awaits_no_receipt(monkeypatch, said, status):
    monkeypatch.setattr(receipts, "tell_missing", lambda *_: said)
    assert marsha_steps.look_for_receipts(turn()).status == status


@pytest.fixture
def set_of_days(monkeypatch):
    """What asking for each date comes to."""

    def answers(missing, outcome):
        asked = []

        def fetch(_, day):
            asked.append(day)
            found = outcome.get(day, market.KEPT)
            if isinstance(found, Exception):
                raise found
            return found

        monkeypatch.setattr(market, "missing_days", lambda *_: missing)
        monkeypatch.setattr(market, "fetch_market", fetch)
        return asked

    return answers


BEFORE = NIGHT - timedelta(days=1)


def test_the_night_comes_first_then_those_of_the_week(set_of_days):
    asked = set_of_days([BEFORE, NIGHT], {})
    assert marsha_steps.fetch_benchmarks(turn()).status == DONE
    assert asked == [NIGHT, BEFORE]


def test_nothing_missing_asks_nobody(set_of_days):
    asked = set_of_days([], {})
    assert marsha_steps.fetch_benchmarks(turn()).message == marsha_steps.ALL_THERE
    assert asked == []


def test_a_set_that_is_late_is_asked_for_again_until_noon(set_of_days):
    set_of_days([NIGHT], {NIGHT: market.NOT_YET})
    came = marsha_steps.fetch_benchmarks(turn())
    assert (came.status, came.message) == (WAITING, market.NOT_YET)
    assert marsha_steps.fetch_benchmarks(turn(timedelta(hours=6))).status == DONE


def test_a_failure_keeps_the_other_dates_for_later(set_of_days):
    asked = set_of_days([BEFORE, NIGHT], {NIGHT: MarshaError("serveur")})
    assert marsha_steps.fetch_benchmarks(turn()).message == "MARSHA est en panne pour le moment."
    assert asked == [NIGHT]


def test_a_hotel_that_is_not_connected_asks_nothing(set_of_days):
    set_of_days([NIGHT], {NIGHT: MarshaConfigError()})
    assert marsha_steps.fetch_benchmarks(turn()).status == NEEDLESS
