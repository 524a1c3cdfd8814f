"""A session that is used lives; one that ends is over for good."""

from contextlib import contextmanager
from datetime import timedelta

from database import sessions
from database.transaction import StorageError, read, write
from tests.utils.accounts.conftest import AT, rows
from utils.accounts import presence

IDLE = timedelta(hours=1)


def opened(user_id):
    with write() as connection:
        return sessions.open_session(connection, user_id, AT)


def found(token, at=AT, property_id=1):
    with read() as connection:
        return sessions.find_session(connection, token, property_id, at, IDLE)


def test_a_session_that_is_used_says_when_and_lives_no_longer_for_it(accounts):
    token = opened(accounts["auditeur"])
    later = AT + timedelta(minutes=59)
    presence.still_here(found(token).session_id, later)
    ((seen,),) = rows("SELECT seen_at FROM user_sessions")
    assert str(seen).startswith("2025-12-24 08:59")
    assert found(token, later) is not None
    assert found(token, AT + IDLE + timedelta(minutes=1)) is None


def test_a_session_works_in_the_hotel_that_one_chose(accounts):
    token = opened(accounts["auditeur"])
    presence.work_in(found(token).session_id, 1)
    assert rows("SELECT works_in FROM user_sessions") == [(1,)]


def test_a_session_that_was_ended_is_found_no_more(accounts):
    token = opened(accounts["auditeur"])
    presence.sign_out(found(token).session_id, AT)
    assert found(token) is None


def test_a_book_that_is_busy_does_without(accounts, monkeypatch):
    @contextmanager
    def busy():
        raise StorageError("occupé")
        yield

    token = opened(accounts["auditeur"])
    monkeypatch.setattr(presence, "write", busy)
    presence.still_here(found(token).session_id, AT)
    assert found(token) is not None
