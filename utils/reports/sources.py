"""The sheet *Sources*: every figure of the control day once, where it stands, what it is, where it came from."""

from __future__ import annotations

from typing import Final

from utils.reports.filling import STYLES, Filling
from utils.reports.grid import POINTS, TEXT, TITLE, Entry
from utils.reports.places import SOURCES_SHEET, Cell, reference
from utils.reports.report import Figure, Report, text_of
from utils.rj.catalogue import FIELDS
from utils.rj.declaration import CHOICE

TITLES: Final = ("Onglet", "Champ", "Case", "Valeur", "Provenance", "Saisi", "Clé")


def fill_sources(control: Filling, report: Report) -> None:
    """Write the sheet; figures that stand here only already have their cell and their value."""
    grid, places = control.grid, control.places
    for column, text in enumerate(TITLES, 1):
        grid.label(SOURCES_SHEET, 1, column, text, TITLE)
    said = {one.name: one for one in report.figures() if not one.line}
    row = 1 + max(row for row, _ in grid.pages[SOURCES_SHEET].cells)
    for name, cell in places.one.items():
        figure = said.get(name)
        if cell.sheet == SOURCES_SHEET:
            _tell(control, cell.row, name, figure)
        elif figure is not None:
            _show(control, name, cell, row)
            _tell(control, row, name, figure, f"{cell.sheet}!{cell.name}")
            row += 1
    for (name, key), cell in places.entries.items():
        figure = said.get(f"{name}.{key}")
        if cell.sheet == SOURCES_SHEET or (figure is not None and figure.origin):
            at = cell.row if cell.sheet == SOURCES_SHEET else row
            if cell.sheet != SOURCES_SHEET:
                link = reference(cell, SOURCES_SHEET)
                style = STYLES[FIELDS[name].entry_kind]
                value = (control.night.values.get(name) or {}).get(key)
                grid.put(Cell(SOURCES_SHEET, at, 4), Entry(value, style, f'=IF({link}="","",{link})'))
                row += 1
            _tell(control, at, name, figure, "" if at == cell.row else f"{cell.sheet}!{cell.name}", key)


def _show(control: Filling, name: str, place: Cell, row: int) -> None:
    """A figure of the hotel's sheets shown here, percentages in points."""
    value, cell = control.night.values.get(name), Cell(SOURCES_SHEET, row, 4)
    if FIELDS[name].kind == CHOICE:
        control.grid.put(cell, Entry(text_of(name, CHOICE, value), TEXT))
        return
    style, at = STYLES[FIELDS[name].kind], reference(place, SOURCES_SHEET)
    factor = "*100" if style == POINTS and place.sheet == "rj" else ""
    control.grid.put(cell, Entry(value, style, f'=IF({at}="","",{at}{factor})'))


def _tell(control: Filling, row: int, name: str, figure: Figure | None, place: str = "", key: str = "") -> None:
    """The words of a row; an empty one is not written."""
    label = f"{FIELDS[name].label}, {key}" if key else FIELDS[name].label
    given = (figure.origin, figure.typed) if figure else ("", "")
    told = {1: name.partition(".")[0], 2: label, 3: place, 5: given[0], 6: given[1]}
    told[7] = f"{name}.{key}" if key else name
    for column, text in told.items():
        if text:
            control.grid.put(Cell(SOURCES_SHEET, row, column), Entry(text, TEXT))
