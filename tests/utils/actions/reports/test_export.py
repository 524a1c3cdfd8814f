"""A night and a month of the book as files: their names, the same bytes twice, the budget and the year before."""

import io
from datetime import date
from decimal import Decimal

import openpyxl

from database import notifications
from database.transaction import write
from tests.utils.actions.imports.test_enter import machine
from tests.utils.imports.classeurs import rj_grids, written
from utils import dates
from utils.actions.imports.enter import enter_month
from utils.actions.imports.propose import Sent, propose
from utils.actions.reports.export import TYPES, export_month, export_night

JUNE = date(2025, 6, 1)


def test_a_night_and_its_month_are_files(app_sqlite):
    with app_sqlite.app_context():
        books = [Sent(f"{year}.xlsx", written(rj_grids(date(year, 6, 1), 3))) for year in (2024, 2025)]
        propose(machine(), books, dates.now())
        for number in (1, 2):
            enter_month(machine(), number, dates.now())
        planned = {
            "span": "month",
            "day": JUNE,
            "revenue": Decimal("3000.00"),
            "labour_budget": None,
            "labour_cost": None,
        }
        with write() as connection:
            notifications.write_budget(connection, machine().property_id, planned | {"updated_at": dates.now()})
        night = export_night(machine(), date(2025, 6, 3), "xlsx", dates.now())
        month = export_month(machine(), JUNE, "xlsx", dates.now())
        again = export_month(machine(), JUNE, "xlsx", dates.now())
    assert (night.name, month.name) == ("rj-DEMO-2025-06-03.xlsx", "rj-DEMO-2025-06.xlsx")
    assert {night.type, month.type} == {TYPES["xlsx"]}
    assert month.content == again.content
    book = openpyxl.load_workbook(io.BytesIO(night.content), data_only=True)
    assert (book["Budget"]["B2"].value, book["rj"]["F35"].value) == (3000, 300)
    assert book["rj"]["L8"].value == 3 * 252
    assert book["jour"]["A5"].value == 3
