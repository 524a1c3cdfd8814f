"""The sheets that have a row a day beside the *jour*: due backs, SetD, Internet, Sonifi, cash difference."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from utils.imports import layout
from utils.imports.figures import BookMonth, BookNight, line_id
from utils.imports.layout import check_layout, day_rows
from utils.imports.places import bare, column_name
from utils.imports.workbook import Book, Sheet
from utils.money import money_text

_DUEBACK, _PERSONS, _MOVIES = "dueback.dueback_entries", "setd.setd_personnel", "sonifi.sonifi_unites"
_EXPLAINED: Final = "jour.diff_caisse_entries"
_ZERO: Final = Decimal(0)
_TEXT: Final = 120


def read_day_sheets(book: Book, month: BookMonth) -> None:
    """Add to the nights of the month what these sheets say of them; one that the book lacks is noted."""
    readers = (
        ("DUBACK#", layout.DUEBACK, _duebacks),
        ("SetD", layout.SETD, _spread),
        ("Internet", layout.INTERNET, _internet),
        ("Sonifi", layout.SONIFI, _movies),
        ("Diff.Caisse#", {"A1": "jour"}, _explained),
    )
    for name, headers, read in readers:
        sheet = book.sheet(name)
        if sheet is None:
            month.note(f"Le classeur n’a pas de feuille « {name} ».")
        elif check_layout(sheet, headers):
            read(sheet, month)


def _nights(sheet: Sheet, first: int, month: BookMonth, each: int = 1) -> Iterator[tuple[BookNight, tuple[int, ...]]]:
    """The nights of the month that the sheet speaks of, with their rows."""
    for day, rows in day_rows(sheet, first, month.month, each).items():
        if day in month.nights:
            yield month.nights[day], rows


def _name(sheet: Sheet, column: int, rows: tuple[int, ...]) -> str:
    """The name of a person, written over several cells of a header."""
    words = " ".join(filter(None, (sheet.text(row, column) for row in rows)))
    return " ".join(words.split())[:_TEXT] or f"Colonne {column_name(column)}"


def _column_of(sheet: Sheet, row: int, header: str, *, last: bool = False) -> int:
    """The column of a header, else one beyond the sheet."""
    found = [column for column in range(1, sheet.width + 1) if bare(sheet.text(row, column)).startswith(header)]
    return (found[-1] if last else found[0]) if found else sheet.width + 1


def _duebacks(sheet: Sheet, month: BookMonth) -> None:
    """Two rows a day: what was paid back, negative, then what is kept. Another sign goes to the other row."""
    total = _column_of(sheet, 2, "total")
    for night, rows in _nights(sheet, 5, month, each=2):
        for column in range(3, total) if len(rows) == 2 else ():  # noqa: PLR2004 - paid back, then kept
            amounts = [sheet.money(row, column) or _ZERO for row in rows]
            previous = sum((amount for amount in amounts if amount < 0), _ZERO)
            kept = sum((amount for amount in amounts if amount > 0), _ZERO)
            if not previous and not kept:
                continue
            place, line = sheet.place(rows[0], column), line_id("dueback", column)
            if amounts != [previous, kept]:
                month.note("Le signe n’est pas celui de sa ligne : le montant est repris à l’autre ligne.", place)
            night.add(_DUEBACK, _name(sheet, column, (2, 3)), sheet.place(2, column), line, "name")
            night.money(_DUEBACK, previous or None, place, line, "previous")
            night.money(_DUEBACK, kept or None, sheet.place(rows[1], column), line, "nouveau")


def _spread(sheet: Sheet, month: BookMonth) -> None:
    """A column an account, then a column a person; the last account 946000 takes the cents that remain."""
    residual = _column_of(sheet, 4, "2946000", last=True)
    accounts = {4: "gl_101100", 5: "petite_caisse", 6: "conciliation", 7: "correction", residual: "residuel"}
    for night, (row,) in _nights(sheet, 5, month):
        if sheet.money(row, 3):
            month.note("Ce montant n’a de case nulle part : il n’est pas repris.", sheet.place(row, 3))
        for column in range(4, residual + 1):
            amount, place = sheet.money(row, column), sheet.place(row, column)
            if column in accounts:
                night.money(f"setd.setd_{accounts[column]}", amount, place)
            elif amount:
                line = line_id("setd", column)
                night.add(_PERSONS, _name(sheet, column, (2, 3)), sheet.place(2, column), line, "name")
                night.add(_PERSONS, column_name(column), sheet.place(4, column), line, "column_letter")
                night.money(_PERSONS, amount, place, line, "amount")


_INTERNET: Final = ("ls_361", "adj_chambre", "banquet", "spesa", "ls_365", "forfait_bnc")


def _internet(sheet: Sheet, month: BookMonth) -> None:
    for night, (row,) in _nights(sheet, 8, month):
        for column, key in enumerate(_INTERNET, 2):
            night.money(f"internet.internet_{key}", sheet.money(row, column), sheet.place(row, column))
        night.add("internet.internet_nb_forfaits", sheet.count(row, 8), sheet.place(row, 8))


def _movies(sheet: Sheet, month: BookMonth) -> None:
    """How many were sold, by the price at the head of the column; then the adjustment and its reason."""
    prices = {column: price for column in range(2, 16) if (price := sheet.money(5, column)) is not None}
    for night, (row,) in _nights(sheet, 7, month):
        for column, price in prices.items():
            if count := sheet.count(row, column):
                line = line_id("sonifi", column)
                night.add(_MOVIES, money_text(price), sheet.place(5, column), line, "prix")
                night.add(_MOVIES, count, sheet.place(row, column), line, "quantite")
        if amount := sheet.money(row, 17):
            night.money("sonifi.sonifi_ajustement", amount, sheet.place(row, 17))
            night.add("sonifi.sonifi_ajustement_motif", sheet.text(row, 21)[:_TEXT], sheet.place(row, 21))


def _explained(sheet: Sheet, month: BookMonth) -> None:
    """What the cash difference was explained by, a column a cause; the last column is their total."""
    for night, (row,) in _nights(sheet, 3, month):
        for column in range(3, sheet.width):
            if amount := sheet.money(row, column):
                line, place = line_id("cause", column), sheet.place(row, column)
                night.add(_EXPLAINED, "autre", place, line, "cause")
                night.money(_EXPLAINED, amount, place, line, "montant")
                night.add(_EXPLAINED, _name(sheet, column, (1, 2)), sheet.place(1, column), line, "note")
