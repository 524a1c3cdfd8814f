"""A link to choose a password: for an open account, once, for a day, and dead as soon as the password changes."""

from datetime import timedelta

import pytest
import time_machine

from database.transaction import read
from tests.applications import PASSWORD
from tests.utils.accounts.conftest import AT, ELSEWHERE, HERE, rows, told
from utils import dates
from utils.accounts import passwords, people, reset
from utils.accounts.create import AccountError

NEW = "une phrase que je choisis"


def kept(user_id):
    ((found,),) = rows("SELECT password_hash FROM users WHERE id = :user", user=user_id)
    return found


def test_a_link_that_is_handed_over_chooses_a_password_once(admin, accounts):
    user_id = accounts["auditeur"]
    token = reset.make_link(admin, 1, user_id)
    assert reset.check_link(token) == user_id
    reset.use_link(token, NEW, HERE)
    assert passwords.matches(NEW, kept(user_id))
    with pytest.raises(AccountError, match="n’est plus valable"):
        reset.use_link(token, NEW + "!", HERE)
    assert [row[2] for row in told()[-2:]] == ['"lien de réinitialisation remis"', '"mot de passe changé par lien"']


def test_a_link_dies_after_a_day_or_when_the_password_changes(admin, accounts):
    start = dates.now()
    with time_machine.travel(start, tick=False) as clock:
        token = reset.make_link(admin, 1, accounts["auditeur"])
        clock.move_to(start + timedelta(hours=reset.HOURS))
        assert reset.check_link(token) == accounts["auditeur"]
        clock.move_to(start + timedelta(hours=reset.HOURS, seconds=2))
        with pytest.raises(AccountError):
            reset.check_link(token)
    token = reset.make_link(admin, 1, accounts["auditeur"])
    people.hand_password(admin, 1, accounts["auditeur"])
    with pytest.raises(AccountError):
        reset.check_link(token)


@pytest.mark.parametrize(
    "change", [lambda token: token[:-1], lambda token: token.upper(), lambda _: "", lambda _: "a.b.c"]
)
def test_a_link_that_we_did_not_sign_is_dead(admin, accounts, change):
    token = reset.make_link(admin, 1, accounts["auditeur"])
    with pytest.raises(AccountError, match="n’est plus valable"):
        reset.check_link(change(token))


def test_a_weak_password_leaves_the_link_alive(admin, accounts):
    token = reset.make_link(admin, 1, accounts["auditeur"])
    with pytest.raises(AccountError, match="au moins 12"):
        reset.use_link(token, "court", HERE)
    assert passwords.matches(PASSWORD, kept(accounts["auditeur"]))
    assert reset.check_link(token) == accounts["auditeur"]


def test_a_closed_account_has_no_link(admin, accounts):
    people.set_open(admin, 1, accounts["auditeur"], active=False)
    with pytest.raises(AccountError, match="est désactivé"):
        reset.make_link(admin, 1, accounts["auditeur"])


def test_a_link_leaves_by_mail_only_to_an_open_account(admin, accounts):
    posted = []
    reset.make_link(admin, 1, accounts["auditeur"], lambda _, asked: posted.append(asked))
    reset.send_link(" AUDITEUR@demo.hotel", lambda _, asked: posted.append(asked))
    assert [(one.email, one.user_id, one.property_id) for one in posted] == [
        ("auditeur@demo.hotel", accounts["auditeur"], 1)
    ] * 2
    people.set_open(admin, 1, accounts["comptable"], active=False)
    for email in ("comptable@demo.hotel", "personne@demo.hotel", ""):
        reset.send_link(email, lambda *_: pytest.fail("posted"))


def test_who_asks_too_often_waits(accounts):
    waits = [reset.count_request("auditeur@demo.hotel", ELSEWHERE, AT) for _ in range(4)]
    assert waits[:3] == [None] * 3
    assert waits[3] > timedelta(0)


def test_a_device_that_was_lost_is_forgotten(admin, accounts):
    reset.forget_device(admin, 1, accounts["auditeur"])
    with read() as connection:
        assert not reset.has_device(connection, accounts["auditeur"])
    assert told()[-1][2] == '"second facteur retiré"'
