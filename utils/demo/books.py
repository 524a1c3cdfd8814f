"""What is booked of each night to come, as it is known at the close of a date: it leads to what that night will sell.

Each room that will be sold was booked a number of days ahead; others were booked too and given up before. So the
books of one night seen from two dates belong to one story, and those of the night itself are what it sold.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any, Final, NamedTuple

from utils.demo.amounts import m, total
from utils.demo.rooms import MARKETS, ROOMS, Account, Chance, Rooms
from utils.shapes import Document

BOOKS: Final = "OnTheBooks"
HORIZON: Final = 365
_LEADS: Final = {"transient": 15, "group": 95, "contract": 190}
"""How many days ahead people book, on average."""

_LOST: Final = {"transient": 12, "group": 20, "contract": 3}
"""Of a hundred rooms that will be sold, how many more were booked and then given up."""

_CUT_OFF: Final = 21
"""Days before the night at which a group gives back the rooms that nobody took."""

_SEEN: Final = 3
"""Days ahead at which rooms out of order, or given away, are known."""


class _Story(NamedTuple):
    """The bookings of one segment of a night: their leads in days, those of rooms booked and given up, its rate."""

    kept: tuple[int, ...]
    lost_booked: tuple[int, ...]
    lost_given_up: tuple[int, ...]
    held: int
    rate: Decimal

    def rooms(self, lead: int) -> int:
        """Rooms on the books so many days before the night."""
        booked = _at_least(self.kept, lead) + _at_least(self.lost_booked, lead)
        return booked - _at_least(self.lost_given_up, lead)


class _Night(NamedTuple):
    stories: tuple[_Story, ...]
    out_of_order: int
    free: int


def on_the_books(hotel: Account, day: date) -> Document:
    """The body of the report of a date: that night, then the year that follows."""
    days = [_day(hotel, day + timedelta(days=lead), lead) for lead in range(HORIZON + 1)]
    return {"days": days, "totals": totals_of(days)}


def totals_of(days: Iterable[Mapping[str, Any]]) -> Document:
    """What the segments of these nights add up to."""
    segments = [one for day in days for one in day["segments"]]
    return {
        "rooms": sum(one["rooms"] for one in segments),
        "revenue": m(total(Decimal(one["revenue"]) for one in segments)),
    }


def _day(hotel: Account, stay: date, lead: int) -> Document:
    night, near = _night(hotel, stay), lead <= _SEEN
    closed = night.out_of_order if near else 0
    told = zip(MARKETS, night.stories, strict=True)
    segments = [
        {
            "code": market.code,
            "group": market.group,
            "rooms": (rooms := story.rooms(lead)),
            "revenue": m(rooms * story.rate),
            "blockedNotPicked": max(story.held - rooms, 0) if lead > _CUT_OFF else 0,
        }
        for market, story in told
    ]
    return {
        "stayDate": stay.isoformat(),
        "available": ROOMS - closed,
        "outOfOrder": closed,
        "complimentary": night.free if near else 0,
        "houseUse": 0,
        "segments": segments,
    }


@lru_cache(maxsize=2048)
def _night(hotel: Account, stay: date) -> _Night:
    """How a night was, or will be, booked."""
    rooms, chance = Rooms(hotel, stay), Chance(hotel, stay, "réservations")
    stories = []
    for market, sold, rate in zip(MARKETS, rooms.by_market, rooms.rates, strict=True):
        mean = _LEADS[market.group]
        kept = sorted(_lead(chance, mean) for _ in range(sold))
        lost = [_lead(chance, mean) + 1 for _ in range(sold * _LOST[market.group] // 100)]
        given_up = sorted(chance.randrange(booked) for booked in lost)
        held = sold + chance.randint(0, 8) if market.group == "group" and sold else 0
        # given up at so many days: gone from the books of that very evening
        stories.append(_Story(tuple(kept), tuple(sorted(lost)), tuple(given_up), held, rate))
    return _Night(tuple(stories), rooms.out_of_order, rooms.free)


def _lead(chance: Chance, mean: int) -> int:
    return min(int(chance.expovariate(1 / mean)), HORIZON)


def _at_least(leads: tuple[int, ...], lead: int) -> int:
    """How many of these were made so many days ahead, or earlier."""
    return len(leads) - bisect_left(leads, lead)
