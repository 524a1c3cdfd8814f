"""Rooms of one date: sold by segment and by type, guests, no-shows, and what else the PMS charges."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final, NamedTuple

from utils.demo import season
from utils.demo.amounts import parts, shares, total
from utils.money import ZERO, r2

ROOMS: Final = 252
CLUB_RATE: Final = Decimal("10.00")
FILMS: Final = (Decimal("14.99"), Decimal("22.99"))


class Market(NamedTuple):
    """A segment: code, group, row of the form of the brand, its revenue line, weights week and week-end, rate in %."""

    code: str
    group: str
    row: str
    line: str
    weights: tuple[int, int]
    rate: int


MARKETS: Final = (
    Market("DETAIL", "transient", "5", "ROOM_CHRG_STANDARD", (26, 30), 100),
    Market("CORPO", "transient", "13", "ROOM_CHRG_SPECIAL", (22, 5), 88),
    Market("GOUV", "transient", "14", "ROOM_CHRG_GOVT_MI", (6, 2), 80),
    Market("FORFAIT", "transient", "22", "ROOM_CHRG_PACKAGES", (6, 16), 115),
    Market("AUTO", "transient", "32", "ROOM_CHRG_AAA", (6, 9), 90),
    Market("ACHAT", "transient", "42", "ROOM_CHRG_ADVANCE", (9, 12), 82),
    Market("POINTS", "transient", "29", "RM_CHRG_REWARD_RED", (3, 5), 55),
    Market("GRP-CO", "group", "59", "ROOM_CHRG_GRP_CO", (10, 3), 84),
    Market("GRP-SP", "group", "73", "ROOM_CHRG_GRP_OTH", (4, 10), 78),
    Market("GRP-TO", "group", "76", "ROOM_CHRG_GRP_TOUR", (3, 5), 72),
    Market("EQUIP", "contract", "58", "ROOM_CHRG_CONTRACT", (5, 3), 65),
)
TYPES: Final = (("K1", "simple"), ("QQ", "double"), ("ST", "suite"))
OTHER: Final = (
    ("36.1", "Internet", "internet", 4000, 24000),
    ("36.5", "Ajustement Internet", "internet", -2500, -500),
    ("30.1", "Téléphone local", "telecom", 0, 1800),
    ("30.2", "Téléphone interurbain", "telecom", 0, 2600),
    ("BUAND", "Nettoyeur", "laundry", 1500, 14000),
    ("LIT-P", "Lit pliant", "other", 0, 6000),
)


@dataclass(frozen=True)
class Account:
    """What the figures are drawn from; ``guests`` sets how many are in the house, ``empty_days`` has nobody."""

    account: str
    name: str = "Hôtel simulé"
    property_code: str = "SIMUL"
    currency: str = "CAD"
    time_zone: str = "America/Toronto"
    guests: int | None = None
    empty_days: frozenset[date] = frozenset()


class Chance(random.Random):
    """Draws that a hotel, a date and a subject decide, whatever else is drawn."""

    def __init__(self, hotel: Account, day: date, subject: str) -> None:
        super().__init__(f"{hotel.account}|{day.isoformat()}|{subject}")

    def amount(self, least: int, most: int) -> Decimal:
        """An amount between two numbers of cents."""
        return Decimal(self.randint(least, most)).scaleb(-2)


class Rooms:
    """The rooms of one date; amounts are before taxes."""

    def __init__(self, hotel: Account, day: date) -> None:
        chance = Chance(hotel, day, "chambres")
        self.empty = empty = day in hotel.empty_days
        self.out_of_order = chance.randint(0, 6)
        self.free = 0 if empty else chance.randint(0, 4)
        wanted = ROOMS * season.demand(day) // 100 + chance.randint(-9, 9)
        self.sold = 0 if empty else min(wanted, ROOMS - self.out_of_order - self.free)
        weights = [market.weights[season.is_weekend(day)] for market in MARKETS]
        self.by_market = parts(self.sold, weights)
        base = Decimal(11500 + 110 * season.demand(day) + chance.randint(-400, 400)).scaleb(-2)
        self.rates = [r2(base * market.rate / 100) for market in MARKETS]
        self.by_type = parts(self.sold, (5, 4, 1))
        self.club = self.sold // 18
        self.no_shows = [] if empty else [r2(base) for _ in range(chance.choice((0, 0, 1, 1, 2, 3)))]
        leisure = season.is_weekend(day) or season.occasion(day) is not None
        self.adults = 0 if empty else hotel.guests or self.sold + self.sold * (8 if leisure else 3) // 10
        self.children = self.sold // (6 if leisure else 25)
        self.others = [ZERO if empty else chance.amount(least, most) for *_, least, most in OTHER]
        self.films = [0, 0] if empty else [chance.choice((0, 0, 0, 1)), chance.choice((0, 0, 0, 0, 1, 2))]
        self.to_clean = chance.randint(0, 3)

    @property
    def by_market_revenue(self) -> list[Decimal]:
        """Revenue by segment."""
        return [rooms * rate for rooms, rate in zip(self.by_market, self.rates, strict=True)]

    @property
    def revenue(self) -> Decimal:
        """Revenue of the rooms that were sold; no-shows apart."""
        return total(self.by_market_revenue)

    @property
    def by_type_revenue(self) -> list[Decimal]:
        """Revenue by type of room, suites dearer."""
        return shares(self.revenue, [rooms * weight for rooms, weight in zip(self.by_type, (10, 11, 16), strict=True)])

    @property
    def film_revenue(self) -> Decimal:
        """Films of the night, as code 35.2 has them."""
        return total(price * count for price, count in zip(FILMS, self.films, strict=True))

    @property
    def club_allowance(self) -> Decimal:
        """The allowance of the club rooms, which leaves room revenue for the package difference."""
        return self.club * CLUB_RATE
