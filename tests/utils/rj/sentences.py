"""Reads the sentences of `expliquer` as a person would: redoes the arithmetic with exact fractions."""

from __future__ import annotations

import re
from fractions import Fraction

NBSP = "\N{NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"
TOKEN = re.compile(
    rf"\s*(?P<number>[0-9]{{1,3}}(?:{NBSP}[0-9]{{3}})+(?:,[0-9]+)?|[0-9]+(?:,[0-9]+)?|max\(|arrondi\(|\S)"
)


def figure(text: str) -> Fraction:
    """A French figure, its unit left aside."""
    bare = text.removesuffix("$").removesuffix("%").strip().replace(NBSP, "")
    return Fraction(bare.replace(MINUS, "-").replace(",", "."))


def rounded(value: Fraction, places: int) -> Fraction:
    """Half away from zero."""
    scaled = abs(value) * 10**places
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return Fraction(whole if value >= 0 else -whole, 10**places)


class _Reading:
    """A recursive descent over the words of an expression."""

    def __init__(self, text: str) -> None:
        self.tokens = [match["number"] for match in TOKEN.finditer(text)]
        self.position = 0

    def next_is(self, *wanted: str) -> bool:
        return self.position < len(self.tokens) and self.tokens[self.position] in wanted

    def take(self, wanted: str = "") -> str:
        token = self.tokens[self.position]
        assert wanted in ("", token), f"{wanted} wanted at {self.tokens[self.position :]}"
        self.position += 1
        return token

    def total(self) -> Fraction:
        value = self.product()
        while self.next_is("+", MINUS):
            value += self.product() if self.take() == "+" else -self.product()
        return value

    def product(self) -> Fraction:
        value = self.factor()
        while self.next_is("×", "÷"):
            value = value * self.factor() if self.take() == "×" else value / self.factor()
        return value

    def factor(self) -> Fraction:
        token = self.take()
        if token == MINUS:
            return -self.factor()
        if token in ("(", "|"):
            value = self.total()
            self.take(")" if token == "(" else "|")
            return abs(value) if token == "|" else value
        if token in ("max(", "arrondi("):
            values = [self.total()]
            while self.next_is(";"):
                self.take()
                values.append(self.total())
            self.take(")")
            return max(values) if token == "max(" else rounded(values[0], int(values[1]))
        return figure(token)


def value_of(text: str) -> Fraction:
    """« arrondi(14 194,83 ÷ 74; 2) » as a fraction."""
    reading = _Reading(text)
    value = reading.total()
    assert reading.position == len(reading.tokens), f"left over in {text}"
    return value


def holds(text: str) -> bool:
    """« |0,00| ≤ 0,01 », « A > B et C ≤ D » as true or false."""
    if " et " in text:
        return all(map(holds, text.split(" et ")))
    left, sign, right = re.split(r" ([≤>]) ", text)
    return value_of(left) <= value_of(right) if sign == "≤" else value_of(left) > value_of(right)
