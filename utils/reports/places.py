"""Where each figure of a night stands in the hotel's own sheets; whatever they have no cell for stands under *Sources*.

Cells are those that the fields declare. A sheet with a row a day (*jour*, *SetD*…) takes the row of the night, so that
the nights of a month lie one under the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from utils.imports.places import cell_name, column_number, position
from utils.rj.calculate import Night
from utils.rj.catalogue import FIELDS
from utils.rj.declaration import LINES
from utils.rj.tabs.transelect import CARDS, SOURCES
from utils.shapes import Line

SOURCES_SHEET: Final = "Sources"
LINES_SHEET: Final = "Lignes"
FIRST_ROWS: Final = {"jour": 2, "SetD": 4, "Internet": 7, "Sonifi": 6, "Diff.Caisse#": 2}
"""The row above that of the first day."""

TERMINAL_ROW, FIRST_TERMINAL, FIRST_BANQUET, LAST_TERMINAL = 8, 2, 10, 21
FIRST_ENVELOPE, LAST_ENVELOPE, TOTAL_ROW = 9, 37, 39
FIRST_DEPOSIT: Final = 10
DEPOSIT_COLUMNS: Final = {"client6": 1, "client8": 9}
FIRST_PERSON: Final = {"DUBACK#": 3, "SetD": 8}
LAST_PERSON: Final = {"DUBACK#": 25, "SetD": 139}
MOVIE_PRICES: Final = range(2, 16)

_PLAIN: Final = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_")
_ONE: Final = re.compile(r"(controle|Recap|transelect|geac_ux|rj|Quasimodo|DBRS|DailyRev)!([A-Z]{1,3}[0-9]+)", re.ASCII)
_DAY: Final = re.compile(r"(jour|Internet|Sonifi|SetD)!([A-Z]{1,3})", re.ASCII)
_ELSEWHERE: Final = frozenset(
    {"controle.audit_date", "quasimodo.quasi_rec_amex", "jour.jour_room_revenue_brut", "jour.jour_mtd_total_fb"}
)
"""Fields whose declared cell belongs to another one."""


class Cell(NamedTuple):
    """A cell of a sheet, the first row and column being 1."""

    sheet: str
    row: int
    column: int

    @property
    def name(self) -> str:
        """« B6 »."""
        return cell_name(self.row, self.column)


class Range(NamedTuple):
    """The cells of one column of the lines of a list, one a line; they lie down or across."""

    cells: tuple[Cell, ...]


@dataclass(slots=True)
class Places:
    """The cell of each figure of a night, by its qualified name, of each entry of a map and of each column of lines."""

    day: date
    one: dict[str, Cell] = field(default_factory=dict)
    entries: dict[tuple[str, str], Cell] = field(default_factory=dict)
    columns: dict[tuple[str, str], Range] = field(default_factory=dict)
    totals: dict[str, Cell] = field(default_factory=dict)
    """Where a sheet ends: the row of its total, the column of its last person."""

    def row(self, sheet: str) -> int:
        """The row of the night in a sheet that has one a day."""
        return FIRST_ROWS[sheet] + self.day.day


class Columns(NamedTuple):
    """The columns that a month gives to its people: by sheet, the column of each name."""

    dueback: Mapping[str, int]
    setd: Mapping[str, int]
    prices: Mapping[Any, int]


def columns_of(nights: Iterable[Night]) -> Columns:
    """One column a person and a price, in the order in which the nights name them."""
    found: tuple[dict[Any, int], ...] = ({}, {}, {})
    lists = (
        ("dueback.dueback_entries", "name", FIRST_PERSON["DUBACK#"]),
        ("setd.setd_personnel", "name", FIRST_PERSON["SetD"]),
        ("sonifi.sonifi_unites", "prix", MOVIE_PRICES[0]),
    )
    for night in nights:
        for known, (name, key, first) in zip(found, lists, strict=True):
            for line in night.values.get(name, ()):
                known.setdefault(line.get(key, ""), first + len(known))
    return Columns(*found)


class Share(NamedTuple):
    """What a night has of the sheets that hold no row a day: its sheet of envelopes, its first rows of the deposit."""

    envelopes: str = "SD"
    deposits: Mapping[str, int] = MappingProxyType({"client6": FIRST_DEPOSIT, "client8": FIRST_DEPOSIT})


def places_of(night: Night, columns: Columns, share: Share = Share()) -> Places:  # noqa: B008 - it never changes
    """Where the hotel's sheets have each figure of a night."""
    places = Places(night.day)
    _declared(places)
    _cards(night, places)
    _envelopes(night, places, share)
    _people(night, places, columns)
    _movies(night, places, columns)
    _explained(night, places)
    return places


