"""The journal as a person reads it: in words, in French figures, latest first, by day of the hotel."""

import json
from datetime import date

import pytest

from tests.utils.presentation.shown import fr
from utils.presentation.journal import action_word, told

ZONE, BASE = "America/Toronto", "/rj/native/2025-12-23"


def entry(seq=1, **more):
    """An entry of the API's journal."""
    row = {
        "seq": seq,
        "a": "2025-12-24T08:12:07+00:00",
        "par": "Auditrice",
        "action": "saisie",
        "onglet": "recap",
        "champ": "deposit_cdn",
        "libelle": "Dépôt canadien (compté)",
        "avant": None,
        "apres": json.dumps("459.40"),
        "motif": None,
    }
    return row | more


def said(**more):
    """What is told of one entry."""
    ((day),) = told([entry(**more)], ZONE, BASE)
    (one,) = day.told
    return one


@pytest.mark.parametrize(
    ("action", "word"),
    [
        ("saisie", "Saisie"),
        ("a_cote", "Chiffre de Lightspeed gardé à côté"),
        ("verrouillage", "Nuit verrouillée"),
        ("effacement", "Renseignements personnels effacés"),
        ("nouveau", "Nouveau"),
    ],
)
def test_an_action_is_told_in_words_even_when_it_is_new(action, word):
    assert action_word(action) == word


def test_an_entry_says_who_what_where_before_and_after():
    one = said(avant=json.dumps("-1234.50"), action="importation", motif="Enveloppe recomptée")
    assert (one.clock, one.who, one.action, one.tab) == ("03:12:07", "Auditrice", "Importation", "3, Recap")
    assert (one.label, one.before, one.after) == ("Dépôt canadien (compté)", fr("-1 234,50 $"), fr("459,40 $"))
    assert (one.reason, one.href) == ("Enveloppe recomptée", f"{BASE}/recap#recap.deposit_cdn")


def test_a_figure_typed_as_a_calculation_tells_its_operands():
    assert said(motif="=12,50+3,10").reason == "Calcul : =12,50+3,10"
    assert said(action="derogation", motif="=12,50").reason == "=12,50"


def test_days_are_those_of_the_hotel_and_what_is_latest_comes_first():
    days = told(
        [
            entry(1, a="2025-12-24T04:30:00+00:00"),
            entry(3, a="2025-12-24T08:00:00+00:00"),
            entry(2, a="2025-12-24T05:00:00+00:00"),
        ],
        ZONE,
        BASE,
    )
    assert [(day.day, [one.clock for one in day.told]) for day in days] == [
        (date(2025, 12, 24), ["03:00:00", "00:00:00"]),
        (date(2025, 12, 23), ["23:30:00"]),
    ]
    assert told([], ZONE, BASE) == ()


def test_a_person_who_was_erased_has_no_name_left():
    assert said(par=None).who == "effacé"


@pytest.mark.parametrize(("action", "field"), [("ouverture", "audit_date"), ("reprise", "previous")])
def test_what_opens_a_night_shows_no_figures(action, field):
    one = said(action=action, champ=field, apres=json.dumps({"x": "1.00"}))
    assert (one.label, one.before, one.after) == ("", "", "")


def test_an_entry_of_no_tab_leads_nowhere():
    one = said(onglet=None, champ=None, libelle=None, action="verrouillage", apres=json.dumps("locked"))
    assert (one.tab, one.href, one.label, one.after) == ("", "", "", "Verrouillée")


def test_a_whole_tab_has_its_name_but_no_place():
    one = said(champ=None, libelle=None, apres=None)
    assert (one.tab, one.href, one.label, one.after) == ("3, Recap", "", "", "")


def test_a_reason_given_at_the_sommaire_leads_to_the_tab_it_answers_for():
    one = said(onglet="sommaire", champ="recap.deposit_cdn", apres=None, motif="Coffre fermé à clé")
    assert (one.tab, one.href) == ("3, Recap", f"{BASE}/recap#recap.deposit_cdn")


@pytest.mark.parametrize(
    ("tab", "field", "value", "shown"),
    [
        ("recap", "deposit_cdn", "0.00", fr("0,00 $")),
        ("jour", "jour_adultes", 1129, fr("1 129")),
        ("jour", "jour_occupancy_rate", "29.37", "29,37"),
        ("controle", "weather_condition", "neige", "Neige"),
        ("controle", "weather_condition", "grêle", "grêle"),
        ("geac", "geac_chk_nobalance", True, "oui"),
        ("recap", "deposit_cdn", "douze", "douze"),
        ("transelect", "transelect_restaurant.visa.terminals.bar_a", "673.64", fr("673,64 $")),
        ("dueback", "dueback_entries.nouveau", "323.42", fr("323,42 $")),
        ("dueback", "dueback_entries.name", "Réceptionniste 11", "Réceptionniste 11"),
        ("sd", "depot_data.client6.amounts", ["106.70", "18.70"], fr("106,70 $; 18,70 $").replace(";\u00a0", "; ")),
        ("recap", "disparu", "12.00", "12.00"),
        ("dueback", "dueback_entries", {"name": "x", "nouveau": "1.00"}, "x; 1.00"),
    ],
)
def test_a_value_is_told_as_its_field_is(tab, field, value, shown):
    assert said(onglet=tab, champ=field, apres=json.dumps(value)).after == shown


def test_a_text_that_is_no_json_is_told_as_it_stands():
    assert said(onglet="recap", champ="disparu", apres="pas du json").after == "pas du json"
    assert said(apres=None).after == ""


@pytest.mark.parametrize("field", ["dueback_entries.nouveau", "dueback_entries.a1b2c3d4.nouveau"])
def test_the_figure_of_a_line_is_in_french_with_or_without_its_line(field):
    assert said(onglet="dueback", champ=field, apres=json.dumps("323.42")).after == fr("323,42 $")


@pytest.mark.parametrize("field", ["dueback_entries.nouveau", "dueback_entries.a1b2c3d4.nouveau"])
def test_a_figure_of_a_line_leads_to_its_cell(field):
    found = said(onglet="dueback", champ=field, ligne="a1b2c3d4")
    assert found.href == f"{BASE}/dueback#dueback.dueback_entries.a1b2c3d4.nouveau"
