"""Settings of a property: defaults, what differs, what is refused, what is in force on a day."""

from datetime import date
from decimal import Decimal

import pytest

from tests.utils.rj.build import figure, night
from tests.utils.rj.test_une_personne import EMILE, OTHERS
from utils.rj.checks import CHECKS
from utils.rj.reading import Reader
from utils.rj.settings import DEFAULT_RATES, DEFAULT_TERMINALS, in_force, read_settings


def read(document):
    """The settings and the problems."""
    reader = Reader()
    return read_settings(document, reader), [(problem.path, problem.message) for problem in reader.problems]


def test_the_defaults_are_those_of_the_reference():
    settings, problems = read(None)
    assert problems == []
    assert (settings.rooms, settings.name, settings.staff) == (252, None, ())
    assert {key: f"{rate:f}" for key, rate in DEFAULT_RATES.items()} == {
        **{"transelect.debit": "0", "transelect.visa": "1.75", "transelect.mc": "1.40", "transelect.discover": "2.80"},
        **{"transelect.amex": "2.65", "rj.amex": "2.65", "rj.discover": "2.80", "rj.mc": "1.40", "rj.visa": "1.70"},
        **{"tps": "5", "tvq": "9.975", "taxe_hebergement": "3.5"},
        **{"internet_forfait": "10.00", "g4_par_chambre": "10.00"},
    }
    assert [terminal["id"] for terminal in DEFAULT_TERMINALS] == [
        *("bar_a", "bar_b", "bar_c", "spesa_d", "room_e", "extra_1", "extra_2", "extra_3"),
        *(f"banquet_{number}" for number in range(1, 13)),
    ]
    assert [terminal["group"] for terminal in DEFAULT_TERMINALS] == ["pos"] * 8 + ["banquet"] * 12


def test_only_differences_need_to_be_given_and_maps_merge_key_by_key():
    given = {
        "name": "Hôtel Démo",
        "rooms": 300,
        "rates": {"transelect": {"visa": "1.8"}, "rj": {"visa": None}, "tps": "5.5"},
        "tolerances": {"recap": "0.05", "setd": ""},
        "severities": {"chk_recap": "info"},
        "staff": ["Personne 9"],
        "outlets": {"cafe": "Le Café"},
    }
    settings, problems = read(given)
    assert problems == []
    assert (settings.name, settings.rooms, settings.staff) == ("Hôtel Démo", 300, ("Personne 9",))
    assert settings.rates == DEFAULT_RATES | {"transelect.visa": Decimal("1.8"), "tps": Decimal("5.5")}
    assert (settings.tolerances["recap"], settings.tolerances["setd"]) == (Decimal("0.05"), Decimal("0.02"))
    assert (settings.severities["chk_recap"], settings.severities["chk_ar"]) == ("info", "bloquant")
    assert (settings.outlets["cafe"], settings.outlets["spesa"]) == ("Le Café", "Marché La Spesa")


