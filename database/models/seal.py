"""What binds a night, open or closed, to the row of the journal that last spoke of it."""

from __future__ import annotations

from datetime import date

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from database.base import Base
from database.models.columns import points_to
from database.types import JsonText
from utils.shapes import Document


class NightSeal(Base):
    """The digests of the parts of a night as the product last wrote them, sealed with the row of the journal.

    ``parts`` are digests by name of part; ``seq`` is the last row of the journal about the night: an older copy of the
    night put back with its older seal does not match the journal.
    """

    __tablename__ = "night_seals"

    night_id: Mapped[int] = mapped_column(points_to("night_audit_sessions.id"), primary_key=True, autoincrement=False)
    seq: Mapped[int]
    parts: Mapped[Document] = mapped_column(JsonText)
    mac: Mapped[str] = mapped_column(String(64))


class JournalWitness(Base):
    """Where a journal stood when a letter that says so left: its tail is compared with it; sealed as a head is."""

    __tablename__ = "journal_witnesses"

    property_id: Mapped[int] = mapped_column(points_to("properties.id"), primary_key=True, autoincrement=False)
    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    day: Mapped[date]
    hash: Mapped[str] = mapped_column(String(64))
    mac: Mapped[str] = mapped_column(String(64))
