"""A night of a hotel: its state, what it froze at closing, and the figures that lists and dashboards query."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Final, Literal

from sqlalchemy import Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from database.base import Base
from database.models.columns import one_of, points_to
from database.types import Cents, JsonText, Points, UtcDateTime
from utils.shapes import Document

STATUSES: Final = ("draft", "in_progress", "submitted", "locked", "correcting")


class NightAuditSession(Base):
    """One night: a hotel and a business date. ``version`` moves with every save, ``revision`` with every correction.

    ``carry_version`` moves when an earlier night changes: what is carried from it must be read again. ``leaves_at`` is
    when what says a closed night may leave the hotel; it is empty while the night is open. ``import_id`` names the
    import of a night that came from a workbook. An id is never given twice: the journal keeps those of nights that an
    import brought and that were taken away with it.
    """

    __tablename__ = "night_audit_sessions"
    __table_args__ = (
        UniqueConstraint("property_id", "audit_date"),
        one_of("status", STATUSES),
        Index(None, "property_id", "status"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    property_id: Mapped[int] = mapped_column(points_to("properties.id"))
    audit_date: Mapped[date]
    status: Mapped[str] = mapped_column(String(20))
    version: Mapped[int]
    carry_version: Mapped[int]
    revision: Mapped[int]
    auditor_id: Mapped[int | None] = mapped_column(points_to("users.id"))
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    opened_by: Mapped[int | None] = mapped_column(points_to("users.id"))
    submitted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    submitted_by: Mapped[int | None] = mapped_column(points_to("users.id"))
    locked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    locked_by: Mapped[int | None] = mapped_column(points_to("users.id"))
    awaiting_override: Mapped[bool]
    leaves_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    previous: Mapped[Document | None] = mapped_column(JsonText)
    reprise: Mapped[bool]
    import_id: Mapped[int | None] = mapped_column(points_to("month_imports.id"))
    settings_version: Mapped[str | None] = mapped_column(Text)
    rules_version: Mapped[str | None] = mapped_column(Text)
    frozen: Mapped[Document | None] = mapped_column(JsonText)
    checksum: Mapped[str | None] = mapped_column(String(64))

    ls_sync_timestamp: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ls_sync_status: Mapped[str | None] = mapped_column(String(20))
    ls_sync_tabs: Mapped[Document | None] = mapped_column(JsonText)
    marsha_status: Mapped[str | None] = mapped_column(String(20))
    marsha_submission_id: Mapped[str | None] = mapped_column(String(64))
    marsha_submitted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    room_revenue: Mapped[Decimal | None] = mapped_column(Cents)
    total_fb: Mapped[Decimal | None] = mapped_column(Cents)
    total_revenue: Mapped[Decimal | None] = mapped_column(Cents)
    adr: Mapped[Decimal | None] = mapped_column(Cents)
    revpar: Mapped[Decimal | None] = mapped_column(Cents)
    rooms_sold: Mapped[int | None]
    rooms_occupied: Mapped[int | None]
    rooms_available: Mapped[int | None]
    guests: Mapped[int | None]
    occupancy: Mapped[Decimal | None] = mapped_column(Points)
    pct_occupees: Mapped[Decimal | None] = mapped_column(Points)
    recap_balance: Mapped[Decimal | None] = mapped_column(Cents)
    transelect_variance: Mapped[Decimal | None] = mapped_column(Cents)
    geac_ar_variance: Mapped[Decimal | None] = mapped_column(Cents)
    diff_caisse: Mapped[Decimal | None] = mapped_column(Cents)
    diff_caisse_residu: Mapped[Decimal | None] = mapped_column(Cents)
    quasi_variance: Mapped[Decimal | None] = mapped_column(Cents)
    opening_balance: Mapped[Decimal | None] = mapped_column(Cents)
    new_balance: Mapped[Decimal | None] = mapped_column(Cents)
    net_banque: Mapped[Decimal | None] = mapped_column(Cents)
    deposit_cdn: Mapped[Decimal | None] = mapped_column(Cents)
    completeness: Mapped[Decimal | None] = mapped_column(Points)
    blocking_count: Mapped[int | None]
    warning_count: Mapped[int | None]
    is_fully_balanced: Mapped[bool | None]


@dataclass(frozen=True, slots=True)
class Projection:
    """A typed column of the night and the field of the night whose value it repeats."""

    column: str
    path: str
    kind: Literal["money", "count", "percent", "flag"]


PROJECTIONS: Final = (
    Projection("room_revenue", "jour.jour_room_revenue", "money"),
    Projection("total_fb", "jour.jour_total_fb", "money"),
    Projection("total_revenue", "jour.jour_total_revenue", "money"),
    Projection("adr", "jour.jour_adr", "money"),
    Projection("revpar", "jour.jour_revpar", "money"),
    Projection("rooms_sold", "jour.jour_rooms_louees", "count"),
    Projection("rooms_occupied", "jour.jour_rooms_occupees", "count"),
    Projection("rooms_available", "jour.jour_rooms_disponibles", "count"),
    Projection("guests", "jour.jour_nb_clients", "count"),
    Projection("occupancy", "jour.jour_occupancy_rate", "percent"),
    Projection("pct_occupees", "jour.jour_pct_occupees", "percent"),
    Projection("recap_balance", "recap.recap_balance", "money"),
    Projection("transelect_variance", "transelect.transelect_variance", "money"),
    Projection("geac_ar_variance", "geac.geac_ar_variance", "money"),
    Projection("diff_caisse", "jour.jour_diff_caisse", "money"),
    Projection("diff_caisse_residu", "jour.jour_diff_caisse_residu", "money"),
    Projection("quasi_variance", "quasimodo.quasi_variance", "money"),
    Projection("opening_balance", "jour.jour_opening_balance", "money"),
    Projection("new_balance", "jour.jour_new_balance", "money"),
    Projection("net_banque", "jour.jour_net_banque", "money"),
    Projection("deposit_cdn", "recap.deposit_cdn", "money"),
    Projection("completeness", "sommaire.completude", "percent"),
    Projection("blocking_count", "sommaire.nb_bloquants", "count"),
    Projection("warning_count", "sommaire.nb_avertissements", "count"),
    Projection("is_fully_balanced", "sommaire.is_fully_balanced", "flag"),
)
