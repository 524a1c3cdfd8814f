"""The workbook of a night or of a month: the hotel's sheets, live formulas with their value, and where all comes from.

The last night is the control day, as in the hotel's book: its sheets are there whole, those of the other nights hold
their row. A formula rests only on cells of the workbook and on rates: a figure that needs more keeps its value alone.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from decimal import Decimal
from types import MappingProxyType
from typing import Final

from utils.imports.places import column_name, column_number, position
from utils.reports.filling import CONTROL_DATE, STYLES, Filling, fill_night
from utils.reports.grid import COUNT, DAY, MONEY, TEXT, TITLE, Entry, Grid, Page, written
from utils.reports.labels import LABELS
from utils.reports.places import (
    DEPOSIT_COLUMNS,
    FIRST_DEPOSIT,
    LINES_SHEET,
    SOURCES_SHEET,
    Cell,
    Columns,
    Share,
    columns_of,
    reference,
)
from utils.reports.report import Report
from utils.reports.rj_sheet import Beside, fill_report
from utils.reports.sources import fill_sources
from utils.rj.catalogue import FIELDS

SHEETS: Final = (
    *("rj", "controle", "jour", "Recap", "transelect", "geac_ux", "SD", "depot", "DUBACK#", "SetD", "HP", "Internet"),
    *("Sonifi", "Diff.Caisse#", "Quasimodo", "DBRS", "DailyRev", "Market Segment", "Budget"),
    *(LINES_SHEET, SOURCES_SHEET),
)
_PAPER: Final[Mapping[str, Page]] = MappingProxyType(
    {
        "jour": Page(across=6, repeat=2, repeat_column=True, widths={1: 6}),
        "rj": Page(widths={9: 24}),
        "transelect": Page(widths={1: 14}),
        "DUBACK#": Page(repeat=3, repeat_column=True, widths={1: 6}),
        "SetD": Page(repeat=4, repeat_column=True, widths={1: 6}),
        "SD": Page(landscape=False, widths={1: 18, 2: 30, 8: 30}),
        "controle": Page(landscape=False, widths={2: 24}),
        "Recap": Page(landscape=False),
        SOURCES_SHEET: Page(repeat=1, widths={1: 12, 2: 46, 3: 18, 4: 14, 5: 46, 6: 22, 7: 40}),
        LINES_SHEET: Page(widths={1: 24}),
    }
)
_DATES: Final = (("Recap", "E1"), ("transelect", "B5"), ("rj", "B2"), ("depot", "B4"))
_CAUSES, _CAUSES_END = 3, 39
_DEPOSIT_END: Final = 46


def workbook(reports: Sequence[Report], beside: Beside) -> bytes:
    """The file of these nights, in order; the last one is the control day."""
    return written(grid_of(reports, beside), reports[-1].head)


def grid_of(reports: Sequence[Report], beside: Beside) -> Grid:
    """The cells of that workbook."""
    grid = Grid({name: _PAPER[name].fresh() if name in _PAPER else Page() for name in SHEETS})
    for sheet, labels in LABELS.items():
        for cell, text in labels.items():
            grid.label(sheet, *position(cell), text)
    columns, deposits = columns_of(one.night for one in reports), dict.fromkeys(DEPOSIT_COLUMNS, FIRST_DEPOSIT)
    fillings = []
    for report in reports:
        last = report is reports[-1]
        share = Share("SD" if last else f"SD {report.night.day.day:02d}", dict(deposits))
        fillings.append(fill_night(grid, report, columns, share, whole=last))
        for client in deposits:
            deposits[client] += len(report.night.values.get(f"sd.depot_data.{client}.amounts", ()))
    control = fillings[-1]
    hotel = control.night.values.get("controle.property_name", reports[-1].head.hotel)
    grid.put(Cell("controle", 20, 2), Entry(hotel, TEXT))  # a closed night has the name that the hotel had
    _head_sheets(grid, control, columns, max(deposits.values()))
    _name_rows(grid, control)
    fill_report(control, beside, fillings)
    fill_sources(control, reports[-1])
    if len(fillings) > 1:
        _add_month(grid, fillings)
        _chain_openings(grid, fillings)
    grid.pages = {name: page for name, page in grid.pages.items() if page.cells}
    return grid


def _head_sheets(grid: Grid, control: Filling, columns: Columns, deposit_end: int) -> None:
    """The words that depend on the nights: the date, the people, where sheets end."""
    day, totals = control.night.day, control.places.totals
    grid.label("controle", 3, 1, "Jour (JJ)")
    for row, value in ((3, day.day), (4, day.month), (5, day.year)):
        grid.put(Cell("controle", row, 2), Entry(value, COUNT))
    for sheet, cell in _DATES:
        grid.put(Cell(sheet, *position(cell)), Entry(day, DAY, f"={reference(CONTROL_DATE, sheet)}"))
    grid.label("DUBACK#", 2, totals["DUBACK#"].column, "Total", TITLE)
    grid.label("SetD", 4, totals["SetD"].column, "2-946000", TITLE)
    grid.label("SetD", 4, totals["SetD"].column + 1, "CONTRÔLE", TITLE)
    for sheet, known in (("SetD", columns.setd), ("DUBACK#", columns.dueback)):
        first = max(known.values(), default=7 if sheet == "SetD" else 2) + 1
        grid.pages[sheet].hidden = (first, totals[sheet].column - 1)
    for column, text in ((1, "Jour"), (2, "Différence"), (_CAUSES_END, "Total")):
        grid.label("Diff.Caisse#", 1, column, text, TITLE)
    used = {column for row, column in grid.pages["Diff.Caisse#"].cells if row > 2 and column < _CAUSES_END}  # noqa: PLR2004
    grid.pages["Diff.Caisse#"].hidden = (max(used | {_CAUSES}) + 1, _CAUSES_END - 1)
    grid.label("depot", 7, 1, "CLIENT 6")
    grid.label("depot", 7, 10, "CLIENT 8")
    for column in (2, 5, 9):
        grid.label("depot", max(_DEPOSIT_END, deposit_end + 1), column, "TOTAL", TITLE)


def _name_rows(grid: Grid, control: Filling) -> None:
    """The rows of the sheets that have no words of the hotel's: DBRS, Quasimodo; and the net with the bank's sign."""
    for sheet, title in (("DBRS", "DBRS"), ("DailyRev", "Daily Revenue"), ("Market Segment", "Segments de marché")):
        grid.label(sheet, 1, 1, title, TITLE)
    grid.label("Quasimodo", 1, 1, "Quasimodo", TITLE)
    for name, cell in control.places.one.items():
        if cell.sheet in ("DBRS", "DailyRev", "Quasimodo") and cell.column == 2:  # noqa: PLR2004 - column B
            grid.label(cell.sheet, cell.row, 1, FIELDS[name].label)
    for (name, key), cell in control.places.entries.items():
        if name == "dbrs.dbrs_market_rows":
            grid.label(cell.sheet, cell.row, 1, f"Ligne {key}")
    value = control.night.values.get("quasimodo.quasi_rj_total")
    place = reference(control.places.one["quasimodo.quasi_rj_total"], "Quasimodo")
    grid.label("Quasimodo", 19, 1, "TRANSIT")
    grid.label("Quasimodo", 19, 7, "Variance")
    shown = None if value is None else -value
    grid.put(Cell("Quasimodo", 19, 2), Entry(shown, MONEY, f'=IF({place}="","",-{place})'))


def _add_month(grid: Grid, fillings: Sequence[Filling]) -> None:
    """The row of the month under the nights of the *Jour*: what flows is added, balances are not."""
    grid.label("jour", 34, 1, "MOIS", TITLE)
    balances = {column_number(letters) for letters in ("A", "B", "D")}
    for name, cell in fillings[-1].places.one.items():
        style, amounts = STYLES[FIELDS[name].kind], [one.night.values.get(name) for one in fillings]
        given = [amount for amount in amounts if amount is not None]
        if cell.sheet != "jour" or cell.column in balances or style not in (MONEY, COUNT) or not given:
            continue
        total = sum(given, Decimal(0)) if style == MONEY else sum(given)
        letters = column_name(cell.column)
        grid.put(Cell("jour", 34, cell.column), Entry(total, style, f"=SUM({letters}3:{letters}33)"))


def _chain_openings(grid: Grid, fillings: Sequence[Filling]) -> None:
    """An opening balance is the closing one of the night before, when it stands in the workbook and is the same."""
    for before, one in itertools.pairwise(fillings):
        opening, name = one.value("opening_balance"), "jour.jour_opening_balance"
        if opening is None or opening != before.value("new_balance") or name in one.night.inputs:
            continue
        above = before.places.one["jour.jour_new_balance"].name
        grid.put(one.places.one[name], Entry(opening, MONEY, f"={above}"))
