"""A hotel, and its settings dated by the day they take effect."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Index, String, event
from sqlalchemy.orm import Mapped, mapped_column

from database.base import Base
from database.models.columns import points_to
from database.types import JsonMap, UtcDateTime
from utils.shapes import Document


class Property(Base):
    """A hotel. Being a demonstration is decided when it is created and never changes."""

    __tablename__ = "properties"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(20), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    currency: Mapped[str] = mapped_column(String(3))
    time_zone: Mapped[str] = mapped_column(String(64))
    opening_date: Mapped[date]
    demo: Mapped[bool]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class PropertySettings(Base):
    """A partial document of settings in force from a date; documents merge key by key in the order of their dates."""

    __tablename__ = "property_settings"
    __table_args__ = (Index(None, "property_id", "effective_from"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    property_id: Mapped[int] = mapped_column(points_to("properties.id"))
    effective_from: Mapped[date]
    document: Mapped[Document] = mapped_column(JsonMap)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    created_by: Mapped[int | None] = mapped_column(points_to("users.id"))


@event.listens_for(Property.demo, "set")
def _demo_is_for_ever(_target: Property, value: bool, old: object, _initiator: object) -> None:
    """Refuse to make a real hotel of a demonstration, or the reverse; a trigger refuses it in the table too."""
    if isinstance(old, bool) and old != value:
        raise ValueError("A property keeps for ever the demo flag it was created with.")
