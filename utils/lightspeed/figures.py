"""From reports to cells of the night: the table of RJ.md G, one line a cell. Also ``LIGHTSPEED_INTEGRATION.md``.

A figure that a report does not hold is absent, never zero; nothing is split by a guess. The two readings of a control
come from two reports. What is only shown beside the night is in ``controls``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from utils.lightspeed import reports as r
from utils.money import ZERO

Value = Decimal | int | None

CARDS: Final = {"debit": "debit", "visa": "visa", "mc": "mastercard", "amex": "amex", "discover": "discover"}
"""A card of the night and the brand of the PMS."""

CASHED_OUT: Final = {"amex": "amex", "diners": "diners", "mc": "mastercard", "visa": "visa"}

LINES: Final = {
    "36.1": "jour_internet",
    "36.5": "jour_internet",
    "30.1": "jour_tel_local",
    "TEL-L": "jour_tel_local",
    "30.2": "jour_tel_interurbain",
    "TEL-I": "jour_tel_interurbain",
    "TEL-P": "jour_tel_publics",
    "BUAND": "jour_nettoyeur",
    "LIT-P": "jour_lit_pliant",
}
"""A line of the Daily Revenue by its code, and the cell of the Jour that it enters."""

ROOM_LINES: Final = (
    *("room_chrg_premium", "room_chrg_standard", "room_chrg_echannel", "room_chrg_special", "room_chrg_wholesal"),
    *("room_chrg_govt_mi", "room_chrg_weekend", "room_chrg_aaa", "room_chrg_packages", "room_chrg_advance"),
    *("room_chrg_senior_d", "room_chrg_associat", "rm_chrg_reward_red", "room_chrg_other_di", "room_chrg_complime"),
    *("room_chrg_grp_oth", "room_chrg_grp_co", "room_chrg_grp_as", "room_chrg_grp_tour", "room_chrg_grp_go"),
    *("room_charge_open", "room_chrg_contract", "room_chrg_opaque", "room_chrg_svo_tours", "early_departure_fee"),
    *("late_checkout_fee", "reservation_cancella", "guaranteed_no_show", "day_use_room_charge"),
    *("cancellation_fee_tra", "room_chrg_grp_asso", "resort_service_fee", "package", "room_charge_hold_for"),
    *("other_room_charges", "loyalty_redemption_o", "guaranteed_no_show_c", "attrition", "na", "city_local_tax"),
    *("room_charge_allowa", "club_package"),
)
"""The lines of the form of the brand: the code of the PMS is the same word, whatever its capitals."""

DEPARTMENTS: Final = frozenset({"rooms", "fnb", "telecom", "internet", "laundry", "parking", "other"})
"""Those of the contract: a line of another one could be of the rooms, so that their sum is then not told."""

KNOWN: Final = frozenset({"NO-SHOW", "35.2"})
"""Codes that are read elsewhere (no-shows) or not yet (films): not listed as unknown."""


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


def figures_of(report: object) -> dict[str, str | int]:
    """The cells that a report gives: amounts as text of two decimals, counts as integers."""
    found = {one.name: one.read(report) for one in MAPPED if one.report is type(report)}
    return {name: kept(value) for name, value in found.items() if value is not None}


def notes_of(report: object) -> list[str]:
    """What a person must know of a report: what does not hold in it, what nobody mapped, what is not settled."""
    about: r.About = report.about  # type: ignore[attr-defined]
    notes = [*about.breaches, *about.warnings]
    if isinstance(report, r.DailyRevenue):
        notes += _listed("Codes sans champ dans la nuit", (one for one in report.lines if not _is_known(one)))
        strange = (one for one in report.lines if one.department not in DEPARTMENTS)
        notes += _listed("Lignes d’un service inconnu, revenu des chambres laissé de côté", strange)
    if isinstance(report, r.CardSettlements) and (open_brands := sorted(_unsettled(report))):
        notes.append(f"Lots de cartes non réglés, laissés de côté : {', '.join(open_brands)}.")
    return notes


def reports_of(tab: str) -> tuple[type, ...]:
    """The reports that fill a tab, in the order in which they are read."""
    return tuple(dict.fromkeys(one.report for one in MAPPED if one.tab == tab))


def kept(value: Decimal | int) -> str | int:
    """A value as a reading holds it."""
    return value if isinstance(value, int) else f"{value + ZERO:.2f}"


def _listed(sentence: str, lines: Iterable[r.RevenueLine]) -> list[str]:
    codes = sorted({line.code for line in lines})
    return [f"{sentence} : {', '.join(codes)}."] if codes else []


def _is_known(line: r.RevenueLine) -> bool:
    return (
        line.department in ("rooms", "fnb")
        or line.code in LINES
        or line.code in KNOWN
        or line.code.lower() in ROOM_LINES
    )


def _size(value: Decimal | None) -> Decimal | None:
    return None if value is None else abs(value)


def summed(values: Iterable[Decimal]) -> Decimal | None:
    """Their sum, nothing when there is none."""
    found = list(values)
    return sum(found, ZERO) if found else None


def _room_revenue(report: r.DailyRevenue) -> Value:
    """Net revenue of the rooms, unless a line belongs to nobody knows what."""
    if any(line.department not in DEPARTMENTS for line in report.lines):
        return None
    return summed(line.net for line in report.lines if line.department == "rooms")


def _lines(cell: str) -> Callable[[r.DailyRevenue], Value]:
    codes = {code for code, target in LINES.items() if target == cell}
    return lambda report: summed(line.net for line in report.lines if line.code in codes)


def _room_line(name: str) -> Callable[[r.DailyRevenue], Value]:
    return lambda report: summed(line.net for line in report.lines if line.code.lower() == name)


def _balance(name: str) -> Callable[[r.DailyRevenue], Decimal | None]:
    return lambda report: getattr(report.balances, name, None)


def _ledger(ledger: str, name: str) -> Callable[[r.ArBalance], Decimal | None]:
    return lambda report: getattr(report.ledger(ledger), name, None)


def _unsettled(report: r.CardSettlements) -> set[str]:
    """The brands of the front desk of which a batch is not settled yet: their sum would be wrong."""
    return {one.brand for one in report.settlements if one.source == "frontdesk" and one.status != "settled"}


def _batches(brand: str) -> Callable[[r.CardSettlements], Value]:
    return lambda report: None if brand in _unsettled(report) else report.by_brand().get(brand)


def _received(brand: str) -> Callable[[r.DailyRevenue], Value]:
    return lambda report: _size(report.receipts.cards.get(brand))


def _drawers(brand: str) -> Callable[[r.CashierReport], Value]:
    return lambda report: report.totals.cards.get(brand)


def _magnitude(read: Callable[[Any], Decimal | None]) -> Callable[[Any], Value]:
    return lambda report: _size(read(report))


def _transelect() -> Iterator[Mapped]:
    for card, brand in CARDS.items():
        cell, place = f"transelect_reception.{card}", f"settlements (frontdesk, {brand})"
        yield Mapped("transelect", f"{cell}.fusebox", r.CardSettlements, place, _batches(brand))
        yield Mapped("transelect", f"{cell}.daily_rev", r.DailyRevenue, f"receipts.cards.{brand}", _received(brand))


def _geac() -> Iterator[Mapped]:
    for card, brand in CASHED_OUT.items():
        yield Mapped("geac", f"geac_cashout.co1_{card}", r.CashierReport, f"totals.cards.{brand}", _drawers(brand))
        yield Mapped("geac", f"geac_daily_rev.{card}", r.DailyRevenue, f"receipts.cards.{brand}", _received(brand))
    for cell, name in (("prev", "previous"), ("today", "today"), ("newbal", "new")):
        read = _magnitude(_balance(name))
        yield Mapped("geac", f"geac_balance_sheet.{cell}_dr", r.DailyRevenue, f"balances.{name}", read)
    for cell, ledger, name in (("prev_gl", "guest", "opening"), ("newbal_gl", "guest", "closing")):
        read = _magnitude(_ledger(ledger, name))
        yield Mapped("geac", f"geac_balance_sheet.{cell}", r.ArBalance, f"ledgers.guest.{name}", read)
    yield Mapped("geac", "geac_balance_sheet.today_gl", r.ArBalance, "ledgers.guest.debits − credits", _guest_net)
    for cell, name, place in (
        ("facture_dr", "ar_transfers", "receipts.arTransfers"),
        ("advdep_dr", "deposits_applied", "receipts.depositsApplied"),
    ):
        yield Mapped("geac", f"geac_balance_sheet.{cell}", r.DailyRevenue, place, _receipt(name))
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


def ledger_closings(figures: Mapping[str, Any]) -> dict[str, Decimal]:
    """The closing of each ledger among the figures kept of ``ArBalance``; magnitudes, as the night has them."""
    return {ledger: Decimal(figures[name]) for ledger, name in _CLOSINGS.items() if name in figures}


def _receipt(name: str) -> Callable[[r.DailyRevenue], Value]:
    return lambda report: getattr(report.receipts, name)


def _guest_net(report: r.ArBalance) -> Value:
    """Debits less credits, with its sign."""
    guest = report.ledger("guest")
    return None if guest is None else guest.movement


def _tax(code: str) -> Callable[[r.DailyRevenue], Value]:
    return lambda report: report.tax(code)


def _jour() -> Iterator[Mapped]:
    revenue, rooms = r.DailyRevenue, r.RoomStatistics
    yield Mapped("jour", "jour_guest_ledger", revenue, "balances.new", _balance("new"))
    deposits = _magnitude(_ledger("deposit", "closing"))
    yield Mapped("jour", "jour_deposit_on_hand", r.ArBalance, "ledgers.deposit.closing", deposits)
    yield Mapped("jour", "jour_room_revenue_brut", revenue, "lines (rooms)", _room_revenue)
    for cell, code in (("tps_pms", "TPS"), ("tvq_pms", "TVQ"), ("taxe_hebergement", "TAXE_HEB")):
        yield Mapped("jour", f"jour_{cell}", revenue, f"taxes.{code}", _tax(code))
    for cell in dict.fromkeys(LINES.values()):
        codes = ", ".join(code for code, target in LINES.items() if target == cell)
        yield Mapped("jour", cell, revenue, f"lines ({codes})", _lines(cell))
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


def _dbrs() -> Iterator[Mapped]:
    for name in ROOM_LINES:
        yield Mapped("dbrs", f"dbrs_daily_rev.{name}", r.DailyRevenue, f"lines ({name.upper()})", _room_line(name))
    yield Mapped("dbrs", "dbrs_noshow_count", r.NoShows, "totals.count", lambda report: report.totals.count)
    yield Mapped("dbrs", "dbrs_noshow_revenue", r.NoShows, "totals.charged", lambda report: report.totals.charged)


MAPPED: Final[tuple[Mapped, ...]] = (
    Mapped("recap", "cash_ls_lecture", r.CashierReport, "totals.cash", lambda report: report.totals.cash),
    Mapped("recap", "cheque_dr_lecture", r.CashierReport, "totals.cheques", lambda report: report.totals.cheques),
    *_transelect(),
    *_geac(),
    *_jour(),
    *_dbrs(),
)
"""Every cell that the PMS fills."""
