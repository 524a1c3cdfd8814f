"""Who guesses waits, and who does not is never kept out by them."""

from datetime import timedelta

import pytest

from database import browsers
from database.transaction import write
from tests.utils.accounts.conftest import AT, ELSEWHERE, HERE
from utils.accounts.attempts import LOGIN, Origin, count, exhausted, lift, subjects_of, succeed, waits

EMAIL = "auditeur@demo.hotel"
ATTACKER = Origin("203.0.113.9")


@pytest.fixture(autouse=True)
def connection(accounts):
    """One transaction for the whole test."""
    with write() as found:
        yield found


def tried(connection, times, email=EMAIL, origin=ATTACKER):
    """How long one waits after each of so many attempts."""
    return [count(connection, LOGIN, email, origin, AT) for _ in range(times)]


def test_an_address_is_one_account_however_it_is_spelled():
    one, other = (subjects_of(LOGIN, email, HERE) for email in (EMAIL, " AUDITEUR@Demo.Hotel "))
    assert one == other
    assert one.browser is None
    assert subjects_of(LOGIN, EMAIL, HERE, known=True).browser is not None


def test_a_few_attempts_are_free_then_each_waits(connection):
    found = tried(connection, 7)
    assert found[:5] == [None] * 5
    assert found[5] > timedelta(0)
    assert waits(connection, EMAIL, AT)
    assert exhausted(connection, LOGIN, EMAIL, ATTACKER, AT)


def test_another_address_may_still_try(connection):
    tried(connection, 6)
    assert count(connection, LOGIN, EMAIL, ELSEWHERE, AT) is None
    assert not exhausted(connection, LOGIN, "autre@demo.hotel", ELSEWHERE, AT)


def test_a_whole_network_that_names_an_account_makes_it_wait(connection):
    found = [count(connection, LOGIN, EMAIL, Origin(f"203.0.113.{one}"), AT) for one in range(26)]
    assert found[24] is None
    assert found[25] > timedelta(0)


def test_a_browser_that_the_account_knows_is_kept_out_by_nobody(connection, accounts):
    browsers.learn(connection, accounts["auditeur"], HERE.known_as, AT)
    for one in range(30):
        count(connection, LOGIN, EMAIL, Origin(f"203.0.113.{one}"), AT)
    assert count(connection, LOGIN, EMAIL, HERE, AT) is None
    assert tried(connection, 6, origin=HERE)[-1] > timedelta(0)


def test_an_address_that_tries_many_accounts_waits(connection):
    found = [count(connection, LOGIN, f"personne{one}@demo.hotel", ATTACKER, AT) for one in range(21)]
    assert found[19] is None
    assert found[20] > timedelta(0)


def test_a_good_attempt_forgets_the_failures(connection):
    tried(connection, 4)
    succeed(connection, LOGIN, EMAIL, ATTACKER)
    assert tried(connection, 5) == [None] * 5


def test_a_good_attempt_of_a_known_browser_forgets_those_of_the_account(connection, accounts):
    browsers.learn(connection, accounts["auditeur"], HERE.known_as, AT)
    tried(connection, 4, origin=HERE)
    succeed(connection, LOGIN, EMAIL, HERE)
    assert tried(connection, 5, origin=HERE) == [None] * 5


def test_whoever_holds_the_account_lifts_all_that_named_it(connection):
    tried(connection, 7)
    lift(connection, EMAIL)
    assert not waits(connection, EMAIL, AT)
    assert count(connection, LOGIN, EMAIL, ATTACKER, AT) is None


def test_a_wait_ends_by_itself(connection):
    wait = tried(connection, 6)[-1]
    assert count(connection, LOGIN, EMAIL, ATTACKER, AT + wait) is None
    assert not waits(connection, EMAIL, AT + timedelta(hours=1))


def test_a_browser_without_token_is_no_browser():
    assert Origin("192.0.2.1").known_as == ""
    assert len(HERE.known_as) == 64
    assert HERE.known_as != ELSEWHERE.known_as
