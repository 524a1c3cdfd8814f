"""The rate of the simulator: sixty requests, one more each second, account by account."""

import pytest

from utils.simulators import bucket
from utils.simulators.bucket import SIZE, Buckets


class Clock:
    """A clock that the test moves."""

    at = 100.0

    def monotonic(self):
        return self.at


@pytest.fixture
def clock(monkeypatch):
    made = Clock()
    monkeypatch.setattr(bucket, "time", made)
    return made


def test_sixty_requests_are_free_then_one_waits(clock):
    buckets = Buckets()
    assert [buckets.draw("A") for _ in range(SIZE)] == [0] * SIZE
    assert buckets.draw("A") == 2
    assert buckets.draw("B") == 0


def test_one_drains_each_second(clock):
    buckets = Buckets()
    for _ in range(SIZE):
        buckets.draw("A")
    clock.at += 2
    assert [buckets.draw("A") for _ in range(3)] == [0, 0, 2]


def test_a_rate_that_is_not_enforced_refuses_nothing(clock):
    buckets = Buckets()
    buckets.enforced = False
    assert {buckets.draw("A") for _ in range(2 * SIZE)} == {0}


def test_what_is_left_is_told(clock):
    buckets = Buckets()
    for _ in range(3):
        buckets.draw("A")
    told = buckets.headers("A")
    assert told["RateLimit"] == '"account";r=57;t=3'
    assert told["X-LS-API-Bucket-Level"] == "3/60"
    assert buckets.headers("B")["RateLimit"] == '"account";r=60;t=1'
