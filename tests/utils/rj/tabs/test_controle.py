"""Contrôle: identifies the night, and knows how long its month is."""

import pytest

from tests.utils.rj.build import figure, figures, night
from utils.rj.explain import explain
from utils.rj.reading import Refused
from utils.rj.tabs.controle import CONTROLE, WEATHER


@pytest.mark.parametrize(
    ("day", "days"),
    [("2025-12-23", 31), ("2025-11-30", 30), ("2024-02-01", 29), ("2023-02-28", 28), ("2000-02-01", 29)],
)
def test_a_month_has_its_days_leap_years_included(day, days):
    assert figure(night(day), "controle.jours_dans_mois") == days


def test_the_length_of_the_month_is_explained():
    told = explain(night("2024-02-01"), "controle.jours_dans_mois")
    assert told.formula == "Jours dans le mois = nombre de jours du mois de la date d'audit"
    assert told.sentence == "29 = 29"


def test_the_hotel_of_the_night_is_that_of_its_settings():
    of = night(settings={"name": "Hôtel Démo", "rooms": 100})
    assert figures(of, "controle", "property_name", "property_rooms") == ["Hôtel Démo", 100]
    assert figure(night(), "controle.property_rooms") == 252


@pytest.mark.parametrize("weather", WEATHER)
def test_the_weather_is_one_of_four(weather):
    assert figure(night(controle={"weather_condition": weather}), "controle.weather_condition") == weather


def test_another_weather_is_refused():
    with pytest.raises(Refused):
        night(controle={"weather_condition": "grêle"})


@pytest.mark.parametrize(
    ("given", "state"), [({}, "vide"), ({"notes": "Calme."}, "en_cours"), ({"auditor_name": "Personne 9"}, "complet")]
)
def test_the_tab_is_complete_once_somebody_signs_it(given, state):
    assert figure(night(controle=given), "sommaire.onglets.controle") == state


def test_rooms_to_clean_go_to_the_jour():
    assert figure(night(controle={"chambres_refaire": 3}), "jour.jour_rooms_refaire") == 3


def test_nobody_types_what_the_night_knows():
    typed = [field.key for field in CONTROLE if field.typed]
    assert typed == ["audit_date", "auditor_name", "temperature", "weather_condition", "chambres_refaire", "notes"]
