"""The SD book of a month: a sheet a day, a line an envelope."""

from __future__ import annotations

from datetime import date
from typing import Final

from utils.imports import layout
from utils.imports.figures import BookMonth, BookNight, Result, line_id
from utils.imports.flaws import Flaw, UnusableBook
from utils.imports.layout import check_layout
from utils.imports.places import bare
from utils.imports.workbook import Book, Sheet

_ENTRIES: Final = "sd.sd_entries"
_DEPARTMENTS: Final = {
    **{"reception": "reception", "spesa": "spesa", "restaurant": "restaurant", "banquet": "banquet"},
    "comptabilite": "comptabilite",
}
_CURRENCIES: Final = {"": "CDN", "cdn": "CDN", "can": "CDN", "us": "US", "usd": "US"}
_FIRST_ROW, _ENOUGH = 9, 20
_TOTALS: Final = (
    (4, "sd_total_amount"),
    (5, "sd_total_verified"),
    (6, "sd_total_reimbursement"),
    (7, "sd_total_variance"),
)


def is_envelope_book(book: Book) -> bool:
    """Whether the sheets are those of an SD book: twenty days or more, each by its number."""
    return len([name for name in book.sheets if name.isdecimal() and 1 <= int(name) <= 31]) >= _ENOUGH  # noqa: PLR2004


def read_envelopes(book: Book, today: date) -> BookMonth:
    """The nights of an SD book; raises ``UnusableBook`` when no sheet says its date."""
    sheets = {int(name): sheet for name, sheet in book.sheets.items() if name.isdecimal()}
    dated = {number: sheet.day(5, 2) for number, sheet in sheets.items()}
    first = next((day for day in dated.values() if day is not None), None)
    if first is None:
        raise UnusableBook([Flaw("Aucune feuille ne porte sa date (case B5) : le mois ne se lit pas.", "1", "B5")])
    month = BookMonth("sd", book.digest, first.replace(day=1), next(iter(sheets.values())).text(2, 1)[:120])
    for number, sheet in sorted(sheets.items()):
        rows = _lines(sheet) if check_layout(sheet, layout.SD) else []
        day = _day_of(sheet, number, dated[number], month) if rows else None
        if day is not None and day > today:
            sheet.refuse(5, 2, f"La nuit du {day.isoformat()} n’est pas encore passée.")
        elif day is not None:
            month.nights[day] = _night(sheet, day, rows, month)
    return month


def _day_of(sheet: Sheet, number: int, said: date | None, month: BookMonth) -> date | None:
    """The day of a sheet is its number; the date that it bears proves the month, and is often forgotten."""
    if said is not None and said.replace(day=1) != month.month:
        sheet.refuse(5, 2, f"{said.isoformat()} n’est pas du mois des autres feuilles ({month.month:%Y-%m}).")
        return None
    try:
        day = month.month.replace(day=number)
    except ValueError:
        sheet.refuse(5, 2, f"Le mois n’a pas de jour {number}, et la feuille a des enveloppes.")
        return None
    if said != day:
        bears = f"porte la date du {said.isoformat()}" if said else "ne porte pas de date"
        month.note(
            f"La feuille « {sheet.name} » {bears} : ses enveloppes sont celles du {day.isoformat()}.", sheet.place(5, 2)
        )
    return day


def _lines(sheet: Sheet) -> list[int]:
    """The rows that hold an envelope, down to the total."""
    rows = []
    for row in range(_FIRST_ROW, sheet.height + 1):
        if bare(sheet.text(row, 1)) == "total":
            break
        if sheet.text(row, 2) or any(sheet.raw(row, column) != "" for column in (4, 5, 6)):
            rows.append(row)
    return rows


def _night(sheet: Sheet, day: date, rows: list[int], month: BookMonth) -> BookNight:
    night = BookNight(day)
    department = ""
    for row in range(_FIRST_ROW, rows[-1] + 1):
        department = bare(sheet.text(row, 1)) or department  # said once for several rows in some books
        if row not in rows:
            continue
        line = line_id("enveloppe", row)
        if department not in _DEPARTMENTS:
            sheet.refuse(row, 1, f"« {sheet.text(row, 1)[:60]} » n’est pas un service : {', '.join(_DEPARTMENTS)}.")
            continue
        currency = _CURRENCIES.get(bare(sheet.text(row, 3)))
        if currency is None:
            month.note("Ce n’est pas une devise (CDN ou US) : le montant est pris pour canadien.", sheet.place(row, 3))
        night.add(_ENTRIES, _DEPARTMENTS[department], sheet.place(row, 1), line, "department")
        night.add(_ENTRIES, " ".join(sheet.text(row, 2).split())[:120], sheet.place(row, 2), line, "name")
        night.add(_ENTRIES, currency or "CDN", sheet.place(row, 3), line, "currency")
        for column, part in ((4, "amount"), (5, "verified"), (6, "reimbursement")):
            night.money(_ENTRIES, sheet.money(row, column), sheet.place(row, column), line, part)
    total = next((row for row in range(rows[-1], sheet.height + 1) if bare(sheet.text(row, 1)) == "total"), 0)
    for column, name in _TOTALS if total else ():
        if (number := sheet.number(total, column)) is not None:
            night.results[f"sd.{name}"] = Result(number, sheet.place(total, column))
    return night
