"""The reports that a night file allows: the mapping of ``utils/lightspeed/figures.py`` read the other way.

A figure that the file lacks has no key in the report; a report without any figure is none. Sums are those of what is
served, never of what is missing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Final

from utils.demo.amounts import m, total
from utils.money import ZERO, read_json_money
from utils.shapes import Document

_BRANDS: Final = {
    "debit": "debit",
    "visa": "visa",
    "mc": "mastercard",
    "amex": "amex",
    "discover": "discover",
    "diners": "diners",
}
_LINES: Final = (
    ("jour_internet", "36.1", "Internet", "internet"),
    ("jour_tel_local", "30.1", "Téléphone local", "telecom"),
    ("jour_tel_interurbain", "30.2", "Téléphone interurbain", "telecom"),
    ("jour_tel_publics", "TEL-P", "Téléphone, frais de service", "telecom"),
    ("jour_nettoyeur", "BUAND", "Nettoyeur", "laundry"),
    ("jour_lit_pliant", "LIT-P", "Lit pliant", "other"),
)
_TAXES: Final = (("jour_tps_pms", "TPS"), ("jour_tvq_pms", "TVQ"), ("jour_taxe_hebergement", "TAXE_HEB"))


Builder = Callable[[Document, date], Document | None]

BUILDERS: Final[dict[str, Builder]] = {}
"""What makes each report that a file may hold, by its name; guests and accounts by age are in none."""


def _builds(report: str) -> Callable[[Builder], Builder]:
    def register(build: Builder) -> Builder:
        BUILDERS[report] = build
        return build

    return register


def _amount(tabs: Document, path: str) -> Decimal | None:
    """An amount of a file by its path, nothing when the file lacks it."""
    value = _at(tabs, path)
    return None if value is None else read_json_money(str(value))


def _at(tabs: Document, path: str) -> Any:  # noqa: ANN401 - JSON
    place: Any = tabs
    for key in path.split("."):
        place = place.get(key) if isinstance(place, Mapping) else None
    return place


def _present(values: Mapping[str, Decimal | None]) -> dict[str, str]:
    """Amounts as the contract writes them, absent ones left out."""
    return {name: m(value) for name, value in values.items() if value is not None}


def _told(values: Document) -> Document:
    return {name: value for name, value in values.items() if value is not None}


def _signed(magnitude: Decimal | None, other: Decimal | None) -> Decimal | None:
    """A magnitude with the sign of a figure of the same size; nothing when the file does not tell the sign."""
    return other if magnitude is not None and other is not None and abs(other) == abs(magnitude) else None


def _revenue_lines(tabs: Document) -> list[Document]:
    """The lines of the file; room revenue is that before the club allocation, or the net when nothing moved it."""
    rooms, notes = _amount(tabs, "jour.jour_room_revenue_brut"), _at(tabs, "jour.jour_adj_notes") or ()
    moved = _at(tabs, "jour.g4_montant") or any(one.get("dept") == "chambres" for one in notes)
    if rooms is None and not moved:
        rooms = _amount(tabs, "jour.jour_room_revenue")
    found = [("CHAMBRE", "Chambres", "rooms", rooms)]
    found += [(code, text, department, _amount(tabs, f"jour.{cell}")) for cell, code, text, department in _LINES]
    form = _at(tabs, "dbrs.dbrs_daily_rev") or {}
    found += [(name.upper(), "Ligne du Daily Revenue", "other", read_json_money(str(form[name]))) for name in form]
    return [
        {"code": code, "description": text, "department": department, "gross": m(net), "adjustments": m(ZERO)}
        | {"net": m(net)}
        for code, text, department, net in found
        if net is not None
    ]


@_builds("DailyRevenue")
def _revenue(tabs: Document, _day: date) -> Document | None:
    """Revenue lines, taxes, receipts and balances that the file holds."""
    lines = _revenue_lines(tabs)
    taxes = [(code, _amount(tabs, f"jour.{cell}")) for cell, code in _TAXES]
    cards = _cards_of(tabs, "transelect.transelect_reception", "daily_rev")
    cards = {**_cards_of(tabs, "geac.geac_daily_rev"), **cards}
    receipts = {
        "cash": _amount(tabs, "recap.cash_ls_lecture"),
        "cheques": _amount(tabs, "recap.cheque_dr_lecture"),
        "arTransfers": _amount(tabs, "geac.geac_balance_sheet.facture_dr"),
        "depositsApplied": _amount(tabs, "geac.geac_balance_sheet.advdep_dr"),
    }
    # the signed guest ledger: before, movement, after
    before, after = _amount(tabs, "previous.jour_guest_ledger"), _amount(tabs, "jour.jour_guest_ledger")
    movement = None if before is None or after is None else after - before
    signed = {
        "previous": _signed(_amount(tabs, "geac.geac_balance_sheet.prev_dr"), before),
        "today": _signed(_amount(tabs, "geac.geac_balance_sheet.today_dr"), movement),
        "new": after,
    }
    balances = _present(signed)
    told = {code: amount for code, amount in taxes if amount is not None}
    if not (lines or told or cards or balances or any(one is not None for one in receipts.values())):
        return None
    received = total(cards.values()) + total(one for one in receipts.values() if one is not None)
    return {
        "lines": lines,
        "taxes": [{"code": code, "amount": m(amount)} for code, amount in told.items()],
        "receipts": {**_present(receipts), "cards": _present(cards)},
        "totals": {
            "netRevenue": m(total(Decimal(line["net"]) for line in lines)),
            "taxes": m(total(told.values())),
            "receipts": m(received),
        },
        **({"balances": balances} if balances else {}),
    }


def _cards_of(tabs: Document, path: str, column: str | None = None) -> dict[str, Decimal]:
    """Amounts by brand of the contract, of a map of cards."""
    cards = _at(tabs, path) or {}
    named = {_BRANDS[card]: row if column is None else row.get(column) for card, row in cards.items()}
    return {brand: read_json_money(str(value)) for brand, value in named.items() if value is not None}


@_builds("CardSettlements")
def _settlements(tabs: Document, day: date) -> Document | None:
    """Batches of the front desk: ``transelect_reception.<card>.fusebox``."""
    amounts = _cards_of(tabs, "transelect.transelect_reception", "fusebox")
    batches = [
        {
            "brand": brand,
            "source": "frontdesk",
            "terminalId": "fusebox",
            "batchId": f"{day:%Y%m%d}-{brand}",
            "sales": m(amount),
            "refunds": "0.00",
            "tips": "0.00",
            "net": m(amount),
            "status": "settled",
        }
        for brand, amount in amounts.items()
    ]
    return {"settlements": batches, "totals": {"net": m(total(amounts.values()))}} if batches else None


@_builds("Cashier")
def _cashier(tabs: Document, _day: date) -> Document | None:
    """Totals of the drawers: no shift is told, since the files name none."""
    cash, cheques = _amount(tabs, "recap.cash_ls_lecture"), _amount(tabs, "recap.cheque_dr_lecture")
    cards = {}
    for card, brand in _BRANDS.items():
        parts = [_amount(tabs, f"geac.geac_cashout.co{drawer}_{card}") for drawer in (1, 2)]
        if known := [part for part in parts if part is not None]:
            cards[brand] = total(known)
    if cash is None and cheques is None and not cards:
        return None
    every = (cash or ZERO) + (cheques or ZERO) + total(cards.values())
    totals = {**_present({"cash": cash, "cheques": cheques}), "cards": _present(cards), "total": m(every)}
    return {"shifts": [], "totals": totals}


@_builds("Receivables")
def _receivables(tabs: Document, _day: date) -> Document | None:
    """The three ledgers, each with what the file says of it."""
    sheet, jour = "geac.geac_balance_sheet", "jour"
    deposit = _amount(tabs, f"{jour}.jour_deposit_on_hand")
    found = {
        "guest": {
            "opening": _signed(_amount(tabs, f"{sheet}.prev_gl"), _amount(tabs, "previous.jour_guest_ledger")),
            "net": _amount(tabs, f"{sheet}.today_gl"),
            "closing": _signed(_amount(tabs, f"{sheet}.newbal_gl"), _amount(tabs, f"{jour}.jour_guest_ledger")),
        },
        "city": {
            "opening": _amount(tabs, "geac.geac_ar_previous"),
            "debits": _amount(tabs, "geac.geac_ar_charges"),
            "credits": _amount(tabs, "geac.geac_ar_payments"),
            "closing": _amount(tabs, "geac.geac_ar_new_balance"),
        },
        "deposit": {
            "closing": None if deposit is None else -deposit,
            "applied": _amount(tabs, f"{sheet}.advdep_ad"),
        },
    }
    ledgers = [{"ledger": name, **_present(figures)} for name, figures in found.items()]
    transfers = _present({"guestToCity": _amount(tabs, f"{sheet}.facture_ar")})
    held = transfers or any(len(one) > 1 for one in ledgers)
    return {"ledgers": ledgers, "transfers": transfers} if held else None


@_builds("RoomStatistics")
def _room_statistics(tabs: Document, _day: date) -> Document | None:
    """Rooms and guests; the rooms that are no suites are told as one type."""
    jour = tabs.get("jour", {})
    suites, doubles, free = (jour.get(f"jour_rooms_{name}") for name in ("suite", "double", "comp"))
    occupied = jour.get("jour_rooms_total")
    if occupied is None and "jour_rooms_simple" in jour:
        occupied = jour["jour_rooms_simple"] + (doubles or 0) + (suites or 0)
    sold = None if occupied is None else occupied - (free or 0)
    others = None if sold is None else sold - (suites or 0)
    types = [("SUITE", "suite", suites), ("AUTRES", "simple", others)]
    guests = {"adults": jour.get("jour_adultes"), "children": jour.get("jour_enfants")}
    out_of_order = jour.get("jour_rooms_hors_usage")
    if all(one is None for one in (sold, out_of_order, *guests.values(), jour.get("jour_nb_clients"))):
        return None
    return {
        "inventory": _told({"outOfOrder": out_of_order}),
        "guests": _told(guests),
        "byType": [{"code": code, "class": kind, "sold": count} for code, kind, count in types if count is not None],
        **_told({"sold": sold, "complimentary": free, "houseCount": jour.get("jour_nb_clients")}),
    }


@_builds("NoShows")
def _no_shows(tabs: Document, _day: date) -> Document | None:
    """Their number and amount: nobody is named."""
    charged = _present({"charged": _amount(tabs, "dbrs.dbrs_noshow_revenue")})
    totals = charged | _told({"count": _at(tabs, "dbrs.dbrs_noshow_count")})
    return {"totals": totals} if totals else None


@_builds("MarketSegments")
def _segments(tabs: Document, _day: date) -> Document | None:
    """The segments as the form of the brand adds them up."""
    held = tabs.get("segments", {})
    segments = [
        {"code": group.upper(), "group": group, "rooms": one["rooms"], "revenue": m(read_json_money(one["revenue"]))}
        for group, one in held.items()
    ]
    totals = {
        "rooms": sum(one["rooms"] for one in segments),
        "revenue": m(total(Decimal(one["revenue"]) for one in segments)),
    }
    return {"segments": segments, "totals": totals} if segments else None
