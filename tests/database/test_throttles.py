"""Counters of failures: a few are free, then each wait is longer, up to a quarter of an hour."""

from datetime import timedelta

import pytest

from database import throttles
from database.throttles import FORGET_AFTER, LONGEST_BLOCK, Subject
from database.transaction import write
from tests.database.conftest import NOW

SUBJECT = Subject("essai", "x", 3, "x@demo.hotel")


@pytest.fixture
def connection(app_sqlite):
    with app_sqlite.app_context(), write() as found:
        yield found


def tried(connection, times, at=NOW):
    return [throttles.reserve(connection, SUBJECT, at) for _ in range(times)]


def test_a_counter_lists_nobody():
    assert len(SUBJECT.key) == 64
    assert Subject("autre", "x", 3).key != SUBJECT.key
    assert Subject("essai", "x", 9).key == SUBJECT.key


def test_waits_grow_and_end(connection):
    assert tried(connection, 3) == [None] * 3
    first = tried(connection, 1)[0]
    assert first == timedelta(seconds=30)
    assert tried(connection, 1, NOW + first) == [None]
    second = throttles.wait_of(connection, SUBJECT, NOW + first)
    assert second == 2 * first
    assert throttles.failures_of(connection, SUBJECT) == 4


def test_no_wait_is_longer_than_a_quarter_of_an_hour(connection):
    at = NOW
    for _ in range(15):
        at += throttles.reserve(connection, SUBJECT, at) or timedelta(0)
        throttles.reserve(connection, SUBJECT, at)
    assert throttles.wait_of(connection, SUBJECT, at) <= LONGEST_BLOCK


def test_a_subject_that_stayed_quiet_starts_again(connection):
    tried(connection, 4)
    assert tried(connection, 1, NOW + FORGET_AFTER + timedelta(seconds=1)) == [None]
    assert throttles.failures_of(connection, SUBJECT) == 1


def test_failures_are_forgiven_given_back_or_lifted(connection):
    tried(connection, 2)
    throttles.give_back(connection, SUBJECT)
    assert throttles.failures_of(connection, SUBJECT) == 1
    throttles.forgive(connection, SUBJECT)
    throttles.give_back(connection, SUBJECT)
    assert throttles.failures_of(connection, SUBJECT) == 0
    tried(connection, 4)
    assert throttles.account_waits(connection, "x@demo.hotel", NOW)
    throttles.lift(connection, "x@demo.hotel")
    assert not throttles.account_waits(connection, "x@demo.hotel", NOW)
    assert throttles.wait_of(connection, SUBJECT, NOW) is None
