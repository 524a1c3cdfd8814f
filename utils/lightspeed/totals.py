"""A report that tells a sum without any of its parts: the sum stands in the place of none, and the parts are said.

Accounts by age and no-shows have nothing to say here: what the night takes of them is their total.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import singledispatch

from utils.french import count
from utils.lightspeed import codes
from utils.lightspeed import reports as r
from utils.lightspeed.lack import Lack, figure
from utils.money import ZERO


@singledispatch
def totals_alone(report: object) -> Iterator[Lack]:  # noqa: ARG001 - each class of report has its rule
    """What a report gives in total only, and the tabs that its parts would fill."""
    return iter(())


def _alone(what: str, parts: str, whole: Decimal | int | None, *tabs: str) -> Iterator[Lack]:
    if whole:
        yield Lack(f"{what} en total, sans {parts} : {figure(whole)}.", at=tabs)


@totals_alone.register
def _(report: r.DailyRevenue) -> Iterator[Lack]:
    got, totals = report.receipts, report.totals
    if not report.lines:
        yield from _alone("Revenus donnés", "aucune ligne", totals.net_revenue, "jour", "dbrs")
    if not report.taxes:
        yield from _alone("Taxes données", "le détail de chacune", totals.taxes, "jour")
    if not got.cards:
        known = (got.cash, got.cheques, got.ar_transfers, got.deposits_applied, *got.others.values())
        rest = totals.receipts - sum((one for one in known if one is not None), ZERO)
        yield from _alone("Encaissements donnés", "le détail des cartes", rest, "transelect", "geac")


@totals_alone.register
def _(report: r.RoomStatistics) -> Iterator[Lack]:
    if not report.by_type:
        yield from _alone("Chambres vendues données", "le détail par type", report.sold, "jour")
    if (report.guests.adults, report.guests.children) == (None, None) and report.house_count:
        # the night takes their number alone when its report does not tell them apart
        said = f"Clients donnés en total, sans adultes ni enfants : {count(report.house_count)}."
        yield Lack(said, partial=False, at=("jour",))


@totals_alone.register
def _(report: r.ArBalance) -> Iterator[Lack]:
    absent = [name for name in codes.LEDGERS if report.ledger(name) is None]
    if absent:
        known = [one.closing for one in report.ledgers if one.closing is not None]
        rest = None if report.total_closing is None else report.total_closing - sum(known, ZERO)
        tabs = sorted({cell.partition(".")[0] for name in absent for cell in codes.LEDGERS[name]})
        yield from _alone("Grands livres donnés", "le détail de chacun", rest, *tabs)


@totals_alone.register
def _(report: r.CashierReport) -> Iterator[Lack]:
    ours = report.about.currency
    if all(one.currency == ours for shift in report.shifts for one in shift.tenders):
        yield from _alone("Comptant étranger donné", "ligne de caisse", report.totals.foreign_cash, "recap")


@totals_alone.register
def _(report: r.CardSettlements) -> Iterator[Lack]:
    if not report.settlements:
        yield from _alone("Lots de cartes donnés", "aucun lot", report.totals.net, "transelect")


@totals_alone.register
def _(report: r.MarketSegments) -> Iterator[Lack]:
    """The sums of no segment would be nought beside the night: they are left aside."""
    if not report.segments:
        left = {f"{label} — {what}" for label in codes.GROUPS.values() if label for what in ("chambres", "revenu")}
        for lack in _alone("Segments donnés", "le détail de chacun", report.totals.rooms or report.totals.revenue):
            yield lack._replace(left=frozenset(left))