REFUSED = [
    ({"chambres": 1}, "property.chambres", "Réglage inconnu."),
    ({"rooms": "252"}, "property.rooms", "Il faut un nombre entier, sans guillemets ni décimales."),
    ({"rooms": -1}, "property.rooms", "Le nombre est négatif ou trop grand."),
    ({"name": 3}, "property.name", "Il faut un texte."),
    ({"rates": []}, "property.rates", "Il faut un objet JSON."),
    ({"rates": {"tps": "5,0"}}, "property.rates.tps", "Taux invalide : « 5,0 »."),
    ({"rates": {"tps": "9.9755"}}, "property.rates.tps", "Taux invalide : « 9.9755 »."),
    ({"rates": {"tps": "-5"}}, "property.rates.tps", "Le taux ne peut pas être négatif."),
    ({"rates": {"tps": 5}}, "property.rates.tps", 'Il faut un texte entre guillemets, par exemple "1.75".'),
    ({"rates": {"tvh": "1"}}, "property.rates.tvh", "Réglage inconnu."),
    ({"rates": {"rj": {"debit": "1"}}}, "property.rates.rj.debit", "Réglage inconnu."),
    ({"rates": {"rj": "1"}}, "property.rates.rj", "Il faut un objet JSON."),
    ({"rates": {"rj.visa": "1"}}, "property.rates.rj.visa", "Réglage inconnu."),
    ({"rates": {"internet_forfait": "9.995"}}, "property.rates.internet_forfait", "Montant invalide : « 9.995 »."),
    ({"rates": {"internet_forfait": "-1"}}, "property.rates.internet_forfait", "Le prix ne peut pas être négatif."),
    ({"tolerances": {"caisse": "1"}}, "property.tolerances.caisse", "Réglage inconnu."),
    (
        {"severities": {"chk_recap": "grave"}},
        "property.severities.chk_recap",
        "Sévérité inconnue. Choix possibles : info, avertissement, bloquant.",
    ),
    ({"severities": {"chk_recap": 1}}, "property.severities.chk_recap", "Il faut un texte."),
    ({"staff": "Personne 9"}, "property.staff", "Il faut une liste JSON."),
    ({"staff": ["a", 1]}, "property.staff[1]", "Il faut un texte."),
    ({"outlets": {"bar": "Bar"}}, "property.outlets.bar", "Réglage inconnu."),
    ({"terminals": {}}, "property.terminals", "Il faut une liste JSON."),
    ({"terminals": [{"id": "a", "group": "pos", "tpv": 1}]}, "property.terminals[0].tpv", "Champ inconnu."),
    ([], "property", "Il faut un objet JSON."),
]


@pytest.mark.parametrize(("given", "path", "message"), REFUSED)
def test_what_is_refused(given, path, message):
    assert read(given)[1] == [(path, message)]


def test_there_is_a_tolerance_for_each_check():
    settings, _ = read({})
    assert settings.tolerances.keys() == {check.tolerance for check in CHECKS}
    assert settings.severities.keys() == {check.key for check in CHECKS}


def test_rates_and_rooms_are_read_by_the_formulas():
    sold = {"transelect_reception": {"visa": {"fusebox": "1000.00"}}}
    given = night(
        settings={"rooms": 100, "rates": {"rj": {"visa": "2"}}}, transelect=sold, jour={"jour_rooms_total": 40}
    )
    assert figure(given, "jour.jour_frais_visa") == "20.00"
    assert figure(given, "jour.jour_occupancy_rate") == "40.00"
    assert figure(given, "transelect.transelect_rec_esc_visa") == "17.50"


def test_a_day_has_the_settings_in_force_by_then():
    """Rates are dated: the later document changes only what it gives, and only from its day."""
    documents = [
        (date(2026, 1, 1), {"rates": {"transelect": {"visa": "1.80"}}}),
        (date(2025, 1, 1), {"rooms": 250, "rates": {"transelect": {"visa": "1.75", "mc": "1.45"}, "tps": "5"}}),
        (date(2027, 1, 1), {"rooms": 260}),
    ]
    assert in_force(documents, date(2024, 12, 31)) == {}
    assert in_force(documents, date(2025, 12, 31)) == documents[1][1]
    assert in_force(documents, date(2026, 6, 1)) == {
        "rooms": 250,
        "rates": {"transelect": {"visa": "1.80", "mc": "1.45"}, "tps": "5"},
    }
    assert documents[1][1]["rates"]["transelect"]["visa"] == "1.75"


def test_a_map_takes_the_place_of_what_was_emptied():
    documents = [(date(2025, 1, 1), {"rates": None}), (date(2026, 1, 1), {"rates": {"tps": "6"}})]
    assert in_force(documents, date(2026, 1, 1)) == {"rates": {"tps": "6"}}


def test_a_package_has_its_price():
    given = night(settings={"rates": {"internet_forfait": "12.50"}}, internet={"internet_nb_forfaits": 2})
    assert figure(given, "internet.internet_forfait_valeur") == "25.00"


def test_a_member_of_the_staff_stands_once_in_any_spelling():
    assert read({"staff": [EMILE, *OTHERS, "Jo"]})[0].staff == (EMILE, "Jo")
