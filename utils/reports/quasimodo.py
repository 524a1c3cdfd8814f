"""The Quasimodo journal of a night: its eighteen lines, cards and deposits against the net of the report."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Final, NamedTuple

from utils.french import MONTHS
from utils.reports.ledger import LedgerLine
from utils.rj.calculate import Night

_CARDS: Final = {
    "debit": ("DB", "DÉBIT"),
    "visa": ("VI", "VISA"),
    "mc": ("MC", "MC"),
    "discover": ("DC", "DISCOVER"),
    "amex": ("AX", "AMEX"),
}
_PLACES: Final = {"mon": "MON", "glb": "GLB", "rec": "REC"}
_CARDS_LINE: Final = LedgerLine("quasimodo_cartes", "Quasimodo : cartes et dépôt canadien", "100200")
QUASIMODO: Final = (
    _CARDS_LINE,
    LedgerLine("quasimodo_reception", "Quasimodo : Visa et MasterCard de la réception", "100210"),
    LedgerLine("quasimodo_us", "Quasimodo : dépôt US", "100300"),
    LedgerLine("quasimodo_transit", "Quasimodo : transit", "100400"),
)
"""The accounts of the journal."""


class Line(NamedTuple):
    """A line of the journal, in dollars, its sign as the bank counts it."""

    account: str
    label: str
    amount: Decimal
    source: str


def quasimodo_of(night: Night, accounts: Mapping[str, str]) -> list[Line]:
    """The lines of a night, in the order of the hotel's file; none when it has neither card nor deposit.

    Their sum is the variance of the tab. A discount of Discover, which the report takes off too, is a line more.
    """
    if night.values.get("quasimodo.quasi_total") is None:
        return []
    month = f"VENTES {MONTHS[night.day.month - 1]} {night.day.year}"
    numbers = {post.key: accounts.get(post.key, post.account) for post in QUASIMODO}
    found: list[Line] = []

    def add(code: str, label: str, place: str, field: str, account: str, sign: int = 1) -> None:
        amount = sign * (night.values.get(f"quasimodo.{field}") or Decimal(0))
        source = " ".join(filter(None, ("2", code, f"{night.day:%m%d}", place)))
        found.append(Line(numbers[account], " ".join(filter(None, (month, label, place))), amount, source))

    for key, place in _PLACES.items():
        for card, (code, label) in _CARDS.items():
            field = "quasi_rec_amex_net" if (key, card) == ("rec", "amex") else f"quasi_{key}_{card}"
            apart = key == "rec" and card in ("visa", "mc")
            add(code, label, place, field, "quasimodo_reception" if apart else _CARDS_LINE.key)
    if night.values.get("quasimodo.quasi_frais_discover"):
        add("DC", "DISCOVER", "ESCOMPTE", "quasi_frais_discover", _CARDS_LINE.key, -1)
    add("CAN", "CAN", "", "quasi_cash_cdn", _CARDS_LINE.key)
    add("US", "US", "", "quasi_cash_usd", "quasimodo_us")
    add("TRANSIT", "TRANSIT", "", "quasi_rj_total", "quasimodo_transit", -1)
    return found
