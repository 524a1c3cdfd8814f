"""What the hotel knows of people beside their account: names spelt two ways, second factors, recovery codes."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from database.base import Base
from database.models.columns import points_to
from database.types import UtcDateTime


class PersonAlias(Base):
    """A spelling found in the lines of a hotel, and the person it stands for in statements; the lines never move."""

    __tablename__ = "person_aliases"
    __table_args__ = (UniqueConstraint("property_id", "spelling"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    property_id: Mapped[int] = mapped_column(points_to("properties.id"))
    spelling: Mapped[str] = mapped_column(Text)
    person: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    created_by: Mapped[int | None] = mapped_column(points_to("users.id"))


class SecondFactor(Base):
    """The device of an account: its secret, sealed with the key of the installation, so that this row opens nothing.

    ``last_step`` is the last time step accepted: a code serves once.
    """

    __tablename__ = "second_factors"

    user_id: Mapped[int] = mapped_column(points_to("users.id"), primary_key=True, autoincrement=False)
    secret: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    last_step: Mapped[int]


class RecoveryCode(Base):
    """A code that stands in for the device once; only its digest is kept."""

    __tablename__ = "recovery_codes"
    __table_args__ = (UniqueConstraint("user_id", "code_hash"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(points_to("users.id"))
    code_hash: Mapped[str] = mapped_column(String(64))
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
