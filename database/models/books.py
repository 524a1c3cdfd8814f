"""What was on the books at the close of each date: snapshots that never change, rows only where something changed."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from database.base import Base
from database.models.columns import points_to
from database.types import Cents, JsonText, UtcDateTime


class BooksSnapshot(Base):
    """That a snapshot was received, even one in which nothing changed: « unchanged » is not « not received ».

    ``as_of`` is the date that was closed, ``revision`` ours: a correction of the PMS adds one. ``changed``: rows it
    wrote. ``notes``: French sentences, what does not hold in it or should be looked at.
    """

    __tablename__ = "books_snapshots"

    property_id: Mapped[int] = mapped_column(points_to("properties.id"), primary_key=True, autoincrement=False)
    as_of: Mapped[date] = mapped_column(primary_key=True)
    revision: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    pms_revision: Mapped[int]
    source: Mapped[str] = mapped_column(String(10))
    taken_at: Mapped[datetime] = mapped_column(UtcDateTime)
    first_stay: Mapped[date]
    last_stay: Mapped[date]
    digest: Mapped[str] = mapped_column(String(64))
    changed: Mapped[int]
    notes: Mapped[list[Any]] = mapped_column(JsonText)


class BooksSegment(Base):
    """A segment of a night to come as it stood from ``as_of`` on, until a later row of it; nil once all is cancelled.

    ``segment_group``: transient, group, contract or other. ``blocked``: rooms held that nobody took yet.
    """

    __tablename__ = "books_segments"

    property_id: Mapped[int] = mapped_column(points_to("properties.id"), primary_key=True, autoincrement=False)
    stay_date: Mapped[date] = mapped_column(primary_key=True)
    segment: Mapped[str] = mapped_column(String(40), primary_key=True)
    as_of: Mapped[date] = mapped_column(primary_key=True)
    revision: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    segment_group: Mapped[str] = mapped_column(String(20))
    rooms: Mapped[int]
    revenue: Mapped[Decimal] = mapped_column(Cents)
    blocked: Mapped[int]


class BooksDay(Base):
    """The rooms of a night to come as they stood from ``as_of`` on: offered, out of order, given away, of the house."""

    __tablename__ = "books_days"

    property_id: Mapped[int] = mapped_column(points_to("properties.id"), primary_key=True, autoincrement=False)
    stay_date: Mapped[date] = mapped_column(primary_key=True)
    as_of: Mapped[date] = mapped_column(primary_key=True)
    revision: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    available: Mapped[int]
    out_of_order: Mapped[int]
    complimentary: Mapped[int]
    house_use: Mapped[int]
