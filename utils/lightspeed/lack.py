"""What lacks in a report, as one value: the sentence that a person reads, and what is left aside for it."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any, Final, NamedTuple

from utils.french import count, money
from utils.lightspeed.legible import legible

NAMED: Final = 12
"""Words named before the others are counted."""


class Lack(NamedTuple):
    """What is not understood or not settled in a report: a French sentence, and what is left aside for it."""

    sentence: str
    left: frozenset[str] = frozenset()
    """Cells with their tab, and labels of controls."""

    partial: bool = True
    """False for what is only said: the report is understood, its money is placed."""

    at: tuple[str, ...] = ()
    """Tabs that tell it although no cell of theirs is left aside."""

    @property
    def tabs(self) -> list[str]:
        """The tabs that it concerns: those of the cells that are left aside."""
        return sorted({name.partition(".")[0] for name in self.left if "." in name} | set(self.at))


class Item(NamedTuple):
    """A word of a report, the money or the number of rooms that it holds, and what it is called."""

    word: str
    amount: Decimal | int | str | None
    name: str = ""


def listed(items: Iterable[Item]) -> str:
    """« Visa, 7 211,95 $; JCB, 12,00 $ »."""
    sums: dict[str, Any] = {}
    for one in items:
        name = legible(one.name or one.word) or "?"
        sums[name] = one.amount if name not in sums or isinstance(one.amount, str) else sums[name] + one.amount
    shown = [f"{name}, {figure(amount)}" for name, amount in sorted(sums.items())]
    more = len(shown) - NAMED
    return "; ".join(shown[:NAMED]) + (f"; et {count(more)} de plus" if more > 0 else "")


def figure(amount: Decimal | int | str) -> str:
    """Money, rooms, or what is already in words."""
    if isinstance(amount, str):
        return amount
    return money(amount) if isinstance(amount, Decimal) else f"{count(amount)} chambre{'s' if amount > 1 else ''}"
