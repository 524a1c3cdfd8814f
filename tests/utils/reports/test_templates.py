"""Templates: empty they are read and give nothing, filled they give what was typed; the same bytes each time."""

import csv
import io
from datetime import date
from decimal import Decimal

import openpyxl
import pytest

from utils.imports.budget_sheet import Budget, read_budgets
from utils.imports.flaws import UnusableBook
from utils.imports.read import read_month
from utils.reports.templates import budgets_template, nights_template

JUNE = date(2025, 6, 1)
TODAY = date(2025, 7, 1)
ROOMS = 37
"""The column of the rooms, AK."""


def filled(form):
    """The template with its second night typed."""
    data = nights_template(JUNE, "Hôtel Exemple", form)
    if form == "csv":
        rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig")), delimiter=";"))
        rows[3][1], rows[3][3], rows[3][ROOMS - 1] = "1 000,00", "-1 250,50", "12 785,84"
        text = io.StringIO()
        csv.writer(text, delimiter=";").writerows(rows)
        return text.getvalue().encode()
    book = openpyxl.load_workbook(io.BytesIO(data))
    for column, value in ((2, 1000), (4, -1250.5), (ROOMS, 12785.84)):
        book["jour"].cell(4, column).value = value
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_the_nights_that_are_typed_are_read_each_with_its_cell(form):
    month = read_month(filled(form), TODAY)
    assert (month.month, [*month.nights]) == (JUNE, [date(2025, 6, 2)])
    night = month.nights[date(2025, 6, 2)]
    assert night.block["jour_new_balance"] == "1000.00"
    rooms = next(one for one in night.figures if one.field == "jour.jour_room_revenue")
    assert (rooms.value, str(rooms.place)) == ("12785.84", "jour!AK4")
    assert next(one for one in night.figures if one.field == "jour.jour_new_balance").value == "-1250.50"


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_an_empty_one_says_that_no_night_is_closed(form):
    data = nights_template(JUNE, "Hôtel Exemple", form)
    assert data == nights_template(JUNE, "Hôtel Exemple", form)
    with pytest.raises(UnusableBook, match="Aucune nuit de ce classeur n’est fermée"):
        read_month(data, TODAY)


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_budgets_come_back_as_they_went(form):
    known = [
        Budget(True, JUNE, (Decimal("3000.00"), None, None)),
        Budget(False, JUNE, (None, Decimal("1.50"), Decimal("0.00"))),
        Budget(False, date(2025, 6, 2), (None, None, None)),
    ]
    assert read_budgets(budgets_template(known, form)) == known[:2]