def _declared(places: Places) -> None:
    """The fields whose declaration names their cell, or their column in the row of the night."""
    for name, declared in FIELDS.items():
        if name in _ELSEWHERE or declared.kind == LINES or declared.items:
            continue
        if (found := _ONE.fullmatch(declared.cell)) is not None:
            places.one[name] = Cell(found[1], *position(found[2]))
        elif (found := _DAY.fullmatch(declared.cell)) is not None:
            places.one[name] = Cell(found[1], places.row(found[1]), column_number(found[2]))
    places.one["controle.audit_date"] = Cell("controle", 28, 2)
    row = 3 + 2 * places.day.day
    people = FIELDS["dbrs.dbrs_market_rows"].keys
    for key in people:
        places.entries["dbrs.dbrs_market_rows", key] = Cell("Market Segment", int(key), 2)
    places.one["dueback.dueback_rj"] = Cell("DUBACK#", row, 2)


def _cards(night: Night, places: Places) -> None:
    """The terminals of a group side by side; one that has no column left stands under *Sources*."""
    at = {"pos": iter(range(FIRST_TERMINAL, FIRST_BANQUET)), "banquet": iter(range(FIRST_BANQUET, LAST_TERMINAL + 1))}
    lines: list[Cell] = []
    for terminal in night.values.get("transelect.transelect_terminals", ()):
        column = next(at.get(terminal.get("group", ""), iter(())), None)
        if column is None:
            continue
        lines.append(Cell("transelect", TERMINAL_ROW, column))
        places.entries["transelect.transelect_terminal_totals", terminal["id"]] = Cell("transelect", 14, column)
        for row, card in enumerate(CARDS, TERMINAL_ROW + 1):
            name = f"transelect.transelect_restaurant.{card}.terminals"
            places.entries[name, terminal["id"]] = Cell("transelect", row, column)
    if len(lines) == len(night.values.get("transelect.transelect_terminals", ())):
        places.columns["transelect.transelect_terminals", "label"] = Range(tuple(lines))
    for row, card in enumerate(CARDS):
        pos = f"transelect.transelect_restaurant.{card}.positouch"
        places.one[pos] = Cell("transelect", row + 9, column_number("X"))
        for key, _, letters, _ in SOURCES:
            name = f"transelect.transelect_reception.{card}.{key}"
            places.one[name] = Cell("transelect", row + 20, column_number(letters))


def _envelopes(night: Night, places: Places, share: Share) -> None:
    """A line an envelope, then the total, lower when there are more lines than the sheet has; then the bank deposit."""
    lines = night.values.get("sd.sd_entries", ())
    rows = range(FIRST_ENVELOPE, FIRST_ENVELOPE + len(lines))
    for column, key in enumerate(
        ("department", "name", "currency", "amount", "verified", "reimbursement", "variance", "note"), 1
    ):
        if lines:
            places.columns["sd.sd_entries", key] = Range(tuple(Cell(share.envelopes, row, column) for row in rows))
    total = max(TOTAL_ROW, rows.stop + 1)
    for column, key in enumerate(("amount", "verified", "reimbursement", "variance"), 4):
        places.one[f"sd.sd_total_{key}"] = Cell(share.envelopes, total, column)
    places.totals["SD"] = Cell(share.envelopes, total, 1)
    for client, column in DEPOSIT_COLUMNS.items():
        amounts = night.values.get(f"sd.depot_data.{client}.amounts", ())
        cells = tuple(Cell("depot", share.deposits[client] + number, column + 1) for number in range(len(amounts)))
        if cells:
            places.columns[f"sd.depot_data.{client}.amounts", ""] = Range(cells)
            places.one[f"sd.depot_data.{client}.date"] = Cell("depot", cells[0].row, column)
            places.one[f"sd.depot_total_{client}"] = Cell("depot", cells[-1].row, column + 2)


