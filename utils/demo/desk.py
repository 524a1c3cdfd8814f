"""The cash of one date: what the desk and the servers took in, paid out, keep, owe and put in their envelopes.

An envelope holds what was received less what was paid out. A receptionist who paid out more than she received keeps a
claim, her due back, and takes it from the next evening's envelope; a server who is owed more tips than the cash she
took is reimbursed at once, and the house owes her that much: the due back of food and beverage.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

from utils.demo.amounts import shares, total
from utils.demo.outlets import Outlets
from utils.demo.rooms import Account, Chance
from utils.demo.staff import ACCOUNTING, BANQUET, SERVERS, on_duty
from utils.money import ZERO, r2

_VARIANCES: Final = ("0", "0", "0", "0.05", "-0.10", "0.25", "-1.00", "2.00", "-4.75", "0.02")
_CLAIM_DAYS: Final = ((4, 1), (5, 2))
"""By shift: of how many days a block is made, and the one on which more may be paid out than received."""

Line = dict[str, Any]


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
        self.claims = [self._claim(shift) for shift in range(2)]
        self.paid = [self._paid(shift) for shift in range(2)]

    def _claim(self, shift: int) -> Decimal:
        return claim(self._hotel, self._day, shift)

    def _paid(self, shift: int) -> Decimal:
        taken = total(self.received[shift])
        if self.claims[shift]:
            return taken + self.claims[shift]
        return r2(self.received[shift][0] * self._chance.randint(0, 30) / 100) if self._open else ZERO

    @property
    def paid_out(self) -> Decimal:
        """Cash that the desk paid out: refunds and disbursements."""
        return total(self.paid)

    def floats(self) -> list[Line]:
        """Due backs of the evening: what a person takes back of yesterday's claim, and her new claim."""
        yesterday = self._day - timedelta(days=1)
        found = []
        for shift, name in enumerate(on_duty(self._day)):
            before, now = claim(self._hotel, yesterday, shift), self.claims[shift]
            line = {"name": name} | ({"previous": -before} if before else {}) | ({"nouveau": now} if now else {})
            found += [line] if len(line) > 1 else []
        return found

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

    def envelopes(self, by_mail: Decimal) -> list[Line]:
        """The lines of the SD; ``by_mail`` is what accounts receivable put in by cheque."""
        chance = Chance(self._hotel, self._day, "coffre")
        found = [self._envelope("reception", name, amount, chance) for name, amount in self._receptionists()]
        if self.foreign:
            evening = on_duty(self._day)[1]
            us = {"department": "reception", "name": evening, "currency": "US"}
            found.append({**us, "amount": self.foreign, "verified": self.foreign})
        for department, name, amount in self.servers():
            if amount < 0:
                owed = {"department": department, "name": name, "currency": "CDN", "amount": amount, "verified": ZERO}
                found.append({**owed, "reimbursement": -amount})
            else:
                found.append(self._envelope(department, name, amount, chance))
        if by_mail:
            mail = {"department": "comptabilite", "name": ACCOUNTING, "currency": "CDN"}
            found.append({**mail, "amount": by_mail, "verified": by_mail})
        return [line for line in found if line["amount"] or line["verified"]]

    def _receptionists(self) -> list[tuple[str, Decimal]]:
        taken = [total(self.received[shift]) - self.paid[shift] + self.claims[shift] for shift in range(2)]
        back = {line["name"]: line.get("previous", ZERO) for line in self.floats()}
        return [(name, taken[shift] + back.get(name, ZERO)) for shift, name in enumerate(on_duty(self._day))]

    @staticmethod
    def _envelope(department: str, name: str, amount: Decimal, chance: Chance) -> Line:
        gap = Decimal(chance.choice(_VARIANCES)) if amount > 10 else ZERO  # noqa: PLR2004 - dollars
        known = {"department": department, "name": name, "currency": "CDN"}
        return {**known, "amount": amount, "verified": amount + gap}


def claim(hotel: Account, day: date, shift: int) -> Decimal:
    """What a receptionist is owed after her shift; she is there the next day, and took in enough to be paid."""
    length, place = _CLAIM_DAYS[shift]
    chance = Chance(hotel, day, f"avance {shift}")
    tomorrow = day + timedelta(days=1)
    if day.toordinal() % length != place or chance.random() > 0.7 or {day, tomorrow} & hotel.empty_days:  # noqa: PLR2004
        return ZERO
    return chance.amount(800, 4000)
