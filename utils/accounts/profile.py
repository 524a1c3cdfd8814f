"""What a person changes of their own account: password, theme, sessions."""

from __future__ import annotations

from typing import Final

from database import members, sessions, users
from database.journal import Actor
from database.throttles import Subject, forgive, reserve
from database.transaction import read, write
from utils import dates
from utils.accounts import passwords
from utils.accounts.create import AccountError
from utils.accounts.rights import tell

THEMES: Final = ("auto", "light", "dark")
ALLOWANCE: Final = 5


def check_password(user_id: int, password: str) -> None:
    """Refuse unless this is the account's password; who guesses waits."""
    subject = Subject("profil", str(user_id), ALLOWANCE)
    with write() as connection:
        waits = reserve(connection, subject, dates.now())
        password_hash = members.password_hash_of(connection, user_id)
    if waits:
        raise AccountError("Trop de tentatives. Attendre quelques minutes.")
    if not passwords.matches(password, password_hash):
        raise AccountError("Le mot de passe actuel est incorrect.")
    with write() as connection:
        forgive(connection, subject)


def change_password(actor: Actor, current: str, new: str, again: str) -> str:
    """Change one's password: every session ends, and one is opened, whose token is returned."""
    user_id = actor.id or 0
    if new != again:
        raise AccountError("Le nouveau mot de passe n’est pas le même les deux fois.")
    if new == current:
        raise AccountError("Le nouveau mot de passe est le même que l’ancien.")
    try:
        passwords.accepted(new)
    except passwords.PasswordError as error:
        raise AccountError(str(error)) from None
    check_password(user_id, current)
    password_hash = passwords.hashed(new)
    with write() as connection:
        at = dates.now()
        users.change_password(connection, user_id, password_hash, at)
        tell(connection, actor, user_id, "mot de passe changé")
        return sessions.open_session(connection, user_id, at)


def choose_theme(user_id: int, theme: str) -> None:
    """Keep the theme one prefers."""
    if theme not in THEMES:
        raise AccountError("Choisir un thème de la liste.")
    with write() as connection:
        members.set_theme(connection, user_id, theme)


def sessions_of(user_id: int) -> list[members.OpenSession]:
    """One's sessions, the open ones first."""
    with read() as connection:
        return members.sessions_of(connection, user_id)


def end_session(user_id: int, session_id: int) -> None:
    """End one of one's sessions."""
    with write() as connection:
        members.end_one(connection, user_id, session_id, dates.now())


def end_others(user_id: int, kept: int) -> None:
    """End all one's sessions but this one."""
    with write() as connection:
        members.end_others(connection, user_id, kept, dates.now())
