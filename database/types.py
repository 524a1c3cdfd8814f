"""Column types that cannot hold a wrong value: exact money, aware instants, canonical JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, Final

from sqlalchemy import BigInteger, DateTime, Dialect, Integer, Text
from sqlalchemy.types import TypeDecorator, TypeEngine

from utils.money import from_cents, to_cents
from utils.shapes import Document

_DEEPEST: Final = 8
"""Maps and lists within one another, in a document of settings: more than any that we write."""

_ENCODER: Final = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def canonical(value: object) -> str:
    """The one JSON text of a value: sorted keys, no spaces, accents as they are.

    >>> canonical({"b": 1, "a": "é"})
    '{"a":"é","b":1}'
    """
    return _ENCODER.encode(value)


def refuse_floats(value: object) -> None:
    """Raise ``TypeError`` when a binary float hides anywhere in a JSON value."""
    if isinstance(value, float):
        raise TypeError("A float never enters the book: write the figure as text.")
    if isinstance(value, Mapping):
        for inner in value.values():
            refuse_floats(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            refuse_floats(inner)


class _Hundredths(TypeDecorator[Decimal]):
    """A ``Decimal`` of two decimals kept as an integer of hundredths; floats and finer fractions are refused."""

    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> int | None:
        """The integer to store; raises ``TypeError`` on anything but a finite ``Decimal`` of two decimals."""
        if value is None:
            return None
        if type(value) is not Decimal or not value.is_finite():
            raise TypeError(f"A figure is a finite Decimal, not {type(value).__name__}.")
        return to_cents(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> Decimal | None:
        """The figure with its two decimals (a SUM of PostgreSQL comes as a whole ``Decimal``)."""
        return None if value is None else from_cents(int(value))


class Cents(_Hundredths):
    """Money: ``Decimal`` dollars in Python, integer cents in the table."""

    impl = BigInteger
    cache_ok = True


class Points(_Hundredths):
    """A percent: ``Decimal`` points in Python (29.37), integer hundredths in the table (2937)."""

    impl = Integer
    cache_ok = True


class UtcDateTime(TypeDecorator[datetime]):
    """An instant: aware in Python, UTC in the table; a naive datetime is refused."""

    impl = DateTime
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """``timestamptz`` on PostgreSQL, a UTC text on SQLite."""
        return dialect.type_descriptor(DateTime(timezone=True))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """The same instant in UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise TypeError("An instant is aware: give it a time zone.")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """The stored instant, aware, in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class JsonText(TypeDecorator[Any]):
    """A JSON value kept as its canonical text, the same bytes on both engines, so that it can be digested."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        """The canonical text; raises ``TypeError`` on floats and on what JSON cannot hold."""
        if value is None:
            return None
        refuse_floats(value)
        return canonical(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        """The value again."""
        return None if value is None else json.loads(value)


class JsonMap(JsonText):
    """A JSON map; whatever else somebody wrote in the table reads as an empty one, which the verification names."""

    cache_ok = True

    def process_result_value(self, value: str | None, dialect: Dialect) -> Document | None:
        """The map, or an empty one."""
        if value is None:
            return None
        try:
            found = json.loads(value, parse_constant=_refused)
            canonical(found).encode()
        except (ValueError, RecursionError):
            return {}
        return found if isinstance(found, dict) and _is_shallow(found, _DEEPEST) else {}


def _refused(constant: str) -> None:
    raise ValueError(f"{constant} is no JSON.")


def _is_shallow(value: object, left: int) -> bool:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return left > 0 and all(_is_shallow(one, left - 1) for one in inner)
