"""What is on the books at the close of a date: rooms booked and not cancelled, for each night to come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from utils.lightspeed.reports.about import About


@dataclass(frozen=True, slots=True)
class BookedSegment:
    """Rooms and revenue booked of a market segment; ``blocked_not_picked``: held for a group that nobody took yet."""

    code: str
    group: str
    rooms: int
    revenue: Decimal
    blocked_not_picked: int = 0


@dataclass(frozen=True, slots=True)
class StayDate:
    """A night to come; complimentary rooms and those of the house are in no segment."""

    stay_date: date
    available: int
    segments: tuple[BookedSegment, ...]
    out_of_order: int = 0
    complimentary: int = 0
    house_use: int = 0


@dataclass(frozen=True, slots=True)
class BooksTotals:
    """Sums that the PMS declares, over every night of the report."""

    rooms: int
    revenue: Decimal


@dataclass(frozen=True, slots=True)
class OnTheBooks:
    """The night of the business date itself (what was sold), then those that follow."""

    about: About
    days: tuple[StayDate, ...]
    totals: BooksTotals
