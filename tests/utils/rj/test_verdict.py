"""What a night is, in words: « équilibrée » only when nothing is unexplained and nothing waits."""

from datetime import date

import pytest

from tests.utils.demo.saisies import filled, reports_of
from tests.utils.rj.build import night as a_night
from utils.demo.hotel import DemoHotel
from utils.demo.reprise import reprise_of
from utils.rj.sheets import SHEETS, TABS_OF_A_NIGHT
from utils.rj.summary import check_results
from utils.rj.verdict import (
    BALANCED,
    INCOMPLETE,
    RED,
    WAITING,
    WAIVED,
    WARNED,
    Given,
    Judged,
    Reason,
    Verdict,
    closed,
    counted,
    is_begun,
    is_check,
    still_open,
    tab_name,
    tabs_left,
)

ANNE = Reason("Chèque du 22 à venir", "Anne", "le 2025-12-24 à 05:12")
LABELS = {"chk_diff_caisse": "Différence de caisse inexpliquée", "chk_recap": "Balance du Recap"}


def check(key, status, value="54.00"):
    return Judged(key, LABELS.get(key, "Un contrôle"), status, value)


def said(*checks, reasons=None, passed=None):
    found = closed(checks, Given(reasons or {}, passed or {}))
    return found.code, found.word, found.sentence.replace("\N{NO-BREAK SPACE}", " ")


def test_a_night_in_order_is_balanced():
    assert said(check("chk_recap", "ok", "0.00"), check("chk_ar", "na", None)) == (
        BALANCED,
        "équilibrée",
        "soumise, équilibrée",
    )


def test_54_dollars_unexplained_are_never_balanced():
    assert said(check("chk_diff_caisse", "avertissement"), reasons={"chk_diff_caisse": ANNE}) == (
        WARNED,
        "1 avertissement",
        "soumise avec 1 avertissement : 54,00 $ inexpliqués, motif « Chèque du 22 à venir »",
    )


def test_each_warning_comes_with_its_amount_and_its_reason():
    code, word, sentence = said(
        check("chk_diff_caisse", "avertissement", "-14.08"),
        check("chk_sd_depot", "avertissement", "2.00"),
        reasons={"chk_diff_caisse": ANNE},
    )
    assert (code, word) == (WARNED, "2 avertissements")
    assert sentence.startswith("soumise avec 2 avertissements : −14,08 $ inexpliqués, motif « Chèque du 22 à venir »; ")
    assert sentence.endswith("Un contrôle 2,00 $")


def test_a_waived_night_says_by_whom_and_why():
    assert said(check("chk_recap", "bloquant", "40.00"), passed={"chk_recap": ANNE}) == (
        WAIVED,
        "1 dérogation",
        "soumise avec 1 dérogation de Anne : Balance du Recap 40,00 $, motif « Chèque du 22 à venir »",
    )


def test_a_night_that_waits_for_an_override_says_so_first():
    code, word, sentence = said(check("chk_recap", "bloquant", "40.00"), check("chk_diff_caisse", "avertissement"))
    assert (code, word) == (WAITING, "1 contrôle bloquant, 1 avertissement")
    assert sentence.startswith("soumise en attente d’une dérogation : Balance du Recap 40,00 $; avec 1 avertissement")


def test_the_tabs_left_are_named_with_their_reasons():
    given = {"onglets.sd": ANNE, "onglets.setd": ANNE, "onglets.dbrs": Reason("Rapport de la marque absent")}
    code, word, sentence = said(check("chk_completude", "info", 4), reasons=given)
    assert (code, word) == (INCOMPLETE, "incomplète")
    assert f"incomplète (3 onglets sur {TABS_OF_A_NIGHT} à finir : SD" in sentence
    assert "motif « Chèque du 22 à venir »; DBRS, motif « Rapport de la marque absent »)" in sentence


@pytest.mark.parametrize(("lacking", "word"), [(0, "équilibrée"), (1, "équilibrée"), (12, "incomplète")])
def test_a_night_submitted_before_reasons_were_asked_of_tabs_says_how_many(lacking, word):
    """The Sommaire, which follows from the others, is no tab that anybody left."""
    assert said(check("chk_completude", "info", lacking))[1] == word


@pytest.mark.parametrize("status", ["en_attente", "attente"])
def test_a_check_that_waits_keeps_a_night_from_being_balanced(status):
    code, word, sentence = said(check("chk_recap", status, None))
    assert (code, word) == (INCOMPLETE, "1 contrôle en attente")
    assert sentence == "soumise avec 1 contrôle en attente : Balance du Recap"


def test_a_row_of_a_list_says_what_its_counts_say():
    assert [counted(*pair).code for pair in ((0, 0), (0, 2), (1, 2))] == [BALANCED, WARNED, RED]
    assert counted(0, 2).word == "2 avertissements à expliquer"


def test_a_reason_is_signed_by_whom_and_when():
    assert ANNE.signed == "motif « Chèque du 22 à venir », par Anne, le 2025-12-24 à 05:12"
    assert Reason("Chèque du 22").signed == "motif « Chèque du 22 »"


