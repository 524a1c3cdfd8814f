"""What the figures of a tab were the night before, and usually are on this weekday: shown faintly, judged by nobody."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from database import earlier_inputs, nights
from database.transaction import read
from utils.actions.cells import find_cell
from utils.actions.person import Person
from utils.actions.refusals import NoSuchNight
from utils.french import DAYS
from utils.rj.declaration import COUNT, MONEY, Field
from utils.rj.usual import usual
from utils.rj.writing import WRITERS
from utils.shapes import Document

WEEKS: Final = 8
"""How many of the last same weekdays say what is usual."""

LATELY: Final = 7
"""How many of the last nights are shown beside a figure."""

STEPS: Final = 36
"""Height of the tallest of their bars."""

_DAY: Final = timedelta(days=1)
_FIGURES: Final = (MONEY, COUNT)


def habits_of(person: Person, day: date, tab: str) -> Document:
    """By cell of an amount or a count: yesterday's, the usual one of the weekday with its range, the last seven.

    ``sept`` holds those of the last seven nights, oldest first, none where a night had none; ``traits`` the height of
    the bar of each, without its sign; ``nuits`` at the top are their names.
    """
    lately = [day - back * _DAY for back in range(LATELY, 0, -1)]
    alike = [day - 7 * weeks * _DAY for weeks in range(1, WEEKS + 1)]
    with read() as connection:
        if nights.read_stamp(connection, person.property_id, day) is None:
            raise NoSuchNight(f"La nuit du {day.isoformat()} n'est pas ouverte.")
        known = earlier_inputs.inputs_on(connection, person.property_id, [*lately, *alike], tab)
    figures = {when: dict(_figures(tab, inputs)) for when, inputs in known.items()}
    cells: Document = {}
    for cell in dict.fromkeys(cell for when in lately for cell in figures.get(when, {})):
        seven = [figures.get(when, {}).get(cell) for when in lately]
        sizes = [abs(Decimal(one or 0)) for one in seven]
        top = max(sizes)
        heights = [int(one * STEPS / top) if top else 0 for one in sizes]
        cells[cell] = {"sept": seven, "traits": heights} | ({} if seven[-1] is None else {"hier": seven[-1]})
    kinds = {cell: _field(tab, cell) for found in figures.values() for cell in found}
    for cell, field in kinds.items():
        found_usual = usual([Decimal(found[cell]) for when in alike if cell in (found := figures.get(when, {}))])
        if field is not None and found_usual is not None:
            write = WRITERS[field.items or field.kind]
            parts = {"bas": found_usual.low, "habituel": found_usual.middle, "haut": found_usual.high}
            shown = {key: write(int(one) if write is WRITERS[COUNT] else one) for key, one in parts.items()}
            cells.setdefault(cell, {}).update(shown, nuits=found_usual.nights)
    names = [f"{DAYS[when.weekday()][:3]}. {when.day}" for when in lately]
    return {"jour": DAYS[day.weekday()], "nuits": names, "cases": cells}


def _field(tab: str, cell: str) -> Field | None:
    found = find_cell(tab, cell)
    return found[0] if found else None


def _figures(tab: str, inputs: Document) -> Iterator[tuple[str, str | int]]:
    """Each amount and each count of a stored tab by the name of its cell; lists, whose lines change, are left out."""
    for key, value in inputs.items():
        leaves = {f"{key}.{part}": one for part, one in value.items()} if isinstance(value, dict) else {key: value}
        for cell, one in leaves.items():
            field = None if isinstance(one, list) else _field(tab, cell)
            if field is not None and (field.items or field.kind) in _FIGURES:
                yield cell, one
