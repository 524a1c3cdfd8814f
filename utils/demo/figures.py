"""The figures of one day of a synthetic hotel, drawn from the account and the date alone; fictitious and coherent."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any, Final

from utils.money import ZERO, money_text, r2

ROOMS: Final = 252
_RATES: Final = {"TPS": "0.05", "TVQ": "0.09975", "TAXE_HEB": "0.035"}
_BRANDS: Final = ("visa", "mastercard", "amex", "debit")
TYPES: Final = (("K1", "simple"), ("QQ", "double"), ("ST", "suite"))
SEGMENTS: Final = (("TRA", "transient"), ("GRP", "group"), ("CTR", "contract"))
FIRST: Final = ("Zoé", "François", "Marie-Ève", "D’Arcy", "Noémie", "Jean", "Aïcha", "Siân")
LAST: Final = ("L’Écuyer", "Côté", "O’Neil", "Tremblay", "Müller", "Nguyễn", "Bélanger", "St-Onge")
OTHER: Final = (
    ("36.1", "Internet", "internet"),
    ("TEL-L", "Téléphone local", "telecom"),
    ("BUAND", "Nettoyeur", "laundry"),
    ("STAT", "Stationnement", "parking"),
    ("LIT-P", "Lit pliant", "other"),
)
_CITY: Final = Decimal("400000.00")
_DEPOSITS: Final = Decimal("-30200.00")


@dataclass(frozen=True)
class Account:
    """What the figures are drawn from; ``guests`` sets how many are in the house."""

    account: str
    name: str = "Hôtel simulé"
    property_code: str = "SIMUL"
    currency: str = "CAD"
    time_zone: str = "America/Toronto"
    guests: int | None = None
    empty_days: frozenset[date] = frozenset()


class Figures:
    """The figures of one date."""

    def __init__(self, hotel: Account, day: date) -> None:
        self.hotel, self.day = hotel, day
        self.chance = chance = random.Random(f"{hotel.account}|{day}")  # noqa: S311 - fictitious figures
        empty = day in hotel.empty_days
        self.out_of_order = chance.randint(0, 6)
        self.sold = 0 if empty else chance.randint(90, 225)
        self.free = 0 if empty else chance.randint(0, 4)
        self.by_type = parts(self.sold, (5, 4, 1))
        self.rates = [self._amount(12900, 21900) for _ in TYPES]
        self.no_shows = [] if empty else [self._amount(13900, 18900) for _ in range(chance.randint(0, 3))]
        self.food = ZERO if empty else self._amount(200000, 900000)
        self.others = [ZERO if empty else self._amount(500, 9000) for _ in OTHER]
        self.cards = {brand: ZERO if empty else self._amount(50000, 250000) for brand in _BRANDS}
        self.cash = ZERO if empty else self._amount(20000, 90000)
        self.foreign = ZERO if empty else self._amount(1000, 9000)
        self.cheques = ZERO if empty else self._amount(0, 30000)
        self.applied = ZERO if empty else self._amount(20000, 200000)
        self.drift = ZERO if empty else self._amount(0, 20000)
        self.adults = 0 if empty else (hotel.guests or self.sold + self.sold // 2)

    def _amount(self, least: int, most: int) -> Decimal:
        return Decimal(self.chance.randint(least, most)).scaleb(-2)

    @property
    def room_revenue(self) -> Decimal:
        """Sold rooms at their rates, corrections deducted."""
        return total(count * rate for count, rate in zip(self.by_type, self.rates, strict=True))

    def lines(self) -> list[tuple[str, str, str, Decimal, Decimal]]:
        """Code, description, department, gross and adjustments."""
        correction = Decimal("-15.30") if self.sold else ZERO
        return [
            ("CHAMBRE", "Chambres", "rooms", self.room_revenue, ZERO),
            ("NO-SHOW", "Non-présentations", "other", total(self.no_shows), ZERO),
            ("PIAZZA", "Restaurant Piazza", "fnb", self.food, correction),
            *(
                (code, text, department, amount, ZERO)
                for (code, text, department), amount in zip(OTHER, self.others, strict=True)
            ),
        ]

    def taxes(self) -> list[tuple[str, Decimal, str, Decimal]]:
        """Code, base, rate and amount."""
        net = total(gross + adjustment for _, _, _, gross, adjustment in self.lines())
        bases = {"TPS": net, "TVQ": net, "TAXE_HEB": self.room_revenue}
        return [(code, bases[code], rate, r2(bases[code] * Decimal(rate))) for code, rate in _RATES.items()]

    def debits(self) -> Decimal:
        """What the day charged to the guests."""
        return total(gross + adjustment for _, _, _, gross, adjustment in self.lines()) + total(
            one[3] for one in self.taxes()
        )

    def paid(self) -> Decimal:
        """What the guests paid or had applied, transfers apart."""
        return self.cash + self.foreign + self.cheques + total(self.cards.values()) + self.applied

    def closing(self, ledger: str) -> Decimal:
        """Where a ledger stands after the day, debit positive; known without the days before."""
        if ledger == "guest":
            return r2(self.debits() / 10)
        return (_CITY if ledger == "city" else _DEPOSITS) + self.drift

    def opening(self, ledger: str) -> Decimal:
        """Where it stood the evening before."""
        return _figures(self.hotel, self.day - timedelta(days=1)).closing(ledger)

    @property
    def to_city(self) -> Decimal:
        """Accounts transferred to companies: what remains of the guests' once they paid. Never negative here."""
        return self.opening("guest") + self.debits() - self.paid() - self.closing("guest")

    def movement(self, ledger: str) -> tuple[Decimal, Decimal, Decimal]:
        """Opening, debits and credits of a ledger; the credits bring it to its closing."""
        debits = {"guest": self.debits(), "city": self.to_city, "deposit": self.applied}[ledger]
        opening = self.opening(ledger)
        return opening, debits, opening + debits - self.closing(ledger)


@lru_cache(maxsize=512)
def _figures(hotel: Account, day: date) -> Figures:
    return Figures(hotel, day)


def m(amount: Decimal) -> str:
    """An amount as the contract writes it."""
    return money_text(r2(amount))


def total(amounts: Any) -> Decimal:  # noqa: ANN401 - any iterable of amounts
    """The sum of amounts."""
    return sum(amounts, ZERO)


def parts(whole: int, weights: tuple[int, ...]) -> list[int]:
    """A whole number in parts near these weights; the last part takes the rest."""
    first = [whole * weight // sum(weights) for weight in weights[:-1]]
    return [*first, whole - sum(first)]


def split(amount: Decimal, count: int) -> list[Decimal]:
    """An amount in near equal parts whose sum is exact; none for no part."""
    if not count:
        return []
    each = r2(amount / count)
    return [amount - each * (count - 1), *([each] * (count - 1))]
