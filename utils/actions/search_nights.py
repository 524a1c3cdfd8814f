"""Nights found by a text or an amount: what a person typed in them, and the figures that lists keep."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any, Final, NamedTuple

from database.night_search import figures_equal, tabs_holding
from database.transaction import read
from utils.actions.freezing import DECLARED
from utils.actions.person import Person
from utils.french import number, typographic
from utils.money import AmountError, money_text, read_typed_money
from utils.rj import labels
from utils.rj.catalogue import FIELDS
from utils.rj.declaration import CHOICE
from utils.text import plain, unaccented

MOST: Final = 200
"""How many places are told; who looks for more names it better."""
SHORTEST: Final = 2
_HIDDEN: Final = "id"
_MONEY: Final = re.compile(r"-?[0-9]+\.[0-9]{2}", re.ASCII)
_ACCENTED: Final = "aceinouy"


class Hit(NamedTuple):
    """Where something is found: the night, the tab, the label of the field, its value as a person reads it."""

    day: date
    tab: str
    label: str
    value: str


def search_nights(person: Person, text: str) -> list[Hit]:
    """The places where the text stands, whatever its capitals and accents, or where the amount is; latest first.

    A text of one letter finds nothing.
    """
    sought = plain(text).strip()
    if len(sought) < SHORTEST:
        return []
    try:
        amount: Decimal | None = abs(read_typed_money(sought))
    except AmountError:
        amount = None
    wanted = unaccented(sought).casefold() if amount is None else money_text(amount)
    pattern = f"%{''.join(map(_like, sought if amount is None else wanted))}%"
    with read() as connection:
        tabs = tabs_holding(connection, person.property_id, pattern, MOST)
        nights = figures_equal(connection, person.property_id, amount, MOST) if amount is not None else []
    found = {
        Hit(one.day, one.tab, typographic(labels.label_of(one.tab, cell) or cell), _shown(value))
        for one in tabs
        for cell, value in _leaves("", one.inputs)
        if not _is_code(one.tab, cell)
        and (value.lstrip("-") == wanted if amount is not None else wanted in unaccented(value).casefold())
    }
    for day, figures in nights:
        for name, value in figures.items():
            if value is not None and abs(value) == amount:
                found.add(Hit(day, name.partition(".")[0], typographic(FIELDS[name].label), number(value)))
    return sorted(found, key=lambda hit: (hit.day, hit.tab, hit.label), reverse=True)[:MOST]


def _is_code(tab: str, cell: str) -> bool:
    """Whether a cell holds the code of a choice, which nobody typed."""
    field, _, rest = cell.partition(".")
    name = f"{tab}.{field}[].{rest.rpartition('.')[2]}" if rest else f"{tab}.{field}"
    return DECLARED.get(name, ("", ""))[0] == CHOICE


def _shown(value: str) -> str:
    return number(Decimal(value)) if _MONEY.fullmatch(value) else value


def _like(one: str) -> str:
    """A letter that may bear an accent is like any other one: what is found is looked at again."""
    if one in "%_":
        return f"\\{one}"
    if one in '"\\':
        return "_%"  # JSON writes it as two
    return "_" if one.casefold() in _ACCENTED or not one.isascii() else one


def _leaves(path: str, value: Any) -> Iterator[tuple[str, str]]:
    """Each text of a document with the cell that holds it; a line is named by its id, which is itself no value."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key != _HIDDEN:
                yield from _leaves(f"{path}.{key}" if path else key, inner)
    elif isinstance(value, list):
        for inner in value:
            name = inner.get(_HIDDEN) if isinstance(inner, dict) else None
            yield from _leaves(f"{path}.{name}" if name else path, inner)
    elif isinstance(value, str | int) and not isinstance(value, bool):
        yield path, str(value)
