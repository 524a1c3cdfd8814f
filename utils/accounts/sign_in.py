"""Signing in: the attempt is counted, then the password checked, then a session opened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from database import factors, sessions, throttles, users
from database.throttles import Subject
from database.transaction import read, write
from utils.accounts import passwords

ACCOUNT_ALLOWANCE: Final = 5
ADDRESS_ALLOWANCE: Final = 20


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why nobody was signed in: a wrong pair, or too many attempts and how long to wait. It never says which half."""

    wait: timedelta | None = None


@dataclass(frozen=True, slots=True)
class NeedsCode:
    """The password is right; the account has a second factor, and no session is open yet."""

    user_id: int


def sign_in(email: str, password: str, address: str, at: datetime) -> str | NeedsCode | Refusal:
    """The token of a new session, or a refusal that takes as long whether the account exists or not."""
    subjects = subjects_of(email, address)
    waits = _reserve(subjects, at)
    if waits:
        return Refusal(max(waits))
    with read() as connection:
        account = users.account_by_email(connection, email)
    good = passwords.matches(password, account.password_hash if account else None)
    if account is None or not good or not account.active:
        return Refusal()
    renewed = passwords.hashed(password) if passwords.outdated(account.password_hash) else None
    with write() as connection:
        throttles.forgive(connection, subjects[0])
        throttles.give_back(connection, subjects[1])
        if renewed:
            users.rehash_password(connection, account.id, renewed)
        if factors.device_of(connection, account.id):
            return NeedsCode(account.id)
        return sessions.open_session(connection, account.id, at)


def open_session(user_id: int, at: datetime) -> str:
    """The token of a new session, once whatever was asked for is given."""
    with write() as connection:
        return sessions.open_session(connection, user_id, at)


def subjects_of(email: str, address: str) -> tuple[Subject, Subject]:
    """What an attempt is counted on: the account that was named, existing or not, and the address it came from."""
    return (
        Subject("compte", users.address_key(email), ACCOUNT_ALLOWANCE),
        Subject("adresse", address, ADDRESS_ALLOWANCE),
    )


def _reserve(subjects: tuple[Subject, Subject], at: datetime) -> list[timedelta]:
    """Count the attempt; the waits asked for, if any."""
    with write() as connection:
        return [wait for one in subjects if (wait := throttles.reserve(connection, one, at))]
