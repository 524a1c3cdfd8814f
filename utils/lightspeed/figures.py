"""From reports to cells of the night: the table of RJ.md G, one line a cell. Also ``LIGHTSPEED_INTEGRATION.md``.

A figure that a report does not hold is absent, never zero; nothing is split by a guess. The two readings of a control
come from two reports. What is only shown beside the night is in ``controls``.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from operator import attrgetter, methodcaller
from typing import Any, Final

from utils.lightspeed import reports as r
from utils.lightspeed.codes import CARDS, CASHED_OUT, FRONT_DESK, LINES, ROOM_LINES, TAXES
from utils.lightspeed.doubts import DRAWERS, columns_of, lacks_of, lines_of
from utils.lightspeed.gaps import gaps_of
from utils.lightspeed.lack import Lack
from utils.lightspeed.legible import legible
from utils.money import ZERO

Value = Decimal | int | None

Figures = dict[str, str | int]
"""Figures by cell with its tab, as they are kept: amounts as text of two decimals, counts as integers."""

SENTENCE: Final = 300
REMARKS: Final = 20
"""How long a remark may be, and how many of a report are kept."""


@dataclass(frozen=True, slots=True)
class Mapped:
    """A cell of the night, the report it comes from, the place in it, and how it is read."""

    tab: str
    cell: str
    report: type
    place: str
    read: Callable[[Any], Value]

    @property
    def name(self) -> str:
        """The cell with its tab."""
        return f"{self.tab}.{self.cell}"


def figures_of(report: object, lacks: Sequence[Lack] | None = None) -> Figures:
    """The cells that a report gives.

    ``lacks``: those of the report, when they are known; a cell that one of them leaves aside is not given.
    """
    doubted = left_by(lacks_of(report) if lacks is None else lacks)
    found = {one.name: one.read(report) for one in MAPPED if one.report is type(report) and one.name not in doubted}
    return {name: kept(value) for name, value in found.items() if value is not None}


def left_by(lacks: Iterable[Lack]) -> set[str]:
    """Everything that is left aside."""
    return {name for lack in lacks for name in lack.left}


def remarks_of(report: object) -> list[str]:
    """What does not hold in a report but for its totals, which are lacks, and what an administrator should know."""
    about: r.About = report.about  # type: ignore[attr-defined]
    lacking = {gap.sentence for gap in gaps_of(report)}
    told = (*(one for one in about.breaches if one not in lacking), *about.warnings)
    found = [legible(one, SENTENCE) for one in told]
    more = len(found) - REMARKS
    return [*found[:REMARKS], f"Et {more} autre{'s' if more > 1 else ''}."] if more > 0 else found


def reports_of(tab: str) -> tuple[type, ...]:
    """The reports that fill a tab, in the order in which they are read."""
    return tuple(dict.fromkeys(one.report for one in MAPPED if one.tab == tab))


def kept(value: Decimal | int) -> str | int:
    """A value as a reading holds it."""
    return value if isinstance(value, int) else f"{value + ZERO:.2f}"


def _size(value: Decimal | None) -> Decimal | None:
    return None if value is None else abs(value)


def summed(values: Iterable[Decimal]) -> Decimal | None:
    """Their sum, nothing when there is none."""
    found = list(values)
    return sum(found, ZERO) if found else None


def _net(word: Callable[[r.RevenueLine], str], words: Collection[str]) -> Callable[[r.DailyRevenue], Value]:
    """The net of the lines whose word is one of these."""
    return lambda report: summed(line.net for line in report.lines if word(line) in words)


def _balance(name: str) -> Callable[[r.DailyRevenue], Decimal | None]:
    return lambda report: getattr(report.balances, name, None)


def _ledger(ledger: str, name: str) -> Callable[[r.ArBalance], Decimal | None]:
    return lambda report: getattr(report.ledger(ledger), name, None)


def _batches(brand: str, column: str) -> Callable[[r.CardSettlements], Value]:
    """The batches of a brand that enter a column of the reception."""

    def read(report: r.CardSettlements) -> Value:
        columns = columns_of(report)
        return summed(
            one.net
            for one in report.settlements
            if one.source == FRONT_DESK and one.brand == brand and columns[one.terminal_id] == column
        )

    return read


def _received(brand: str) -> Callable[[r.DailyRevenue], Value]:
    return lambda report: _size(report.receipts.cards.get(brand))


def _drawer(line: int, brand: str) -> Callable[[r.CashierReport], Value]:
    """What one cashier took of a brand: the book has a line for each, and a total is none of them."""

    def read(report: r.CashierReport) -> Value:
        lines = lines_of(report, brand)
        return lines[line - 1] if line <= len(lines) else None

    return read


def _magnitude(read: Callable[[Any], Decimal | None]) -> Callable[[Any], Value]:
    return lambda report: _size(read(report))


def _transelect() -> Iterator[Mapped]:
    for card, brand in CARDS.items():
        cell, place = f"transelect_reception.{card}", f"settlements (frontdesk, {brand}"
        yield Mapped("transelect", f"{cell}.fusebox", r.CardSettlements, f"{place})", _batches(brand, "fusebox"))
        for terminal in ("term8", "k053"):
            read = _batches(brand, terminal)
            yield Mapped("transelect", f"{cell}.{terminal}", r.CardSettlements, f"{place}, {terminal})", read)
        yield Mapped("transelect", f"{cell}.daily_rev", r.DailyRevenue, f"receipts.cards.{brand}", _received(brand))


def _geac() -> Iterator[Mapped]:
    for card, brand in CASHED_OUT.items():
        for line in range(1, DRAWERS + 1):
            place = f"shifts, caisse {line} (card, {brand})"
            yield Mapped("geac", f"geac_cashout.co{line}_{card}", r.CashierReport, place, _drawer(line, brand))
        yield Mapped("geac", f"geac_daily_rev.{card}", r.DailyRevenue, f"receipts.cards.{brand}", _received(brand))
    for cell, name in (("prev", "previous"), ("today", "today"), ("newbal", "new")):
        read = _magnitude(_balance(name))
        yield Mapped("geac", f"geac_balance_sheet.{cell}_dr", r.DailyRevenue, f"balances.{name}", read)
    for cell, ledger, name in (("prev_gl", "guest", "opening"), ("newbal_gl", "guest", "closing")):
        read = _magnitude(_ledger(ledger, name))
        yield Mapped("geac", f"geac_balance_sheet.{cell}", r.ArBalance, f"ledgers.guest.{name}", read)
    moved = _ledger("guest", "movement")
    yield Mapped("geac", "geac_balance_sheet.today_gl", r.ArBalance, "ledgers.guest.debits − credits", moved)
    for cell, name, place in (
        ("facture_dr", "ar_transfers", "receipts.arTransfers"),
        ("advdep_dr", "deposits_applied", "receipts.depositsApplied"),
    ):
        yield Mapped("geac", f"geac_balance_sheet.{cell}", r.DailyRevenue, place, attrgetter(f"receipts.{name}"))
    to_city = "transfers.guestToCity"
    yield Mapped("geac", "geac_balance_sheet.facture_ar", r.ArBalance, to_city, lambda a: a.transfers.guest_to_city)
    applied = _ledger("deposit", "applied")
    yield Mapped("geac", "geac_balance_sheet.advdep_ad", r.ArBalance, "ledgers.deposit.applied", applied)
    for cell, name in (
        ("previous", "opening"),
        ("charges", "debits"),
        ("payments", "credits"),
        ("new_balance", "closing"),
    ):
        yield Mapped("geac", f"geac_ar_{cell}", r.ArBalance, f"ledgers.city.{name}", _ledger("city", name))


_CLOSINGS: Final[Mapping[str, str]] = {
    "guest": "geac.geac_balance_sheet.newbal_gl",
    "city": "geac.geac_ar_new_balance",
    "deposit": "jour.jour_deposit_on_hand",
}


def ledger_closings(figures: Figures) -> dict[str, Decimal]:
    """The closing of each ledger among the figures kept of ``ArBalance``; magnitudes, as the night has them."""
    return {ledger: Decimal(figures[name]) for ledger, name in _CLOSINGS.items() if name in figures}


def _jour() -> Iterator[Mapped]:
    revenue, rooms = r.DailyRevenue, r.RoomStatistics
    yield Mapped("jour", "jour_guest_ledger", revenue, "balances.new", _balance("new"))
    deposits = _magnitude(_ledger("deposit", "closing"))
    yield Mapped("jour", "jour_deposit_on_hand", r.ArBalance, "ledgers.deposit.closing", deposits)
    yield Mapped(
        "jour", "jour_room_revenue_brut", revenue, "lines (rooms)", _net(lambda line: line.department, ("rooms",))
    )
    for code, cell in TAXES.items():
        yield Mapped("jour", cell.removeprefix("jour."), revenue, f"taxes.{code}", methodcaller("tax", code))
    for cell in dict.fromkeys(LINES.values()):
        codes = [code for code, target in LINES.items() if target == cell]
        yield Mapped("jour", cell, revenue, f"lines ({', '.join(codes)})", _net(lambda line: line.code, codes))
    yield Mapped("jour", "jour_rooms_total", rooms, "sold + complimentary", _occupied)
    yield Mapped("jour", "jour_rooms_suite", rooms, "byType (suite), sold + complimentary", _suites)
    yield Mapped("jour", "jour_rooms_comp", rooms, "complimentary", lambda report: report.complimentary)
    yield Mapped("jour", "jour_adultes", rooms, "guests.adults", lambda report: report.guests.adults)
    yield Mapped("jour", "jour_enfants", rooms, "guests.children", lambda report: report.guests.children)
    yield Mapped("jour", "jour_nb_clients", rooms, "houseCount, sans guests", _house_count)
    out_of_order = "inventory.outOfOrder"
    yield Mapped("jour", "jour_rooms_hors_usage", rooms, out_of_order, lambda report: report.inventory.out_of_order)


def _occupied(report: r.RoomStatistics) -> Value:
    """Occupied rooms: the hotel counts those given away among them."""
    return None if report.sold is None else report.sold + (report.complimentary or 0)


def _suites(report: r.RoomStatistics) -> Value:
    suites = [one for one in report.by_type if one.room_class == "suite"]
    return sum(one.sold + (one.complimentary or 0) for one in suites) if suites else None


def _house_count(report: r.RoomStatistics) -> Value:
    """Only when adults and children are not told apart: otherwise the night adds them itself."""
    told = report.guests.adults is not None or report.guests.children is not None
    return None if told else report.house_count


MAPPED: Final[tuple[Mapped, ...]] = (
    Mapped("recap", "cash_ls_lecture", r.CashierReport, "totals.cash", lambda report: report.totals.cash),
    Mapped("recap", "cheque_dr_lecture", r.CashierReport, "totals.cheques", lambda report: report.totals.cheques),
    *_transelect(),
    *_geac(),
    *_jour(),
    *(
        Mapped(
            *("dbrs", f"dbrs_daily_rev.{name}", r.DailyRevenue, f"lines ({name.upper()})"),
            _net(lambda line: line.code.lower(), (name,)),
        )
        for name in ROOM_LINES
    ),
    Mapped("dbrs", "dbrs_noshow_count", r.NoShows, "totals.count", attrgetter("totals.count")),
    Mapped("dbrs", "dbrs_noshow_revenue", r.NoShows, "totals.charged", attrgetter("totals.charged")),
)
"""Every cell that the PMS fills."""
