"""Numbers of payment cards in what people type or paste: none ever enters the book (PCI DSS 3.2).

A number is told by three signs at once: the prefix of a brand with a length of that brand, the check digit (Luhn), and
digits written as cards are: in one piece, or in even groups apart. Amounts, counts, room numbers and ids are not.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Any, Final, NamedTuple

SENTENCE: Final = "Un numéro de carte de paiement ne s’écrit nulle part : garder la marque et les 4 derniers chiffres."

_RUN: Final = re.compile(r"\d+(?:[ ._/\-]{1,3}\d+)*")
_GROUP: Final = re.compile(r"\d+")
_IDENTIFIER: Final = re.compile(r"[0-9a-f]{20,}", re.IGNORECASE)
_LETTERS: Final = 4
"""How many letters make a long hexadecimal text an id rather than a word beside a number."""

_DASHES: Final = str.maketrans(dict.fromkeys("‐‑‒–—―−", "-"))
_SHORTEST, _LONGEST = 13, 19
_EVEN: Final = (1, 2, 4, 8)
"""Sizes of even groups. Not 3: thousands of amounts and lists of rooms are written so."""

_SHAPES: Final = {(4, 6, 5), (4, 6, 4), (4, 3, 3, 3)}
_MANY: Final = frozenset(range(16, 20))


class Brand(NamedTuple):
    """The prefixes of a brand, as the smallest and the largest, and the lengths of its numbers."""

    low: str
    high: str
    lengths: frozenset[int]


BRANDS: Final = (
    Brand("4", "4", frozenset({13, 16, 19})),
    Brand("51", "55", frozenset({16})),
    Brand("2221", "2720", frozenset({16})),
    Brand("34", "34", frozenset({15})),
    Brand("37", "37", frozenset({15})),
    Brand("300", "305", frozenset({14})),
    Brand("36", "36", frozenset({14})),
    Brand("38", "39", frozenset({14})),
    Brand("3528", "3589", _MANY),
    Brand("6011", "6011", _MANY),
    Brand("62", "62", _MANY),
    Brand("644", "659", _MANY),
    Brand("5018", "5038", _MANY),
    Brand("6304", "6304", _MANY),
    Brand("6759", "6763", _MANY),
)
"""Visa; Mastercard, American Express and Diners on several lines; JCB, Discover, UnionPay, Discover again, Maestro."""


def has_card(text: str) -> bool:
    """Whether a number of a card stands in a text.

    >>> has_card("carte 4111 1111-1111 1111 exp. 12/27"), has_card("4 111 111 111 111 111,00")
    (True, False)
    """
    if sum(map(str.isdigit, text)) < _SHORTEST:
        return False
    plain = _plain(text)
    return any(_run_has_card(run[0]) for run in _RUN.finditer(plain))


def cards_in(value: Any, path: str = "") -> Iterator[str]:
    """The path of every text or number of a JSON value in which a card stands; keys are texts too."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if has_card(key):
                yield path or "document"
            else:
                yield from cards_in(inner, f"{path}.{key}" if path else key)
    elif isinstance(value, list | tuple):
        for position, inner in enumerate(value):
            yield from cards_in(inner, f"{path}[{position}]")
    elif isinstance(value, str | int) and not isinstance(value, bool) and has_card(str(value)):
        yield path


def _plain(text: str) -> str:
    """The text with every digit, space and dash in its plain form, invisible characters and long ids taken out."""
    visible = "".join(one for one in unicodedata.normalize("NFKC", text) if unicodedata.category(one) != "Cf")
    digits = "".join(str(unicodedata.digit(one)) if one.isdigit() and not one.isascii() else one for one in visible)
    spaced = "".join(" " if one.isspace() and one not in "\r\n\t" else one for one in digits.translate(_DASHES))
    return _IDENTIFIER.sub(lambda found: found[0] if sum(map(str.isalpha, found[0])) < _LETTERS else "x", spaced)


def _run_has_card(run: str) -> bool:
    groups = list(_GROUP.finditer(run))
    for first, group in enumerate(groups):
        digits, sizes = "", []
        for other in groups[first:]:
            digits += other[0]
            sizes.append(len(other[0]))
            if len(digits) > _LONGEST:
                break
            decimals = len(sizes) == 1 and first > 0 and run[group.start() - 1] == "."
            if not decimals and len(digits) >= _SHORTEST and _written_as_a_card(sizes) and is_card(digits):
                return True
    return False


def _written_as_a_card(sizes: Sequence[int]) -> bool:
    """Whether the digits stand in one piece, in even groups (the last one may be short), or as a brand prints them."""
    even = sizes[0] in _EVEN and all(size == sizes[0] for size in sizes[:-1]) and sizes[-1] <= sizes[0]
    return len(sizes) == 1 or even or tuple(sizes) in _SHAPES


def is_card(digits: str) -> bool:
    """Whether these digits have the prefix and the length of a brand, and a right check digit."""
    branded = any(
        brand.low <= digits[: len(brand.low)] <= brand.high and len(digits) in brand.lengths for brand in BRANDS
    )
    return branded and _luhn(digits)


def _luhn(digits: str) -> bool:
    doubled = (sum(divmod(2 * int(digit), 10)) for digit in digits[-2::-2])
    return (sum(map(int, digits[-1::-2])) + sum(doubled)) % 10 == 0