DAY = date(2026, 3, 14)
CARRIED = {"jour_new_balance": "1.00", "dueback": [{"name": "A", "nouveau": "10.00"}]}


@pytest.fixture(scope="module")
def whole():
    """A demonstration night of which every paper is typed."""
    hotel = DemoHotel("DEMO")
    return a_night(DAY.isoformat(), previous=reprise_of(hotel, DAY), **filled(hotel, DAY, reports_of(hotel, DAY)))


def test_the_tabs_left_are_those_neither_complete_nor_without_activity(whole):
    every = [tab.key for tab in SHEETS]
    assert tabs_left(whole) == (), (
        "Onglet que la démonstration ne finit pas : écrire ce que porte son papier dans utils/demo/bundle.py."
    )
    assert list(tabs_left(a_night())) == every
    begun = a_night(sd={"sans_activite": True}, recap={"cash_ls_lecture": "1.00"})
    assert list(tabs_left(begun)) == [key for key in every if key != "sd"]


@pytest.mark.parametrize(
    ("tabs", "begun"),
    [
        ({}, False),
        ({"previous": CARRIED}, False),
        ({"sd": {"sans_activite": True}, "dueback": {"sans_activite": True}}, False),
        ({"recap": {"cash_ls_lecture": "0.00"}}, True),
        ({"recap": {"recap_corr_notes": "Une note"}}, True),
        ({"sd": {"sans_activite": True}, "jour": {"jour_rooms_simple": 0}}, True),
    ],
)
def test_a_night_begins_with_a_figure_or_a_text(tabs, begun):
    assert is_begun(a_night(**tabs)) is begun


def test_an_open_night_of_which_nothing_is_begun_says_that_alone():
    assert still_open(a_night(), {"chk_recap": "bloquant"}, ["chk_ar"], "brouillon") == Verdict(
        INCOMPLETE, "rien n’est commencé", "brouillon : rien n’est commencé"
    )


def test_an_open_night_is_balanced_when_nothing_is_left(whole):
    statuses = {result.check.key: result.status for result in check_results(whole)}
    assert still_open(whole, statuses, (), "en cours") == Verdict(BALANCED, "équilibrée", "en cours, équilibrée")


OPEN = [
    ([("chk_recap", "bloquant"), ("chk_ar", "bloquant")], (), RED, "2 contrôles bloquants"),
    ([("chk_recap", "bloquant"), ("chk_sd_depot", "avertissement")], (), RED, "{red}, {warned}"),
    ([("chk_recap", "bloquant")], ("chk_recap",), WAIVED, "1 dérogation"),
    ([("chk_recap", "bloquant"), ("chk_ar", "bloquant")], ("chk_recap",), RED, "{red}, 1 dérogation"),
    ([("chk_recap", "bloquant"), ("chk_ar", "bloquant")], ("chk_recap", "chk_ar"), WAIVED, "2 dérogations"),
    ([("chk_sd_depot", "avertissement")], (), WARNED, "{warned}"),
    ([("chk_sd_depot", "avertissement"), ("chk_hp", "avertissement")], (), WARNED, "2 avertissements à expliquer"),
    ([("chk_hp", "attente")], (), INCOMPLETE, "1 contrôle en attente"),
    ([("chk_hp", "attente"), ("chk_sd_depot", "avertissement")], (), WARNED, "{warned}, 1 contrôle en attente"),
    ([("chk_hp", "na"), ("chk_tvq_tps", "info"), ("chk_ar", "ok")], (), BALANCED, "équilibrée"),
]


@pytest.mark.parametrize(("checks", "passed", "code", "words"), OPEN)
def test_an_open_night_says_its_worst_first(whole, checks, passed, code, words):
    found = still_open(whole, dict(checks), passed, "en cours")
    words = words.format(red="1 contrôle bloquant", warned="1 avertissement à expliquer")
    assert (found.code, found.word) == (code, words)
    assert found.sentence == ("en cours, équilibrée" if code == BALANCED else f"en cours : {words}")


def test_the_tabs_of_an_open_night_come_after_what_blocks_and_before_what_warns():
    begun = a_night(recap={"cash_ls_lecture": "1.00"})
    found = still_open(begun, {"chk_recap": "bloquant", "chk_hp": "avertissement"}, (), "en cours")
    left = f"{len(SHEETS)} onglets à finir"
    assert (found.code, found.word) == (RED, f"1 contrôle bloquant, {left}, 1 avertissement à expliquer")
    assert still_open(begun, {}, (), "en cours").code == INCOMPLETE


def test_a_reason_answers_for_a_check_or_for_something_else():
    keys = ("chk_recap", "onglets.recap", "recap.remb_client_lecture")
    assert [is_check(key) for key in keys] == [True, False, False]


def test_a_tab_is_named_in_short():
    assert [tab_name(key) for key in ("recap", "sd", "dbrs")] == ["Recap", "SD / Dépôt", "DBRS"]


def test_a_verdict_as_the_interface_shows_it():
    assert closed([], Given()).as_json() == {
        **{"code": "equilibree", "mot": "équilibrée", "phrase": "soumise, équilibrée"}
    }
