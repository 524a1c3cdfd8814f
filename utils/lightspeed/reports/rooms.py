"""Rooms, and who sleeps in them by market segment."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from utils.lightspeed.reports.about import About, Ratio


@dataclass(frozen=True, slots=True)
class Inventory:
    """``total = available + out_of_order + out_of_service``."""

    total: int | None = None
    out_of_order: int | None = None
    out_of_service: int | None = None
    available: int | None = None


@dataclass(frozen=True, slots=True)
class People:
    """Guests in the house."""

    adults: int | None = None
    children: int | None = None


@dataclass(frozen=True, slots=True)
class RoomType:
    """Rooms sold of one type; ``room_class`` is simple, double or suite."""

    code: str
    room_class: str = field(metadata={"name": "class"})
    sold: int
    complimentary: int | None = None
    revenue: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Room:
    """The state of a room."""

    number: str
    type: str
    housekeeping: str
    occupancy: str


@dataclass(frozen=True, slots=True)
class RoomStatistics:
    """``available = sold + complimentary + house_use + vacant``; what the PMS does not tell is absent."""

    about: About
    inventory: Inventory
    guests: People
    by_type: tuple[RoomType, ...]
    sold: int | None = None
    complimentary: int | None = None
    house_use: int | None = None
    day_use: int | None = None
    vacant: int | None = None
    house_count: int | None = None
    arrivals: int | None = None
    departures: int | None = None
    stayovers: int | None = None
    walk_ins: int | None = None
    room_revenue: Decimal | None = None
    occupancy: Ratio | None = None
    adr: Ratio | None = None
    revpar: Ratio | None = None
    rooms: tuple[Room, ...] = ()


@dataclass(frozen=True, slots=True)
class Segment:
    """Rooms and revenue of a market segment; ``group``: transient, group, contract or other."""

    code: str
    group: str
    rooms: int
    revenue: Decimal
    guests: int | None = None
    adr: Ratio | None = None


@dataclass(frozen=True, slots=True)
class SegmentTotals:
    """Sums that the PMS declares."""

    rooms: int
    revenue: Decimal
    guests: int | None = None


@dataclass(frozen=True, slots=True)
class MarketSegments:
    """Rooms sold by market segment."""

    about: About
    segments: tuple[Segment, ...]
    totals: SegmentTotals
