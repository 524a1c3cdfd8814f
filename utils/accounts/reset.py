"""A password chosen anew by a signed link, mailed or handed over by the administrator; a device that was lost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any, Final, NamedTuple

from flask import current_app
from itsdangerous import BadData, URLSafeTimedSerializer
from sqlalchemy import Connection

from database import browsers, factors, members, users
from database.journal import Actor
from database.transaction import read, write
from utils import dates
from utils.accounts import attempts, heard, passwords
from utils.accounts.attempts import FORGOTTEN, Origin
from utils.accounts.create import AccountError
from utils.accounts.rights import need_member, need_whole_account, tell

HOURS: Final = 24
_DEAD: Final = "Ce lien n’est plus valable : il sert une fois, pendant 24 heures. En demander un autre."


class Asked(NamedTuple):
    """A link that was asked for: the account, a hotel that speaks to it, and the token that opens."""

    property_id: int
    user_id: int
    email: str
    name: str
    token: str


ByMail = Callable[[Connection, Asked], None]
"""Writes the mail of a link, in the transaction that makes it."""


def make_link(actor: Actor, property_id: int, user_id: int, by_mail: ByMail | None = None) -> str:
    """The token of a link; it dies when it is used, when the password changes otherwise, or after a day.

    With ``by_mail`` it leaves by mail to the person, else the administrator hands it over.
    """
    with write() as connection:
        person = need_member(connection, property_id, user_id)
        need_whole_account(connection, actor.id or 0, user_id)
        token = _token(connection, user_id)
        if token is None:
            raise AccountError("Ce compte est désactivé : le réactiver d’abord.")
        if by_mail:
            by_mail(connection, Asked(property_id, user_id, person.email, person.name, token))
        tell(connection, actor, user_id, f"lien de réinitialisation {'envoyé' if by_mail else 'remis'}")
    return token


def count_request(email: str, origin: Origin, at: datetime) -> timedelta | None:
    """Count somebody who forgot a password of an account, existing or not; how long to wait."""
    with write() as connection:
        wait = attempts.count(connection, FORGOTTEN, email, origin, at)
    if wait:
        heard.refused(FORGOTTEN, email, origin, at)
    return wait


def send_link(email: str, by_mail: ByMail) -> None:
    """Write a link to an open account that forgot its password; nothing, and no word of it, for any other."""
    with write() as connection:
        account = users.account_by_email(connection, email)
        if account is None or not account.active:
            return
        hotels, token = members.hotels_of(connection, account.id), _token(connection, account.id)
        if not hotels or token is None:
            return
        by_mail(connection, Asked(hotels[0].property_id, account.id, account.email, account.name, token))
        tell(connection, Actor(account.id, "mot de passe oublié"), account.id, "lien de réinitialisation demandé")


def check_link(token: str) -> int:
    """The account that a live link speaks of."""
    with read() as connection:
        return _account(connection, token)


def use_link(token: str, password: str, origin: Origin) -> None:
    """Choose the new password; every session ends, and whoever holds the mailbox has proved it: nothing waits."""
    account = check_link(token)
    with read() as connection:
        about = [users.email_of(connection, account), *users.names(connection, {account}).values()]
    try:
        password_hash = passwords.hashed(passwords.accepted(password, about))
    except passwords.PasswordError as error:
        raise AccountError(str(error)) from None
    with write() as connection:
        user_id = _account(connection, token)
        # of two who use one link at once, the second finds it dead
        if not users.holds_password(connection, user_id, members.password_hash_of(connection, user_id) or ""):
            raise AccountError(_DEAD)
        _account(connection, token)
        at = dates.now()
        users.change_password(connection, user_id, password_hash, at)
        attempts.lift(connection, users.email_of(connection, user_id))
        browsers.learn(connection, user_id, origin.known_as, at)
        heard.warn(connection, user_id, "Un nouveau mot de passe a été choisi par le lien reçu.", at)
        heard.said(connection, user_id, "lien utilisé", "a choisi un nouveau mot de passe par un lien", at)
        tell(connection, Actor(user_id, "lien de réinitialisation"), user_id, "mot de passe changé par lien")


def has_device(connection: Connection, user_id: int) -> bool:
    """Whether the account has a second factor."""
    return factors.device_of(connection, user_id) is not None


def forget_device(actor: Actor, property_id: int, user_id: int) -> None:
    """Forget the device of a person who lost it, and every session with it."""
    with write() as connection:
        need_member(connection, property_id, user_id)
        need_whole_account(connection, actor.id or 0, user_id)
        factors.forget(connection, user_id)
        users.end_sessions(connection, user_id, dates.now())
        heard.warn(connection, user_id, "Le second facteur de votre compte a été retiré.", dates.now())
        tell(connection, actor, user_id, "second facteur retiré")


def _account(connection: Connection, token: str) -> int:
    try:
        given: Any = _serializer().loads(token, max_age=3600 * HOURS)
    except BadData:
        raise AccountError(_DEAD) from None
    user_id, seen = given
    password_hash = members.password_hash_of(connection, user_id)
    if password_hash is None or seen != _print(password_hash):
        raise AccountError(_DEAD)
    return int(user_id)


def _token(connection: Connection, user_id: int) -> str | None:
    """The token of a link for an open account."""
    password_hash = members.password_hash_of(connection, user_id)
    return None if password_hash is None else str(_serializer().dumps([user_id, _print(password_hash)]))


def _print(password_hash: str) -> str:
    """What tells one password from the next without telling the hash."""
    return sha256(password_hash.encode()).hexdigest()[:32]


def _serializer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt="rj-natif/mot-de-passe")
