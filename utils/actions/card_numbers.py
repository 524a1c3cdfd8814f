"""Numbers of payment cards in what people type or paste: none ever enters the book (PCI DSS 3.2).

A number is told by three signs at once: the prefix of a brand with a length of that brand, the check digit (Luhn), and
digits written as cards are: in one piece, or in even groups apart. Amounts, counts, room numbers and ids are not.
Groups apart by a comma, a tab or an end of line are a list or a pasted column, never a card: a choice.

Every step reads its text a bounded number of times, whatever stands in it: a stranger's text is looked at too.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from typing import Any, Final, NamedTuple

from utils.rj.reading import joined

SENTENCE: Final = "Un numéro de carte de paiement ne s’écrit nulle part : garder la marque et les 4 derniers chiffres."

_AT_ONCE: Final = 500
"""Groups of digits looked at together."""

_PIECE: Final = 32_768
"""Characters read together: what is one step for the processor makes every other thread wait for its end."""

_RUN: Final = re.compile(rf"\d+(?:[ ._/:*|·•'’+()\[\]\-]{{1,4}}\d+){{0,{_AT_ONCE}}}")
_GROUP: Final = re.compile(r"\d+")
_IDENTIFIER: Final = re.compile(r"[0-9a-f]{20,}", re.IGNORECASE)
_NOT_OF_ID: Final = re.compile(r"[^0-9a-f]", re.IGNORECASE)
_LETTERS: Final = 4
"""How many letters make a long hexadecimal text an id rather than a word beside a number."""

_DASHES: Final = "‐‑‒–—―−"
_SHORTEST, _LONGEST = 13, 19
_EVEN: Final = (1, 2, 4, 8)
"""Sizes of even groups. Not 3: thousands of amounts and lists of rooms are written so."""

_CENTS: Final = 2
"""Digits of the cents of an amount."""

_SHAPES: Final = {(4, 6, 5), (4, 6, 4), (4, 3, 3, 3), (6, 10), (6, 9), (5, 5, 5)}
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

_PREFIX: Final = max(len(brand.low) for brand in BRANDS)
_BRANDS_OF: Final = {digit: tuple(b for b in BRANDS if b.low[0] <= digit <= b.high[0]) for digit in "0123456789"}
_DOUBLED: Final = str.maketrans("0123456789", "".join(str(sum(divmod(2 * one, 10))) for one in range(10)))
"""A digit that the check doubles, as what it adds: 7 gives 14, so 5."""


def has_card(text: str) -> bool:
    """Whether a number of a card stands in a text.

    >>> has_card("carte 4111 1111-1111 1111 exp. 12/27"), has_card("4 111 111 111 111 111,00")
    (True, False)
    """
    pieces = [text[begin : begin + _PIECE] for begin in range(0, len(text), _PIECE)]
    if sum(sum(map(str.isdigit, piece)) for piece in pieces) < _SHORTEST:
        return False
    # in plain characters, long ids taken out
    read = "".join([piece.translate(_PLAIN) for piece in pieces])
    plain = "".join([_IDENTIFIER.sub(_unless_id, piece) for piece in _between_ids(read)])
    return any(_run_has_card(begun, groups) for begun, groups in _runs(plain))


def cards_in(value: Any) -> Iterator[str]:
    """The path of every text or number of a JSON value in which a card stands; keys are texts too.

    A path is written once a card is found: on the way there each step is held, not copied.
    """
    return _cards_under(value, [])


def _cards_under(value: Any, steps: list[str | int]) -> Iterator[str]:
    inner: Iterable[tuple[str | int, Any]] = ()
    if isinstance(value, dict):
        inner = value.items()
    elif isinstance(value, list | tuple):
        inner = enumerate(value)
    elif isinstance(value, str | int) and not isinstance(value, bool) and has_card(str(value)):
        yield _path(steps)
    for step, one in inner:
        if isinstance(step, str) and has_card(step):
            yield _path(steps) or "document"
        else:
            steps.append(step)
            yield from _cards_under(one, steps)
            steps.pop()


def _path(steps: Sequence[str | int]) -> str:
    path = ""
    for one in steps:
        path = f"{path}[{one}]" if isinstance(one, int) else joined(path, one)
    return path


class _Plain(dict[int, str]):
    """How each character is read; one at a time, since marks in a row make a text long to compose."""

    def __missing__(self, code: int) -> str:
        """The character as a digit, a space or a dash in its plain form; nothing for one that is not seen."""
        self[code] = read = "".join(map(_plain_character, unicodedata.normalize("NFKC", chr(code))))
        return read


def _plain_character(one: str) -> str:
    if unicodedata.category(one) == "Cf":
        return ""
    if one in _DASHES:
        return "-"
    if one.isdigit():
        return str(unicodedata.digit(one))
    return " " if one.isspace() and one not in "\r\n\t" else one


_PLAIN: Final = _Plain()


def _unless_id(found: re.Match[str]) -> str:
    return found[0] if sum(map(str.isalpha, found[0])) < _LETTERS else "x"


def _between_ids(text: str) -> Iterator[str]:
    """The text in pieces, none of which ends within an id."""
    begin = 0
    while begin < len(text):
        found = _NOT_OF_ID.search(text, begin + _PIECE)
        end = found.start() if found else len(text)
        yield text[begin:end]
        begin = end


def _runs(plain: str) -> Iterator[tuple[int, list[re.Match[str]]]]:
    """Groups of digits apart from all others, and where they begin; a long run comes some hundreds at a time.

    Those that follow begin with as many of the last ones as a card may have.
    """
    at, begun, more = 0, 0, False
    while found := _RUN.search(plain, at):
        groups = list(_GROUP.finditer(plain, found.start(), found.end()))
        begun = begun if more else found.start()
        yield begun, groups
        more = len(groups) > _AT_ONCE
        at = groups[-_LONGEST].start() if more else found.end()


def _run_has_card(begun: int, groups: Sequence[re.Match[str]]) -> bool:
    digits = "".join(group[0] for group in groups)
    sizes = [group.end() - group.start() for group in groups]
    starts = dict(zip(accumulate(sizes, initial=0), range(len(sizes) + 1), strict=True))
    return any(
        _written_as_a_card(sizes[first : starts[begin + length]])
        and not _are_amounts(groups[first : starts[begin + length]])
        for begin, first in starts.items()
        for length in lengths_of(digits[begin : begin + _PREFIX])
        if begin + length in starts
        and _luhn(digits[begin : begin + length])
        # a group alone may be the decimals of the one before it
        and not (
            length == sizes[first]
            and groups[first].start() > begun
            and groups[first].string[groups[first].start() - 1] == "."
        )
    )


def _are_amounts(groups: Sequence[re.Match[str]]) -> bool:
    """Whether groups of two digits are dollars and cents in turn: `25.00 + 76.80` is a sum."""
    return len(groups[0][0]) == _CENTS < len(groups) and all(
        (group.string[group.start() - 1] == ".") == bool(place % 2) for place, group in enumerate(groups) if place
    )


def _written_as_a_card(sizes: Sequence[int]) -> bool:
    """Whether the digits stand in one piece, in even groups (the last one may be short), or as a brand prints them."""
    even = sizes[0] in _EVEN and all(size == sizes[0] for size in sizes[:-1]) and sizes[-1] <= sizes[0]
    return len(sizes) == 1 or even or tuple(sizes) in _SHAPES


def lengths_of(digits: str) -> frozenset[int]:
    """The lengths that a number which begins with these digits may have; none when it is of no brand."""
    brands = _BRANDS_OF[digits[0]] if digits else ()
    return frozenset().union(*(b.lengths for b in brands if b.low <= digits[: len(b.low)] <= b.high))


def _luhn(digits: str) -> bool:
    values = digits.translate(_DOUBLED)
    return (sum(map(int, digits[-1::-2])) + sum(map(int, values[-2::-2]))) % 10 == 0
