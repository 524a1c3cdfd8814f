"""Requests are drawn a few at a time, used within five seconds, and never waited for beyond the deadline."""

from datetime import timedelta

import pytest

from utils.lightspeed import budget
from utils.lightspeed.budget import BLOCK, GOOD_FOR_S, Budget
from utils.lightspeed.errors import LightspeedAPIError
from utils.lightspeed.transport import Deadline


class Clock:
    """A monotonic clock that only sleeping moves."""

    def __init__(self):
        self.at = 1000.0
        self.slept = []

    def monotonic(self):
        return self.at

    def sleep(self, seconds):
        self.slept.append(seconds)
        self.at += seconds


@pytest.fixture
def clock(monkeypatch):
    made = Clock()
    monkeypatch.setattr(budget, "time", made)
    return made


def drawn(*answers):
    """A budget whose database answers so, and the draws that were asked."""
    asked, left = [], list(answers)

    def draw(count):
        asked.append(count)
        return left.pop(0)

    return Budget(draw), asked


def test_a_block_is_drawn_once_for_ten_requests(clock):
    one, asked = drawn((BLOCK, timedelta(0)), (BLOCK, timedelta(0)))
    for _ in range(BLOCK):
        one.acquire(Deadline(60))
    assert asked == [BLOCK]
    one.acquire(Deadline(60))
    assert asked == [BLOCK, BLOCK]
    assert clock.slept == []


def test_what_was_not_used_in_five_seconds_is_lost(clock):
    one, asked = drawn((BLOCK, timedelta(0)), (BLOCK, timedelta(0)))
    one.acquire(Deadline(60))
    clock.at += GOOD_FOR_S
    one.acquire(Deadline(60))
    assert len(asked) == 1
    clock.at += 0.1
    one.acquire(Deadline(60))
    assert len(asked) == 2


def test_one_waits_for_ones_turn(clock):
    one, asked = drawn((0, timedelta(seconds=3)), (2, timedelta(0)))
    one.acquire(Deadline(60))
    assert (clock.slept, len(asked)) == ([3.0], 2)


def test_a_turn_that_comes_too_late_is_not_waited_for(clock):
    one, _ = drawn((0, timedelta(seconds=30)))
    with pytest.raises(LightspeedAPIError) as caught:
        one.acquire(Deadline(10))
    assert (caught.value.kind, caught.value.retry_after, clock.slept) == ("occupe", 31, [])


def test_a_database_that_gives_nothing_and_no_wait_is_not_asked_without_end(clock):
    one, _ = drawn((0, timedelta(0)), (1, timedelta(0)))
    one.acquire(Deadline(60))
    assert clock.slept == [0.01]
