"""What every answer carries, and the account itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Final

Ratio = Annotated[Decimal, "ratio"]
"""A figure that the PMS derives from others."""


OURS: Final = {"ours": True}
"""Metadata of an attribute that we add: an answer cannot set it."""

REST: Final = {"rest": True}
"""Metadata of an attribute that takes the amounts under names of which the contract says nothing."""


@dataclass(frozen=True, slots=True)
class About:
    """What every answer carries. ``source``: ``live``, or ``demo`` for what may never be submitted."""

    account_id: str
    property_code: str
    business_date: date
    business_date_status: str
    data_complete: bool
    revision: int
    currency: str
    time_zone: str
    opened_at: datetime
    closed_at: datetime | None
    generated_at: datetime
    source: str = field(default="live", metadata=OURS)
    etag: str | None = field(default=None, metadata=OURS)
    breaches: tuple[str, ...] = field(default=(), metadata=OURS)
    """French sentences, one for each invariant that a closed date does not respect; shown, never corrected."""
    warnings: tuple[str, ...] = field(default=(), metadata=OURS)
    """What an administrator should know: an announced end of the service."""

    @property
    def closed(self) -> bool:
        """Whether the PMS closed the date."""
        return self.business_date_status == "closed"

    @property
    def final(self) -> bool:
        """Whether the figures may fill a night: closed and complete."""
        return self.closed and self.data_complete


@dataclass(frozen=True, slots=True)
class Account:
    """The account itself: what a test of the connection reads."""

    account_id: str
    name: str
    property_code: str
    currency: str
    time_zone: str
    current_business_date: date
