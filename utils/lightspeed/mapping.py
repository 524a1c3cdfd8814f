"""From the JSON of the PMS to typed reports: exact amounts, unknown fields ignored, a missing one refused.

A report is read whole or not at all: the first fault raises, with the place where it stands and never the value, which
may be personal.
"""

from __future__ import annotations

import json
import re
import types
import typing
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any, Final, NamedTuple, TypeVar, cast

from utils.dates import DateError, read_date
from utils.lightspeed.errors import LightspeedAPIError
from utils.lightspeed.legible import legible
from utils.money import ZERO
from utils.shapes import Document

T = TypeVar("T")

_MONEY: Final = re.compile(r"-?(?:0|[1-9][0-9]{0,12})\.[0-9]{2}", re.ASCII)
_NUMBER: Final = re.compile(r"-?(?:0|[1-9][0-9]{0,12})(?:\.[0-9]{1,2})?", re.ASCII)
_RATIO: Final = re.compile(r"-?(?:0|[1-9][0-9]{0,12})(?:\.[0-9]{1,6})?", re.ASCII)
_LARGEST_COUNT: Final = 1_000_000
_LONGEST_TEXT: Final = 500
_NO_CHARACTER: Final = re.compile("[\x00\ud800-\udfff]")
"""A nil, which no database keeps, and half of a character, which nothing writes."""

_REST: Final = "…"
_NONE: Final[Mapping[str, Decimal]] = types.MappingProxyType({})
_TWICE: Final = "\0"
"""Where an object says which of its keys was given twice: no key of the contract is this one."""

Reader = Callable[[Any], Any]


def unexpected(place: str) -> LightspeedAPIError:
    """The error of an answer that is not the contract, at this place."""
    return LightspeedAPIError(f"Réponse inattendue de Lightspeed ({place}).", "inattendu", status=200)


def load(body: bytes) -> Document:
    """The JSON object of a body: decimals exact; NaN, infinities, exponents and a key given twice refused."""
    twice: list[str] = []

    def single(pairs: list[tuple[str, Any]]) -> Document:
        found = dict(pairs)
        if len(found) < len(pairs):
            counts = Counter(name for name, _ in pairs)
            twice.append(next(name for name, count in counts.items() if count > 1))
            found[_TWICE] = twice[-1]
        return found

    try:
        text = body.decode("utf-8-sig")
        document = json.loads(text, parse_float=_exact, parse_constant=_exact, object_pairs_hook=single)
        if twice:
            raise unexpected(_repeated(document) or legible(twice[0]))
    except (ValueError, RecursionError):
        raise unexpected("JSON") from None
    if not isinstance(document, dict):
        raise unexpected("JSON")
    return document


def _repeated(value: Any, place: str = "") -> str:  # noqa: ANN401 - JSON
    """Where the first key that was given twice stands."""
    if isinstance(value, dict):
        if _TWICE in value:
            return _under(place, str(value[_TWICE]))
        inner = ((_under(place, name), one) for name, one in value.items())
    elif isinstance(value, list):
        inner = ((f"{place}[{index}]", one) for index, one in enumerate(value))
    else:
        return ""
    return next((found for where, one in inner if (found := _repeated(one, where))), "")


def _under(place: str, name: str) -> str:
    return f"{place}.{legible(name)}" if place else legible(name)


def read(kind: type[T], document: Document, about: object = None) -> T:
    """A value of a class of ``reports``; raises ``LightspeedAPIError`` (``inattendu``).

    ``about``: the envelope of a whole report, already read.
    """
    try:
        return _read(kind, document, about)
    except _Fault as fault:
        raise unexpected(fault.place) from None


class _Fault(Exception):
    """A value that is not of the contract; its place is completed on the way up, since hardly any is faulty."""

    def __init__(self) -> None:
        self.place = ""

    def under(self, name: str) -> _Fault:
        """The same fault, seen from what holds it."""
        joint = "." if self.place and not self.place.startswith("[") else ""
        self.place = f"{name}{joint}{self.place}"
        return self


def _read(kind: type[T], document: Document, about: object = None) -> T:
    values: list[Any] = [] if about is None else [about]
    name = ""
    try:
        for name, reader, default in _parts(cast(Any, kind)):
            if name == _REST:
                values.append(_others(document, cast(Any, kind)))
            elif name in document:
                values.append(reader(document[name]))
            elif default is MISSING:
                raise _Fault
            else:
                values.append(default)
    except _Fault as fault:
        raise fault.under(name) from None
    return kind(*values)


class _Part(NamedTuple):
    name: str
    reader: Reader
    default: Any


@cache
def _parts(kind: Any) -> tuple[_Part, ...]:  # noqa: ANN401 - a class, as a key of the cache
    """The fields that the PMS gives, in the order of the class: ``about`` stands first, what is ours last."""
    hints = typing.get_type_hints(kind, include_extras=True)
    return tuple(
        _Part(_name(one), _reader(hints[one.name]), one.default)
        for one in fields(kind)
        if one.name != "about" and not one.metadata.get("ours")
    )


