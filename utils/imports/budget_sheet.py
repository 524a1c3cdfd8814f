"""The template of budgets, filled: a month or a day a row, what is planned for it."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Final, NamedTuple

from utils import dates
from utils.imports.delimited import BUDGETS, MARK
from utils.imports.flaws import Flaw, UnusableBook
from utils.imports.layout import check_layout
from utils.imports.workbook import Sheet, open_book

HEADERS: Final = {
    "A1": MARK,
    "B1": BUDGETS,
    "A2": "Mois ou jour",
    "B2": "Revenus prévus",
    "C2": "Main-d’œuvre prévue",
    "D2": "Main-d’œuvre payée",
}
_MONTH: Final = re.compile(r"(2[0-9]{3})-(0[1-9]|1[0-2])", re.ASCII)
_FIRST_ROW: Final = 3
_UNKNOWN: Final = "Ce fichier n’est pas le modèle des budgets : le prendre sur la page, le remplir, puis le déposer."


class Budget(NamedTuple):
    """A row of the template: a day, or the month that begins on it; dollars, ``None`` where nothing is said."""

    is_month: bool
    day: date
    amounts: tuple[Decimal | None, Decimal | None, Decimal | None]


def read_budgets(data: bytes) -> list[Budget]:
    """The rows of a template, empty ones left out; raises ``UnusableBook`` with every flaw found."""
    book = open_book(data)
    sheet = book.sheet(BUDGETS)
    if sheet is None:
        raise UnusableBook([Flaw(_UNKNOWN)])
    check_layout(sheet, HEADERS)
    found: dict[tuple[bool, date], Budget] = {}
    for row in range(_FIRST_ROW, sheet.height + 1):
        amounts = (sheet.money(row, 2), sheet.money(row, 3), sheet.money(row, 4))
        if amounts == (None, None, None):
            continue
        key = _day_of(sheet, row)
        if key is None:
            sheet.refuse(row, 1, "Il faut un mois (AAAA-MM) ou un jour (AAAA-MM-JJ).")
            continue
        if key in found:
            sheet.refuse(row, 1, "Ce mois ou ce jour est là deux fois.")
        for column, amount in enumerate(amounts, 2):
            if amount is not None and amount < 0:
                sheet.refuse(row, column, "Un budget n’est pas négatif.")
        if key[0] and amounts[2] is not None:
            sheet.refuse(row, 4, "La main-d’œuvre payée se donne par jour.")
        found[key] = Budget(*key, amounts)
    book.finish()
    return [found[key] for key in sorted(found, key=lambda key: (key[1], not key[0]))]


def _day_of(sheet: Sheet, row: int) -> tuple[bool, date] | None:
    """Whether a row is of a month, and its day."""
    day, text = sheet.day(row, 1), sheet.text(row, 1)
    if day is not None:
        return False, day
    if month := _MONTH.fullmatch(text):
        return True, date(int(month[1]), int(month[2]), 1)
    try:
        return False, dates.read_date(text)
    except dates.DateError:
        return None
