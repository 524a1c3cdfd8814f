"""What a person types in a field of the night: a value, and the text of a sum kept beside it."""

from __future__ import annotations

from typing import Any

from utils.dates import DateError
from utils.money import AmountError, is_sum, read_typed_count, read_typed_money
from utils.rj.declaration import COUNT, MONEY, TEXT
from utils.rj.reading import READERS, read_count
from utils.text import plain


def read_typed(kind: str, text: str) -> tuple[Any, str | None]:
    """The value of a typed text and, for a sum, the text to keep; an empty text empties the field.

    Raises ``AmountError`` or ``DateError`` with a French sentence; the text is then left in place.
    """
    body = plain(text)
    if not body:
        return None, None
    if kind == MONEY:
        return read_typed_money(body), body if is_sum(body) else None
    if kind == COUNT:
        return read_count(read_typed_count(body)), body if is_sum(body) else None
    value = READERS[kind](text.strip() if kind == TEXT else body)
    return None if value == "" else value, None


__all__ = ["AmountError", "DateError", "read_typed"]
