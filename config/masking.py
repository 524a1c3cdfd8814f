"""What a log never shows: addresses of people, tokens, card numbers, passwords and keys."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

MASK: Final = "•••"

_SECRET_NAME: Final = re.compile(
    r"passw|motdepasse|mot_de_passe|secret|token|jeton|authorization|cookie|api_?key|cle_|signature|credential",
    re.IGNORECASE,
)
_EMAIL: Final = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_BEARER: Final = re.compile(r"\b(Bearer|Basic)\s+[\w.~+/=-]{6,}", re.IGNORECASE)
_IN_URL: Final = re.compile(r"(?<=://)[^/\s:@]+:[^/\s@]+(?=@)")
_NAMED: Final = re.compile(
    r"(\b[\w-]{0,40}(?:password|mot[ _]de[ _]passe|secret|token|jeton|api_?key)[\w-]{0,40}[\"']?\s?[=:]\s?)"
    r"(?:\"[^\"]*\"|'[^']*'|[^\s\"'&,;]+)",
    re.IGNORECASE,
)
_LINK: Final = re.compile(r"(?<=/reinitialisation/)[^/\s\"']+")
_CARD: Final = re.compile(r"(?<![\d.,])\d(?:[ -]?\d){12,18}(?![\d.,]\d)")


def masked(value: object) -> object:
    """The same value, whatever its shape, without what a log must not show."""
    if isinstance(value, str):
        return masked_text(value)
    if isinstance(value, Mapping):
        return {key: MASK if _SECRET_NAME.search(str(key)) else masked(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [masked(item) for item in value]
    if value is None or isinstance(value, (bool, int, float)):
        return value
    return masked_text(str(value))


def masked_text(text: str) -> str:
    """The text without e-mail addresses, credentials or payment cards.

    >>> masked_text("carte 4111 1111 1111 1111 de a@b.ca, jeton=abc123")
    'carte ••• de •••, jeton=•••'
    """
    text = _IN_URL.sub(MASK, text)
    text = _LINK.sub(MASK, text)
    text = _BEARER.sub(rf"\1 {MASK}", text)
    text = _NAMED.sub(rf"\1{MASK}", text)
    text = _EMAIL.sub(MASK, text)
    return _CARD.sub(_masked_card, text)


def _masked_card(match: re.Match[str]) -> str:
    """Mask a number only when its check digit says that it is a card: dates and totals stay readable."""
    digits = [int(character) for character in match[0] if character.isdigit()]
    doubled = [sum(divmod(2 * digit, 10)) for digit in digits[-2::-2]]
    return MASK if (sum(digits[-1::-2]) + sum(doubled)) % 10 == 0 else match[0]
