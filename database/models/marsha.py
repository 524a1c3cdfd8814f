"""What leaves for MARSHA and what comes back: submissions with their bytes, benchmarks, every exchange."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from sqlalchemy import Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from database.base import Base
from database.models.columns import one_of, points_to
from database.types import Cents, JsonText, Points, UtcDateTime

WAITING, SENDING, RECEIVED, ACCEPTED, REJECTED, REFUSED, WITHDRAWN, SUPERSEDED = (
    *("a_envoyer", "en_envoi", "recu", "accepte", "rejete", "refuse", "retire", "remplace"),
)
SUBMISSION_STATES: Final = (WAITING, SENDING, RECEIVED, ACCEPTED, REJECTED, REFUSED, WITHDRAWN, SUPERSEDED)
DIRECTIONS: Final = ("sortant", "entrant")
BENCHMARK_STATES: Final = ("final", "preliminary", "unavailable")


class MarshaSubmission(Base):
    """The DBRS of a night at one of its revisions: the bytes that leave, written with its lock, and its receipt.

    ``refuse``: it does not foot, or MARSHA will never take it; nothing more is sent of it. ``body`` is absent then.
    ``errors``: what MARSHA, or we, reproach it, a document a line. ``message_sequence``: that of the last notice heard.
    """

    __tablename__ = "marsha_submissions"
    __table_args__ = (
        UniqueConstraint("property_id", "business_date", "sequence"),
        UniqueConstraint("property_id", "idempotency_key"),
        one_of("status", SUBMISSION_STATES),
        Index(None, "status", "next_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    property_id: Mapped[int] = mapped_column(points_to("properties.id"))
    night_id: Mapped[int] = mapped_column(points_to("night_audit_sessions.id"))
    business_date: Mapped[date]
    sequence: Mapped[int]
    revision: Mapped[int]
    idempotency_key: Mapped[str] = mapped_column(String(36))
    body: Mapped[str | None] = mapped_column(Text)
    digest: Mapped[str | None] = mapped_column(String(64))
    status: Mapped[str] = mapped_column(String(20))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    next_at: Mapped[datetime] = mapped_column(UtcDateTime)
    attempts: Mapped[int]
    lease_owner: Mapped[str | None] = mapped_column(String(64))
    lease_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    marsha_id: Mapped[str | None] = mapped_column(String(64), index=True)
    received_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    error: Mapped[str | None] = mapped_column(Text)
    errors: Mapped[list[Any]] = mapped_column(JsonText)
    message_sequence: Mapped[int]
    source: Mapped[str] = mapped_column(String(10))


class MarshaBenchmark(Base):
    """The set of a date beside a revision of our night; percents, dollars, points, all as received.

    ``shown``: false when the set is too small to tell nobody’s own figures; none of them is kept then.
    """

    __tablename__ = "marsha_benchmarks"
    __table_args__ = (one_of("status", BENCHMARK_STATES),)

    property_id: Mapped[int] = mapped_column(points_to("properties.id"), primary_key=True, autoincrement=False)
    business_date: Mapped[date] = mapped_column(primary_key=True)
    revision: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    status: Mapped[str] = mapped_column(String(20))
    shown: Mapped[bool]
    set_size: Mapped[int]
    includes_subject: Mapped[bool]
    occupancy: Mapped[Decimal | None] = mapped_column(Points)
    adr: Mapped[Decimal | None] = mapped_column(Cents)
    revpar: Mapped[Decimal | None] = mapped_column(Cents)
    mpi: Mapped[Decimal | None] = mapped_column(Points)
    ari: Mapped[Decimal | None] = mapped_column(Points)
    rgi: Mapped[Decimal | None] = mapped_column(Points)
    rank: Mapped[int | None]
    rank_of: Mapped[int | None]
    metric: Mapped[str] = mapped_column(String(40))
    source: Mapped[str] = mapped_column(String(10))
    fetched_at: Mapped[datetime] = mapped_column(UtcDateTime)


class MarshaExchange(Base):
    """An exchange with MARSHA: who spoke, of what, how it ended; never a secret, an answer cut short."""

    __tablename__ = "marsha_sync_log"
    __table_args__ = (one_of("direction", DIRECTIONS), Index(None, "property_id", "business_date"))

    id: Mapped[int] = mapped_column(primary_key=True)
    property_id: Mapped[int] = mapped_column(points_to("properties.id"))
    business_date: Mapped[date]
    sequence: Mapped[int | None]
    direction: Mapped[str] = mapped_column(String(10))
    what: Mapped[str] = mapped_column(String(20))
    status: Mapped[str] = mapped_column(String(20))
    size: Mapped[int]
    response: Mapped[str | None] = mapped_column(Text)
    error: Mapped[str | None] = mapped_column(Text)
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime] = mapped_column(UtcDateTime)
