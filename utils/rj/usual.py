"""What a figure usually is: its middle and its range over the same weekday, from nights of the book."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Final, NamedTuple

LEAST: Final = 4
"""Nights below which nothing is usual yet."""


class Usual(NamedTuple):
    """The lowest, the middle and the highest of some figures, and how many they are. The middle is one of them."""

    low: Decimal
    middle: Decimal
    high: Decimal
    nights: int


def usual(figures: Sequence[Decimal]) -> Usual | None:
    """What some figures of the same weekday say; nothing of too few.

    >>> usual([Decimal(one) for one in ("5.00", "1.00", "9.00", "4.00")])
    Usual(low=Decimal('1.00'), middle=Decimal('4.00'), high=Decimal('9.00'), nights=4)
    """
    if len(figures) < LEAST:
        return None
    ordered = sorted(figures)
    return Usual(ordered[0], ordered[(len(ordered) - 1) // 2], ordered[-1], len(ordered))
