"""What waits for MARSHA and was written, or written over, by somebody without the keys: named, and never sent."""

from hashlib import sha256
from unittest import mock

import pytest
from sqlalchemy import text

from database import journal, journal_rows
from database.held import SUBMITTED
from database.models import Change
from database.models.marsha import ACCEPTED, REFUSED
from database.replay import SUBMITTING, Replay, earlier_submissions
from database.transaction import read, write
from database.verification import verify
from utils import dates
from utils.actions.demonstration.fill_nights import fill_nights
from utils.actions.marsha.events import say_standing
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


@pytest.mark.parametrize("told", ["retire", "accepte"])
def test_one_that_was_withdrawn_or_accepted_and_is_made_to_wait_again_never_leaves(whole, told):
    with write() as connection:
        say_standing(connection, whole.hotel.id, (whole.one(),), told, whole.clock())
        connection.execute(text("UPDATE marsha_submissions SET attempts = 1"))
    whole.rounds(4)
    assert whole.running.held() == []
    assert (whole.one().status, "n’est pas celui que dit le journal" in whole.one().error) == (REFUSED, True)


def test_a_receipt_that_was_written_over_is_named(whole):
    def named():
        with read() as connection:
            return any(f"{whole.day}.1, reçu" in one.message for one in verify(connection, 1))

    whole.rounds(2)
    assert not named()
    with write() as connection:
        connection.execute(text("UPDATE marsha_submissions SET marsha_id = 'autre' WHERE sequence = 1"))
    assert named()


def test_a_book_that_had_receipts_before_its_journal_spoke_of_submissions_is_not_accused(app_sqlite):
    with app_sqlite.app_context():
        fill_nights(dates.now(), 2)
        with read() as connection:
            rows = list(journal_rows.in_order(connection, Change.action != SUBMITTING))
            replay = Replay()
            for row in rows:
                replay.feed(row)
            assert list(replay.gaps(connection, 1)) == []
            with mock.patch.object(journal_rows, "last", side_effect=[None, rows[-1]]):
                said = earlier_submissions(connection, 1)
        with write() as connection:
            journal.append(connection, 1, journal.SYSTEM, dates.now(), said)
        assert (len(said), places()) == (2, set())
