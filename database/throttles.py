"""Counters of failed log-ins, in the database so that every process and every restart shares them."""

from __future__ import annotations

from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final, NamedTuple

from sqlalchemy import Connection, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql.base import Executable

from database.models import LoginThrottle
from utils.dates import holds

FORGET_AFTER: Final = timedelta(hours=1)
"""A subject that stayed quiet this long starts again from zero."""

_FIRST_BLOCK: Final = timedelta(seconds=30)
LONGEST_BLOCK: Final = timedelta(minutes=15)


class Subject(NamedTuple):
    """What is counted, an account or an address, and how many failures it is allowed before it must wait."""

    kind: str
    name: str
    allowed: int

    @property
    def key(self) -> str:
        """The digest that the table keeps: it lists nobody."""
        return sha256(f"{self.kind}|{self.name}".encode()).hexdigest()


def reserve(connection: Connection, subject: Subject, at: datetime) -> timedelta | None:
    """Count an attempt before it is made, so that attempts made at once are all counted.

    Returns how long to wait when the subject is blocked; the attempt is not counted then. Past the allowance each
    attempt blocks twice as long as the one before, up to fifteen minutes.
    """
    mine = LoginThrottle.subject == subject.key
    connection.execute(_ensure(connection, subject.key, at))
    row = connection.execute(
        select(LoginThrottle.failures, LoginThrottle.last_at, LoginThrottle.blocked_until).where(mine).with_for_update()
    ).one()
    if holds(row.blocked_until, at, LONGEST_BLOCK):
        return timedelta(seconds=(row.blocked_until - at).total_seconds())
    failures = 1 + (row.failures if holds(row.last_at + FORGET_AFTER, at, FORGET_AFTER) else 0)
    counted = {"failures": failures, "last_at": at, "blocked_until": _blocked_until(failures, subject.allowed, at)}
    connection.execute(update(LoginThrottle).where(mine).values(**counted))
    return None


def forgive(connection: Connection, subject: Subject) -> None:
    """Forget the failures of a subject: its attempt was good."""
    connection.execute(delete(LoginThrottle).where(LoginThrottle.subject == subject.key))


def give_back(connection: Connection, subject: Subject) -> None:
    """Take one attempt off a subject that others share: a good one was not a failure."""
    mine = LoginThrottle.subject == subject.key
    one_less = {"failures": LoginThrottle.failures - 1, "blocked_until": None}
    connection.execute(update(LoginThrottle).where(mine, LoginThrottle.failures > 0).values(**one_less))


def _ensure(connection: Connection, key: str, at: datetime) -> Executable:
    """The statement that makes the counter exist, whoever else does the same."""
    counter = {"subject": key, "failures": 0, "last_at": at}
    if connection.dialect.name == "postgresql":
        return postgresql.insert(LoginThrottle).values(**counter).on_conflict_do_nothing()
    return sqlite.insert(LoginThrottle).values(**counter).on_conflict_do_nothing()


def _blocked_until(failures: int, allowed: int, at: datetime) -> datetime | None:
    if failures < allowed:
        return None
    doublings: int = 2 ** min(failures - allowed, 10)
    return at + min(_FIRST_BLOCK * doublings, LONGEST_BLOCK)
