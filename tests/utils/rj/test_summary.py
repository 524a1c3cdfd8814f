"""The Sommaire as a person reads it, and the checks by themselves: formula, tolerance, severity, message."""

import re
from decimal import Decimal

import pytest

from tests.utils.rj.build import figure
from tests.utils.rj.build import night as a_night
from tests.utils.rj.golden import CATALOGUE, COMPLETE, night
from utils.rj.catalogue import FIELDS
from utils.rj.check import BLOCKING, INFO, WARNING, status, status_shown
from utils.rj.checks import CHECKS
from utils.rj.summary import blocking, check_results, warnings

NBSP = "\N{NO-BREAK SPACE}"
RED = {"recap": {"cash_ls_lecture": "100.00", "deposit_cdn": "87.60"}}


def test_there_are_thirty_five_checks_with_the_tolerances_and_severities_of_the_reference():
    rows = re.findall(
        r"^sommaire,(chk_\w+),.*?— tolerance (\w+) \(([0-9.]+)\), (\w+)", CATALOGUE.read_text(encoding="utf-8"), re.M
    )
    assert len(rows) == 35
    assert [(c.key, c.tolerance, c.default_tolerance, c.severity) for c in CHECKS] == rows


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.key)
def test_a_check_leads_to_a_field_and_says_what_to_do(check):
    assert check.leads_to in FIELDS
    assert check.message.endswith(".")
    assert check.advice.endswith(".")


@pytest.mark.parametrize(
    ("value", "tolerance", "found"),
    [
        (None, "0.01", "na"),
        (Decimal("0.00"), "0.00", "ok"),
        (Decimal("0.01"), "0.01", "ok"),
        (Decimal("-0.01"), "0.01", "ok"),
        (Decimal("0.02"), "0.01", WARNING),
        (Decimal("-0.02"), "0.01", WARNING),
        (0, "0", "ok"),
        (-1, "0", WARNING),
    ],
)
def test_a_status_is_ok_within_the_tolerance_on_either_side(value, tolerance, found):
    assert status(value, Decimal(tolerance), WARNING) == found


def test_a_status_is_shown_by_its_comparison():
    assert status_shown(None, Decimal("0.01"), INFO) == "vide"
    assert status_shown(Decimal("-0.01"), Decimal("0.01"), INFO) == "|−0,01| ≤ 0,01"
    assert status_shown(7, Decimal(0), INFO) == "|7| > 0,00"


def test_a_red_check_says_what_how_much_and_what_to_do():
    results = {result.check.key: result for result in check_results(a_night(**RED))}
    assert results["chk_recap"].as_json() == {
        **{"cle": "chk_recap", "libelle": "Balance du Recap", "statut": "bloquant", "valeur": "12.40"},
        "tolerance": "0.01",
        "phrase": f"Le Recap ne balance pas. Écart : 12,40{NBSP}$. Relisez les lignes Comptant, le signe "
        "des remboursements et du due back N/B; recomptez les enveloppes.",
        "mene_a": "recap.deposit_cdn",
    }
    assert results["chk_recap"].is_red


def test_a_check_without_anything_to_compare_says_so():
    results = {result.check.key: result for result in check_results(night(COMPLETE))}
    assert (results["chk_ar"].sentence(), results["chk_ar"].is_red) == ("Sans objet : rien à comparer.", False)
    assert results["chk_ar"].as_json()["valeur"] is None
    assert (results["chk_cloture"].sentence(), results["chk_cloture"].is_red) == ("Équilibré.", False)


def test_what_stops_a_submission_and_what_asks_to_be_acknowledged():
    red = a_night(**RED)
    assert [result.check.key for result in blocking(red)] == ["chk_recap"]
    assert [result.check.key for result in warnings(night(COMPLETE))] == ["chk_transelect_x20", "chk_hp_motif"]


def test_severities_and_tolerances_are_settings_of_the_property():
    softer = a_night(settings={"severities": {"chk_recap": "info"}}, **RED)
    assert figure(softer, "sommaire.statuts.chk_recap") == "info"
    wider = a_night(settings={"tolerances": {"recap": "12.40"}}, **RED)
    assert figure(wider, "sommaire.statuts.chk_recap") == "ok"
    assert figure(wider, "sommaire.is_recap_balanced") is True


def test_a_float_taken_back_is_compared_with_the_night_before():
    """« Le solde repris (−300,00 $) diffère du due back d'hier (350,00 $) »: 50.00, an information."""
    lines = [
        {"name": "A", "previous": "-300.00"},
        {"name": "B", "previous": "-10.00"},
        {"name": "C", "nouveau": "5.00"},
    ]
    before = [{"name": "A", "nouveau": "350.00"}, {"name": "B", "nouveau": "10.00"}, {"name": "C", "nouveau": "7.00"}]
    given = a_night(previous={"dueback": before}, dueback={"dueback_entries": lines})
    assert figure(given, "sommaire.chk_dueback_report") == "50.00"
    assert figure(given, "sommaire.statuts.chk_dueback_report") == INFO
    unknown = a_night(previous={"dueback": before[2:]}, dueback={"dueback_entries": lines})
    assert figure(unknown, "sommaire.chk_dueback_report") is None


def test_every_blocking_check_is_one_that_the_reference_calls_so():
    assert {check.key for check in CHECKS if check.severity == BLOCKING} == {
        *("chk_ouverture", "chk_recap", "chk_transelect_reception", "chk_ar", "chk_sd_surplus"),
        *("chk_cloture", "chk_quasimodo"),
    }