def _people(night: Night, places: Places, columns: Columns) -> None:
    """A column a person: two rows a night among the due backs, one in SetD, whose last column takes the cents."""
    row = 3 + 2 * night.day.day
    lines = night.values.get("dueback.dueback_entries", ())
    across = [columns.dueback.get(line.get("name", ""), 0) for line in lines]
    if lines and all(across) and len({*across}) == len(across):
        for key, at in (("name", 2), ("previous", row), ("nouveau", row + 1)):
            places.columns["dueback.dueback_entries", key] = Range(tuple(Cell("DUBACK#", at, one) for one in across))
    last = max(LAST_PERSON["DUBACK#"], FIRST_PERSON["DUBACK#"] + len(columns.dueback) - 1) + 1
    places.totals["DUBACK#"] = Cell("DUBACK#", 2, last)
    places.one["dueback.dueback_z"] = Cell("DUBACK#", row, last)
    row, lines = places.row("SetD"), night.values.get("setd.setd_personnel", ())
    across = [columns.setd.get(line.get("name", ""), 0) for line in lines]
    if lines and all(across) and len({*across}) == len(across):
        for key, at in (("name", 2), ("amount", row)):
            places.columns["setd.setd_personnel", key] = Range(tuple(Cell("SetD", at, one) for one in across))
    last = max(LAST_PERSON["SetD"], FIRST_PERSON["SetD"] + len(columns.setd) - 1) + 1
    places.totals["SetD"] = Cell("SetD", 4, last)
    places.one["setd.setd_residuel"] = Cell("SetD", row, last)
    places.one["setd.setd_controle"] = Cell("SetD", row, last + 1)


def _movies(night: Night, places: Places, columns: Columns) -> None:
    """A column a price."""
    lines: tuple[Line, ...] = night.values.get("sonifi.sonifi_unites", ())
    across = [columns.prices.get(line.get("prix", ""), 0) for line in lines]
    if lines and all(one in MOVIE_PRICES for one in across) and len({*across}) == len(across):
        for key, at in (("prix", 5), ("quantite", places.row("Sonifi"))):
            places.columns["sonifi.sonifi_unites", key] = Range(tuple(Cell("Sonifi", at, one) for one in across))
    places.one["sonifi.sonifi_ajustement_motif"] = Cell("Sonifi", places.row("Sonifi"), column_number("U"))


def _explained(night: Night, places: Places) -> None:
    """The explanations of the cash difference, one beside the other in the row of the night."""
    row = places.row("Diff.Caisse#")
    lines = night.values.get("jour.diff_caisse_entries", ())
    if lines:
        cells = tuple(Cell("Diff.Caisse#", row, column) for column in range(3, 3 + len(lines)))
        places.columns["jour.diff_caisse_entries", "montant"] = Range(cells)
    places.one["jour.jour_diff_caisse_lignes"] = Cell("Diff.Caisse#", row, 39)


def reference(cell: Cell, sheet: str) -> str:
    """A cell as a formula of a sheet names it."""
    if cell.sheet == sheet:
        return cell.name
    quoted = cell.sheet if {*cell.sheet} <= _PLAIN else f"'{cell.sheet}'"
    return f"{quoted}!{cell.name}"


def span(cells: tuple[Cell, ...], sheet: str) -> str:
    """The rectangle from the first of these cells to the last."""
    rows, columns = [cell.row for cell in cells], [cell.column for cell in cells]
    first, last = Cell(cells[0].sheet, min(rows), min(columns)), Cell(sheet, max(rows), max(columns))
    return reference(first, sheet) + ("" if first.name == last.name else f":{last.name}")
