"""What people are told: their preferences, the rules of the hotel, alerts, budgets, and the mails that wait or left."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Final

from sqlalchemy import Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from database.base import Base
from database.models.columns import one_of, points_to
from database.types import Cents, JsonText, UtcDateTime
from utils.shapes import Document

CHANNELS: Final = ("courriel", "application", "les_deux", "aucun")
SEVERITIES: Final = ("info", "avertissement", "critique")
WAITING, SENDING, SENT, FAILED, KEPT = (*("en_attente", "en_envoi", "envoye", "echoue", "consigne"),)
MAIL_STATES: Final = (WAITING, SENDING, SENT, FAILED, KEPT)
MONTH, DAY = "mois", "jour"


class EmailPreference(Base):
    """How a person wants to be told of a kind of notification in a hotel; without a row, as the kind says."""

    __tablename__ = "email_preferences"
    __table_args__ = (one_of("channel", CHANNELS),)

    property_id: Mapped[int] = mapped_column(points_to("properties.id"), primary_key=True, autoincrement=False)
    user_id: Mapped[int] = mapped_column(points_to("users.id"), primary_key=True, autoincrement=False)
    kind: Mapped[str] = mapped_column(String(40), primary_key=True)
    channel: Mapped[str] = mapped_column(String(20))
    threshold: Mapped[Decimal | None] = mapped_column(Cents)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)


class NotificationConfig(Base):
    """What a hotel chose: thresholds, recipients, hours of silence, escalation; a key nobody set is absent."""

    __tablename__ = "notification_config"

    property_id: Mapped[int] = mapped_column(points_to("properties.id"), primary_key=True, autoincrement=False)
    document: Mapped[Document] = mapped_column(JsonText)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)
    updated_by: Mapped[int | None] = mapped_column(points_to("users.id"))


class Alert(Base):
    """Something that people must know: once for each kind, night, cause and severity.

    ``audience`` holds the accounts that see it in the application.
    """

    __tablename__ = "alerts"
    __table_args__ = (
        UniqueConstraint("property_id", "kind", "audit_date", "cause", "severity"),
        one_of("severity", SEVERITIES),
        Index(None, "property_id", "raised_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    property_id: Mapped[int] = mapped_column(points_to("properties.id"))
    kind: Mapped[str] = mapped_column(String(40))
    audit_date: Mapped[date]
    cause: Mapped[str] = mapped_column(String(200))
    severity: Mapped[str] = mapped_column(String(20))
    sentence: Mapped[str] = mapped_column(Text)
    audience: Mapped[list[int]] = mapped_column(JsonText)
    raised_at: Mapped[datetime] = mapped_column(UtcDateTime)
    acknowledged_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    acknowledged_by: Mapped[int | None] = mapped_column(points_to("users.id"))
    escalated_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    resolved_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class OutboxMessage(Base):
    """A mail, written with what causes it and sent after: ``key`` makes the second one a repetition.

    ``body_text`` and ``body_html`` of a ``sealed`` mail are envelopes, emptied once it has left.
    """

    __tablename__ = "outbox_messages"
    __table_args__ = (
        one_of("status", MAIL_STATES),
        UniqueConstraint("property_id", "key"),
        Index(None, "status", "next_at"),
        Index(None, "property_id", "created_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    property_id: Mapped[int] = mapped_column(points_to("properties.id"))
    key: Mapped[str] = mapped_column(String(300))
    kind: Mapped[str] = mapped_column(String(40))
    audit_date: Mapped[date | None]
    alert_id: Mapped[int | None] = mapped_column(points_to("alerts.id"))
    user_id: Mapped[int] = mapped_column(points_to("users.id"))
    email: Mapped[str] = mapped_column(String(254))
    name: Mapped[str] = mapped_column(String(120))
    subject: Mapped[str] = mapped_column(Text)
    body_text: Mapped[str] = mapped_column(Text)
    body_html: Mapped[str] = mapped_column(Text)
    sealed: Mapped[bool]
    leave_url: Mapped[str | None] = mapped_column(Text)
    message_id: Mapped[str] = mapped_column(String(200))
    status: Mapped[str] = mapped_column(String(20))
    attempts: Mapped[int]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    next_at: Mapped[datetime] = mapped_column(UtcDateTime)
    lease_owner: Mapped[str | None] = mapped_column(String(64))
    lease_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    error: Mapped[str | None] = mapped_column(Text)


class Budget(Base):
    """What was planned for a month, or for one day, which then wins over its month; dollars, absent when unknown.

    ``labour_cost`` is what was really paid on a day.
    """

    __tablename__ = "budgets"
    __table_args__ = (one_of("span", (MONTH, DAY)),)

    property_id: Mapped[int] = mapped_column(points_to("properties.id"), primary_key=True, autoincrement=False)
    span: Mapped[str] = mapped_column(String(10), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    revenue: Mapped[Decimal | None] = mapped_column(Cents)
    labour_budget: Mapped[Decimal | None] = mapped_column(Cents)
    labour_cost: Mapped[Decimal | None] = mapped_column(Cents)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)
    updated_by: Mapped[int | None] = mapped_column(points_to("users.id"))
