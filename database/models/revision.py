"""What is kept for ever of a night: its snapshots, its submissions, its overrides."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from database.base import Base
from database.models.columns import one_of, points_to
from database.types import JsonText, UtcDateTime
from utils.shapes import Document


class NightRevision(Base):
    """The whole night as it stood when it was locked, or when a correction was opened on it.

    A submission that is taken back, then made again, locks the same revision again: the last snapshot is its own.
    """

    __tablename__ = "night_revisions"
    __table_args__ = (Index(None, "night_id", "revision"), one_of("cause", ("lock", "correction")))

    id: Mapped[int] = mapped_column(primary_key=True)
    night_id: Mapped[int] = mapped_column(points_to("night_audit_sessions.id"))
    revision: Mapped[int]
    cause: Mapped[str] = mapped_column(String(20))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    by: Mapped[int | None] = mapped_column(points_to("users.id"))
    reason: Mapped[str | None] = mapped_column(Text)
    snapshot: Mapped[Document] = mapped_column(JsonText)
    checksum: Mapped[str] = mapped_column(String(64))


class Submission(Base):
    """A submission of a night, with the checks as they stood and the reasons that were given."""

    __tablename__ = "submissions"
    __table_args__ = (Index(None, "night_id", "revision"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    night_id: Mapped[int] = mapped_column(points_to("night_audit_sessions.id"))
    revision: Mapped[int]
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    by: Mapped[int | None] = mapped_column(points_to("users.id"))
    checks: Mapped[Document] = mapped_column(JsonText)
    motifs: Mapped[Document] = mapped_column(JsonText)
    en_attente: Mapped[bool]


class Override(Base):
    """A blocking check that somebody entitled let pass, for a reason, at the value it had then."""

    __tablename__ = "overrides"
    __table_args__ = (Index(None, "night_id", "revision"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    night_id: Mapped[int] = mapped_column(points_to("night_audit_sessions.id"))
    revision: Mapped[int]
    check: Mapped[str] = mapped_column("check_key", String(60))
    value: Mapped[str | None] = mapped_column(Text)
    motif: Mapped[str] = mapped_column(Text)
    by: Mapped[int | None] = mapped_column(points_to("users.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
