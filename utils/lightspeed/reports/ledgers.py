"""The three ledgers, and accounts receivable by age."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from utils.lightspeed.reports.about import About


@dataclass(frozen=True, slots=True)
class Ledger:
    """``opening + debits − credits = closing``, debit positive; ``applied``: deposits applied today.

    ``net`` is debits − credits, from a PMS that prints nothing else of them. What it does not print is absent.
    """

    ledger: str
    opening: Decimal | None = None
    debits: Decimal | None = None
    credits: Decimal | None = None
    closing: Decimal | None = None
    applied: Decimal | None = None
    net: Decimal | None = None

    @property
    def movement(self) -> Decimal | None:
        """Debits − credits, with its sign."""
        if self.debits is None or self.credits is None:
            return self.net
        return self.debits - self.credits


@dataclass(frozen=True, slots=True)
class Transfers:
    """Between ledgers."""

    guest_to_city: Decimal | None = None
    deposit_to_guest: Decimal | None = None


@dataclass(frozen=True, slots=True)
class ArBalance:
    """The three ledgers."""

    about: About
    ledgers: tuple[Ledger, ...]
    transfers: Transfers
    total_closing: Decimal | None = None

    def ledger(self, name: str) -> Ledger | None:
        """The ledger ``guest``, ``city`` (accounts receivable: previous, charges, payments, new) or ``deposit``."""
        return next((one for one in self.ledgers if one.ledger == name), None)


@dataclass(frozen=True, slots=True)
class AgedAccount:
    """What an account owes, by age; a credit is negative."""

    account_no: str
    name: str = field(repr=False)
    buckets: tuple[Decimal, ...]
    unapplied: Decimal
    total: Decimal
    oldest_days: int


@dataclass(frozen=True, slots=True)
class AgingTotals:
    """Sums that the PMS declares."""

    buckets: tuple[Decimal, ...]
    unapplied: Decimal
    total: Decimal


@dataclass(frozen=True, slots=True)
class ArAging:
    """Accounts receivable by age; ``bucket_bounds`` in days."""

    about: About
    bucket_bounds: tuple[int, ...]
    accounts: tuple[AgedAccount, ...]
    totals: AgingTotals
