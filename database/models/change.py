"""The journal: one row a value changed, chained to the row before; and the sealed head of each chain."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import BigInteger, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from database.base import Base
from database.models.columns import points_to
from database.types import JsonText, UtcDateTime
from utils.shapes import Document

_Sequence = BigInteger().with_variant(Integer, "sqlite")


class Change(Base):
    """One thing that happened. ``actor_label``, ``old``, ``new``, ``reason`` can be erased; the rest is chained.

    ``digest`` covers the erasable parts under ``salt``; ``hash`` covers everything else, the digest and ``prev_hash``.
    Erasing keeps in ``erasure`` what the digest needs of the erased parts, so that the chain still verifies.
    ``night_id`` outlives its night when that one came from a workbook and its import was undone.
    """

    __tablename__ = "changes"
    __table_args__ = (Index(None, "night_id", "seq"), {"sqlite_with_rowid": False})

    property_id: Mapped[int] = mapped_column(points_to("properties.id"), primary_key=True, autoincrement=False)
    seq: Mapped[int] = mapped_column(_Sequence, primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    actor_id: Mapped[int | None] = mapped_column(points_to("users.id"))
    action: Mapped[str] = mapped_column(String(30))
    night_id: Mapped[int | None]
    audit_date: Mapped[date | None]
    tab: Mapped[str | None] = mapped_column(String(20))
    field: Mapped[str | None] = mapped_column(String(120))
    line_id: Mapped[str | None] = mapped_column(String(40))
    origin: Mapped[str | None] = mapped_column(String(40))
    night_version: Mapped[int | None]
    revision: Mapped[int | None]
    actor_label: Mapped[str | None] = mapped_column(Text)
    old: Mapped[str | None] = mapped_column(Text)
    new: Mapped[str | None] = mapped_column(Text)
    reason: Mapped[str | None] = mapped_column(Text)
    salt: Mapped[str | None] = mapped_column(String(32))
    erasure: Mapped[Document | None] = mapped_column(JsonText)
    digest: Mapped[str] = mapped_column(String(64))
    prev_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))


class JournalHead(Base):
    """Where a chain stands: its last row, sealed with a key that the database does not hold.

    ``broken_at`` is the first sequence written after the seal was found false; it is sealed too and stays for ever.
    """

    __tablename__ = "journal_heads"

    property_id: Mapped[int] = mapped_column(points_to("properties.id"), primary_key=True, autoincrement=False)
    seq: Mapped[int] = mapped_column(_Sequence)
    hash: Mapped[str] = mapped_column(String(64))
    broken_at: Mapped[int | None] = mapped_column(_Sequence)
    mac: Mapped[str] = mapped_column(String(64))
