"""Tonight and the month beside the same month a year ago."""

from datetime import date
from decimal import Decimal

import pytest

from utils.presentation.last_year import beside, title_of
from utils.rj.calculate import calculate
from utils.rj.parse import read_tabs
from utils.rj.previous import read_previous
from utils.rj.reading import Reader
from utils.rj.settings import read_settings

DAY = date(2025, 12, 1)
BEFORE = {
    **{"room_revenue": Decimal("40000.00"), "rooms_louees": 200, "rooms_disponibles": 252, "nb_clients": 240},
    "total_fb": Decimal("0.00"),
}


@pytest.fixture(scope="module")
def night():
    reader = Reader()
    jour = {"jour_room_revenue": "50000.00", "jour_rooms_simple": 210, "jour_rooms_comp": 10, "jour_nb_clients": 300}
    inputs = read_tabs({"jour": jour}, reader)
    settings, previous = read_settings(None, reader), read_previous(None, reader)
    reader.finish()
    return calculate(DAY, settings, previous, inputs)


def rows(night, before=BEFORE):
    return {row.label: row[1:] for row in beside(night, DAY, before).rows}


def test_the_column_says_which_month_and_to_which_day():
    assert title_of(date(2024, 2, 29)) == "Février 2024, au 29"


def test_a_year_without_anything_has_no_table(night):
    found = beside(night, DAY, {})
    assert (found.title, found.rows) == ("Décembre 2025, au 1", [])


def test_a_figure_stands_beside_that_of_the_year_before_with_its_progress(night):
    tonight, month, past, gap = rows(night)["Chambres"]
    assert (tonight, past) == ("50\u00a0000,00\u00a0$", "40\u00a0000,00\u00a0$")
    assert (month, gap) == ("50\u00a0000,00\u00a0$", "25,00\u00a0%")


def test_ratios_are_those_of_sums(night):
    found = rows(night)
    assert found["Moyenne par chambre (ADR)"][2] == "200,00\u00a0$"
    assert found["% louées"][2] == "79,37\u00a0%"
    assert found["REVCD"][2] == "158,73\u00a0$"


def test_what_is_absent_stays_empty_and_nil_gives_no_progress(night):
    found = rows(night)
    assert found["Total des revenus"][2:] == ("", "")
    assert found["Nourriture et boisson"][3] == ""


@pytest.mark.parametrize("label", ["Différence de caisse", "Chambres disponibles"])
def test_of_what_should_be_nil_and_of_an_inventory_no_progress_is_said(night, label):
    assert rows(night, {**BEFORE, "diff_caisse": Decimal("10.00")})[label][3] == ""
