"""The files that are lists: every figure of the page, the entry on two sides, what is final and what is not."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from tests.utils.reports.nuits import golden, made, month
from utils.presentation.spreadsheet import csv_text
from utils.reports.lists import Difference, difference_rows, entry_rows, figure_rows, quasimodo_rows

FULL = golden("complet-2025-12-23")


def test_every_figure_of_the_report_has_its_row():
    titles, *rows = figure_rows([FULL])
    assert [row[4] for row in rows] == [one.name for one in FULL.figures()]
    row = next(row for row in rows if row[4] == "jour.jour_total_revenue")
    assert dict(zip(titles, row, strict=True)) | {"Valeur": Decimal("28071.48")} == dict(zip(titles, row, strict=True))
    assert row[:4] == ("2025-12-23", 0, "Verrouillée", "jour")


def test_one_tab_alone():
    _, *rows = figure_rows([FULL], "dbrs")
    assert {row[3] for row in rows} == {"dbrs"}


def test_the_entry_has_two_equal_sides_and_names_its_piece():
    _, *rows = entry_rows([FULL], {})
    debit, credit = (sum((row[side] for row in rows if row[side] != ""), Decimal(0)) for side in (4, 5))
    assert debit == credit > 0
    assert all(amount == "" or amount > 0 for row in rows for amount in row[4:])
    assert {row[:2] for row in rows} == {("2025-12-23", "RJ-DEMO-2025-12-23-R0")}


def test_what_may_still_move_is_said():
    open_ = replace(FULL, head=FULL.head._replace(state="En cours"))
    _, first, *_ = entry_rows([open_], {})
    assert first[1].endswith("-PROVISOIRE")
    _, first, *_ = entry_rows(month(), {})
    assert first[:2] == ("2025-12-23", "RJ-DEMO-2025-12-01-2025-12-23")


def test_the_quasimodo_of_a_period_is_that_of_each_night():
    _, *rows = quasimodo_rows([golden("hp-2025-12-01"), FULL], {})
    assert len(rows) == 18
    assert rows[0][0] == "2025-12-23"


def test_differences_stand_under_their_night():
    one = Difference(
        "Balance du Recap", "bloquant", Decimal("-40.00"), Decimal("0.01"), "dérogation", "=1+1", "Une", ""
    )
    _, *rows = difference_rows([FULL], {date(2025, 12, 23): [one], date(2025, 12, 24): [one]})
    assert rows == [("2025-12-23", 0, "Verrouillée", *one)]
    # what was typed is a text, an amount keeps its sign
    assert "-40,00;0,01;dérogation;'=1+1" in csv_text(rows)


def test_a_text_that_begins_as_a_formula_is_a_text():
    report = made(date(2025, 12, 10), {"controle": {"auditor_name": "=HYPERLINK(1)"}})
    assert ";'=HYPERLINK(1);" in csv_text(figure_rows([report]))
