"""The market of a demonstration hotel: what five invented rivals sum up to on a date, and its rank among them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Final, NamedTuple

from utils.demo import season
from utils.demo.rooms import Account, Chance, Rooms
from utils.money import r2

RIVALS: Final = 5
_HUNDRED: Final = Decimal(100)
_FEWEST, _MOST = 12, 98


class CompSet(NamedTuple):
    """The set without the subject: occupancy in percent, ADR and RevPAR in dollars; the rank is of the RevPAR."""

    size: int
    occupancy: Decimal
    adr: Decimal
    revpar: Decimal
    rank: int


def comp_set(hotel: Account, day: date) -> CompSet:
    """The set of a date; the same whenever it is asked for."""
    chance, ours = Chance(hotel, day, "concurrence"), Rooms(hotel, day)
    supply = sold = 0
    revenue, above = Decimal(0), 0
    mine = ours.revenue / (252 - ours.out_of_order)
    for _ in range(RIVALS):
        rooms = chance.randint(110, 320)
        wanted = min(max(season.demand(day) + chance.randint(-14, 14), _FEWEST), _MOST)
        taken = rooms * wanted // 100
        rate = Decimal(11000 + 110 * season.demand(day) + chance.randint(-2500, 2500)).scaleb(-2)
        supply, sold, revenue = supply + rooms, sold + taken, revenue + taken * rate
        above += taken * rate / rooms > mine
    return CompSet(RIVALS, r2(_HUNDRED * sold / supply), r2(revenue / sold), r2(revenue / supply), above + 1)
