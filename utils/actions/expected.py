"""What is expected tonight because it was there the nights before: the terminals that had an amount."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from sqlalchemy import Connection

from database import nights
from utils.rj.calculate import Night
from utils.rj.remarks import Remark
from utils.rj.tabs.transelect import CARDS

NIGHTS: Final = 14
_CARDS: Final = "transelect.transelect_restaurant"
_VARIANCE: Final = "transelect.transelect_variance_restaurant"


@dataclass(frozen=True, slots=True)
class Expected:
    """In how many of the last ``nights`` nights each terminal, by id, had an amount."""

    nights: int
    terminals: Mapping[str, int]


def expected(connection: Connection, property_id: int, day: date) -> Expected:
    """Learnt from the last fourteen nights that are in the book before this one; one query."""
    known = nights.tabs_before(connection, property_id, day, "transelect", NIGHTS)
    found: Counter[str] = Counter()
    for inputs in known:
        # on any card, with an amount that is not nil
        batches = (inputs.get(f"transelect_restaurant.{card}.terminals") or {} for card in CARDS)
        found.update({terminal for card in batches for terminal, amount in card.items() if Decimal(amount)})
    return Expected(len(known), found)


def missing_batches(night: Night, usual: Expected) -> Iterator[Remark]:
    """At the variance of the restaurant, the terminals that have no batch tonight and had one lately."""
    if not night.values.get(_VARIANCE):
        return
    tonight = {terminal for card in CARDS for terminal in night.values.get(f"{_CARDS}.{card}.terminals") or {}}
    for terminal in night.values["transelect.transelect_terminals"]:
        found = usual.terminals.get(terminal["id"], 0)
        if found and terminal["id"] not in tonight:
            label = terminal.get("label") or terminal["id"]
            said = f"{label} n'a pas de lot; il en avait un {found} nuit{'s' * (found > 1)} sur {usual.nights}."
            yield Remark(_VARIANCE, said, asked=False)
