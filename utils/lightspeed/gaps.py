"""The parts of a report against the total that it declares itself: one that does not add up is not whole.

What is not told counts for nothing: the total says that it lacks. A total without any part is said by ``totals``.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import singledispatch
from typing import Any, Final

from utils.french import count, money
from utils.lightspeed import codes
from utils.lightspeed import reports as r
from utils.lightspeed.lack import Lack
from utils.money import CENT, ZERO

Amount = Decimal | int | None
LEDGERS: Final = {"guest": "Grand livre des clients", "city": "Comptes à recevoir", "deposit": "Dépôts"}
_MOVED: Final = ("guest", "city")
"""Ledgers of which the night takes more than the closing."""


def gaps_of(report: object) -> Iterator[Lack]:
    """What does not add up in a report of a closed date; a cent of rounding is said, and lacks nothing."""
    about: r.About | None = getattr(report, "about", None)
    return _gaps(report) if about and about.closed else iter(())


@singledispatch
def _gaps(_report: object) -> Iterator[Lack]:
    """The rule of each report, by its class."""
    return iter(())


def apart(name: str, ours: Decimal | int, theirs: Decimal | int) -> str:
    """« Total net : 26 285,14 $ d’une part, 29 908,11 $ de l’autre. », rooms and people without a sign."""
    shown = [money(Decimal(one)) if _is_money(ours, theirs) else count(int(one)) for one in (ours, theirs)]
    return f"{name} : {shown[0]} d’une part, {shown[1]} de l’autre."


def _is_money(*amounts: Decimal | int) -> bool:
    return any(isinstance(one, Decimal) for one in amounts)


def _gap(name: str, parts: Amount, whole: Amount, *tabs: str) -> Iterator[Lack]:
    if parts is not None and whole is not None and parts != whole:
        cent = _is_money(parts, whole) and abs(Decimal(parts - whole)) <= CENT
        yield Lack(apart(name, parts, whole), partial=not cent, at=tabs)


def _known(*amounts: Amount) -> Any:  # noqa: ANN401 - amounts or counts
    """The sum of those that are told."""
    return sum(one for one in amounts if one is not None)


def whole_sum(*amounts: Amount) -> Any:  # noqa: ANN401 - amounts or counts
    """The sum, nothing as soon as one is not told."""
    return None if None in amounts else _known(*amounts)


@_gaps.register
def _(report: r.DailyRevenue) -> Iterator[Lack]:
    got, totals, balances = report.receipts, report.totals, report.balances
    if report.lines:
        yield from _gap("Total net", _known(*(one.net for one in report.lines)), totals.net_revenue, "jour", "dbrs")
    if report.taxes:
        yield from _gap("Total des taxes", _known(*(one.amount for one in report.taxes)), totals.taxes, "jour")
    if got.cards:
        others = (got.cash, got.cheques, got.ar_transfers, got.deposits_applied, *got.others.values())
        received = _known(*got.cards.values(), *others)
        yield from _gap("Total des encaissements", received, totals.receipts, "transelect", "geac")
    if balances and (balances.previous, balances.today) != (None, None):
        yield from _gap(LEDGERS["guest"], _known(balances.previous, balances.today), balances.new, "geac")


@_gaps.register
def _(report: r.RoomStatistics) -> Iterator[Lack]:
    stock = report.inventory
    if stock.available is not None:
        every = _known(stock.available, stock.out_of_order, stock.out_of_service)
        yield from _gap("Inventaire", every, stock.total, "jour")
    used = whole_sum(report.sold, report.complimentary, report.house_use, report.vacant)
    yield from _gap("Chambres disponibles", used, stock.available, "jour")
    if report.by_type:
        yield from _gap("Chambres par type", _known(*(one.sold for one in report.by_type)), report.sold, "jour")
        earned = whole_sum(*(one.revenue for one in report.by_type))
        yield from _gap("Revenu par type", earned, report.room_revenue, "jour")
    people = (report.guests.adults, report.guests.children)
    if people != (None, None):
        yield from _gap("Personnes présentes", _known(*people), report.house_count, "jour")


@_gaps.register
def _(report: r.ArBalance) -> Iterator[Lack]:
    for one in report.ledgers:
        name = LEDGERS.get(one.ledger, f"Grand livre {one.ledger}")
        add = _known if one.ledger in _MOVED else whole_sum
        tabs = sorted({cell.partition(".")[0] for cell in codes.LEDGERS.get(one.ledger, ())})
        yield from _gap(name, add(one.opening, one.movement), one.closing, *tabs)
    if all(report.ledger(name) for name in codes.LEDGERS):
        closings = whole_sum(*(one.closing for one in report.ledgers))
        yield from _gap("Total des grands livres", closings, report.total_closing, "geac", "jour")


@_gaps.register
def _(report: r.ArAging) -> Iterator[Lack]:
    """What the night takes of it is its total: without any account, nothing lacks."""
    if report.accounts:
        yield from _gap("Total par âge", _known(*(one.total for one in report.accounts)), report.totals.total)


@_gaps.register
def _(report: r.CashierReport) -> Iterator[Lack]:
    got = report.totals
    every = _known(got.cash, got.foreign_cash, got.cheques, *got.cards.values(), *got.others.values())
    yield from _gap("Total des caisses", every, got.total, "recap", "geac")
    if report.shifts:
        yield from _gap("Comptant des caisses", report.received("cash", report.about.currency), got.cash, "recap")


@_gaps.register
def _(report: r.CardSettlements) -> Iterator[Lack]:
    if report.settlements:
        net = _known(*(one.net for one in report.settlements))
        yield from _gap("Total des lots", net, report.totals.net, "transelect")


@_gaps.register
def _(report: r.HouseGuests) -> Iterator[Lack]:
    yield from _gap("Clients présents", len(report.guests), report.totals.guests)
    yield from _gap("Soldes des clients", _known(ZERO, *(one.balance for one in report.guests)), report.totals.balance)


@_gaps.register
def _(report: r.NoShows) -> Iterator[Lack]:
    if report.no_shows is not None:
        yield from _gap("Non-présentations", len(report.no_shows), report.totals.count, "dbrs")
        charged = _known(ZERO, *(one.charged for one in report.no_shows))
        yield from _gap("Montant facturé", charged, report.totals.charged, "dbrs")


@_gaps.register
def _(report: r.OnTheBooks) -> Iterator[Lack]:
    booked = [segment for day in report.days for segment in day.segments]
    yield from _gap("Chambres réservées", _known(*(one.rooms for one in booked)), report.totals.rooms)
    yield from _gap("Revenu réservé", _known(ZERO, *(one.revenue for one in booked)), report.totals.revenue)


@_gaps.register
def _(report: r.MarketSegments) -> Iterator[Lack]:
    if report.segments:
        yield from _gap("Chambres par segment", _known(*(one.rooms for one in report.segments)), report.totals.rooms)
        earned = _known(*(one.revenue for one in report.segments))
        yield from _gap("Revenu par segment", earned, report.totals.revenue)
