"""Guests in the house and those who never came: personal data, absent from every repr."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from utils.lightspeed.reports.about import About


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody in the house: personal data, counted and never kept; absent from every repr."""

    stay_id: str = field(repr=False)
    room: str = field(repr=False)
    name: str = field(repr=False)
    arrival: date
    departure: date
    adults: int
    children: int
    rate_code: str
    rate: Decimal
    market_segment: str
    balance: Decimal
    vip: bool = field(repr=False)


@dataclass(frozen=True, slots=True)
class GuestTotals:
    """Sums that the PMS declares, over every page."""

    guests: int
    balance: Decimal


@dataclass(frozen=True, slots=True)
class HouseGuests:
    """Everybody in the house, every page read."""

    about: About
    guests: tuple[Guest, ...]
    totals: GuestTotals


@dataclass(frozen=True, slots=True)
class NoShow:
    """A reservation that nobody came for."""

    confirmation: str = field(repr=False)
    name: str = field(repr=False)
    rate_code: str
    rate: Decimal
    guaranteed: bool
    charged: Decimal
    tax: Decimal
    disposition: str
    market_segment: str


@dataclass(frozen=True, slots=True)
class NoShowTotals:
    """Sums that the PMS declares."""

    count: int | None = None
    charged: Decimal | None = None


@dataclass(frozen=True, slots=True)
class NoShows:
    """Reservations that nobody came for; the list may be missing when only the sums are told."""

    about: About
    totals: NoShowTotals
    no_shows: tuple[NoShow, ...] | None = None
