"""Books of past months: what was proposed, what entered the book, what was undone."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from database.base import Base
from database.models.columns import one_of, points_to
from database.types import JsonText, UtcDateTime
from utils.shapes import Document

PROPOSED, IMPORTED, UNDONE = "propose", "importe", "defait"
IMPORT_STATES: Final = (PROPOSED, IMPORTED, UNDONE)


class MonthImport(Base):
    """A month of one or two workbooks. ``files`` are ``{nom, empreinte, genre}``.

    ``document`` holds the figures of the nights while they are only proposed, then what a person reads of the import:
    differences, notes, conflicts. ``opening_before`` is the opening date of the hotel that the import moved back.
    """

    __tablename__ = "month_imports"
    __table_args__ = (one_of("status", IMPORT_STATES), Index(None, "property_id", "month"))

    id: Mapped[int] = mapped_column(primary_key=True)
    property_id: Mapped[int] = mapped_column(points_to("properties.id"))
    month: Mapped[date]
    status: Mapped[str] = mapped_column(String(20))
    files: Mapped[list[Any]] = mapped_column(JsonText)
    document: Mapped[Document] = mapped_column(JsonText)
    nights: Mapped[int]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    created_by: Mapped[int | None] = mapped_column(points_to("users.id"))
    entered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    entered_by: Mapped[int | None] = mapped_column(points_to("users.id"))
    undone_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    undone_by: Mapped[int | None] = mapped_column(points_to("users.id"))
    opening_before: Mapped[date | None]
