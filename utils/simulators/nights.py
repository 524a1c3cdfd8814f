"""A folder of night files served as a PMS: only what the files say. What they lack is a 404, never invented.

Several files of one date merge tab by tab; the same tab said two ways stops the start. Amounts of the files are text.
Source of the mapping: ``documentation/lightspeed/table.md``, read the other way.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from utils import dates
from utils.money import ZERO, read_json_money
from utils.simulators.figures import m
from utils.simulators.source import Document

_BRANDS: Final = {
    "debit": "debit",
    "visa": "visa",
    "mc": "mastercard",
    "amex": "amex",
    "discover": "discover",
    "diners": "diners",
}


class NightFilesError(Exception):
    """The folder cannot be served; a French sentence says which file and why."""


@dataclass(frozen=True)
class NightsHotel:
    """A hotel whose every figure comes from its night files."""

    nights: Mapping[date, Mapping[str, Any]]
    name: str = "Hôtel des fichiers de nuit"
    property_code: str = "NUITS"
    currency: str = "CAD"
    time_zone: str = "America/Toronto"

    def current_date(self) -> date:
        """The day after the last night."""
        return dates.next_day(max(self.nights))

    def report(self, name: str, day: date) -> Document | None:
        """A report whose every required figure is in the files, or nothing."""
        tabs, build = self.nights.get(day), _BUILDERS.get(name)
        if tabs is None or build is None:
            return None
        try:
            return build(tabs, day)
        except KeyError:
            return None


def read_folder(folder: Path) -> NightsHotel:
    """The hotel of a folder; raises ``NightFilesError``."""
    nights: dict[date, dict[str, Any]] = {}
    for path in sorted(folder.glob("*.json")):
        day, tabs = _read(path)
        known = nights.setdefault(day, {})
        for tab, values in tabs.items():
            if tab in known and known[tab] != values:
                raise NightFilesError(
                    f"{path.name} : l’onglet « {tab} » du {day} est dit autrement dans un autre fichier."
                )
            known[tab] = values
    if not nights:
        raise NightFilesError(f"Aucun fichier de nuit (*.json) dans {folder}.")
    return NightsHotel(nights)


def _read(path: Path) -> tuple[date, Mapping[str, Any]]:
    try:
        document = json.loads(path.read_text(encoding="utf-8"), parse_float=str)
        day, tabs = dates.read_date(document["audit_date"]), document["tabs"]
        if not isinstance(tabs, dict):
            raise TypeError
    except (OSError, ValueError, KeyError, TypeError):
        raise NightFilesError(f"{path.name} n’est pas un fichier de nuit.") from None
    return day, {tab: values for tab, values in tabs.items() if values}


def _amount(values: Mapping[str, Any], name: str) -> Decimal:
    """An amount of a file; an absent one raises ``KeyError``."""
    value = values[name]
    if value is None:
        raise KeyError(name)
    return read_json_money(str(value))


def _brands(values: Mapping[str, Any], column: str | None = None) -> dict[str, Decimal]:
    """Amounts by brand of the contract, of a map of cards."""
    named = {card: (row if column is None else row.get(column)) for card, row in values.items() if card in _BRANDS}
    return {_BRANDS[card]: read_json_money(str(value)) for card, value in named.items() if value is not None}


def _cards(tabs: Mapping[str, Any], day: date) -> Document:
    """Batches of the front desk: ``transelect_reception.<card>.fusebox``."""
    amounts = _brands(tabs["transelect"]["transelect_reception"], "fusebox")
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
    return {"settlements": batches, "totals": {"net": m(sum(amounts.values(), ZERO))}}


def _cashier(tabs: Mapping[str, Any], _day: date) -> Document:
    """Totals of the drawers: no shift is told, since the files name none."""
    recap = tabs["recap"]
    cash, cheques = _amount(recap, "cash_ls_lecture"), _amount(recap, "cheque_dr_lecture")
    cards = {}
    for card, brand in _BRANDS.items():
        parts = [tabs["geac"]["geac_cashout"].get(f"co{drawer}_{card}") for drawer in (1, 2)]
        if known := [read_json_money(str(part)) for part in parts if part is not None]:
            cards[brand] = sum(known, ZERO)
    totals = {"cash": m(cash), "cheques": m(cheques)}
    every = cash + cheques + sum(cards.values(), ZERO)
    return {"shifts": [], "totals": {**totals, "cards": {b: m(v) for b, v in cards.items()}, "total": m(every)}}


_BUILDERS: Final = {"CardSettlements": _cards, "Cashier": _cashier}
