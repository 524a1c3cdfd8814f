"""What a night is, in words: « équilibrée » only when nothing is unexplained and nothing waits."""

import pytest

from utils.rj.verdict import (
    BALANCED,
    INCOMPLETE,
    RED,
    WAITING,
    WAIVED,
    WARNED,
    Given,
    Reason,
    closed,
    counted,
)

ANNE = Reason("Chèque du 22 à venir", "Anne", "le 2025-12-24 à 05:12")
LABELS = {"chk_diff_caisse": "Différence de caisse inexpliquée", "chk_recap": "Balance du Recap"}


def check(key, status, value="54.00"):
    return {"cle": key, "statut": status, "valeur": value, "libelle": LABELS.get(key, "Un contrôle")}


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
    assert "incomplète (3 onglets sur 14 à finir : SD" in sentence
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
