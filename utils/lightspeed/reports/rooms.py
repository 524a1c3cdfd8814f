"""Rooms, and who sleeps in them by market segment."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from utils.lightspeed.reports.about import About, Ratio


@dataclass(frozen=True, slots=True)
class Inventory:
    """``total = available + out_of_order + out_of_service``."""

    total: int
    out_of_order: int
    out_of_service: int
    available: int


@dataclass(frozen=True, slots=True)
class People:
    """Guests in the house."""

    adults: int
    children: int


@dataclass(frozen=True, slots=True)
class RoomType:
    """Rooms sold of one type; ``room_class`` is simple, double or suite."""

    code: str
    room_class: str = field(metadata={"name": "class"})
    sold: int
    complimentary: int
    revenue: Decimal


@dataclass(frozen=True, slots=True)
class Room:
    """The state of a room."""

    number: str
    type: str
    housekeeping: str
    occupancy: str


@dataclass(frozen=True, slots=True)
class RoomStatistics:
    """``available = sold + complimentary + house_use + vacant``."""

    about: About
    inventory: Inventory
    sold: int
    complimentary: int
    house_use: int
    day_use: int
    vacant: int
    guests: People
    house_count: int
    arrivals: int
    departures: int
    stayovers: int
    walk_ins: int
    room_revenue: Decimal
    occupancy: Ratio | None
    adr: Ratio | None
    revpar: Ratio | None
    by_type: tuple[RoomType, ...]
    rooms: tuple[Room, ...] = ()

    def sold_of(self, room_class: str) -> int:
        """Rooms sold of a class: simple, double or suite."""
        return sum(one.sold for one in self.by_type if one.room_class == room_class)


@dataclass(frozen=True, slots=True)
class Segment:
    """Rooms and revenue of a market segment; ``group``: transient, group, contract or other."""

    code: str
    group: str
    rooms: int
    guests: int
    revenue: Decimal
    adr: Ratio | None


@dataclass(frozen=True, slots=True)
class SegmentTotals:
    """Sums that the PMS declares."""

    rooms: int
    guests: int
    revenue: Decimal


@dataclass(frozen=True, slots=True)
class MarketSegments:
    """Rooms sold by market segment."""

    about: About
    segments: tuple[Segment, ...]
    totals: SegmentTotals
