"""Budgets in a file: months and days, each cell that is wrong named, nothing taken of a file that has one."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from tests.utils.imports.classeurs import written
from utils.imports.budget_sheet import HEADERS, Budget, read_budgets
from utils.imports.flaws import UnusableBook
from utils.imports.places import position


def book(rows):
    head = {position(cell): text for cell, text in HEADERS.items()}
    lines = {(row, column): cell for row, line in enumerate(rows, 3) for column, cell in enumerate(line, 1)}
    return written({"budgets": head | {place: cell for place, cell in lines.items() if cell != ""}})


def test_months_and_days_are_read_in_order_and_empty_rows_left_out():
    rows = [("2025-06-02", "", "", 250.5), ("2025-06", 3000, 800, ""), ("2025-06-03", "", "", "")]
    assert read_budgets(book(rows)) == [
        Budget(True, date(2025, 6, 1), (Decimal("3000.00"), Decimal("800.00"), None)),
        Budget(False, date(2025, 6, 2), (None, None, Decimal("250.50"))),
    ]
    text = "RJ Natif;budgets\nMois ou jour;Revenus prévus;Main-d’œuvre prévue;Main-d’œuvre payée\n2025-06;1 000,00;;\n"
    assert read_budgets(text.encode())[0].amounts == (Decimal("1000.00"), None, None)


def test_a_day_that_excel_made_a_date_is_a_day():
    assert read_budgets(book([(datetime(2025, 6, 2), 5)]))[0].day == date(2025, 6, 2)  # noqa: DTZ001 - a cell


@pytest.mark.parametrize(
    ("rows", "cell", "said"),
    [
        ([("juin", 1)], "A3", "AAAA-MM"),
        ([("2025-06", 1), ("2025-06", 2)], "A4", "deux fois"),
        ([("2025-06", -1)], "B3", "négatif"),
        ([("2025-06", "", "", 1)], "D3", "par jour"),
        ([("2025-06", "douze")], "B3", "pas un nombre"),
    ],
)
def test_each_flaw_is_named_by_its_cell(rows, cell, said):
    with pytest.raises(UnusableBook) as refused:
        read_budgets(book(rows))
    [flaw] = refused.value.flaws
    assert (flaw.cell, said in flaw.message) == (cell, True)


def test_another_workbook_is_not_this_template():
    with pytest.raises(UnusableBook, match="modèle des budgets"):
        read_budgets(written({"jour": {(1, 1): "x"}}))
    with pytest.raises(UnusableBook, match="est attendu ici"):
        read_budgets(written({"budgets": {(1, 1): "RJ Natif", (3, 1): "2025-06"}}))
