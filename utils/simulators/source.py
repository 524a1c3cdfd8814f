"""What a simulator serves: accounts, and their reports as the contract writes them; anything with these methods."""

from __future__ import annotations

from datetime import date
from typing import Protocol

from utils.shapes import Document

REPORTS = (
    "DailyRevenue",
    "RoomStatistics",
    "Receivables",
    "ArAging",
    "Cashier",
    "CardSettlements",
    "InHouse",
    "NoShows",
    "MarketSegments",
    "OnTheBooks",
)
"""The reports by the name of their schema in the contract."""


class Hotel(Protocol):
    """One account of the PMS."""

    @property
    def name(self) -> str:
        """Its name."""

    @property
    def property_code(self) -> str:
        """Its code at the PMS."""

    @property
    def currency(self) -> str:
        """ISO 4217."""

    @property
    def time_zone(self) -> str:
        """IANA name."""

    @property
    def invented(self) -> bool:
        """Whether its figures are fictitious, which its answers say: no real hotel takes them."""

    def current_date(self) -> date:
        """The business date that is open now."""

    def report(self, name: str, day: date) -> Document | None:
        """The body of a report beyond its envelope, every page of it; nothing when the hotel has none."""
