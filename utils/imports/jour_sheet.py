"""The sheet *jour*: a row a night, a column a figure. A night is closed once its closing balance is typed."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from utils.imports.figures import BookMonth, BookNight
from utils.imports.layout import JOUR, check_layout, day_rows
from utils.imports.places import column_number
from utils.imports.workbook import Sheet
from utils.money import money_text
from utils.rj.catalogue import FIELDS
from utils.rj.declaration import COUNT

_COLUMN: Final = re.compile(r"jour!([A-Z]{1,2})")
_OPENING, _CLOSING = column_number("B"), column_number("D")
_CLEANING: Final = "controle.chambres_refaire"

COLUMNS: Final = {
    column_number(found[1]): name
    for name, field in FIELDS.items()
    if field.typed and (found := _COLUMN.fullmatch(field.cell)) and found[1] != "B"
} | {column_number("CQ"): _CLEANING}
"""The field that each column of the sheet gives, by its number."""

_FIRST_ROW: Final = 3


def read_jour(sheet: Sheet, month: BookMonth, today: date) -> None:
    """Add to the month the nights that the sheet closed, each with the figures of its row."""
    if not check_layout(sheet, JOUR):
        return
    for day, (row,) in day_rows(sheet, _FIRST_ROW, month.month).items():
        if sheet.raw(row, _CLOSING) == "":
            begun = [column for column in COLUMNS if column < column_number("CR") and sheet.raw(row, column) != ""]
            if begun:
                place = sheet.place(row, begun[0])
                month.note(
                    f"La nuit du {day.isoformat()} n’a pas de solde de fermeture : elle n’est pas reprise.", place
                )
            continue
        if day > today:
            sheet.refuse(row, _CLOSING, f"La nuit du {day.isoformat()} n’est pas encore passée.")
            continue
        night = month.nights.setdefault(day, BookNight(day))
        opening = sheet.money(row, _OPENING)
        if opening is not None:
            night.block["jour_new_balance"] = money_text(opening)
        for column, name in COLUMNS.items():
            if FIELDS[name].kind == COUNT:
                night.add(name, sheet.count(row, column), sheet.place(row, column))
            else:
                night.money(name, sheet.money(row, column), sheet.place(row, column))
