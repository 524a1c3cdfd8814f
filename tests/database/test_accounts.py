"""Accounts, roles, sessions, and the count of failed log-ins."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import text, update
from sqlalchemy.exc import DBAPIError

from database import members, sessions, throttles, users
from database.models import User
from database.throttles import Subject
from database.transaction import read, write
from tests.database.conftest import NOW, rows
from tests.database.test_properties import new_hotel

OLDEST = NOW - timedelta(hours=12)
ACCOUNT = Subject("compte", "auditeur@demo.hotel", 5)
ADDRESS = Subject("adresse", "192.0.2.1", 20)


@pytest.fixture
def marie(app, hotel):
    """The id of a new account, supervisor of the demonstration hotel."""
    with write() as connection:
        user_id = users.create_account(connection, " Marie@Hotel.CA ", "Marie", "x", NOW, must_change_password=True)
        users.give_role(connection, user_id, hotel, "front_desk_supervisor")
    return user_id


@pytest.fixture
def token(marie):
    """The token of a session of hers."""
    with write() as connection:
        return sessions.open_session(connection, marie, NOW)


def found(token, property_id=0, oldest=OLDEST):
    """The live session of a token."""
    with read() as connection:
        return sessions.find_session(connection, token, property_id, NOW, NOW - oldest)


def test_an_address_is_kept_in_small_letters_and_found_in_any(marie):
    with read() as connection:
        account = users.account_by_email(connection, "MARIE@hotel.ca")
        assert (account.id, account.email, account.active) == (marie, "marie@hotel.ca", True)
        assert users.account_by_email(connection, "autre@hotel.ca") is None
        assert users.account_by_email(connection, "marie@hotel.ca\0") is None


def test_an_address_has_one_account(marie):
    with pytest.raises(DBAPIError), write() as connection:
        users.create_account(connection, "marie@hotel.ca", "Autre", "x", NOW, must_change_password=False)
    with pytest.raises(DBAPIError), write() as connection:
        connection.execute(text("UPDATE users SET email = 'MAJUSCULE@demo.hotel'"))


def test_a_role_is_one_a_hotel_and_can_change(marie, hotel):
    with write() as connection:
        users.give_role(connection, marie, hotel, "gm")
        assert [(one.property_id, one.role) for one in members.hotels_of(connection, marie)] == [(hotel, "gm")]
    with pytest.raises(ValueError, match="roi"), write() as connection:
        users.give_role(connection, marie, hotel, "roi")


def test_a_session_says_who_where_and_in_which_role(marie, token, hotel):
    session = found(token)
    assert session[1:] == (marie, "marie@hotel.ca", "Marie", "auto", True, hotel, "DEMO", "front_desk_supervisor")
    assert rows("SELECT count(*) FROM user_sessions WHERE token_hash = :t", t=token) == [(0,)]
    assert found(token + "x") is None


def test_a_session_works_in_the_hotel_it_chose(marie, token, hotel):
    other = new_hotel("AUTRE").id
    assert found(token, other).property_id == hotel
    with write() as connection:
        users.give_role(connection, marie, other, "accounting")
        assert sessions.role_in(connection, marie, "AUTRE") == (other, "accounting")
        assert sessions.role_in(connection, marie, "AUTRE\0") is None
        assert sessions.role_in(connection, 1, "AUTRE") is None
    assert (found(token).code, found(token, other).code, found(token, 999).code) == ("DEMO", "AUTRE", "DEMO")
    assert found(token, other).role == "accounting"


def test_a_session_ends_for_good(token):
    with write() as connection:
        sessions.end_session(connection, found(token).session_id, NOW)
    assert found(token) is None


def test_a_session_does_not_last_for_ever(token):
    assert found(token, oldest=NOW - timedelta(seconds=1)) is not None
    assert found(token, oldest=NOW) is None


@pytest.mark.parametrize(
    "ending",
    [
        lambda connection, user_id: users.change_password(connection, user_id, "y", NOW),
        lambda connection, user_id: users.set_active(connection, user_id, NOW, active=False),
        lambda connection, user_id: users.end_sessions(connection, user_id, NOW),
    ],
    ids=["password", "deactivated", "ended"],
)
def test_every_session_of_an_account_ends_at_once(marie, token, ending):
    with write() as connection:
        second = sessions.open_session(connection, marie, NOW)
        other = sessions.open_session(connection, 1, NOW)
        ending(connection, marie)
    assert (found(token), found(second)) == (None, None)
    assert found(other).user_id == 1
    with write() as connection:  # even if somebody brings the row back to life
        connection.execute(text("UPDATE user_sessions SET ended_at = NULL"))
    assert found(token) is None


def test_an_account_without_hotel_has_no_session(token):
    with write() as connection:
        connection.execute(text("DELETE FROM memberships"))
    assert found(token) is None


def test_a_new_password_is_one_s_own_and_a_new_hash_is_not(marie, token):
    with write() as connection:
        users.rehash_password(connection, marie, "z")
    assert found(token).must_change_password
    with write() as connection:
        users.change_password(connection, marie, "y", NOW)
        token = sessions.open_session(connection, marie, NOW)
    assert not found(token).must_change_password
    assert rows("SELECT password_hash FROM users WHERE id = :i", i=marie) == [("y",)]


def test_a_session_that_works_is_noted(token):
    with write() as connection:
        sessions.touch_session(connection, found(token).session_id, NOW + timedelta(minutes=5))
        connection.execute(update(User).values(theme="sombre"))
    assert rows("SELECT created_at < seen_at FROM user_sessions") == [(True,)]
    assert found(token).theme == "sombre"


def attempts(number, subject=ACCOUNT, at=NOW):
    """What so many attempts hear."""
    heard = []
    for _ in range(number):
        with write() as connection:
            wait = throttles.reserve(connection, subject, at)
        heard.append(wait.total_seconds() if wait else None)
    return heard


def test_past_the_allowance_each_attempt_waits_longer(app):
    assert attempts(6) == [None] * 5 + [30.0]
    assert attempts(2, at=NOW + timedelta(seconds=30)) == [None, 60.0]
    assert attempts(2, at=NOW + timedelta(seconds=90)) == [None, 120.0]
    later = NOW + timedelta(seconds=90)
    for _ in range(8):
        later += timedelta(minutes=15)
        attempts(1, at=later)
    assert attempts(1, at=later) == [900.0]
    assert attempts(6, at=later + throttles.FORGET_AFTER) == [None] * 5 + [30.0]


def test_subjects_do_not_share_their_count(app):
    attempts(5)
    assert attempts(1, Subject("compte", "autre@demo.hotel", 5)) == attempts(1, ADDRESS) == [None]
    assert rows("SELECT count(*) FROM login_throttles WHERE subject LIKE '%@%' OR subject LIKE '%192.0%'") == [(0,)]


def test_a_good_attempt_clears_the_account_and_is_given_back_to_the_address(app):
    attempts(5)
    attempts(20, ADDRESS)
    with write() as connection:
        throttles.forgive(connection, ACCOUNT)
        throttles.give_back(connection, ADDRESS)
    assert attempts(1) == [None]
    assert attempts(2, ADDRESS) == [None, 30.0]


def test_attempts_at_once_are_all_counted(app):
    def attempt(_):
        with app.app_context():
            return attempts(1)

    with ThreadPoolExecutor(8) as pool:
        heard = [each[0] for each in pool.map(attempt, range(24))]
    assert heard.count(None) == 5
