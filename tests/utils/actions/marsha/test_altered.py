"""What waits for MARSHA and was written, or written over, by somebody without the keys: named, and never sent."""

from hashlib import sha256

import pytest
from sqlalchemy import text

from database.held import SUBMITTED
from database.models.marsha import ACCEPTED, REFUSED
from database.transaction import read, write
from database.verification import verify
from utils.actions.marsha.submit import submit_dbrs
from utils.actions.person import Machine

OTHER = '{"faux":true}'
ADDED = (
    "INSERT INTO marsha_submissions (property_id, night_id, business_date, sequence, revision, idempotency_key, body,"
    " digest, status, created_at, due_at, next_at, attempts, errors, message_sequence, source)"
    " SELECT property_id, night_id, business_date, 7, revision, 'autre', :body, :digest, 'a_envoyer', created_at,"
    " due_at, next_at, 0, '[]', 0, source FROM marsha_submissions WHERE sequence = 1"
)
CHANGED = "UPDATE marsha_submissions SET body = :body, digest = :digest WHERE sequence = 1"


def alter(statement):
    with write() as connection:
        given = {"body": OTHER, "digest": sha256(OTHER.encode()).hexdigest()}
        assert connection.execute(text(statement), given).rowcount == 1


def places():
    with read() as connection:
        return {one.place for one in verify(connection, 1)}


@pytest.fixture
def whole(brand):
    """The hotel, its submission put back as it was."""
    body, digest = brand.one().body, brand.one().digest
    yield brand
    with write() as connection:
        connection.execute(text(CHANGED), {"body": body, "digest": digest})


def test_bytes_that_were_written_over_are_named_and_never_leave_and_those_of_the_night_do(whole):
    assert SUBMITTED not in places()
    alter(CHANGED)
    assert SUBMITTED in places()
    whole.rounds(2)
    assert whole.running.held() == []
    assert (whole.one().status, "n’est pas celui que dit le journal" in whole.one().error) == (REFUSED, True)
    sent = submit_dbrs(Machine(whole.hotel.id, "essai"), whole.day, whole.clock())
    assert (sent.sequence, sent.body == OTHER) == (2, False)
    whole.rounds(2)
    assert [one[1] for one in whole.running.held()] == [2]
    assert whole.one().status == ACCEPTED


def test_a_submission_that_was_added_is_named_and_never_leaves(whole):
    alter(ADDED)
    assert SUBMITTED in places()
    whole.rounds(2)
    assert [one[1] for one in whole.running.held()] == [1]
