"""Attempts counted so that who guesses waits, and who does not is never kept out by them.

A browser that the account knows has an allowance of its own and hears of no other counter: neither a stranger who
names the account nor a whole address that guesses can block it. From elsewhere an attempt is counted on the address,
then on the account from that address, then on the account; an address that is refused already touches no account.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final, NamedTuple

from sqlalchemy import Connection

from database import browsers, throttles, users
from database.throttles import Subject


class Origin(NamedTuple):
    """Where an attempt comes from: an address, and the token of the browser, empty when it shows none."""

    address: str
    browser: str = ""

    @property
    def known_as(self) -> str:
        """The digest of the browser."""
        return browsers.digest(self.browser)


class Rule(NamedTuple):
    """What is tried, and how often it may fail: from one place for one account, from one place, for one account."""

    what: str
    pair: int
    address: int
    account: int


LOGIN: Final = Rule("connexion", 5, 20, 25)
CODE: Final = Rule("code", 5, 20, 25)
FORGOTTEN: Final = Rule("oubli", 3, 10, 12)


class Subjects(NamedTuple):
    """What an attempt is counted on; ``browser`` alone when the account knows it."""

    pair: Subject
    address: Subject
    account: Subject
    browser: Subject | None


def subjects_of(rule: Rule, email: str, origin: Origin, *, known: bool = False) -> Subjects:
    """The counters of an attempt that names an account, existing or not."""
    name = users.address_key(email)
    own = Subject(f"{rule.what}-poste", f"{name}|{origin.known_as}", rule.pair, name) if known else None
    return Subjects(
        Subject(f"{rule.what}-couple", f"{name}|{origin.address}", rule.pair, name),
        Subject(f"{rule.what}-adresse", origin.address, rule.address),
        Subject(f"{rule.what}-compte", name, rule.account, name),
        own,
    )


def count(connection: Connection, rule: Rule, email: str, origin: Origin, at: datetime) -> timedelta | None:
    """Count an attempt before it is made; how long to wait when it may not be."""
    mine = _mine(connection, rule, email, origin)
    if mine.browser:
        return throttles.reserve(connection, mine.browser, at)
    wait = throttles.wait_of(connection, mine.account, at) or throttles.wait_of(connection, mine.pair, at)
    wait = wait or throttles.reserve(connection, mine.address, at)
    wait = wait or throttles.reserve(connection, mine.pair, at)
    if wait or throttles.failures_of(connection, mine.pair) > mine.pair.allowed:
        return wait
    return throttles.reserve(connection, mine.account, at)


def succeed(connection: Connection, rule: Rule, email: str, origin: Origin) -> None:
    """An attempt was good: what it counted was no failure, and the account waits no more."""
    mine = _mine(connection, rule, email, origin)
    if mine.browser:
        throttles.forgive(connection, mine.browser)
    else:
        throttles.forgive(connection, mine.pair)
        throttles.give_back(connection, mine.address)
    throttles.forgive(connection, mine.account)


def exhausted(connection: Connection, rule: Rule, email: str, origin: Origin, at: datetime) -> bool:
    """Whether the refusals of this origin, or of this account, are many enough for people to hear of them."""
    mine = [one for one in _mine(connection, rule, email, origin) if one]
    return any(throttles.wait_of(connection, one, at) for one in mine)


def lift(connection: Connection, email: str) -> None:
    """Forget every failure that named an account: who holds it has proved it, or its administrator says so."""
    throttles.lift(connection, users.address_key(email))


def waits(connection: Connection, email: str, at: datetime) -> bool:
    """Whether failures make somebody wait who names this account."""
    return throttles.account_waits(connection, users.address_key(email), at)


def _mine(connection: Connection, rule: Rule, email: str, origin: Origin) -> Subjects:
    """The counters, found by the same one question whether the account exists or not."""
    known = browsers.knows(connection, users.address_key(email), origin.known_as)
    return subjects_of(rule, email, origin, known=known)
