"""Text for a spreadsheet: what a person typed never becomes a formula there."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Final

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def harmless(text: str) -> str:
    """The text, with an apostrophe before whatever a spreadsheet would calculate.

    >>> harmless("=1+1"), harmless("12,50")
    ("'=1+1", '12,50')
    """
    return f"'{text}" if text.lstrip(" \u00a0").startswith(_FORMULA) or text.startswith(_FORMULA) else text


def csv_text(rows: Iterable[Sequence[str | Decimal | int]]) -> str:
    """Rows as CSV in UTF-8 with its mark, so that Excel reads the accents; a number keeps its sign, with a comma."""
    written = io.StringIO()
    writer = csv.writer(written, delimiter=";", lineterminator="\r\n")
    writer.writerows([harmless(cell) if isinstance(cell, str) else _number(cell) for cell in row] for row in rows)
    return "\ufeff" + written.getvalue()


def _number(value: Decimal | int) -> str:
    return f"{value:f}".replace(".", ",") if isinstance(value, Decimal) else str(value)
