"""A GET is asked again when waiting may cure it, no longer than anybody waits; what is final is final."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
import requests

from utils.lightspeed import retry
from utils.lightspeed.errors import LightspeedAPIError
from utils.lightspeed.retry import ATTEMPTS, persistent, retry_after
from utils.lightspeed.transport import Answer, Deadline

NOW = datetime(2025, 12, 24, 8, 0, tzinfo=UTC)


@pytest.fixture
def slept(monkeypatch):
    """The pauses that were made, none of them really."""
    pauses = []
    monkeypatch.setattr(retry.time, "sleep", pauses.append)
    return pauses


def asked(*answers, seconds=60):
    """What comes of a server that answers so, one after the other."""
    waiting = list(answers)

    def send():
        one = waiting.pop(0)
        if isinstance(one, Exception):
            raise one
        status, headers = one if isinstance(one, tuple) else (one, {})
        return Answer(status, headers, b"")

    return persistent(send, Deadline(seconds)), len(waiting)


def failed(*answers, seconds=60):
    with pytest.raises(LightspeedAPIError) as caught:
        asked(*answers, seconds=seconds)
    return caught.value


@pytest.mark.parametrize("status", [200, 304, 400, 401, 404, 422])
def test_what_waiting_cannot_cure_is_returned_at_once(slept, status):
    answer, left = asked(status, 200)
    assert (answer.status, left, slept) == (status, 1, [])


@pytest.mark.parametrize("first", [429, 503, 408, 500, 502, 504, requests.ConnectionError("x"), OSError("x")])
def test_what_passes_is_asked_again(slept, first):
    answer, _ = asked(first, 200)
    assert answer.status == 200
    assert len(slept) == 1
    assert 0.2 <= slept[0] <= 0.3


def test_each_pause_is_longer_than_the_one_before(slept):
    answer, _ = asked(500, 500, 200)
    assert answer.status == 200
    assert slept[0] < slept[1] <= 0.6


@pytest.mark.parametrize(
    ("answer", "kind", "status"),
    [
        (503, "occupe", 503),
        (502, "serveur", 502),
        (requests.Timeout("x"), "delai", None),
        (requests.ConnectionError("x"), "reseau", None),
    ],
)
def test_after_three_times_it_is_an_error_of_its_kind(slept, answer, kind, status):
    error = failed(*[answer] * ATTEMPTS)
    assert (error.kind, error.status, len(slept)) == (kind, status, ATTEMPTS - 1)


def test_the_server_says_how_long_to_wait(slept):
    asked((429, {"Retry-After": "2"}), 200)
    assert slept == [2]


@pytest.mark.parametrize(("seconds", "asked_for"), [(60, "31"), (5, "6")])
def test_a_wait_that_is_too_long_is_left_to_a_job(slept, seconds, asked_for):
    error = failed((429, {"Retry-After": asked_for, "X-Request-Id": "r-7"}), 200, seconds=seconds)
    assert (error.retry_after, error.request_id, slept) == (int(asked_for), "r-7", [])


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        (None, None),
        ("120", 120),
        (" 0 ", 0),
        ("99999999999", 86_400),
        ("bientôt", None),
        ("-5", None),
        ("", None),
        ("٣", None),
        (format_datetime(NOW + timedelta(seconds=90)), 90),
        (format_datetime(NOW - timedelta(seconds=90)), 0),
        (format_datetime(NOW + timedelta(days=30)), 86_400),
        ("Wed, 24 Dec 2025 08:01:00", None),
    ],
)
def test_how_long_to_wait_is_in_seconds_or_a_date_and_never_more_than_a_day(text, seconds):
    assert retry_after(text, NOW) == seconds
