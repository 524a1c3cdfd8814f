"""What a person changes of their own account: password, theme, sessions."""

from __future__ import annotations

from typing import Final

import structlog

from database import members, sessions, users
from database.journal import Actor
from database.throttles import Subject, forgive, reserve
from database.transaction import read, write
from utils import dates
from utils.accounts import heard, passwords
from utils.accounts.create import AccountError
from utils.accounts.rights import tell

THEMES: Final = ("auto", "light", "dark")
ALLOWANCE: Final = 5

log = structlog.get_logger("rj.securite")


def check_password(user_id: int, session_id: int, password: str) -> str:
    """Refuse unless this is the account's password, whose hash is returned; who guesses waits, in this session only."""
    subject = Subject("profil", f"{user_id}|{session_id}", ALLOWANCE)
    with write() as connection:
        waits = reserve(connection, subject, dates.now())
        password_hash = members.password_hash_of(connection, user_id)
    if waits:
        raise AccountError("Trop de tentatives. Attendre quelques minutes.")
    if password_hash is None or not passwords.matches(password, password_hash):
        log.warning("mot de passe actuel refusé", compte=user_id)
        raise AccountError("Le mot de passe actuel est incorrect.")
    with write() as connection:
        forgive(connection, subject)
    return password_hash


def change_password(actor: Actor, session_id: int, given: tuple[str, str, str]) -> str:
    """Change one's password (the current one, the new one twice): every session ends; the token of a new one.

    Of two changes made at once with the same old password, the second is refused.
    """
    current, new, again = given
    user_id = actor.id or 0
    if new != again:
        raise AccountError("Le nouveau mot de passe n’est pas le même les deux fois.")
    if new == current:
        raise AccountError("Le nouveau mot de passe est le même que l’ancien.")
    with read() as connection:
        about = [users.email_of(connection, user_id), *users.names(connection, {user_id}).values()]
    try:
        passwords.accepted(new, about)
    except passwords.PasswordError as error:
        raise AccountError(str(error)) from None
    old_hash = check_password(user_id, session_id, current)
    password_hash = passwords.hashed(new)
    with write() as connection:
        if not users.holds_password(connection, user_id, old_hash):
            raise AccountError("Le mot de passe vient d’être changé ailleurs : se connecter de nouveau.")
        at = dates.now()
        coded_at = sessions.coded_at(connection, session_id)
        users.change_password(connection, user_id, password_hash, at)
        tell(connection, actor, user_id, "mot de passe changé")
        heard.warn(connection, user_id, "Le mot de passe de votre compte a été changé.", at)
        return sessions.open_session(connection, user_id, at, coded_at)


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
