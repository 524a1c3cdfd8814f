"""Named reads and writes of the passes: what spares a password or a code, once, for a short while.

One is good in the browser that earned it, for the epoch the account had. Every ending deletes it.
"""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final, NamedTuple

from sqlalchemy import Connection, delete, insert, select

from database.models import AWAITED, RETURN, AccessPass, User
from utils.dates import farthest

LASTS: Final = {AWAITED: timedelta(minutes=10), RETURN: timedelta(minutes=30)}
"""How long a password that was right waits for its code; how long a locked desk spares one."""


class Given(NamedTuple):
    """What a pass says: whose it is, which session left it, when its code was given, nothing when it awaits one."""

    user_id: int
    session_id: int | None
    coded_at: datetime | None


def give(connection: Connection, kind: str, given: Given, browser: str, at: datetime) -> str:
    """Make a pass for a browser (the digest of its token); its token, which is kept nowhere else."""
    token = secrets.token_urlsafe(32)
    epoch = select(User.session_epoch).where(User.id == given.user_id).scalar_subquery()
    row = {**given._asdict(), "kind": kind, "token_hash": _hashed(token), "epoch": epoch, "browser": browser}
    connection.execute(insert(AccessPass).values(**row, until_at=at + LASTS[kind]))
    return token


def look(connection: Connection, kind: str, token: str, browser: str, at: datetime) -> Given | None:
    """What a live pass says, in the browser that earned it."""
    statement = (
        select(AccessPass.user_id, AccessPass.session_id, AccessPass.coded_at)
        .join(User, User.id == AccessPass.user_id)
        .where(
            AccessPass.kind == kind,
            AccessPass.token_hash == _hashed(token),
            AccessPass.browser == browser,
            AccessPass.until_at > at,
            AccessPass.until_at <= farthest(at, LASTS[kind]),
            AccessPass.epoch == User.session_epoch,
            User.active.is_(True),
        )
    )
    row = connection.execute(statement).one_or_none()
    return Given(*row) if row else None


def use(connection: Connection, kind: str, token: str, browser: str, at: datetime) -> Given | None:
    """Use a pass up: of two who show it at once, one is let through."""
    given = look(connection, kind, token, browser, at)
    if given is None:
        return None
    mine = AccessPass.token_hash == _hashed(token)
    return given if connection.execute(delete(AccessPass).where(mine)).rowcount == 1 else None


def end_all(connection: Connection, user_id: int) -> None:
    """End every pass of an account."""
    connection.execute(delete(AccessPass).where(AccessPass.user_id == user_id))


def end_of_session(connection: Connection, user_id: int, session_id: int) -> None:
    """End those that one of its sessions left."""
    mine = (AccessPass.user_id == user_id, AccessPass.session_id == session_id)
    connection.execute(delete(AccessPass).where(*mine))


def _hashed(token: str) -> str:
    return sha256(token.encode()).hexdigest()
