"""Revenue, taxes, receipts and balances of a business date."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from utils.lightspeed.reports.about import REST, About, Ratio
from utils.money import ZERO


@dataclass(frozen=True, slots=True)
class RevenueLine:
    """``gross + adjustments = net``."""

    code: str
    description: str
    department: str
    gross: Decimal
    adjustments: Decimal
    net: Decimal
    outlet: str | None = None


@dataclass(frozen=True, slots=True)
class Tax:
    """``amount = base × rate`` to the cent, when base and rate are told."""

    code: str
    amount: Decimal
    base: Decimal | None = None
    rate: Ratio | None = None


@dataclass(frozen=True, slots=True)
class Receipts:
    """What was received, by tender; a tender that is not told is absent."""

    cards: Mapping[str, Decimal]
    cash: Decimal | None = None
    cheques: Decimal | None = None
    ar_transfers: Decimal | None = None
    deposits_applied: Decimal | None = None
    others: Mapping[str, Decimal] = field(default_factory=dict, metadata=REST)
    """Amounts under names that the contract does not know."""


@dataclass(frozen=True, slots=True)
class Balances:
    """The guest ledger, signed: debit positive."""

    previous: Decimal | None = None
    today: Decimal | None = None
    new: Decimal | None = None


@dataclass(frozen=True, slots=True)
class RevenueTotals:
    """Sums that the PMS declares."""

    net_revenue: Decimal
    taxes: Decimal
    receipts: Decimal


@dataclass(frozen=True, slots=True)
class DailyRevenue:
    """Revenue, taxes, receipts and balances of the date."""

    about: About
    lines: tuple[RevenueLine, ...]
    taxes: tuple[Tax, ...]
    receipts: Receipts
    totals: RevenueTotals
    balances: Balances | None = None
    balance_check: Decimal | None = None

    @property
    def room_revenue(self) -> Decimal:
        """Net revenue of the rooms."""
        return sum((line.net for line in self.lines if line.department == "rooms"), ZERO)

    @property
    def fb_revenue(self) -> dict[str, Decimal]:
        """Net revenue of food and beverage by outlet; a control beside the outlets, never split by a guess."""
        outlets: dict[str, Decimal] = {}
        for line in self.lines:
            if line.department == "fnb":
                outlets[line.outlet or "autre"] = outlets.get(line.outlet or "autre", ZERO) + line.net
        return outlets

    def tax(self, code: str) -> Decimal | None:
        """The amount of a tax (``TPS``, ``TVQ``, ``TAXE_HEB``), or nothing."""
        amounts = [tax.amount for tax in self.taxes if tax.code == code]
        return sum(amounts, ZERO) if amounts else None
