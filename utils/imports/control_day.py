"""The sheets that a book holds for one night only, that of its control day: Recap, Transelect, GEAC, controle."""

from __future__ import annotations

import re
from typing import Final

from utils.imports import layout
from utils.imports.figures import BookNight, Figure
from utils.imports.layout import check_layout
from utils.imports.places import Place, position
from utils.imports.workbook import Book, Sheet
from utils.money import ZERO
from utils.rj.catalogue import BY_KEY
from utils.rj.settings import DEFAULT_TERMINALS
from utils.rj.tabs.controle import WEATHER
from utils.rj.tabs.transelect import CARDS, SOURCES

_CELL: Final = re.compile(r"(?:Recap|geac_ux)!([A-Z]+[0-9]+)")
_RESTAURANT, _RECEPTION = "transelect.transelect_restaurant", "transelect.transelect_reception"
_FIRST_TERMINAL, _POSITOUCH = 2, 24
_NIL_SOURCES: Final = ("fusebox", "daily_rev")
_LABEL: Final = 60


def read_control_day(book: Book, night: BookNight) -> None:
    """Add to the night of the control day what these sheets say."""
    for name, headers, read in (
        ("controle", layout.CONTROLE, _people_and_weather),
        ("Recap", layout.RECAP, _recap),
        ("transelect", layout.TRANSELECT, _transelect),
        ("geac_ux", layout.GEAC, _geac),
    ):
        sheet = book.sheet(name)
        if sheet is not None and check_layout(sheet, headers):
            read(sheet, night)


def _people_and_weather(sheet: Sheet, night: BookNight) -> None:
    night.add("controle.auditor_name", sheet.text(2, 2)[:120], sheet.place(2, 2))
    if (temperature := sheet.text(6, 2)) != "0":
        night.add("controle.temperature", temperature[:_LABEL], sheet.place(6, 2))
    code = sheet.count(7, 2) or 0
    if 0 < code <= len(WEATHER):
        night.add("controle.weather_condition", WEATHER[code - 1], sheet.place(7, 2))


def _recap(sheet: Sheet, night: BookNight) -> None:
    for name, row, column in _typed("recap"):
        night.money(name, sheet.money(row, column), sheet.place(row, column))


def _typed(tab: str) -> list[tuple[str, int, int]]:
    """The fields of a tab that are typed, with the row and the column of their cell."""
    cells = ((f"{tab}.{field.key}", _CELL.fullmatch(field.cell)) for field in BY_KEY[tab] if field.typed)
    return [(name, *position(found[1])) for name, found in cells if found]


def _geac(sheet: Sheet, night: BookNight) -> None:
    """Once a line of the sheet was read, an empty one reads nil: the auditor types what there is."""
    read = [(name, sheet.money(row, column), sheet.place(row, column)) for name, row, column in _typed("geac")]
    if any(amount for _, amount, _ in read):
        for name, amount, place in read:
            night.money(name, amount or ZERO, place)


def _transelect(sheet: Sheet, night: BookNight) -> None:
    """The batches of the twenty terminals by card, POSitouch, then the reception; an empty reading is nil there too."""
    batches = [
        (card, terminal["id"], sheet.money(row, column), sheet.place(row, column))
        for row, card in enumerate(CARDS, 9)
        for column, terminal in enumerate(DEFAULT_TERMINALS, _FIRST_TERMINAL)
    ]
    readings = [(card, sheet.money(row, _POSITOUCH), sheet.place(row, _POSITOUCH)) for row, card in enumerate(CARDS, 9)]
    if any(amount for *_, amount, _ in batches) or any(amount for _, amount, _ in readings):
        # the terminals as the sheet names them, with the identifiers that the product gives to their columns
        lines = []
        for column, terminal in enumerate(DEFAULT_TERMINALS, _FIRST_TERMINAL):
            label = " ".join(f"{sheet.text(7, column)} {sheet.text(8, column)}".split())[:_LABEL]
            lines.append({**terminal, "label": label or terminal["label"]})
        night.figures.append(Figure("transelect.transelect_terminals", lines, Place(sheet.name, "B7:U8")))
        for card, identifier, amount, place in batches:
            night.money(f"{_RESTAURANT}.{card}.terminals", amount, place, part=identifier)
        for card, amount, place in readings:
            night.money(f"{_RESTAURANT}.{card}.positouch", amount or ZERO, place)
    received = [
        (card, key, sheet.money(row, column), sheet.place(row, column))
        for key, column in ((key, position(f"{letters}1")[1]) for key, _, letters, _ in SOURCES)
        for row, card in enumerate(CARDS, 20)
    ]
    if any(amount for _, _, amount, _ in received):
        for card, key, amount, place in received:
            nil = ZERO if key in _NIL_SOURCES else None
            night.money(f"{_RECEPTION}.{card}.{key}", nil if amount is None else amount, place)
