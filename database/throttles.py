"""Counters of failed log-ins, in the database so that every process and every restart shares them."""

from __future__ import annotations

from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final, NamedTuple

from sqlalchemy import ColumnElement, Connection, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite

from database.models import LoginThrottle
from utils.dates import holds

FORGET_AFTER: Final = timedelta(hours=1)
"""A subject that stayed quiet this long starts again from zero."""

_FIRST_BLOCK: Final = timedelta(seconds=30)
LONGEST_BLOCK: Final = timedelta(minutes=15)


class Subject(NamedTuple):
    """What is counted, and how many failures it is allowed before it must wait; ``account`` is the one it names."""

    kind: str
    name: str
    allowed: int
    account: str = ""

    @property
    def key(self) -> str:
        """The digest that the table keeps: it lists nobody."""
        return _digest(f"{self.kind}|{self.name}")


def reserve(connection: Connection, subject: Subject, at: datetime) -> timedelta | None:
    """Count an attempt before it is made, so that attempts made at once are all counted.

    Returns how long to wait when the subject is blocked; the attempt is not counted then. Past the allowance each
    attempt blocks twice as long as the one before, up to fifteen minutes.
    """
    mine = LoginThrottle.subject == subject.key
    engine = postgresql if connection.dialect.name == "postgresql" else sqlite
    counter = {"subject": subject.key, "failures": 0, "last_at": at}
    counter |= {"account": _digest(subject.account) if subject.account else None}
    connection.execute(engine.insert(LoginThrottle).values(**counter).on_conflict_do_nothing())
    row = connection.execute(
        select(LoginThrottle.failures, LoginThrottle.last_at, LoginThrottle.blocked_until).where(mine).with_for_update()
    ).one()
    if holds(row.blocked_until, at, LONGEST_BLOCK):
        return timedelta(seconds=(row.blocked_until - at).total_seconds())
    failures = 1 + (row.failures if holds(row.last_at + FORGET_AFTER, at, FORGET_AFTER) else 0)
    blocked_until = None
    if failures >= subject.allowed:
        doublings: int = 2 ** min(failures - subject.allowed, 10)
        blocked_until = at + min(_FIRST_BLOCK * doublings, LONGEST_BLOCK)
    counted = {"failures": failures, "last_at": at, "blocked_until": blocked_until}
    connection.execute(update(LoginThrottle).where(mine).values(**counted))
    return None


def forgive(connection: Connection, subject: Subject) -> None:
    """Forget the failures of a subject: its attempt was good."""
    connection.execute(delete(LoginThrottle).where(LoginThrottle.subject == subject.key))


def lift(connection: Connection, account: str) -> None:
    """Forget every failure that named an account, from wherever it came."""
    connection.execute(delete(LoginThrottle).where(LoginThrottle.account == _digest(account)))


def failures_of(connection: Connection, subject: Subject) -> int:
    """How many failures are counted on a subject."""
    statement = select(LoginThrottle.failures).where(LoginThrottle.subject == subject.key)
    return connection.execute(statement).scalar_one_or_none() or 0


def wait_of(connection: Connection, subject: Subject, at: datetime) -> timedelta | None:
    """How long a subject still waits, without counting anything."""
    return _wait(connection, LoginThrottle.subject == subject.key, at)


def account_waits(connection: Connection, account: str, at: datetime) -> bool:
    """Whether somebody who names this account must wait, somewhere."""
    return _wait(connection, LoginThrottle.account == _digest(account), at) is not None


def _wait(connection: Connection, mine: ColumnElement[bool], at: datetime) -> timedelta | None:
    found = connection.execute(select(LoginThrottle.blocked_until).where(mine)).scalars()
    waits = [until - at for until in found if until is not None and holds(until, at, LONGEST_BLOCK)]
    return max(waits, default=None)


def give_back(connection: Connection, subject: Subject) -> None:
    """Take one attempt off a subject that others share: a good one was not a failure."""
    mine = LoginThrottle.subject == subject.key
    one_less = {"failures": LoginThrottle.failures - 1, "blocked_until": None}
    connection.execute(update(LoginThrottle).where(mine, LoginThrottle.failures > 0).values(**one_less))


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()
