"""What must hold in the reports of a closed date. A breach is told in French; nothing is ever corrected.

``of_one`` looks at a report by itself, its parts against its totals (``gaps``) included, ``of_night`` at those that
were read together, and at the night before.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from functools import singledispatch
from typing import Any, Final, TypeVar

from utils.french import money, number
from utils.lightspeed import reports as r
from utils.lightspeed.gaps import apart, gaps_of, whole_sum
from utils.money import CENT, ZERO, r2

_NO_SHOW: Final = "NO-SHOW"
_NONE: Final[Mapping[str, Decimal]] = {}
_OPENING: Final = {
    "guest": "Grand livre des clients, ouverture et fermeture de la veille",
    "city": "Comptes à recevoir, ouverture et fermeture de la veille",
    "deposit": "Dépôts, ouverture et fermeture de la veille",
}
_DAY_OF_RATIO: Final = Decimal(100)

T = TypeVar("T")


def of_one(report: object) -> tuple[str, ...]:
    """The breaches of a report by itself."""
    return (*_breaches(report), *(gap.sentence for gap in gaps_of(report)))


def checked(report: T) -> T:
    """The report, with what does not hold in it if its date is closed."""
    about: r.About = report.about  # type: ignore[attr-defined]
    breaches = of_one(report) if about.closed else ()
    return replace(report, about=replace(about, breaches=breaches)) if breaches else report  # type: ignore[type-var]


@singledispatch
def _breaches(_report: object) -> Iterator[str]:
    """The rule of each report, by its class."""
    return iter(())


def of_night(night: Mapping[type, Any], closings: Mapping[str, Decimal] = _NONE) -> tuple[str, ...]:
    """The breaches between reports of one date, by their class; what was not read is not compared.

    ``closings``: of each ledger, the night before; they are today's openings, compared without sign.
    """
    return tuple(_between(_Night(night), closings))


class _Night:
    """Reports by class, absent ones as nothing."""

    def __init__(self, reports: Mapping[type, Any]) -> None:
        self.revenue: r.DailyRevenue | None = reports.get(r.DailyRevenue)
        self.rooms: r.RoomStatistics | None = reports.get(r.RoomStatistics)
        self.ledgers: r.ArBalance | None = reports.get(r.ArBalance)
        self.aging: r.ArAging | None = reports.get(r.ArAging)
        self.cashier: r.CashierReport | None = reports.get(r.CashierReport)
        self.cards: r.CardSettlements | None = reports.get(r.CardSettlements)
        self.guests: r.HouseGuests | None = reports.get(r.HouseGuests)
        self.no_shows: r.NoShows | None = reports.get(r.NoShows)
        self.segments: r.MarketSegments | None = reports.get(r.MarketSegments)


def _between(night: _Night, closings: Mapping[str, Decimal]) -> Iterator[str]:
    revenue, rooms, ledgers, cashier = night.revenue, night.rooms, night.ledgers, night.cashier
    if night.segments and rooms:
        yield from _same("Chambres par segment", night.segments.totals.rooms, rooms.sold)
        yield from _same("Revenu par segment", night.segments.totals.revenue, rooms.room_revenue)
    if night.cards and cashier:
        yield from _same("Cartes : lots et caisses", night.cards.totals.net, _sum(cashier.totals.cards.values()))
    if night.no_shows and revenue:
        lines = _sum(line.net for line in revenue.lines if line.code == _NO_SHOW)
        yield from _same("Non-présentations facturées", night.no_shows.totals.charged, lines)
    if revenue and cashier:
        received = revenue.receipts
        yield from _same(
            "Comptant : revenus et caisses", received.cash, whole_sum(cashier.totals.cash, cashier.totals.foreign_cash)
        )
        yield from _same("Chèques : revenus et caisses", received.cheques, cashier.totals.cheques)
        yield from _same(
            "Cartes : revenus et caisses", _sum(received.cards.values()), _sum(cashier.totals.cards.values())
        )
    if ledgers:
        city, guest = ledgers.ledger("city"), ledgers.ledger("guest")
        if night.aging and city:
            yield from _same("Comptes à recevoir par âge", night.aging.totals.total, city.closing)
        if night.guests and guest:
            yield from _same("Soldes des clients présents", night.guests.totals.balance, guest.closing)
        for one in ledgers.ledgers:
            if one.ledger in closings and one.opening is not None:
                yield from _same(_OPENING[one.ledger], abs(one.opening), abs(closings[one.ledger]))


@_breaches.register
def _(report: r.DailyRevenue) -> Iterator[str]:
    for line in report.lines:
        yield from _same(f"Ligne {line.code}", line.gross + line.adjustments, line.net)
    for tax in report.taxes:
        if tax.base is not None and tax.rate is not None and abs(r2(tax.base * tax.rate) - tax.amount) > CENT:
            yield f"Taxe {tax.code} : {money(tax.amount)} n’est pas la base par le taux."
    yield from _same("Contrôle d’équilibre", report.balance_check, ZERO)


@_breaches.register
def _(report: r.RoomStatistics) -> Iterator[str]:
    yield from _ratio("ADR", report.adr, report.room_revenue, report.sold)
    yield from _ratio("RevPAR", report.revpar, report.room_revenue, report.inventory.available)
    sold = None if report.sold is None else _DAY_OF_RATIO * report.sold
    yield from _ratio("Occupation", report.occupancy, sold, report.inventory.available)


@_breaches.register
def _(report: r.ArBalance) -> Iterator[str]:
    if sorted(one.ledger for one in report.ledgers) != ["city", "deposit", "guest"]:
        yield "Grands livres : il en faut exactement trois."
    for one in report.ledgers:
        if any(amount is not None and amount < 0 for amount in (one.debits, one.credits)):
            yield f"Grand livre {one.ledger} : un débit ou un crédit est négatif."


@_breaches.register
def _(report: r.ArAging) -> Iterator[str]:
    for one in report.accounts:
        yield from _same(f"Compte {one.account_no}", _sum(one.buckets) + one.unapplied, one.total)


@_breaches.register
def _(report: r.CashierReport) -> Iterator[str]:
    for shift in report.shifts:
        for one in shift.tenders:
            expected = one.opening_balance + one.received - one.paid_out
            yield from _same(f"Caisse, quart {shift.shift}, {one.type}", expected, one.expected)


@_breaches.register
def _(report: r.CardSettlements) -> Iterator[str]:
    for one in report.settlements:
        yield from _same(f"Lot {one.batch_id}", one.sales - one.refunds + one.tips, one.net)


@_breaches.register
def _(report: r.MarketSegments) -> Iterator[str]:
    for one in report.segments:
        yield from _ratio(f"ADR du segment {one.code}", one.adr, one.revenue, one.rooms)


def _same(name: str, ours: Decimal | int | None, theirs: Decimal | int | None) -> Iterator[str]:
    """Nothing to compare as soon as one side is absent."""
    if ours is not None and theirs is not None and ours != theirs:
        yield apart(name, ours, theirs)


def _ratio(name: str, given: Decimal | None, over: Decimal | None, under: int | None) -> Iterator[str]:
    """A ratio within a cent; nothing over nothing is no ratio, neither zero nor infinite."""
    if over is None or under is None:
        return
    if under == 0 or given is None:
        if (under == 0) != (given is None):
            yield f"{name} : absent si et seulement si le diviseur est nul."
    elif abs(r2(over / under) - given) > CENT:
        yield f"{name} : {number(given)} annoncé, {number(r2(over / under))} calculé."


def _sum(amounts: Any) -> Decimal:  # noqa: ANN401 - any iterable of amounts
    return sum(amounts, ZERO)
