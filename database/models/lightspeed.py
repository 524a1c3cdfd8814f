"""What the PMS said of a night, report by report, and every time that it was asked."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from database.base import Base
from database.models.columns import one_of, points_to
from database.types import JsonText, UtcDateTime
from utils.shapes import Document

RUNNING: Final = "en_cours"
RUN_STATES: Final = (RUNNING, "complete", "partielle", "inchangee", "apercu", "proposee", "echouee", "interrompue")
CAUSES: Final = ("personne", "ouverture", "automatisme", "avis")


class PmsReading(Base):
    """The figures of one report of one date, as last read; no guest, no card, no body.

    ``figures`` are texts by ``tab.cell``, ``controls`` what is only shown beside the night, ``notes`` French sentences,
    or ``{phrase, onglets, manque}`` for what the report leaves aside. ``final``: the date was closed and complete.
    """

    __tablename__ = "pms_readings"

    property_id: Mapped[int] = mapped_column(points_to("properties.id"), primary_key=True, autoincrement=False)
    business_date: Mapped[date] = mapped_column(primary_key=True)
    report: Mapped[str] = mapped_column(String(40), primary_key=True)
    revision: Mapped[int]
    final: Mapped[bool]
    source: Mapped[str] = mapped_column(String(10))
    read_at: Mapped[datetime] = mapped_column(UtcDateTime)
    figures: Mapped[Document] = mapped_column(JsonText)
    controls: Mapped[list[Any]] = mapped_column(JsonText)
    notes: Mapped[list[Any]] = mapped_column(JsonText)
    checksum: Mapped[str | None] = mapped_column(String(64))


class SyncRun(Base):
    """One synchronisation, written as it goes: what was asked, how long it took, what it changed.

    ``reports`` and ``tabs`` are documents by name; ``actor_id`` is nobody for the machine itself.
    """

    __tablename__ = "sync_runs"
    __table_args__ = (
        one_of("status", RUN_STATES),
        one_of("cause", CAUSES),
        Index(None, "property_id", "audit_date"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    property_id: Mapped[int] = mapped_column(points_to("properties.id"))
    audit_date: Mapped[date]
    cause: Mapped[str] = mapped_column(String(20))
    actor_id: Mapped[int | None] = mapped_column(points_to("users.id"))
    status: Mapped[str] = mapped_column(String(20))
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    requests: Mapped[int]
    duration_ms: Mapped[int]
    written: Mapped[int]
    beside: Mapped[int]
    retry_minutes: Mapped[int | None]
    message: Mapped[str | None] = mapped_column(Text)
    reports: Mapped[Document] = mapped_column(JsonText)
    tabs: Mapped[Document] = mapped_column(JsonText)


class SyncRequest(Base):
    """One request of a synchronisation: where, how it was answered, how long it took; never a body.

    ``path`` is below the account; ``status`` is absent when nothing answered; ``size`` is in bytes.
    """

    __tablename__ = "sync_requests"

    run_id: Mapped[int] = mapped_column(points_to("sync_runs.id"), primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    property_id: Mapped[int] = mapped_column(points_to("properties.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    path: Mapped[str] = mapped_column(String(80))
    status: Mapped[int | None]
    milliseconds: Mapped[int]
    size: Mapped[int]
    revision: Mapped[int | None]


class WebhookMessage(Base):
    """A signed message that was received: its identifier makes the second one a repetition."""

    __tablename__ = "webhook_messages"

    property_id: Mapped[int] = mapped_column(points_to("properties.id"), primary_key=True, autoincrement=False)
    provider: Mapped[str] = mapped_column(String(20), primary_key=True)
    message_id: Mapped[str] = mapped_column(String(100), primary_key=True)
    kind: Mapped[str] = mapped_column(String(60))
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)
