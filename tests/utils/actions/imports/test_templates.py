"""A template filled goes the way of a workbook: the nights of a month proposed, entered, undone; budgets only read."""

import csv
import io
from datetime import date
from decimal import Decimal

import pytest

from tests.utils.actions.imports.test_enter import machine
from utils import dates
from utils.actions.imports.enter import enter_month
from utils.actions.imports.propose import Sent, propose
from utils.actions.imports.templates import Refused, nights_to_fill, read_budget_file
from utils.actions.imports.undo import undo_month
from utils.actions.reading import night_if_open, night_view

JUNE = date(2025, 6, 1)


def typed():
    """The template of June as CSV, its second night typed."""
    data = nights_to_fill(machine(), JUNE, "csv").content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(data), delimiter=";"))
    rows[3][1], rows[3][3], rows[3][36] = "1 000,00", "1 250,50", "12 785,84"
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows(rows)
    return text.getvalue().encode()


def test_nights_typed_in_the_template_enter_and_leave_as_those_of_a_workbook(app_sqlite):
    with app_sqlite.app_context():
        found = propose(machine(), [Sent("juin.csv", typed())], dates.now())
        assert not found.refused
        assert enter_month(machine(), 1, dates.now()) == 1
        state = night_view(machine(), date(2025, 6, 2))
        assert (state.label, state.night.values["jour.jour_room_revenue"]) == ("Importée", Decimal("12785.84"))
        assert propose(machine(), [Sent("juin.csv", typed())], dates.now()).known
        assert undo_month(machine(), 1, dates.now()) == 1
        assert night_if_open(machine(), date(2025, 6, 2)) is None


def test_budgets_are_read_and_nothing_is_kept(app_sqlite):
    text = (
        "RJ Natif;budgets\nMois ou jour;Revenus prévus;Main-d’œuvre prévue;Main-d’œuvre payée\n2025-06;10;;\n2025-07;20"
    )
    with app_sqlite.app_context():
        for _ in "ab":
            found = read_budget_file(machine(), text.encode())
            assert found.months == [JUNE, date(2025, 7, 1)]
            assert [(one.before, one.after) for one in found.moved] == [
                (None, Decimal("10.00")),
                (None, Decimal("20.00")),
            ]
        with pytest.raises(Refused):
            read_budget_file(machine(), b"x")
