"""Signing in: the attempt is counted, then the password checked, then a session opened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection

from database import browsers, factors, passes, sessions, users
from database.models import AWAITED, RETURN
from database.passes import Given
from database.transaction import read, write
from utils.accounts import attempts, heard, passwords
from utils.accounts.attempts import LOGIN, Origin


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why nobody was signed in: a wrong pair, or too many attempts and how long to wait. It never says which half."""

    wait: timedelta | None = None


@dataclass(frozen=True, slots=True)
class NeedsCode:
    """The password is right, the second factor is awaited: the account, and the pass that spares the password."""

    user_id: int
    waiting: str


def sign_in(email: str, password: str, origin: Origin, at: datetime) -> str | NeedsCode | Refusal:
    """The token of a new session, or a refusal that takes as long whether the account exists or not."""
    with write() as connection:
        wait = attempts.count(connection, LOGIN, email, origin, at)
    if wait:
        heard.refused(LOGIN, email, origin, at)
        return Refusal(wait)
    with read() as connection:
        account = users.account_by_email(connection, email)
    good = passwords.matches(password, account.password_hash if account else None)
    if account is None or not good or not account.active:
        heard.refused(LOGIN, email, origin, at)
        return Refusal()
    renewed = passwords.hashed(password) if passwords.outdated(account.password_hash) else None
    with write() as connection:
        if not users.holds_password(connection, account.id, account.password_hash):
            return Refusal()
        attempts.succeed(connection, LOGIN, email, origin)
        if renewed:
            users.rehash_password(connection, account.id, renewed)
        if factors.device_of(connection, account.id):
            given = Given(account.id, None, None)
            return NeedsCode(account.id, passes.give(connection, AWAITED, given, origin.known_as, at))
        return opened(connection, account.id, origin, at)


def awaited(token: str, origin: Origin, at: datetime) -> int | None:
    """The account whose password was right a moment ago, in this browser."""
    with read() as connection:
        given = passes.look(connection, AWAITED, token, origin.known_as, at)
    return given.user_id if given else None


def finish(token: str, origin: Origin, at: datetime) -> str | None:
    """The token of a new session once the code was right; nothing when the pass served or ended meanwhile."""
    with write() as connection:
        given = passes.use(connection, AWAITED, token, origin.known_as, at)
        return opened(connection, given.user_id, origin, at, at) if given else None


def lock(user_id: int, session_id: int, origin: Origin, at: datetime) -> str:
    """End a session; the pass that spares the code to who comes back to it, empty when none was given in it."""
    with write() as connection:
        coded_at = sessions.coded_at(connection, session_id)
        sessions.end_session(connection, session_id, at)
        if coded_at is None or not factors.device_of(connection, user_id):
            return ""
        return passes.give(connection, RETURN, Given(user_id, session_id, coded_at), origin.known_as, at)


def come_back(needs: NeedsCode, left: str, origin: Origin, at: datetime, longest: timedelta) -> str | None:
    """The token of a new session without another code, when the pass that was left is good and the code not too old."""
    with write() as connection:
        given = passes.use(connection, RETURN, left, origin.known_as, at)
        if given is None or given.user_id != needs.user_id:
            return None
        if given.coded_at is None or at - given.coded_at >= longest:
            return None
        passes.use(connection, AWAITED, needs.waiting, origin.known_as, at)
        return opened(connection, given.user_id, origin, at, given.coded_at)


def opened(connection: Connection, user_id: int, origin: Origin, at: datetime, coded_at: datetime | None = None) -> str:
    """The token of a new session; the browser is known from now on, and a new one is told."""
    if browsers.learn(connection, user_id, origin.known_as, at):
        heard.new_browser(connection, user_id, origin, at)
    return sessions.open_session(connection, user_id, at, coded_at)
