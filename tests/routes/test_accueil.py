"""The first page: tonight and what to do now, or the direction's morning."""

import re
from datetime import UTC, datetime

import pytest
import time_machine

from tests.pages import auditor, type_night
from tests.saisie import opened, save
from utils.rj.catalogue import TABS

AT_THREE = datetime(2025, 12, 24, 8, 0, tzinfo=UTC)
"""Three in the morning at the hotel, on the night of the 23rd."""


@pytest.fixture
def at_three():
    """The clock of the night."""
    with time_machine.travel(AT_THREE, tick=False):
        yield


def test_a_stranger_signs_in_first(visitor):
    response = visitor.get("/")
    assert (response.status_code, response.location) == (302, "/connexion?suite=/")


def test_a_demonstration_says_so_on_the_page(visitor, bare_app):
    assert "Hôtel de démonstration" in visitor.get("/connexion").text
    bare_app.config["DEMO"] = False
    assert "démonstration" not in visitor.get("/connexion").text.lower()


def test_a_night_that_is_not_open_is_offered(app_sqlite, at_three):
    page = auditor(app_sqlite).get("/").text
    assert "Nuit du mardi 23 décembre 2025" in page
    assert "Cette nuit n’est pas ouverte." in page
    assert 'href="/rj/native/2025-12-23">Ouvrir la nuit</a>' in page


def test_an_open_night_says_what_to_do_in_order_with_its_minutes(app_sqlite, at_three):
    page = type_night(auditor(app_sqlite)).get("/").text
    wanted = (
        "Remplir Contrôle",
        "Compter les enveloppes du coffre",
        "Saisir Sonifi",
        "Classer les segments",
        "Variance générale des cartes (X20)",
        "Motif et autorisation obligatoires. (7 lignes)",
        "Relire et soumettre",
    )
    places = [page.index(f"{title}</strong>") for title in wanted]
    assert places == sorted(places)
    assert 'href="/rj/native/2025-12-23/transelect#transelect.transelect_restaurant.visa.positouch"' in page
    assert page.count('<span class="min">') == page.count("<strong class=")
    assert '<p class="grand">3\xa0h</p>' in page
    assert f"8 onglets terminés sur {len(TABS)}" in page
    assert "Derniers chiffres saisis" in page


def test_two_figures_are_settled_from_the_first_page(app_sqlite, at_three):
    client = auditor(app_sqlite)
    opened(client)
    save(client, "jour", {"jour_pos_cafe_nourriture": "10.00", "jour_cafe_nourriture": "12.00"})
    page = client.get("/").text
    assert 'id="a-decider"' in page
    version = re.search(r'name="version" value="(\d+)"', page)[1]
    cell = re.search(r'name="case" value="([^"]+)"', page)[1]
    address = "/rj/native/2025-12-23/trancher"
    refused = client.post(address, data={"case": cell, "choix": "rien", "version": version, "hotel": "DEMO"})
    assert (refused.status_code, "Le choix ne peut pas être lu." in refused.text) == (422, True)
    told = client.post(address, data={"case": cell, "choix": "prendre", "version": version, "hotel": "DEMO"})
    assert (told.status_code, told.location) == (303, "/")
    assert 'id="a-decider"' not in client.get("/").text


def test_the_direction_has_its_morning_at_the_same_address(app_sqlite, at_three):
    type_night(auditor(app_sqlite))
    page = auditor(app_sqlite, "directeur@demo.hotel").get("/").text
    assert "Accueil de la direction" in page
    assert page.count('<th scope="row">Occupation') == 1
    for label in ("Prix moyen, $", "RevPAR, $", "Chambres, $", "Restauration, $", "Total des revenus, $"):
        assert label in page
    assert "La nuit n’est pas soumise : ses chiffres peuvent changer." in page
    assert "/partage/vu" not in page


def test_a_list_of_amounts_typed_last_is_shown_too(app_sqlite, at_three):
    client = auditor(app_sqlite)
    opened(client)
    save(client, "sd", {"depot_data": {"client6": {"amounts": ["175.71", "503.26"]}}})
    assert "175,71 + 503,26" in client.get("/").text


def test_a_night_left_open_is_recalled_the_next_day(app_sqlite):
    with time_machine.travel(AT_THREE, tick=False):
        type_night(auditor(app_sqlite))
    with time_machine.travel(datetime(2025, 12, 24, 20, 0, tzinfo=UTC), tick=False):
        page = auditor(app_sqlite).get("/").text
    assert "Nuit du mercredi 24 décembre 2025" in page
    assert ">2025-12-23</a> n’est pas soumise." in page


def test_who_may_not_open_a_night_is_not_offered_to(app_sqlite, at_three):
    page = auditor(app_sqlite, "adjoint@demo.hotel").get("/").text
    assert "Ouvrir la nuit" not in page
    assert "Voir la nuit" in page
    assert "Personne n’a ouvert cette nuit" in page
