"""The templates that are handed out to be filled: the nights of a month, budgets; as a workbook or as CSV.

Our own import reads them back: an empty one has each header where it is looked for.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Final

import xlsxwriter

from utils.dates import days_in_month
from utils.imports.budget_sheet import HEADERS, Budget
from utils.imports.delimited import BUDGETS, MARK, NIGHTS
from utils.imports.layout import CONTROLE
from utils.imports.places import position
from utils.presentation.spreadsheet import csv_text
from utils.reports.labels import LABELS

XLSX, CSV = "xlsx", "csv"
_EPOCH: Final = datetime(2000, 1, 1)  # noqa: DTZ001 - a property of a file has no zone
_CLOSING: Final = (2, 4)
_GUIDE: Final = (
    "Une rangée par nuit; laisser vide celles qui n’entrent pas.",
    "« Nouvelle balance » (colonne D) est obligatoire : une nuit sans elle n’est pas fermée, et n’entre pas.",
    "« bal.ouv » (colonne B) se donne à la première nuit du mois; les suivantes la reprennent de la veille.",
    "« Diff.Caisse » (colonne C) est calculée par RJ Natif : la laisser vide.",
    "Les titres et leur place ne changent pas. Déposer ensuite le fichier à la page « Importer ».",
)

Rows = dict[tuple[int, int], str | int | Decimal]


def nights_template(first: date, hotel: str, form: str) -> bytes:
    """The nights of the month that begins on this day, to be filled: the hotel's sheets *controle* and *jour*."""
    jour: Rows = {position(cell): text for cell, text in LABELS["jour"].items()}
    jour[_CLOSING] = "Nouvelle balance"
    jour |= {(number + 2, 1): number for number in range(1, days_in_month(first) + 1)}
    if form == CSV:
        kept = {place: value for place, value in jour.items() if place[0] > 1}
        head: Rows = {(1, 1): MARK, (1, 2): NIGHTS, (1, 3): f"{first:%Y-%m}"}
        return _csv(head | kept)
    control: Rows = {position(cell): LABELS["controle"][cell] for cell in (*CONTROLE, "A20")}
    control |= {(4, 2): first.month, (5, 2): first.year, (20, 2): hotel}
    guide: Rows = {(row, 1): sentence for row, sentence in enumerate(_GUIDE, 1)}
    return _book({"jour": jour, "controle": control, "Mode d’emploi": guide})


def budgets_template(budgets: Sequence[Budget], form: str) -> bytes:
    """Budgets as they are known, to be filled or corrected."""
    rows: Rows = {position(cell): text for cell, text in HEADERS.items()}
    for row, one in enumerate(budgets, 3):
        rows[row, 1] = f"{one.day:%Y-%m}" if one.is_month else one.day.isoformat()
        rows |= {(row, column): amount for column, amount in enumerate(one.amounts, 2) if amount is not None}
    return _csv(rows) if form == CSV else _book({BUDGETS: rows})


def _csv(rows: Rows) -> bytes:
    height, width = max(row for row, _ in rows), max(column for _, column in rows)
    lines = ([rows.get((row, column), "") for column in range(1, width + 1)] for row in range(1, height + 1))
    return csv_text(lines).encode()


def _book(sheets: Mapping[str, Rows]) -> bytes:
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"author": MARK, "created": _EPOCH})
    title, money = book.add_format({"bold": True, "text_wrap": True}), book.add_format({"num_format": "#,##0.00"})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        sheet.set_column(0, 0, 16)
        sheet.set_column(1, max(column for _, column in rows), 13, money)
        if (2, 1) in rows and name in ("jour", BUDGETS):
            sheet.freeze_panes(2, 1)
        for (row, column), value in rows.items():
            if isinstance(value, str):
                sheet.write_string(row - 1, column - 1, value, title if row <= 2 else None)  # noqa: PLR2004 - headers
            else:
                sheet.write_number(row - 1, column - 1, value, money if isinstance(value, Decimal) else None)
    book.close()
    return file.getvalue()
