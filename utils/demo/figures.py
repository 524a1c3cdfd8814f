"""The figures of one date: rooms, outlets and cash put together, and the three ledgers that follow from one another.

Where a ledger stands after a day is known from the days around it alone: nothing is added up from the beginning. What
the guests settle is what brings their ledger from where it stood to where it stands.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import Final, NamedTuple

from utils.demo import season
from utils.demo.amounts import shares, total
from utils.demo.desk import Desk
from utils.demo.outlets import OUTLETS, Outlets
from utils.demo.rooms import MARKETS, OTHER, Account, Chance, Rooms
from utils.money import ZERO, r2

_RATES: Final = {"TAXE_HEB": "0.035", "TPS": "0.05", "TVQ": "0.09975"}
BRANDS: Final = ("visa", "mastercard", "amex", "debit")
_TITLES: Final = {
    "cafe": "Café Link",
    "piazza": "Restaurant Piazza",
    "spesa": "Marché La Spesa",
    "chambres_svc": "Service aux chambres",
    "banquet": "Banquets",
}
_HALF_YEAR: Final = 183


class RevenueLine(NamedTuple):
    """A line of the Daily Revenue; ``outlet`` is empty but for food and beverage charged to rooms, taxes included."""

    code: str
    text: str
    department: str
    gross: Decimal
    adjustment: Decimal = ZERO
    outlet: str = ""

    @property
    def net(self) -> Decimal:
        """Gross and adjustment."""
        return self.gross + self.adjustment


class Figures:
    """The figures of one date of one hotel."""

    def __init__(self, hotel: Account, day: date) -> None:
        self.hotel, self.day = hotel, day
        self.rooms = Rooms(hotel, day)
        self.outlets = Outlets(hotel, day, self.rooms)
        self.desk = Desk(hotel, day, self.outlets, self.charges)

    @cached_property
    def lines(self) -> tuple[RevenueLine, ...]:
        """Every line of the Daily Revenue."""
        rooms, outlets = self.rooms, self.outlets
        sold = zip(MARKETS, rooms.by_market_revenue, strict=True)
        others = zip(OTHER, rooms.others, strict=True)
        adjusted = {"piazza": outlets.adjustment}
        return (
            *(RevenueLine(one.line, f"Chambres, {one.code}", "rooms", amount) for one, amount in sold),
            RevenueLine("NO-SHOW", "Non-présentations", "other", total(rooms.no_shows)),
            *(
                RevenueLine(name.upper(), _TITLES[name], "fnb", charged, adjusted.get(name, ZERO), name)
                for name, charged in outlets.charged.items()
            ),
            *(RevenueLine(code, text, department, amount) for (code, text, department, *_), amount in others),
            RevenueLine("35.2", "Location de films", "other", rooms.film_revenue),
        )

    @cached_property
    def taxes(self) -> tuple[tuple[str, Decimal, str, Decimal], ...]:
        """Code, base, rate and amount; the lodging tax is added before the two others."""
        lodging = self.rooms.revenue + total(self.rooms.no_shows)
        levied = r2(lodging * Decimal(_RATES["TAXE_HEB"]))
        base = total(line.net for line in self.lines if line.department != "fnb") + levied
        bases = {"TAXE_HEB": lodging, "TPS": base, "TVQ": base}
        return tuple((code, bases[code], rate, r2(bases[code] * Decimal(rate))) for code, rate in _RATES.items())

    @cached_property
    def charges(self) -> Decimal:
        """What the day charged to the guests."""
        return total(line.net for line in self.lines) + total(one[3] for one in self.taxes)

    @property
    def paid_out(self) -> Decimal:
        """Cash that left the drawers and stands at the PMS: refunds, and the tips given to the servers."""
        return self.desk.paid_out + self.outlets.tips

    @cached_property
    def settled(self) -> Decimal:
        """What the guests settled, transfers and applied deposits included."""
        owed = self.opening("guest") + self.charges + self.paid_out
        return owed - self.desk.owed_to_servers - self.closing("guest")

    @cached_property
    def _rest(self) -> list[Decimal]:
        """Of what was not settled at the desk in cash: cards, transfers to companies, deposits applied."""
        left = self.settled - self.desk.cash - self.desk.foreign - self.desk.cheques
        billed = 26 if self.outlets.party else 18
        return shares(left, (70, billed, 12))

    @property
    def to_city(self) -> Decimal:
        """Accounts transferred to companies."""
        return self._rest[1]

    @property
    def applied(self) -> Decimal:
        """Deposits applied to the accounts of guests who arrived."""
        return self._rest[2]

    @cached_property
    def deposited(self) -> Decimal:
        """Deposits received by card for stays to come."""
        return self.applied - self.closing("deposit") + self.opening("deposit")

    @cached_property
    def cards(self) -> dict[str, Decimal]:
        """What the desk took by card, deposits included, by brand of the PMS."""
        return dict(zip(BRANDS, shares(self._rest[0] + self.deposited, (44, 30, 15, 11)), strict=True))

    @cached_property
    def collected(self) -> Decimal:
        """Payments of companies on what they owe."""
        return self.opening("city") + self.to_city - self.closing("city")

    @property
    def by_mail(self) -> Decimal:
        """The part of it that came by cheque; the rest was paid into the bank."""
        return r2(self.collected * Decimal("0.12")) if self.day.weekday() in (1, 3) else ZERO

    def closing(self, ledger: str) -> Decimal:
        """Where a ledger (guest, city, deposit) stands after the day, debit positive."""
        if ledger == "guest":
            return r2(self.charges * Decimal("0.35"))
        if ledger == "deposit":
            return -self._level(190000, 60) if not self.rooms.empty else self.opening("deposit")
        banking = not (self.rooms.empty or season.is_holiday(self.day) or self.day.weekday() > 4)  # noqa: PLR2004
        return self._level(380000, 80) if banking else self.opening("city") + self.to_city

    def _level(self, base: int, slope: int) -> Decimal:
        """A level that moves slowly through the year, with cents of its own."""
        distance = abs(_HALF_YEAR - self.day.timetuple().tm_yday)
        return base + distance * slope + Chance(self.hotel, self.day, f"niveau {base}").amount(0, 999)

    def opening(self, ledger: str) -> Decimal:
        """Where it stood the evening before."""
        return figures(self.hotel, self.day - timedelta(days=1)).closing(ledger)

    def movement(self, ledger: str) -> tuple[Decimal, Decimal, Decimal]:
        """Opening, debits and credits of a ledger."""
        debits = {"guest": self.charges + self.paid_out, "city": self.to_city, "deposit": self.applied}[ledger]
        credited = {
            "guest": self.settled + self.desk.owed_to_servers,
            "city": self.collected,
            "deposit": self.deposited,
        }[ledger]
        return self.opening(ledger), debits, credited

    def balance(self) -> Decimal:
        """The balance of the Jour: guest ledger less deposits on hand."""
        return self.closing("guest") + self.closing("deposit")


@lru_cache(maxsize=1024)
def figures(hotel: Account, day: date) -> Figures:
    """The figures of a date, drawn once."""
    return Figures(hotel, day)


__all__ = ["BRANDS", "OUTLETS", "Account", "Figures", "figures"]