def _name(one: Any) -> str:  # noqa: ANN401 - a field
    if one.metadata.get("rest"):
        return _REST
    first, *others = one.name.split("_")
    return str(one.metadata.get("name", first + "".join(word.capitalize() for word in others)))


def _others(document: Document, kind: Any) -> Mapping[str, Decimal]:  # noqa: ANN401 - a class
    """The amounts of an object under names that its class does not have; whatever else is there is ignored."""
    known = {part.name for part in _parts(kind)}
    found = {
        name: one
        for name, one in document.items()
        if name not in known and (type(one) is Decimal or (type(one) is str and _MONEY.fullmatch(one)))
    }
    return _amounts(found) if found else _NONE


def _reader(hint: Any) -> Reader:  # noqa: ANN401 - any annotation
    """What reads a value of this annotation."""
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin is typing.Annotated:
        return _ratio
    if origin in (typing.Union, types.UnionType):
        inner = _reader(next(one for one in arguments if one is not type(None)))
        return lambda value: None if value is None else inner(value)
    if origin is tuple:
        return _sequence(_reader(arguments[0]))
    if origin is Mapping:
        return _amounts
    if is_dataclass(hint):
        inside = cast("type[Any]", hint)
        return lambda value: _read(inside, _object(value))
    return _SIMPLE[hint]


def _sequence(inner: Reader) -> Reader:
    def sequence(value: Any) -> tuple[Any, ...]:  # noqa: ANN401 - JSON
        if not isinstance(value, list):
            raise _Fault
        found: list[Any] = []
        try:
            found.extend(map(inner, value))  # those before the fault are in: their count is its index
        except _Fault as fault:
            raise fault.under(f"[{len(found)}]") from None
        return tuple(found)

    return sequence


def _object(value: Any) -> Document:  # noqa: ANN401 - JSON
    if not isinstance(value, dict):
        raise _Fault
    return value


def _amounts(value: Any) -> Mapping[str, Decimal]:  # noqa: ANN401 - JSON
    amounts: dict[str, Decimal] = {}
    for name, one in _object(value).items():
        try:
            amounts[_text(name)] = _money(one)
        except _Fault as fault:
            raise fault.under(legible(name)) from None
    return types.MappingProxyType(amounts)


def _money(value: Any) -> Decimal:  # noqa: ANN401 - JSON
    """A text of two decimals; a JSON number of at most two is tolerated."""
    if type(value) is str:
        return _amount(value)
    text = str(value)
    if type(value) not in (int, Decimal) or not _NUMBER.fullmatch(text):
        raise _Fault
    return Decimal(text) + ZERO


@lru_cache(maxsize=4096)
def _amount(text: str) -> Decimal:
    """The amount of a text of the contract; a report says the same ones many times (rates, nil buckets)."""
    if not _MONEY.fullmatch(text):
        raise _Fault
    return Decimal(text) + ZERO


def _ratio(value: Any) -> Decimal:  # noqa: ANN401 - JSON
    text = value if isinstance(value, str) else str(value)
    if type(value) not in (str, int, Decimal) or not _RATIO.fullmatch(text):
        raise _Fault
    return Decimal(text) + ZERO


def _count(value: Any) -> int:  # noqa: ANN401 - JSON
    if type(value) is not int or not 0 <= value <= _LARGEST_COUNT:
        raise _Fault
    return value


def _flag(value: Any) -> bool:  # noqa: ANN401 - JSON
    if not isinstance(value, bool):
        raise _Fault
    return value


def _text(value: Any) -> str:  # noqa: ANN401 - JSON
    if type(value) is not str or len(value) > _LONGEST_TEXT or _NO_CHARACTER.search(value):
        raise _Fault
    return value


@lru_cache(maxsize=512)
def _day(text: str) -> date:
    try:
        return read_date(text)
    except DateError:
        raise _Fault from None


def _instant(value: Any) -> datetime:  # noqa: ANN401 - JSON
    """An RFC 3339 instant, with its offset."""
    try:
        moment = datetime.fromisoformat(value if isinstance(value, str) else "")
    except ValueError:
        raise _Fault from None
    if moment.tzinfo is None:
        raise _Fault
    return moment


_SIMPLE: Final[dict[Any, Reader]] = {
    Decimal: _money,
    int: _count,
    bool: _flag,
    str: _text,
    date: lambda value: _day(value if isinstance(value, str) else ""),
    datetime: _instant,
}


def _exact(text: str) -> Decimal:
    """A decimal of the JSON; raises for an exponent, a NaN, an infinity: all have a letter."""
    if any(map(str.isalpha, text)):
        raise ValueError(text)
    return Decimal(text)
