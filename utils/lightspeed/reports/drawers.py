"""The drawers of the cashiers, and the batches of the card terminals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from utils.lightspeed.reports.about import REST, About, Ratio
from utils.money import ZERO


@dataclass(frozen=True, slots=True)
class Tender:
    """``opening_balance + received − paid_out = expected``; a foreign currency carries its equivalent."""

    type: str
    currency: str
    opening_balance: Decimal
    received: Decimal
    paid_out: Decimal
    expected: Decimal
    actual: Decimal
    brand: str | None = None
    exchange_rate: Ratio | None = None
    cad_equivalent: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Shift:
    """The drawer of one cashier."""

    cashier_id: str = field(repr=False)
    shift: int
    opened_at: datetime
    closed_at: datetime
    tenders: tuple[Tender, ...]


@dataclass(frozen=True, slots=True)
class CashierTotals:
    """Received, in the currency of the document; ``foreign_cash`` as its equivalent; what is not told is absent."""

    cards: Mapping[str, Decimal]
    total: Decimal
    cash: Decimal | None = None
    cheques: Decimal | None = None
    foreign_cash: Decimal = ZERO
    others: Mapping[str, Decimal] = field(default_factory=dict, metadata=REST)
    """Amounts under names that the contract does not know."""


@dataclass(frozen=True, slots=True)
class CashierReport:
    """The drawers, shift by shift."""

    about: About
    shifts: tuple[Shift, ...]
    totals: CashierTotals

    def received(self, kind: str, currency: str) -> Decimal:
        """What the drawers received of a tender in a currency, in that currency."""
        tenders = [one for shift in self.shifts for one in shift.tenders]
        return sum((one.received for one in tenders if one.type == kind and one.currency == currency), ZERO)


@dataclass(frozen=True, slots=True)
class Settlement:
    """A batch of a terminal: ``sales − refunds + tips = net``."""

    brand: str
    source: str
    terminal_id: str
    batch_id: str
    sales: Decimal
    refunds: Decimal
    tips: Decimal
    net: Decimal
    status: str
    count: int | None = None
    fee: Decimal | None = None
    settled_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class SettlementTotals:
    """Sum that the PMS declares."""

    net: Decimal


@dataclass(frozen=True, slots=True)
class CardSettlements:
    """The batches of the card terminals."""

    about: About
    settlements: tuple[Settlement, ...]
    totals: SettlementTotals
