"""Named reads and writes of the browsers in which accounts were opened."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256
from typing import Final

from sqlalchemy import Connection, delete, func, insert, select, update

from database.models import KnownBrowser, User

MOST: Final = 20
"""How many browsers an account keeps: the one not seen for longest gives its place."""


def digest(token: str) -> str:
    """What the tables keep of the token of a browser; nothing for a browser that has none."""
    return sha256(f"poste|{token}".encode()).hexdigest() if token else ""


def knows(connection: Connection, address: str, browser: str) -> bool:
    """Whether the account of this address, as it is kept, was opened in this browser (its digest) before."""
    if "\0" in address:  # PostgreSQL refuses to be asked
        return False
    statement = select(KnownBrowser.id).join(User, User.id == KnownBrowser.user_id)
    mine = (User.email == address, KnownBrowser.token_hash == browser)
    return connection.execute(statement.where(*mine)).first() is not None


def learn(connection: Connection, user_id: int, browser: str, at: datetime) -> bool:
    """Note that the account was opened in this browser; whether it is a new one of an account that had others."""
    mine = (KnownBrowser.user_id == user_id, KnownBrowser.token_hash == browser)
    if not browser or connection.execute(update(KnownBrowser).where(*mine).values(seen_at=at)).rowcount:
        return False
    known = select(func.count()).select_from(KnownBrowser).where(KnownBrowser.user_id == user_id)
    others = int(connection.execute(known).scalar_one())
    row = {"user_id": user_id, "token_hash": browser, "created_at": at, "seen_at": at}
    connection.execute(insert(KnownBrowser).values(**row))
    if others >= MOST:
        latest = select(KnownBrowser.id).where(KnownBrowser.user_id == user_id)
        kept = latest.order_by(KnownBrowser.seen_at.desc(), KnownBrowser.id.desc()).limit(MOST)
        old = (KnownBrowser.user_id == user_id, KnownBrowser.id.not_in(kept))
        connection.execute(delete(KnownBrowser).where(*old))
    return others > 0
