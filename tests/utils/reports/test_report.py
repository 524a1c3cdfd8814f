"""The report of a night: its head, then each figure once, as the page shows it."""

from datetime import date
from decimal import Decimal

import pytest

from tests.utils.reports.nuits import GOLDEN, golden, head, made
from utils.presentation.layouts import LAYOUTS
from utils.reports.report import Given, text_of
from utils.rj.declaration import CHOICE

DAY = date(2025, 12, 23)


def test_the_head_says_hotel_night_revision_state_and_who_printed_it():
    found = head(revision=2, state="En correction")
    assert found.place == "Hôtel & Cie (DEMO), démonstration"
    assert found.standing == "Nuit du 2025-12-23, révision 2, en correction"
    assert (found.printed, found.proof) == ("Imprimé le 2025-12-24 à 05:58 par Une Personne", "Tête du journal : 8:ab")


def test_an_hotel_of_ours_is_no_demonstration():
    assert head(demo=False).place == "Hôtel & Cie (DEMO)"


def test_every_figure_of_a_night_is_there_once():
    report = golden("complet-2025-12-23")
    names = [figure.name for figure in report.figures() if not figure.field.endswith(".amounts")]
    assert len(names) == len(set(names)) > 500
    scalars = {name for name, value in report.night.values.items() if not isinstance(value, tuple | dict)}
    fields = {name for name in scalars if name.partition(".")[0] in LAYOUTS}
    assert fields <= set(names)


@pytest.mark.parametrize("name", GOLDEN)
def test_what_is_absent_has_no_figure(name):
    assert all(figure.value is not None for figure in golden(name).figures())


def test_a_line_gives_its_columns_and_what_they_make():
    lines = [{"name": "Un", "amount": "10.00", "verified": "12.50"}]
    found = {one.name: one for one in made(DAY, {"sd": {"sd_entries": lines}}).figures()}
    one = found["sd.sd_entries.0.variance"]
    assert (one.value, one.text, one.line, one.part) == (Decimal("2.50"), "2,50", 1, "variance")
    assert one.label.endswith("ligne 1 : Variance")


def test_a_figure_says_where_it_came_from_and_what_was_typed():
    given = Given({"recap.cash_ls_lecture": "saisi à 02:10, Anne"}, {"recap.cash_ls_lecture": "=60+40"})
    found = {one.name: one for one in made(DAY, {"recap": {"cash_ls_lecture": "100.00"}}, given).figures()}
    assert found["recap.cash_ls_lecture"][6:8] == ("saisi à 02:10, Anne", "=60+40")


@pytest.mark.parametrize(
    ("field", "code", "said"),
    [
        ("sommaire.statuts.chk_recap", "ok", "réussi"),
        ("sommaire.onglets.recap", "sans_activite", "sans activité"),
        ("controle.weather_condition", "neige", "Neige"),
    ],
)
def test_a_code_is_said_in_its_word(field, code, said):
    assert text_of(field, CHOICE, code) == said
