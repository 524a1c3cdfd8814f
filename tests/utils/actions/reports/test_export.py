"""A night and a month of the book as files: their names, the same bytes twice, the budget and the year before."""

import csv
import io
from datetime import date
from decimal import Decimal

import openpyxl
import pytest

from database import notifications
from database.models.notification import MONTH
from database.transaction import write
from tests.utils.actions.imports.test_enter import machine
from tests.utils.actions.nights import Person, set_policy
from tests.utils.imports.classeurs import rj_grids, written
from utils import dates
from utils.actions.imports.enter import enter_month
from utils.actions.imports.propose import Sent, propose
from utils.actions.refusals import Conflict, Unreadable
from utils.actions.reports.export import FORMS, XLSX_TYPE, export_month, export_night, export_period

JUNE = date(2025, 6, 1)


def test_a_night_and_its_month_are_files(app_sqlite):
    with app_sqlite.app_context():
        imported(2024, 2025)
        planned = {
            "span": MONTH,
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
    assert {night.type, month.type} == {XLSX_TYPE}
    assert month.content == again.content
    book = openpyxl.load_workbook(io.BytesIO(night.content), data_only=True)
    assert (book["Budget"]["B2"].value, book["rj"]["F35"].value) == (3000, 300)
    assert book["rj"]["L8"].value == 3 * 252
    assert book["jour"]["A5"].value == 3


def imported(*years):
    """June of these years, three nights each, in the book."""
    propose(machine(), [Sent(f"{year}.xlsx", written(rj_grids(date(year, 6, 1), 3))) for year in years], dates.now())
    for number in range(1, len(years) + 1):
        enter_month(machine(), number, dates.now())


def rows(file):
    return list(csv.reader(io.StringIO(file.content.decode("utf-8-sig")), delimiter=";"))


def test_every_list_gives_the_same_bytes_and_the_accounts_of_the_hotel(app_sqlite):
    with app_sqlite.app_context():
        imported(2025)
        for form in set(FORMS) - {"xlsx"}:
            one, other = (export_month(machine(), JUNE, form, dates.now()) for _ in "ab")
            assert one.content == other.content
            assert one.name == f"rj-DEMO-2025-06{FORMS[form].ending}"
        set_policy(app_sqlite, comptes={"jour_tvq": "9999"})
        titles, *entry = rows(export_month(machine(), JUNE, "ecriture", dates.now()))
        night = rows(export_night(machine(), date(2025, 6, 2), "ecriture", dates.now()))
    assert next(row for row in entry if row[3] == "TVQ")[2] == "9999"
    sides = [sum(Decimal(row[side].replace(",", ".") or 0) for row in entry) for side in (4, 5)]
    assert sides[0] == sides[1] > 0
    assert {row[1] for row in entry} == {"RJ-DEMO-2025-06-01-2025-06-03"}
    assert night[1][:2] == ["2025-06-02", "RJ-DEMO-2025-06-02-R0"]
    assert titles[4:] == ["Débit", "Crédit"]


def test_a_period_goes_over_months_but_for_the_workbook(app_sqlite):
    with app_sqlite.app_context():
        imported(2025)
        period = date(2025, 5, 1), date(2025, 6, 2)
        found = export_period(machine(), *period, "csv", dates.now())
        assert found.name == "rj-DEMO-2025-05-01-au-2025-06-02.csv"
        assert {row[0] for row in rows(found)[1:]} == {"2025-06-01", "2025-06-02"}
        with pytest.raises(Unreadable, match="un seul mois"):
            export_period(machine(), *period, "xlsx", dates.now())
        for start, end in (period[::-1], (date(2024, 1, 1), date(2025, 6, 2))):
            with pytest.raises(Unreadable, match="au plus un an"):
                export_period(machine(), start, end, "csv", dates.now())


def test_an_entry_that_would_not_balance_is_refused_with_its_night(app_sqlite):
    Person(app_sqlite, "auditeur", "2025-12-10").open()
    with app_sqlite.app_context(), pytest.raises(Conflict, match="La nuit du 2025-12-10 n’est pas fermée"):
        export_night(machine(), date(2025, 12, 10), "ecriture", dates.now())
