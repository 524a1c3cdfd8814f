"""What a person changes of their own account: the password, the theme, the sessions."""

import pytest

from database import sessions
from database.journal import Actor
from database.transaction import write
from tests.applications import PASSWORD
from tests.utils.accounts.conftest import rows, told
from utils import dates
from utils.accounts import passwords, profile
from utils.accounts.create import AccountError

NEW = "une phrase que je choisis"


@pytest.fixture
def actor(accounts):
    """The auditor."""
    return Actor(accounts["auditeur"], "Auditeur")


def opened(actor, count=1):
    """The ids of new sessions."""
    with write() as connection:
        for _ in range(count):
            sessions.open_session(connection, actor.id, dates.now())
    return [row[0] for row in rows("SELECT id FROM user_sessions WHERE user_id = :user ORDER BY id", user=actor.id)]


def test_the_password_is_changed_and_every_session_ends(actor):
    first, _ = opened(actor, 2)
    token = profile.change_password(actor, first, (PASSWORD, NEW, NEW))
    assert isinstance(token, str)
    ((kept,),) = rows("SELECT password_hash FROM users WHERE id = :user", user=actor.id)
    assert passwords.matches(NEW, kept)
    assert rows("SELECT count(*) FROM user_sessions WHERE ended_at IS NULL") == [(1,)]
    assert told()[-1] == (f"compte.{actor.id}", None, '"mot de passe changé"')


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ((PASSWORD, NEW, NEW + " "), "pas le même les deux fois"),
        ((PASSWORD, PASSWORD, PASSWORD), "le même que l’ancien"),
        ((PASSWORD, "court", "court"), "au moins 12"),
        (("faux", NEW, NEW), "actuel est incorrect"),
    ],
)
def test_a_change_that_is_refused_says_why_and_changes_nothing(actor, given, said):
    (session,) = opened(actor)
    with pytest.raises(AccountError, match=said):
        profile.change_password(actor, session, given)
    ((kept,),) = rows("SELECT password_hash FROM users WHERE id = :user", user=actor.id)
    assert passwords.matches(PASSWORD, kept)


def test_who_guesses_the_password_waits_in_that_session_only(actor):
    first, second = opened(actor, 2)
    for _ in range(profile.ALLOWANCE):
        with pytest.raises(AccountError, match="incorrect"):
            profile.check_password(actor.id, first, "faux")
    with pytest.raises(AccountError, match="Trop de tentatives"):
        profile.check_password(actor.id, first, PASSWORD)
    assert profile.check_password(actor.id, second, PASSWORD)


@pytest.mark.parametrize("theme", profile.THEMES)
def test_a_theme_is_one_of_three(actor, theme):
    profile.choose_theme(actor.id, theme)
    assert rows("SELECT theme FROM users WHERE id = :user", user=actor.id) == [(theme,)]
    with pytest.raises(AccountError, match="thème de la liste"):
        profile.choose_theme(actor.id, "rose")


def test_one_ends_one_of_ones_sessions_or_all_the_others(actor, accounts):
    first, second, third = opened(actor, 3)
    profile.end_session(actor.id, first)
    assert {one.id for one in profile.sessions_of(actor.id) if one.ended_at is None} == {second, third}
    profile.end_session(accounts["directeur"], second)
    profile.end_others(actor.id, third)
    assert {one.id for one in profile.sessions_of(actor.id) if one.ended_at is None} == {third}
