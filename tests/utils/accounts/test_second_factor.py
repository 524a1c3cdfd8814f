"""The second factor: a secret shown once, codes good once, recovery codes that serve once."""

from datetime import timedelta

import pyotp
import pytest
import time_machine

from database import sessions
from database.journal import Actor
from database.transaction import write
from tests.utils.accounts.conftest import AT, HERE, told
from utils.accounts import second_factor
from utils.accounts.create import AccountError
from utils.accounts.second_factor import CODES, SETTING_UP, begin, begun, check, confirm, enrolled, left, remove


@pytest.fixture(autouse=True)
def clock():
    """A clock that only the test moves."""
    with time_machine.travel(AT, tick=False) as moved:
        yield moved


@pytest.fixture
def actor(accounts):
    """The auditor."""
    return Actor(accounts["auditeur"], "Auditeur")


@pytest.fixture
def session(actor):
    """The id of a session of the auditor."""
    with write() as connection:
        token = sessions.open_session(connection, actor.id, AT)
        return sessions.find_session(connection, token, 1, AT, timedelta(hours=1)).session_id


def code(secret, at=AT):
    return pyotp.TOTP(secret).at(at)


def set_up(actor, session):
    """The secret of a device that was set up a minute ago, and the recovery codes."""
    secret = begin(session, "auditeur@demo.hotel").secret
    return secret, confirm(actor, session, secret, code(secret))


def test_one_secret_waits_for_its_first_code(session, clock):
    first = begin(session, "auditeur@demo.hotel")
    assert first.address.startswith("otpauth://totp/RJ%20Natif:auditeur%40demo.hotel?")
    assert begin(session, "auditeur@demo.hotel") == first == begun(session, "auditeur@demo.hotel")
    clock.move_to(AT + SETTING_UP)
    assert begun(session, "auditeur@demo.hotel") is None
    assert begin(session, "auditeur@demo.hotel").secret != first.secret


def test_a_device_is_kept_once_its_first_code_is_right(actor, session):
    secret = begin(session, "x@demo.hotel").secret
    with pytest.raises(AccountError, match="n’est pas le bon"):
        confirm(actor, session, secret, "000000" if code(secret) != "000000" else "111111")
    assert not enrolled(actor.id)
    codes = confirm(actor, session, secret, f" {code(secret)[:3]} {code(secret)[3:]} ")
    assert enrolled(actor.id)
    assert len(set(codes)) == CODES == left(actor.id)
    assert all(len(one) == 19 and one.count("-") == 3 for one in codes)
    assert told()[-1] == (f"compte.{actor.id}", None, '"second facteur ajouté"')


def test_a_code_is_good_once_and_a_step_early_or_late(actor, session, clock):
    secret, _ = set_up(actor, session)
    with pytest.raises(AccountError):
        check(actor.id, code(secret), HERE)
    clock.move_to(AT + timedelta(minutes=5))
    later = AT + timedelta(minutes=5)
    check(actor.id, code(secret, later - timedelta(seconds=30)), HERE)
    check(actor.id, code(secret, later), HERE)
    with pytest.raises(AccountError):
        check(actor.id, code(secret, later), HERE)
    with pytest.raises(AccountError):
        check(actor.id, code(secret, later + timedelta(seconds=60)), HERE)


@pytest.mark.parametrize("given", ["", "12345", "1234567", "abcdef", "١٢٣٤٥٦", "aaaa-aaaa-aaaa-aaaa"])
def test_what_is_no_code_is_refused(actor, session, given):
    set_up(actor, session)
    with pytest.raises(AccountError, match="n’est pas le bon"):
        check(actor.id, given, HERE)


def test_a_recovery_code_serves_once_and_the_journal_says_so(actor, session):
    _, codes = set_up(actor, session)
    check(actor.id, f" {codes[3].upper()} ", HERE)
    assert left(actor.id) == CODES - 1
    assert told()[-1][2] == '"code de récupération utilisé"'
    with pytest.raises(AccountError):
        check(actor.id, codes[3], HERE)


def test_who_guesses_waits(actor, session):
    _, codes = set_up(actor, session)
    for _ in range(5):
        with pytest.raises(AccountError, match="n’est pas le bon"):
            check(actor.id, "000000", HERE)
    with pytest.raises(AccountError, match="Trop de codes refusés"):
        check(actor.id, codes[0], HERE)


def test_an_account_without_a_device_has_no_code(accounts):
    assert not enrolled(accounts["gm" if "gm" in accounts else "directeur"])
    with pytest.raises(AccountError, match="n’est pas le bon"):
        check(accounts["directeur"], "123456", HERE)
    assert left(accounts["directeur"]) == 0


def test_a_device_is_forgotten_by_whoever_has_it(actor, session):
    set_up(actor, session)
    remove(actor)
    assert not enrolled(actor.id)
    assert left(actor.id) == 0
    assert told()[-1][2] == '"second facteur retiré"'
    assert "gm" in second_factor.OBLIGED
