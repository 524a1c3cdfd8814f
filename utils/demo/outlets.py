"""Food and beverage of one date as POSitouch tells it: sales, taxes, tips, internal bills, and how all was settled."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Final, NamedTuple

from utils.demo import season
from utils.demo.amounts import shares, total
from utils.demo.papers import Value
from utils.demo.rooms import Account, Chance, Rooms
from utils.demo.staff import AUTHORIZED
from utils.money import ZERO, r2

CATEGORIES: Final = ("nourriture", "boisson", "bieres", "mineraux", "vins")
OUTLETS: Final = ("cafe", "piazza", "spesa", "chambres_svc", "banquet")
CARDS: Final = ("debit", "visa", "mc", "amex")
_MIX: Final = {
    "cafe": (80, 2, 3, 12, 3),
    "piazza": (66, 10, 7, 4, 13),
    "spesa": (74, 0, 12, 14, 0),
    "chambres_svc": (78, 6, 6, 4, 6),
    "banquet": (74, 8, 6, 3, 9),
}
_A_GUEST: Final = {"cafe": (180, 320), "piazza": (1500, 2600), "spesa": (140, 260), "chambres_svc": (120, 300)}
TERMINALS: Final = {
    "bar_a": "cafe",
    "bar_b": "piazza",
    "bar_c": "piazza",
    "spesa_d": "spesa",
    "room_e": "chambres_svc",
    "banquet_1": "banquet",
    "banquet_2": "banquet",
}
_BY_CARD: Final = (28, 41, 24, 7)
_TPS, _TVQ = Decimal("0.05"), Decimal("0.09975")
_REASONS: Final = ("Plainte d’un client", "Repas d’un fournisseur", "Visite de la direction", "Accueil d’un groupe")
_SLIPS: Final = (
    ("piazza", "administration", "piazza", "nourriture", (1200, 4200)),
    ("piazza", "promotion", "piazza", "boisson", (800, 1900)),
    ("spesa", "promotion", "spesa", "nourriture", (600, 2200)),
)
_ADJUSTMENTS: Final = (None, None, "-3.89", "-15.30", "-7.25", "4.50")


class Slip(NamedTuple):
    """An internal bill, before taxes: sold by an outlet, deducted once; its ``category`` is that of the sale."""

    area: str
    payment: str
    category: str
    amount: Decimal
    tip: Decimal
    reason: str
    authorized: str

    @property
    def total(self) -> Decimal:
        """The bill with its tip."""
        return self.amount + self.tip

    @property
    def row(self) -> Mapping[str, Value]:
        """The line of the sheet."""
        sold: dict[str, Value] = {"area": self.area, "paiement": self.payment, self.category: self.amount}
        return sold | {"pourboire": self.tip, "raison": self.reason, "autorise_par": self.authorized}


class Outlets:
    """The points of sale of one date; amounts are before taxes, tips apart."""

    def __init__(self, hotel: Account, day: date, rooms: Rooms) -> None:
        self._chance = chance = Chance(hotel, day, "restaurant")
        self._open = not rooms.empty
        people = min(rooms.adults + rooms.children, 600)
        self.party = self._open and chance.random() < (0.75 if day.weekday() == 5 else 0.4)  # noqa: PLR2004 - Saturday
        turnover = {name: chance.amount(*bounds) * people for name, bounds in _A_GUEST.items()}
        turnover["banquet"] = chance.amount(180000, 950000) if self.party else ZERO
        self.sales = {
            name: {
                category: share
                for category, share, weight in zip(CATEGORIES, shares(turnover[name], mix), mix, strict=True)
                if weight and turnover[name]
            }
            for name, mix in _MIX.items()
        }
        self.tobacco = chance.amount(1500, 9000) if self._open else ZERO
        self.hall = chance.amount(30000, 140000) if self.party else ZERO
        self.equipment = chance.amount(8000, 60000) if self.party else ZERO
        self.music = self.party and day.weekday() == 5  # noqa: PLR2004
        self.socan = Decimal("41.13") if self.music else ZERO
        self.resonne = Decimal("18.51") if self.music else ZERO
        self.slips = self._slips() if self._open else []
        found = chance.choice(_ADJUSTMENTS) if self._open else None
        self.adjustment = Decimal(found) if found else ZERO
        self.tips = r2(self.of("piazza") * Decimal("0.12")) + r2(self.of("banquet") * Decimal("0.15")) + self.slip_tips
        taxable = self.sold - total(slip.amount for slip in self.slips)
        self.tps, self.tvq = r2(taxable * _TPS), r2(taxable * _TVQ)
        breakfasts = rooms.by_market[3] * 2 * Decimal("17.50")
        self.packages = min(breakfasts, r2(self.of("piazza") / 4))
        self.gift = Decimal("50.00") if self._open and season.is_weekend(day) else ZERO
        self._settle()

    def _slips(self) -> list[Slip]:
        chance, found = self._chance, []
        for area, payment, outlet, category, bounds in _SLIPS:
            amount = chance.amount(*bounds)
            if chance.random() < 0.6 and self.sales[outlet].get(category, ZERO) > amount:  # noqa: PLR2004 - a likelihood
                tip = r2(amount * Decimal("0.15")) if outlet == "piazza" else ZERO
                who = (chance.choice(_REASONS), chance.choice(AUTHORIZED))
                found.append(Slip(area, payment, category, amount, tip, *who))
        return found

    def _settle(self) -> None:
        """Cash and cards by outlet; what remains of the sales is charged to rooms."""
        weights = [int(self.of(name) * 100) for name in OUTLETS]
        due = self.gross - total(slip.total for slip in self.slips) - self.packages - self.gift
        by_outlet = dict(zip(OUTLETS, shares(due, weights), strict=True))
        self.cash = r2((due - by_outlet["banquet"]) * Decimal("0.08"))
        self.batches: dict[str, dict[str, Decimal]] = {card: {} for card in CARDS}
        self.charged = dict.fromkeys(OUTLETS, ZERO)
        cash = dict(zip(OUTLETS[:4], shares(self.cash, weights[:4]), strict=True)) | {"banquet": ZERO}
        for outlet in OUTLETS:
            paid = r2(by_outlet[outlet] * Decimal("0.45"))
            self.charged[outlet] = by_outlet[outlet] - cash[outlet] - paid
            terminals = [name for name, where in TERMINALS.items() if where == outlet]
            for terminal, part in zip(terminals, shares(paid, [3, 2][: len(terminals)]), strict=True):
                for card, batch in zip(CARDS, shares(part, _BY_CARD), strict=True):
                    if batch:
                        self.batches[card][terminal] = batch

    def of(self, outlet: str) -> Decimal:
        """What an outlet sold."""
        return total(self.sales[outlet].values())

    @property
    def sold(self) -> Decimal:
        """Everything sold, before taxes and tips."""
        side = (self.tobacco, self.hall, self.equipment, self.socan, self.resonne)
        return total(self.of(name) for name in OUTLETS) + total(side)

    @property
    def slip_tips(self) -> Decimal:
        """Tips on internal bills."""
        return total(slip.tip for slip in self.slips)

    @property
    def gross(self) -> Decimal:
        """Everything that was to be settled."""
        return self.sold + self.tps + self.tvq + self.tips
