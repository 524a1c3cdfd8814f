"""The people who sign in, and their role in each hotel."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import CheckConstraint, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from database.base import Base
from database.models.columns import one_of, points_to
from database.types import UtcDateTime

ROLES: Final = (
    "night_auditor",
    "front_desk_supervisor",
    "accounting",
    "controller",
    "gsm",
    "gm",
    "admin",
)


class User(Base):
    """A person with an account; raising ``session_epoch`` ends every session opened before."""

    __tablename__ = "users"
    __table_args__ = (CheckConstraint("email = lower(email)", name="email_lower"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    password_hash: Mapped[str] = mapped_column(String(200))
    active: Mapped[bool]
    must_change_password: Mapped[bool]
    session_epoch: Mapped[int]
    theme: Mapped[str] = mapped_column(String(10))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    last_login_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Membership(Base):
    """The one role of a person in a hotel."""

    __tablename__ = "memberships"
    __table_args__ = (UniqueConstraint("user_id", "property_id"), one_of("role", ROLES))

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(points_to("users.id"))
    property_id: Mapped[int] = mapped_column(points_to("properties.id"), index=True)
    role: Mapped[str] = mapped_column(String(30))


class Invitation(Base):
    """A role offered to a person who works for somebody else: it is theirs once they accept it, and not before."""

    __tablename__ = "invitations"
    __table_args__ = (UniqueConstraint("user_id", "property_id"), one_of("role", ROLES))

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(points_to("users.id"))
    property_id: Mapped[int] = mapped_column(points_to("properties.id"), index=True)
    role: Mapped[str] = mapped_column(String(30))
    invited_by: Mapped[int | None] = mapped_column(points_to("users.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
