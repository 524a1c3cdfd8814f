"""The workbook of a night and of a month: our own import reads it back, figure for figure."""

import io
from dataclasses import replace
from datetime import date
from decimal import Decimal

import openpyxl
import pytest

from tests.utils.reports.nuits import GOLDEN, NOTHING, golden, made, month
from utils.imports.layout import CONTROLE, DEPOT, GEAC, INTERNET, JOUR, RECAP, SD, SONIFI, TRANSELECT
from utils.imports.places import bare, position
from utils.imports.read import read_month
from utils.reports.book import SHEETS, grid_of, workbook
from utils.reports.rj_sheet import Beside

TODAY = date(2026, 11, 28)
HEADERS = {
    **{"controle": CONTROLE, "jour": JOUR, "Recap": RECAP, "transelect": TRANSELECT, "geac_ux": GEAC},
    **{"Internet": INTERNET, "Sonifi": SONIFI, "depot": DEPOT, "SD": SD},
}


@pytest.fixture(scope="module")
def night():
    """The grid of the complete golden night."""
    return grid_of([golden("complet-2025-12-23")], NOTHING)


@pytest.fixture(scope="module")
def whole_month():
    """The workbook of the real month."""
    return workbook(month(), NOTHING)


def at(grid, place):
    sheet, _, cell = place.partition("!")
    return grid.pages[sheet].cells[position(cell)]


def test_the_sheets_are_those_of_the_hotel_in_order(night):
    assert [*night.pages] == [name for name in SHEETS if name in night.pages]
    assert {"rj", "jour", "Recap", "transelect", "geac_ux", "SD", "SetD", "DUBACK#", "Internet", "Sonifi"} <= {
        *night.pages
    }
    assert {"Diff.Caisse#", "controle", "Budget", "Sources"} <= {*night.pages}


@pytest.mark.parametrize("sheet", HEADERS)
def test_the_words_of_each_sheet_stand_where_they_are_looked_for(night, sheet):
    for cell, header in HEADERS[sheet].items():
        assert bare(str(at(night, f"{sheet}!{cell}").value)).startswith(bare(header)), cell


@pytest.mark.parametrize(
    ("place", "value"),
    [
        ("jour!C25", "-9609.77"),
        ("Recap!B24", "4070.43"),
        ("transelect!X20", "-9609.77"),
        ("rj!N39", "30150.54"),
        ("rj!J16", "191.82"),
    ],
)
def test_a_figure_of_the_real_night_is_in_its_cell_with_its_formula(night, place, value):
    entry = at(night, place)
    assert Decimal(entry.value) == Decimal(value)
    assert entry.formula.startswith("=")


def test_every_golden_night_fills_its_sheets():
    for name in GOLDEN:
        assert grid_of([golden(name)], NOTHING).pages["Sources"].cells


def test_the_same_night_twice_gives_the_same_bytes():
    report = golden("complet-2025-12-23")
    assert workbook([report], NOTHING) == workbook([report], NOTHING)


def test_what_a_person_typed_instead_of_a_source_is_no_formula():
    grid = grid_of([made(date(2025, 12, 23), {"jour": {"jour_carte_visa": "12.00"}})], NOTHING)
    assert at(grid, "jour!BL25") == (Decimal("12.00"), "money", "")


def test_the_sources_say_every_figure_with_its_cell(night):
    rows = {}
    for (row, column), entry in night.pages["Sources"].cells.items():
        rows.setdefault(row, {})[column] = entry.value
    by_key = {row[7]: row for row in rows.values() if 7 in row}
    assert by_key["jour.jour_tvq"][3] == "jour!AX25"
    assert by_key["sommaire.chk_recap"].get(3) is None
    assert {
        figure.name for figure in golden("complet-2025-12-23").figures() if not figure.line and not figure.part
    } <= {*by_key}


def test_the_budget_and_the_year_before_stand_beside():
    beside = Beside({"room_revenue": Decimal("100.00"), "rooms_louees": 3}, Decimal("31000.00"), None)
    grid = grid_of([golden("complet-2025-12-23")], beside)
    assert at(grid, "rj!D7").value == Decimal("100.00")
    assert (at(grid, "rj!L9").value, at(grid, "rj!F35").value) == (3, Decimal(23000))


def test_our_import_reads_the_month_back_figure_for_figure(whole_month):
    read = read_month(whole_month, TODAY)
    assert (read.month, len(read.nights)) == (date(2025, 12, 1), 23)
    for report in month():
        values = report.night.values
        figures = [one for one in read.nights[report.night.day].figures if not one.line and not one.part]
        for one in figures:
            if one.tab != "controle" and isinstance(one.value, str) and not isinstance(values.get(one.field), date):
                ours = values[one.field]
                assert Decimal(one.value) == ours, (report.night.day, one)


def test_the_month_adds_the_nights_and_chains_their_openings(whole_month):
    book = openpyxl.load_workbook(io.BytesIO(whole_month))
    assert book["jour"]["AK34"].value == "=SUM(AK3:AK33)"
    assert book["jour"]["B4"].value == "=D3"
    assert book["rj"]["C8"].value == '=IF(COUNT(jour!E3:E33)=0,"",SUM(jour!E3:E33))'


def test_a_month_that_lacks_a_night_adds_nothing_to_the_report_of_the_day():
    grid = grid_of(month()[1:], NOTHING)
    assert (8, 3) not in grid.pages["rj"].cells


def test_a_name_that_looks_like_a_formula_stays_a_name():
    lines = [{"name": "=cmd|' /C calc'!A0", "amount": "1.00"}]
    data = workbook([made(date(2025, 12, 23), {"sd": {"sd_entries": lines}})], NOTHING)
    cell = openpyxl.load_workbook(io.BytesIO(data))["SD"]["B9"]
    assert (cell.data_type, cell.quotePrefix) == ("s", True)


def test_a_price_without_its_quantity_makes_no_product():
    grid = grid_of([made(date(2025, 12, 10), {"sonifi": {"sonifi_unites": [{"prix": "8.95"}]}})], NOTHING)
    [entry] = [one for one in grid.pages["Sonifi"].cells.values() if "SUMPRODUCT(ISNUMBER(" in one.formula]
    assert entry.value is None


def test_a_closed_night_keeps_the_name_that_the_hotel_had():
    report = golden("complet-2025-12-23")
    named = replace(report.night, values={**report.night.values, "controle.property_name": "Ancien nom"})
    assert at(grid_of([replace(report, night=named)], NOTHING), "controle!B20").value == "Ancien nom"
