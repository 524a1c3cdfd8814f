"""What the product does by itself: each run of each job, and the pulse of the process that starts them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from sqlalchemy import Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from database.base import Base
from database.models.columns import one_of, points_to
from database.types import JsonText, UtcDateTime
from utils.shapes import Document

INSTALLATION: Final = 0
"""Stands in the place of a hotel for what is done once for all of them."""

RUNNING, WAITING, DONE, NEEDLESS, GIVEN_UP, FAILED, MISSED = (
    *("en_cours", "attente", "faite", "sans_objet"),
    *("abandonnee", "echouee", "manquee"),
)
JOB_STATES: Final = (RUNNING, WAITING, DONE, NEEDLESS, GIVEN_UP, FAILED, MISSED)
JOB_CAUSES: Final = ("heure", "rattrapage", "personne")


class JobRun(Base):
    """A job of a hotel for a night: one row, whatever the number of processes and of attempts.

    ``steps`` says of each step how it stands; ``next_at`` when to try again; a lease that ran out belongs to a process
    that died. ``property_id`` is a hotel, or ``INSTALLATION``.
    """

    __tablename__ = "job_runs"
    __table_args__ = (
        UniqueConstraint("property_id", "job", "business_date"),
        one_of("status", JOB_STATES),
        one_of("cause", JOB_CAUSES),
        Index(None, "due_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    property_id: Mapped[int]
    job: Mapped[str] = mapped_column(String(40))
    business_date: Mapped[date]
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    status: Mapped[str] = mapped_column(String(20))
    cause: Mapped[str] = mapped_column(String(20))
    actor_id: Mapped[int | None] = mapped_column(points_to("users.id"))
    attempts: Mapped[int]
    steps: Mapped[Document] = mapped_column(JsonText)
    message: Mapped[str | None] = mapped_column(Text)
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    duration_ms: Mapped[int]
    next_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    lease_owner: Mapped[str | None] = mapped_column(String(64))
    lease_until: Mapped[datetime | None] = mapped_column(UtcDateTime)


class SchedulerPulse(Base):
    """One row: since when the product works by itself here, and the last minute in which it did."""

    __tablename__ = "scheduler_pulse"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    began_at: Mapped[datetime] = mapped_column(UtcDateTime)
    beat_at: Mapped[datetime] = mapped_column(UtcDateTime)
    owner: Mapped[str] = mapped_column(String(64))
