"""Signing in: what is refused says nothing, what is right opens a session, a second factor is awaited."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from database import factors
from database.factors import Device
from database.transaction import write
from tests.applications import PASSWORD
from tests.utils.accounts.conftest import AT, ELSEWHERE, HERE, rows
from utils.accounts import passwords, sign_in
from utils.accounts.sign_in import NeedsCode, Refusal

EMAIL = "auditeur@demo.hotel"


def signed(password=PASSWORD, email=EMAIL, origin=HERE, at=AT):
    return sign_in.sign_in(email, password, origin, at)


@pytest.fixture
def device(accounts):
    """The auditor has a second factor."""
    with write() as connection:
        factors.enrol(connection, accounts["auditeur"], Device("scellé", 1), ["code"], AT)
    return accounts["auditeur"]


def test_the_right_pair_opens_a_session(accounts):
    token = signed()
    assert isinstance(token, str)
    assert len(token) > 20
    assert rows("SELECT count(*) FROM user_sessions") == [(1,)]
    assert token not in str(rows("SELECT * FROM user_sessions"))


@pytest.mark.parametrize(("email", "password"), [(EMAIL, "faux"), ("personne@demo.hotel", PASSWORD), ("", "")])
def test_a_wrong_pair_never_says_which_half(accounts, email, password):
    assert signed(password, email) == Refusal()
    assert rows("SELECT count(*) FROM user_sessions") == [(0,)]


def test_a_closed_account_is_refused_as_a_wrong_pair(accounts):
    with write() as connection:
        connection.execute(text("UPDATE users SET active = 0 WHERE email = :email"), {"email": EMAIL})
    assert signed() == Refusal()


def test_after_too_many_failures_even_the_right_one_waits(accounts):
    for _ in range(5):
        signed("faux", origin=ELSEWHERE)
    refused = signed(origin=ELSEWHERE)
    assert refused.wait > timedelta(0)
    assert isinstance(signed(origin=HERE), str)


def test_a_password_hashed_under_older_parameters_is_hashed_again(accounts, monkeypatch):
    before = rows("SELECT password_hash FROM users WHERE email = :email", email=EMAIL)
    monkeypatch.setattr(passwords, "outdated", lambda _: True)
    assert isinstance(signed(), str)
    ((after,),) = rows("SELECT password_hash FROM users WHERE email = :email", email=EMAIL)
    assert (after,) not in before
    assert passwords.matches(PASSWORD, after)


def test_a_second_factor_is_awaited_in_the_same_browser(device):
    needs = signed()
    assert isinstance(needs, NeedsCode)
    assert sign_in.awaited(needs.waiting, HERE, AT) == device
    assert sign_in.awaited(needs.waiting, ELSEWHERE, AT) is None
    assert sign_in.awaited("faux", HERE, AT) is None


def test_a_code_that_was_right_opens_a_session_once(device):
    needs = signed()
    assert sign_in.finish(needs.waiting, ELSEWHERE, AT) is None
    assert isinstance(sign_in.finish(needs.waiting, HERE, AT), str)
    assert sign_in.finish(needs.waiting, HERE, AT) is None


def locked(device, at=AT):
    """Sign in with a code, then lock; the pass that is left."""
    sign_in.finish(signed(at=at).waiting, HERE, at)
    ((session,),) = rows("SELECT max(id) FROM user_sessions")
    return sign_in.lock(device, session, HERE, at)


def test_who_comes_back_to_a_locked_session_gives_no_other_code(device):
    left = locked(device)
    assert left
    token = sign_in.come_back(signed(), left, HERE, AT + timedelta(minutes=5), timedelta(hours=8))
    assert isinstance(token, str)


@pytest.mark.parametrize(("minutes", "origin"), [(8 * 60, HERE), (5, ELSEWHERE)])
def test_the_pass_is_good_for_a_while_in_one_browser(device, minutes, origin):
    left = locked(device)
    assert sign_in.come_back(signed(), left, origin, AT + timedelta(minutes=minutes), timedelta(hours=8)) is None


def test_the_pass_of_one_opens_nothing_for_another(device):
    left = locked(device)
    other = NeedsCode(device + 1, "x")
    assert sign_in.come_back(other, left, HERE, AT, timedelta(hours=8)) is None


def test_a_session_without_a_code_leaves_no_pass(accounts):
    signed()
    ((session,),) = rows("SELECT max(id) FROM user_sessions")
    assert sign_in.lock(accounts["auditeur"], session, HERE, AT) == ""
    assert rows("SELECT count(*) FROM user_sessions WHERE ended_at IS NULL") == [(0,)]
