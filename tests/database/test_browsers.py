"""The browsers in which an account was opened: known by a digest, twenty at most."""

from datetime import timedelta

import pytest

from database import browsers
from database.browsers import MOST, digest, knows, learn
from database.transaction import write
from tests.database.conftest import NOW

EMAIL = "auditeur@demo.hotel"


@pytest.fixture
def connection(app_sqlite):
    with app_sqlite.app_context(), write() as found:
        yield found


def test_a_token_is_kept_as_a_digest_and_none_is_none():
    assert len(digest("jeton")) == 64
    assert digest("jeton") != digest("Jeton")
    assert digest("") == ""


def test_a_browser_is_known_once_it_was_learnt_by_its_own_account(connection):
    user_id = 1
    address = connection.exec_driver_sql("SELECT email FROM users WHERE id = 1").scalar_one()
    assert not knows(connection, address, digest("a"))
    assert not learn(connection, user_id, digest("a"), NOW)
    assert knows(connection, address, digest("a"))
    assert not knows(connection, address, digest("b"))
    assert not knows(connection, "personne@demo.hotel", digest("a"))
    assert not knows(connection, "a\0b", digest("a"))


def test_a_second_browser_is_a_new_one_and_the_same_again_is_not(connection):
    assert not learn(connection, 1, digest("a"), NOW)
    assert learn(connection, 1, digest("b"), NOW)
    assert not learn(connection, 1, digest("b"), NOW)
    assert not learn(connection, 1, "", NOW)


def test_the_browser_not_seen_for_longest_gives_its_place(connection):
    for number in range(MOST + 1):
        learn(connection, 1, digest(str(number)), NOW + timedelta(minutes=number))
    kept = connection.exec_driver_sql("SELECT count(*) FROM known_browsers WHERE user_id = 1").scalar_one()
    address = connection.exec_driver_sql("SELECT email FROM users WHERE id = 1").scalar_one()
    assert kept == MOST == browsers.MOST
    assert not knows(connection, address, digest("0"))
    assert knows(connection, address, digest(str(MOST)))
