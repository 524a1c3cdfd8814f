"""What leaves for MARSHA, by its named writes: one a sequence, one process at a time, never two of a date crossing."""

from datetime import timedelta
from hashlib import sha256

import pytest
from sqlalchemy import text, update

from database import marsha
from database.marsha import Benchmark, NewSubmission
from database.models import NightAuditSession
from database.models.marsha import ACCEPTED, RECEIVED, REFUSED, REJECTED, SENDING, SUPERSEDED, WAITING, WITHDRAWN
from database.transaction import read, write
from tests.database.conftest import DAY, NOW, new_night

LATER = NOW + timedelta(minutes=3)


@pytest.fixture
def night(app, hotel):
    """A night that was locked, and that may leave now."""
    with write() as connection:
        made = new_night(connection, hotel)
        connection.execute(update(NightAuditSession).values(status="locked", leaves_at=NOW))
    return made


@pytest.fixture
def add(night, hotel):
    """Write a submission of the night."""

    def added(sequence=1, **changed):
        body = f"envoi {sequence}"
        row = {
            "property_id": hotel,
            "night_id": night,
            "business_date": DAY,
            "sequence": sequence,
            "revision": sequence,
            "idempotency_key": f"{sequence:036}",
            "body": body,
            "digest": sha256(body.encode()).hexdigest(),
            "status": WAITING,
            "created_at": NOW,
            "due_at": NOW,
            "source": "live",
        }
        with write() as connection:
            return marsha.add(connection, NewSubmission(**row | changed))

    return added


def claim(owner="un", at=NOW):
    """A turn of a process."""
    with write() as connection:
        return marsha.claim(connection, owner, at)


def settle(taken, owner="un", **values):
    """How a sending ended."""
    with write() as connection:
        return marsha.settle(connection, taken, owner, **values)


def states(hotel):
    """The submissions of the night, latest first."""
    with read() as connection:
        return [(one.sequence, one.status) for one in marsha.of_date(connection, hotel, DAY)]


def test_a_sequence_is_written_once_and_taken_by_one(add, hotel):
    assert [add(), add()] == [True, False]
    taken = claim()
    assert (taken.status, taken.attempts) == (SENDING, 1)
    assert claim("deux") is None


def test_what_died_is_taken_again_once_its_lease_is_over_and_its_first_owner_changes_nothing(add, hotel):
    add()
    first = claim()
    again = claim("deux", LATER)
    assert (again.body, again.idempotency_key, again.attempts) == (first.body, first.idempotency_key, 2)
    assert not settle(first, status=REFUSED)
    assert settle(again, "deux", status=RECEIVED, marsha_id="d1")
    assert states(hotel) == [(1, RECEIVED)]


def test_a_night_that_is_open_or_may_be_taken_back_holds_its_submission(add, hotel):
    with write() as connection:
        opened = new_night(connection, hotel, DAY + timedelta(days=1))
    add(night_id=opened, business_date=DAY + timedelta(days=1), idempotency_key="0" * 36)
    assert claim() is None
    add()
    with write() as connection:
        connection.execute(update(NightAuditSession).where(NightAuditSession.id != opened).values(leaves_at=LATER))
    assert claim() is None
    assert claim("un", LATER).night_id != opened


def test_two_of_one_date_never_cross(add, hotel):
    add(1)
    add(2)
    first = claim()
    assert first.sequence == 1
    assert claim("deux") is None
    settle(first, status=RECEIVED, marsha_id="d1", next_at=LATER)
    second = claim("deux")
    assert second.sequence == 2
    with write() as connection:
        marsha.supersede(connection, second)
    assert states(hotel) == [(2, SENDING), (1, SUPERSEDED)]


def test_only_what_nobody_tried_is_withdrawn_and_only_what_waits_or_was_given_up_is_tried_again(add, hotel):
    add()
    taken = claim()
    with write() as connection:
        assert marsha.withdraw(connection, hotel, DAY) == []
    settle(taken, status=REFUSED, error="Non.")
    with write() as connection:
        assert marsha.retry(connection, taken, NOW)
        connection.execute(text("UPDATE marsha_submissions SET attempts = 0"))
        assert [one.sequence for one in marsha.withdraw(connection, hotel, DAY)] == [1]
        assert not marsha.retry(connection, taken, NOW)
    assert states(hotel) == [(1, WITHDRAWN)]


def test_a_decision_needs_a_receipt_that_stands_and_notices_come_in_order(add, hotel):
    add()
    taken = claim()
    with write() as connection:
        assert not marsha.validate(connection, taken, ACCEPTED, [], NOW)
    settle(taken, status=RECEIVED, marsha_id="d1")
    with write() as connection:
        assert [marsha.hear(connection, taken, place) for place in (2, 2, 1, 3)] == [True, False, False, True]
        assert marsha.validate(connection, taken, REJECTED, [{"message": "non"}], NOW)
        found = marsha.by_marsha_id(connection, hotel, "d1")
        assert (found.status, found.errors) == (REJECTED, [{"message": "non"}])
        assert marsha.by_marsha_id(connection, hotel + 1, "d1") is None


def test_a_set_is_kept_in_the_place_of_the_one_before_and_read_beside_the_latest_revision(app, hotel):
    kept = Benchmark(hotel, DAY, 1, "preliminary", True, 5, False, *(None,) * 8, "revpar", "live", NOW)
    with write() as connection:
        for one in (kept, kept._replace(status="final"), kept._replace(revision=2, status="preliminary")):
            marsha.keep_benchmark(connection, one)
        found = marsha.benchmarks(connection, hotel, DAY, DAY)
        assert [(one.revision, one.status) for one in found] == [(2, "preliminary")]
        count = connection.execute(text("SELECT count(*) FROM marsha_benchmarks")).scalar_one()
    assert count == 2
