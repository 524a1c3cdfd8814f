"""Sommaire: the state of each tab, completeness, and whether the night balances."""

from decimal import Decimal

import pytest

from tests.utils.rj.build import figure, figures, night
from tests.utils.rj.golden import COMPLETE, document
from tests.utils.rj.golden import night as golden
from utils.money import r2
from utils.rj.catalogue import BY_KEY
from utils.rj.night_file import read_night
from utils.rj.sheets import SHEETS, TABS_OF_A_NIGHT

FINISHED = {
    **{"controle": {"auditor_name": "A"}, "dueback": {"sans_activite": True}, "sonifi": {"sans_activite": True}},
    **{"internet": {"sans_activite": True}, "hp_admin": {"sans_activite": True}},
}


def percent(done):
    """Completeness, to the cent."""
    return str(r2(Decimal(100 * done) / TABS_OF_A_NIGHT))


def finished():
    """2025-12-23 with what its sheets lacked, so that every tab is finished."""
    given = document(COMPLETE)
    there = given["tabs"].keys() | FINISHED.keys() | {"dbrs"}
    assert [tab.key for tab in SHEETS if tab.badge != "automatique" and tab.key not in there] == [], (
        "Onglet que la nuit de référence n’a pas : écrire dans FINISHED, de tests/utils/rj/tabs/test_sommaire.py, "
        "ce qui le termine (un champ de `required`, ou « sans_activite »)."
    )
    for tab, values in FINISHED.items():
        given["tabs"][tab] = values
    given["tabs"]["sd"]["sd_entries"] = [{"verified": "459.40", "amount": "-1073.07"}]
    given["tabs"]["recap"]["dueback_reception_lecture"] = "653.10"
    given["tabs"]["jour"] |= {
        "jour_internet": "0.00",
        "jour_sonifi": "0.00",
        "jour_hp_admin": "0.00",
        "jour_hp_promotion": "0.00",
    }
    given["tabs"]["geac"] |= {"geac_ar_previous": "1.00", "geac_ar_new_balance": "1.00"}
    given["tabs"]["dbrs"] = {"dbrs_daily_rev": {"room_chrg_premium": "14194.83"}, "dbrs_market_rows": {"5": 74}}
    return given


def test_a_night_that_is_finished_and_balances():
    given = read_night(finished())
    states = {tab: figure(given, f"sommaire.onglets.{tab}") for tab in BY_KEY}
    assert set(states.values()) == {"complet", "sans_activite"}
    keys = ("onglets_complets", "completude", "nb_bloquants", "is_fully_balanced", "chk_completude")
    assert figures(given, "sommaire", *keys) == [TABS_OF_A_NIGHT, "100.00", 0, True, 0]


def test_a_blocking_check_keeps_the_sommaire_open():
    given = finished()
    given["tabs"]["recap"]["deposit_cdn"] = "459.39"
    given["property"]["tolerances"] = {"recap": "0.00"}
    red = read_night(given)
    assert figures(red, "sommaire", "onglets.sommaire", "onglets_complets", "completude") == [
        *("en_cours", len(SHEETS), percent(len(SHEETS))),
    ]
    assert figures(red, "sommaire", "nb_bloquants", "is_recap_balanced", "is_fully_balanced") == [1, False, False]


@pytest.mark.parametrize("flag", ["recap", "transelect", "ar"])
def test_a_flag_without_its_check_is_no(flag):
    """`na` is not `ok`: a night that has nothing to compare is not balanced."""
    assert figures(night(), "sommaire", f"is_{flag}_balanced", "is_fully_balanced") == [False, False]


def test_the_complete_night_of_the_reference():
    assert figures(golden(COMPLETE), "sommaire", "onglets_complets", "completude", "nb_avertissements") == [
        8,
        percent(8),
        2,
    ]


@pytest.mark.parametrize(
    ("tab", "given", "state"),
    [
        ("controle", {"notes": "x"}, "en_cours"),
        ("controle", {"auditor_name": "A"}, "complet"),
        ("dueback", {"dueback_entries": []}, "vide"),
        ("dueback", {"dueback_entries": [{}]}, "complet"),
        ("recap", {"cash_ls_lecture": "0.00"}, "en_cours"),
        ("transelect", {"transelect_restaurant": {"visa": {"terminals": {}}}}, "en_cours"),
        ("geac", {"geac_chk_nobalance": False}, "en_cours"),
        ("sd", {"depot_data": {"client6": {"amounts": []}}}, "vide"),
        ("setd", {"setd_personnel": [{"name": "A"}]}, "en_cours"),
        ("setd", {"setd_residuel": "0.00"}, "complet"),
        ("internet", {"internet_nb_forfaits": 0}, "complet"),
        ("sonifi", {"sonifi_cd_352": "0.00"}, "en_cours"),
        ("sonifi", {"sonifi_unites": []}, "complet"),
        ("jour", {"jour_rooms_suite": 1}, "en_cours"),
        ("dbrs", {"dbrs_noshow_count": 0}, "en_cours"),
        ("dbrs", {"dbrs_market_rows": {"3": 1}, "dbrs_form_autres": "0.00"}, "complet"),
    ],
)
def test_the_state_of_a_tab(tab, given, state):
    assert figure(night(**{tab: given}), f"sommaire.onglets.{tab}") == state


def test_figures_that_come_from_elsewhere_begin_no_tab():
    """A card typed in the Transelect fills cells of the Jour; nobody has begun the Jour."""
    given = night(transelect={"transelect_reception": {"visa": {"fusebox": "1.00"}}})
    assert figure(given, "jour.jour_carte_visa") == "1.00"
    assert figures(given, "sommaire", "onglets.jour", "onglets.sommaire") == ["vide", "en_cours"]
