"""The cash of one date: what the desk and the servers took in, paid out, keep, owe and put in their envelopes.

An envelope holds what was received less what was paid out. A receptionist who paid out more than she received keeps a
claim, her due back, and takes it from the next evening's envelope; a server who is owed more tips than the cash she
took is reimbursed at once, and the house owes her that much: the due back of food and beverage.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Final, NamedTuple

from utils.demo.amounts import shares, total
from utils.demo.outlets import Outlets
from utils.demo.papers import Value
from utils.demo.rooms import Account, Chance
from utils.demo.staff import ACCOUNTING, BANQUET, SERVERS, on_duty
from utils.money import ZERO, r2

_VARIANCES: Final = ("0", "0", "0", "0.05", "-0.10", "0.25", "-1.00", "2.00", "-4.75", "0.02")
_CLAIM_DAYS: Final = ((4, 1), (5, 2))
"""By shift: of how many days a block is made, and the one on which more may be paid out than received."""


class Float(NamedTuple):
    """A due back of the evening: what a person takes back of yesterday's claim, and her new claim; nil for none."""

    name: str
    back: Decimal
    claim: Decimal

    @property
    def row(self) -> Mapping[str, Value]:
        """The line of the sheet, without what is nil."""
        amounts = {"previous": -self.back, "nouveau": self.claim}
        return {"name": self.name, **{key: amount for key, amount in amounts.items() if amount}}


class Envelope(NamedTuple):
    """A line of the sheet of the safe: what an envelope should hold, what was counted in it, what is reimbursed."""

    department: str
    name: str
    amount: Decimal
    verified: Decimal
    currency: str = "CDN"
    reimbursement: Decimal = ZERO

    @property
    def gap(self) -> Decimal:
        """What was counted beyond what it should hold."""
        return self.verified - self.reimbursement - self.amount

    @property
    def row(self) -> Mapping[str, Value]:
        """The line of the sheet."""
        who = {"department": self.department, "name": self.name, "currency": self.currency}
        paid = {"reimbursement": self.reimbursement} if self.reimbursement else {}
        return {**who, "amount": self.amount, "verified": self.verified, **paid}


class Desk:
    """Cash and cheques of one date; ``charges`` is what the PMS charged to the guests that day."""

    def __init__(self, hotel: Account, day: date, outlets: Outlets, charges: Decimal) -> None:
        self._hotel, self._day = hotel, day
        self._chance = chance = Chance(hotel, day, "caisse")
        self._open = day not in hotel.empty_days
        self.cash = r2(charges * Decimal("0.02")) + 120 if self._open else ZERO
        self.cheques = chance.choice((ZERO, ZERO, ZERO, chance.amount(8000, 45000))) if self._open else ZERO
        self.foreign = Decimal(chance.choice((0, 0, 0, 0, 0, 20, 40, 60))) if self._open else ZERO
        self._outlets = outlets
        self.received = list(zip(shares(self.cash, (4, 6)), (ZERO, self.cheques), strict=True))
        self.claims = [claim(hotel, day, shift) for shift in range(2)]
        self.paid = []
        for taken, claimed in zip(self.received, self.claims, strict=True):
            if claimed:
                self.paid.append(total(taken) + claimed)
            else:
                self.paid.append(r2(taken[0] * chance.randint(0, 30) / 100) if self._open else ZERO)

    @property
    def paid_out(self) -> Decimal:
        """Cash that the desk paid out: refunds and disbursements."""
        return total(self.paid)

    def floats(self) -> list[Float]:
        """Due backs of the evening, of those who take back or claim something."""
        yesterday = self._day - timedelta(days=1)
        found = (
            Float(name, claim(self._hotel, yesterday, shift), self.claims[shift])
            for shift, name in enumerate(on_duty(self._day))
        )
        return [one for one in found if one.back or one.claim]

    def servers(self) -> list[tuple[str, str, Decimal]]:
        """Department, name, and cash less the tips owed, of each server; negative when the house owes."""
        tips = self._outlets.tips - self._banquet_tips
        cash = shares(self._outlets.cash, [weight for *_, weight, _ in SERVERS])
        owed = shares(tips, [weight for *_, weight in SERVERS])
        found = [(one[0], one[1], taken - tip) for one, taken, tip in zip(SERVERS, cash, owed, strict=True)]
        return [*found, ("banquet", BANQUET, -self._banquet_tips)] if self._banquet_tips else found

    @property
    def _banquet_tips(self) -> Decimal:
        return r2(self._outlets.of("banquet") * Decimal("0.15"))

    @property
    def owed_to_servers(self) -> Decimal:
        """The due back of food and beverage."""
        return -total(amount for *_, amount in self.servers() if amount < 0)

    def envelopes(self, by_mail: Decimal) -> list[Envelope]:
        """The lines of the SD; ``by_mail`` is what accounts receivable put in by cheque."""
        chance = Chance(self._hotel, self._day, "coffre")
        back = {one.name: one.back for one in self.floats()}
        found = []
        for shift, name in enumerate(on_duty(self._day)):
            taken = total(self.received[shift]) - self.paid[shift] + self.claims[shift]
            found.append(self._counted("reception", name, taken - back.get(name, ZERO), chance))
        if self.foreign:
            found.append(Envelope("reception", on_duty(self._day)[1], self.foreign, self.foreign, "US"))
        for department, name, amount in self.servers():
            if amount < 0:
                found.append(Envelope(department, name, amount, ZERO, reimbursement=-amount))
            else:
                found.append(self._counted(department, name, amount, chance))
        if by_mail:
            found.append(Envelope("comptabilite", ACCOUNTING, by_mail, by_mail))
        return [one for one in found if one.amount or one.verified]

    @staticmethod
    def _counted(department: str, name: str, amount: Decimal, chance: Chance) -> Envelope:
        gap = Decimal(chance.choice(_VARIANCES)) if amount > 10 else ZERO  # noqa: PLR2004 - dollars
        return Envelope(department, name, amount, amount + gap)


def claim(hotel: Account, day: date, shift: int) -> Decimal:
    """What a receptionist is owed after her shift; she is there the next day, and took in enough to be paid."""
    length, place = _CLAIM_DAYS[shift]
    chance = Chance(hotel, day, f"avance {shift}")
    tomorrow = day + timedelta(days=1)
    if day.toordinal() % length != place or chance.random() > 0.7 or {day, tomorrow} & hotel.empty_days:  # noqa: PLR2004
        return ZERO
    return chance.amount(800, 4000)
