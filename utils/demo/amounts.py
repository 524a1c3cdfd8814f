"""Small arithmetic of the generator: exact sums, exact shares, and amounts as the contract writes them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from utils.money import ZERO, money_text, r2


def m(amount: Decimal) -> str:
    """An amount as the contract writes it."""
    return money_text(r2(amount))


def total(amounts: Iterable[Decimal]) -> Decimal:
    """The sum of amounts."""
    return sum(amounts, ZERO)


def parts(whole: int, weights: Sequence[int]) -> list[int]:
    """A whole number in parts near these weights; the last part takes the rest."""
    first = [whole * weight // sum(weights) for weight in weights[:-1]]
    return [*first, whole - sum(first)]


def shares(amount: Decimal, weights: Sequence[int]) -> list[Decimal]:
    """An amount in parts near these weights whose sum is exact; nothing but zeros for weights that are all nil."""
    if not any(weights):
        return [ZERO for _ in weights]
    last = max(index for index, weight in enumerate(weights) if weight)
    found = [r2(amount * weight / sum(weights)) for weight in weights]
    found[last] = amount - total(share for index, share in enumerate(found) if index != last)
    return found


def split(amount: Decimal, count: int) -> list[Decimal]:
    """An amount in near equal parts whose sum is exact; none for no part."""
    if not count:
        return []
    each = r2(amount / count)
    return [amount - each * (count - 1), *([each] * (count - 1))]
