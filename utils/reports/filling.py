"""A night going into the cells of a workbook: what was given, and each figure with its formula where one says it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from utils.imports.places import position
from utils.presentation.words import choice_label
from utils.reports.formulas import Formulas, NoFormulaError
from utils.reports.grid import COUNT, DAY, FACTOR, FLAG, MONEY, POINTS, SHARE, TEXT, TITLE, Entry, Grid
from utils.reports.labels import LABELS
from utils.reports.places import FIRST_ROWS, LINES_SHEET, SOURCES_SHEET, Cell, Columns, Places, Range, Share, places_of
from utils.reports.report import Report, text_of
from utils.rj import declaration
from utils.rj.calculate import Night
from utils.rj.catalogue import FIELDS
from utils.rj.declaration import CHOICE, LINES
from utils.rj.tabs.controle import WEATHER

STYLES: Final = {
    **{declaration.MONEY: MONEY, declaration.COUNT: COUNT, declaration.PERCENT: POINTS, declaration.FACTOR: FACTOR},
    **{declaration.DATE: DAY, declaration.FLAG: FLAG, declaration.TEXT: TEXT, declaration.CHOICE: TEXT},
}
CONTROL_DATE: Final = Cell("controle", 28, 2)
_DAILY: Final = frozenset((*FIRST_ROWS, "DUBACK#", "depot"))
_HP: Final = "hp_admin.hp_admin_entries"
_ENVELOPE_WORDS: Final = {
    **{"reception": "RÉCEPTION", "spesa": "SPESA", "restaurant": "RESTAURANT", "banquet": "BANQUET"},
    "comptabilite": "COMPTABILITÉ",
}
_OWN_FORMULAS: Final = {
    "controle.audit_date": "=DATE(B5,B4,B3)",
    "controle.jours_dans_mois": "=DAY(EOMONTH(B28,0))",
}
"""Figures of the sheet *controle* that the day, the month and the year above them make."""


def shown_choice(name: str, code: str) -> str:
    """The word of a choice as the workbook writes it; the envelopes have the hotel's."""
    tab = name.partition(".")[0]
    if not code:
        return ""
    return _ENVELOPE_WORDS.get(code, code) if tab == "sd" else choice_label(tab, code)


@dataclass(slots=True)
class Filling:
    """A night and its cells; ``whole`` says whether all its sheets are there, or its rows alone.

    ``live`` says whether the formulas of today made its figures: otherwise they are written without any.
    """

    grid: Grid
    night: Night
    places: Places
    formulas: Formulas
    whole: bool
    live: bool

    def value(self, key: str) -> Any:  # noqa: ANN401 - a figure
        """A figure of the *Jour*."""
        return self.night.values.get(f"jour.jour_{key}")


def fill_night(grid: Grid, report: Report, columns: Columns, share: Share, *, whole: bool) -> Filling:
    """Put a night in the grid."""
    night = report.night
    places = places_of(night, columns, share)
    filling = Filling(grid, night, places, Formulas(night, places, shown_choice), whole, report.live)
    if whole:
        _give_places(filling)
    else:
        _keep(places, {*_DAILY, share.envelopes})
    for name, cell in places.one.items():
        grid.put(cell, _entry(filling, name, cell))
    for (name, key), cell in places.entries.items():
        value = (night.values.get(name) or {}).get(key)
        formula = _column_sum(places, key) if name.endswith("terminal_totals") and value is not None else ""
        grid.put(cell, Entry(value, STYLES[FIELDS[name].entry_kind], formula))
    for (name, key), cells in places.columns.items():
        _fill_lines(filling, name, key, cells)
    _fill_days(filling)
    if whole or night.values.get("sd.sd_entries"):
        _fill_envelopes(filling, report.head.hotel, share.envelopes)
    return filling


def _keep(places: Places, sheets: set[str]) -> None:
    """Of a night that is not the control day, only what stands in these sheets."""
    places.one = {name: cell for name, cell in places.one.items() if cell.sheet in sheets}
    places.entries = {}
    places.columns = {name: cells for name, cells in places.columns.items() if cells.cells[0].sheet in sheets}


def _fill_days(filling: Filling) -> None:
    """The number of the day at the head of its rows, and the cash difference beside what explains it."""
    day, grid = filling.night.day.day, filling.grid
    for sheet, row in [
        *((one, FIRST_ROWS[one] + day) for one in FIRST_ROWS),
        *(("DUBACK#", n + 2 * day) for n in (3, 4)),
    ]:
        grid.put(Cell(sheet, row, 1), Entry(day, COUNT))
    cell = Cell("Diff.Caisse#", filling.places.row("Diff.Caisse#"), 2)
    grid.put(
        cell, Entry(filling.value("diff_caisse"), MONEY, filling.formulas.link("jour.jour_diff_caisse", cell.sheet))
    )


