"""The sheet *depot*: the sealed envelopes of several days, typed one under the other in up to three columns."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Final

from utils.french import MONTHS
from utils.imports import layout
from utils.imports.figures import BookMonth, BookNight, Figure, Result
from utils.imports.layout import check_layout
from utils.imports.places import Place, bare, cell_name
from utils.imports.workbook import Sheet
from utils.money import ZERO, money_text

_DAY: Final = re.compile(r"([0-9]{1,2})(?:er)?([a-z]+)")
_MONTHS: Final = {bare(name): number for number, name in enumerate(MONTHS, 1)}
_GROUPS: Final = (1, 5, 9)
"""The columns of the dates; amounts stand one to the right, the subtotal of a day one more."""

_FIRST_ROW: Final = 10
_END: Final = ("total", "gtotal", "signature")


def read_deposits(sheet: Sheet, month: BookMonth) -> None:
    """Add to the nights of the month their envelopes; those of another month are left aside."""
    if not check_layout(sheet, layout.DEPOT):
        return
    found: dict[tuple[date, str], list[tuple[int, int, Decimal]]] = {}
    said: dict[tuple[date, str], Result] = {}
    for first in _GROUPS:
        client = _client(sheet, first)
        for day, row in _rows(sheet, first, month):
            amount, total = sheet.money(row, first + 1), sheet.number(row, first + 2)
            if amount is not None:
                found.setdefault((day, client), []).append((row, first + 1, amount))
            if total is not None:
                said[day, client] = Result(total, sheet.place(row, first + 2))
    for (day, client), amounts in found.items():
        night = month.nights.get(day)
        if night is None:
            month.note(
                f"Les enveloppes du {day.isoformat()} ne sont pas celles d’une nuit du mois.", _place(sheet, amounts)
            )
            continue
        place = _place(sheet, amounts)
        night.figures.append(Figure(f"sd.depot_data.{client}.date", day.isoformat(), place))
        texts = [money_text(amount) for _, _, amount in amounts]
        known = next((one for one in night.figures if one.field == f"sd.depot_data.{client}.amounts"), None)
        if known is not None:
            night.figures.remove(known)
            texts = [*known.value, *texts]
        night.figures.append(Figure(f"sd.depot_data.{client}.amounts", texts, place))
        if (day, client) in said:
            night.results[f"sd.depot_total_{client}"] = said[day, client]


def _rows(sheet: Sheet, first: int, month: BookMonth) -> Iterator[tuple[date, int]]:
    """The rows of a group of columns down to its total, each with the date above it."""
    day: date | None = None
    for row in range(_FIRST_ROW, sheet.height + 1):
        if bare(sheet.text(row, first)).startswith(_END) or bare(sheet.text(row, first + 1)).startswith(_END):
            return
        day = _day_of(sheet, row, first, month) or day
        if day is not None:
            yield day, row
        elif sheet.money(row, first + 1) is not None:
            sheet.refuse(row, first + 1, "Aucune date n’est écrite au-dessus de ce montant.")


def deposited(night: BookNight) -> tuple[Decimal, Place] | None:
    """What the envelopes of a night hold together, and where they are; nothing without any."""
    lists = [one for one in night.figures if one.field.endswith(".amounts") and one.tab == "sd"]
    if not lists:
        return None
    return sum((Decimal(text) for one in lists for text in one.value), ZERO), lists[0].place


def _place(sheet: Sheet, amounts: list[tuple[int, int, Decimal]]) -> Place:
    (first, column, _), (last, _, _) = amounts[0], amounts[-1]
    cells = cell_name(first, column) if first == last else f"{cell_name(first, column)}:{cell_name(last, column)}"
    return Place(sheet.name, cells)


def _client(sheet: Sheet, first: int) -> str:
    """The account that a group of columns says above it; the second group goes on with the first."""
    above = "".join(bare(sheet.text(row, column)) for row in (6, 7, 8) for column in (first, first + 1))
    return "client8" if "client8" in above else "client6"


def _day_of(sheet: Sheet, row: int, column: int, month: BookMonth) -> date | None:
    """The date written beside an envelope, of the year of the book; December stands in the book of January too."""
    if (day := sheet.day(row, column)) is not None:
        return day
    text = bare(sheet.text(row, column))
    if not text:
        return None
    found = _DAY.fullmatch(text)
    number = _MONTHS.get(found[2]) if found else None
    try:
        if found and number:
            return date(month.month.year - (number > month.month.month), number, int(found[1]))
    except ValueError:
        pass
    sheet.refuse(row, column, f"« {sheet.text(row, column)[:60]} » n’est pas une date (« 23 décembre »).")
    return None
