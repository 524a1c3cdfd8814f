"""Sessions opened by people, browsers they came back with, passes that wait, and the count of failed attempts."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from database.base import Base
from database.models.columns import one_of, points_to
from database.types import UtcDateTime

AWAITED, RETURN = "code", "retour"
PASSES: Final = (AWAITED, RETURN)


class UserSession(Base):
    """One log-in. The cookie holds the token, this row its digest: a copy of the table opens no door.

    ``coded_at``: when its second factor was given, by it or by the locked one it continues. ``works_in``: the hotel
    it works in. ``pending_secret``: the sealed secret of a device whose first code is awaited.
    """

    __tablename__ = "user_sessions"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(points_to("users.id"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    epoch: Mapped[int]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    coded_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    works_in: Mapped[int | None]
    pending_secret: Mapped[str | None] = mapped_column(Text)
    pending_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class AccessPass(Base):
    """What spares a password (its code is awaited) or a code (a locked desk) once, for a short while.

    It serves in the browser that earned it, as long as the account keeps the epoch it had.
    """

    __tablename__ = "access_passes"
    __table_args__ = (one_of("kind", PASSES),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    user_id: Mapped[int] = mapped_column(points_to("users.id"), index=True)
    session_id: Mapped[int | None]
    epoch: Mapped[int]
    browser: Mapped[str] = mapped_column(String(64))
    coded_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    until_at: Mapped[datetime] = mapped_column(UtcDateTime)


class KnownBrowser(Base):
    """A browser in which an account was opened; its cookie holds a token, this row the digest."""

    __tablename__ = "known_browsers"
    __table_args__ = (UniqueConstraint("user_id", "token_hash"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(points_to("users.id"))
    token_hash: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime)


class LoginThrottle(Base):
    """Failed attempts of one subject; it and ``account``, the one it named, are digests: they name nobody."""

    __tablename__ = "login_throttles"

    subject: Mapped[str] = mapped_column(String(64), primary_key=True)
    account: Mapped[str | None] = mapped_column(String(64), index=True)
    failures: Mapped[int]
    last_at: Mapped[datetime] = mapped_column(UtcDateTime)
    blocked_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