def _fill_envelopes(filling: Filling, hotel: str, sheet: str) -> None:
    """The words of the sheet of envelopes of a night."""
    grid = filling.grid
    for cell, text in LABELS["SD"].items():
        grid.label(sheet, *position(cell), text)
    grid.label(sheet, 2, 1, hotel, TITLE)
    grid.put(Cell(sheet, 5, 2), Entry(filling.night.day, DAY))
    grid.label(sheet, filling.places.totals["SD"].row, 1, "TOTAL", TITLE)


def _give_places(filling: Filling) -> None:
    """Under *Sources*, a row for every figure that the hotel's sheets have no cell for."""
    places, row = filling.places, 2
    for name, declared in FIELDS.items():
        value = filling.night.values.get(name)
        if declared.kind == LINES or declared.items == "list":
            continue
        if not declared.items:
            if places.one.setdefault(name, Cell(SOURCES_SHEET, row, 4)).sheet == SOURCES_SHEET:
                row += 1
            continue
        for key in value or ():
            if places.entries.setdefault((name, key), Cell(SOURCES_SHEET, row, 4)).row == row:
                row += 1
    _give_lines(filling)


def _give_lines(filling: Filling) -> None:
    """A table a list, for the columns that the hotel's sheets have none for; that of the HP bills has its own sheet."""
    top, places = 1, filling.places
    for name, declared in FIELDS.items():
        lines = filling.night.values.get(name, ()) if declared.kind == LINES else ()
        missing = [one for one in declared.columns if (name, one.key) not in places.columns]
        if not lines or not missing:
            continue
        sheet, row = ("HP", 1) if name == _HP else (LINES_SHEET, top)
        filling.grid.label(sheet, row, 1, declared.label, TITLE)
        for column, one in enumerate(missing, 1):
            filling.grid.label(sheet, row + 1, column, one.label, TITLE)
            cells = (Cell(sheet, row + 2 + number, column) for number in range(len(lines)))
            places.columns[name, one.key] = Range(tuple(cells))
        if sheet == LINES_SHEET:
            top += len(lines) + 3


def _entry(filling: Filling, name: str, cell: Cell) -> Entry:
    """A figure in its cell: typed, or calculated with its formula where one can say it."""
    declared, value = FIELDS[name], filling.night.values.get(name)
    style = STYLES[declared.entry_kind]
    if name in _OWN_FORMULAS:
        return Entry(value, style, _OWN_FORMULAS[name])
    if name == "controle.weather_condition":
        return Entry(WEATHER.index(value) + 1 if value in WEATHER else None, COUNT)
    if declared.kind == CHOICE and value is not None:
        return Entry(text_of(name, CHOICE, value), TEXT)
    given = declared.formula is None or name in filling.night.inputs or not filling.live
    formula = "" if given else _formula(partial(filling.formulas.of, name))
    if style == POINTS and cell.sheet == "rj":  # the hotel's report holds shares, shown as percentages
        body = formula[1:]
        share = f'=IF(COUNT({body})=0,"",({body})/100)' if formula else ""
        return Entry(None if value is None else value / 100, SHARE, share)
    return Entry(value, style, formula)


def _formula(write: Callable[[], str]) -> str:
    """A formula, none where it would rest on what is not in the workbook."""
    try:
        return write()
    except NoFormulaError:
        return ""


def _column_sum(places: Places, key: str) -> str:
    """The formula of what a terminal took over the cards."""
    cells = [cell for (name, one), cell in places.entries.items() if one == key and name.endswith(".terminals")]
    body = f"{cells[0].name}:{cells[-1].name}"
    return "" if cells[0].sheet == SOURCES_SHEET else f'=IF(COUNT({body})=0,"",SUM({body}))'


def _fill_lines(filling: Filling, name: str, key: str, cells: Range) -> None:
    """One column of the lines of a list, or a plain list of amounts."""
    declared, values = FIELDS[name], filling.night.values
    if not key:
        for cell, amount in zip(cells.cells, values[name], strict=True):
            filling.grid.put(cell, Entry(amount, MONEY))
        return
    column = next(one for one in declared.columns if one.key == key)
    calculated = values.get(f"{name}[].{key}")
    for number, cell in enumerate(cells.cells):
        value, formula = values[name][number].get(key), ""
        if column.formula is not None:
            value = calculated[number] if calculated else None
            write = partial(filling.formulas.of_column, name, column, number)
            formula = _formula(write) if filling.live else ""
        if column.kind == CHOICE and value is not None:
            value = shown_choice(name, value)
        filling.grid.put(cell, Entry(value, STYLES[column.kind], formula))
