"""What a tab of a night holds, and its lines by person as a table of their own."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sqlalchemy import Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from database.base import Base
from database.models.columns import points_to
from database.types import Cents, JsonText
from utils.shapes import Document


class NightTab(Base):
    """A tab of a night. Absent values have no key: these documents never hold ``null``.

    ``inputs`` are the values that count, ``origins`` where each came from, ``typed_texts`` what was typed when it is
    more than the value, ``field_versions`` the night's version at which each field last changed and who changed it.
    """

    __tablename__ = "night_tabs"
    __table_args__ = (UniqueConstraint("night_id", "tab"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    night_id: Mapped[int] = mapped_column(points_to("night_audit_sessions.id"))
    tab: Mapped[str] = mapped_column(String(20))
    version: Mapped[int]
    inputs: Mapped[Document] = mapped_column(JsonText)
    origins: Mapped[Document] = mapped_column(JsonText)
    typed_texts: Mapped[Document] = mapped_column(JsonText)
    field_versions: Mapped[Document] = mapped_column(JsonText)


class NightLine(Base):
    """One amount of one person in one night: a projection of the tabs, for statements by person."""

    __tablename__ = "night_lines"
    __table_args__ = (
        UniqueConstraint("night_id", "tab", "position", "measure"),
        Index(None, "property_id", "audit_date"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    property_id: Mapped[int] = mapped_column(points_to("properties.id"))
    night_id: Mapped[int] = mapped_column(points_to("night_audit_sessions.id"))
    audit_date: Mapped[date]
    tab: Mapped[str] = mapped_column(String(20))
    position: Mapped[int]
    line_id: Mapped[str] = mapped_column(String(40))
    person: Mapped[str] = mapped_column(Text)
    measure: Mapped[str] = mapped_column(String(40))
    amount: Mapped[Decimal] = mapped_column(Cents)
