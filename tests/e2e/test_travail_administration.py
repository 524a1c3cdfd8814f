"""The administrator's whole work in a real browser, from a closed night to a hotel with its people."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from database import properties
from database.transaction import read
from tests.e2e.postes import CONTROLLER, token
from tests.routes.test_api_nuit import DAY, GOLDEN, TABS
from utils import dates

pytestmark = pytest.mark.e2e

ADMIN = "admin@demo.hotel"
TEAM = (
    ("ana@laval.ca", "Ana Roy", "night_auditor"),
    ("benoit@laval.ca", "Benoît Côté", "front_desk_supervisor"),
    ("chloe@laval.ca", "Chloé Gagnon", "accounting"),
    ("denis@laval.ca", "Denis Fortin", "controller"),
    ("elise@laval.ca", "Élise Morin", "gsm"),
    ("farid@laval.ca", "Farid Haddad", "gm"),
)


def settings(house, code, day):
    """The settings of a hotel on a date."""
    with house.app.app_context(), read() as connection:
        hotel = properties.property_by_code(connection, code)
        return properties.settings_document(connection, hotel.id, day).values


def close_golden_night(post):
    """Fill the golden night, submit it, see it locked."""
    post.api("POST", DAY)
    version = post.api("PUT", f"{DAY}/reprise", GOLDEN["previous"])["version"]
    for tab in TABS:
        version = post.api("PATCH", f"{DAY}/{tab}", {"version": version, "values": GOLDEN["tabs"][tab]})["version"]
    page = post.context.request.get(f"{post.house.url}/connexion").text()
    headers = {"X-CSRFToken": token(page), "X-Hotel": "DEMO"}
    address = f"{post.house.url}/api/rj/native/session/{DAY}/soumettre"
    refused = post.context.request.post(address, data={"motifs": {}}, headers=headers).json()
    asked = [one["chemin"].removeprefix("motifs.") for one in refused["erreurs"]]
    said = post.api("POST", f"{DAY}/soumettre", {"motifs": dict.fromkeys(asked, "vérifié au papier")})
    assert said["etat"] == "locked"


def change(page, section, fields, day):
    """Type over some fields of a section from a date, and keep them."""
    page.goto(f"/parametres/{section}?des_le={day}")
    for label, text in fields.items():
        page.get_by_label(label, exact=True).fill(text)
    page.get_by_role("button", name="Garder ces réglages").click()
    expect(page.get_by_role("status")).to_contain_text(f"C’est gardé à partir du {day}")


def govern(house, page):
    """Rates that change tomorrow, a tolerance, a terminal."""
    today = dates.local(dates.now(), "America/Toronto").date()
    tomorrow = today + timedelta(days=1)
    before = settings(house, "DEMO", today)
    change(page, "taux", {"TPS": "6", "Escompte Visa, RJ": "1,85"}, tomorrow.isoformat())
    change(page, "controles", {"Tolérance : Balance du Recap": "0,05"}, tomorrow.isoformat())
    added = {"Identifiant, terminal 21": "patio", "Nom, terminal 21": "Patio"}
    change(page, "terminaux", added, tomorrow.isoformat())
    kept = settings(house, "DEMO", tomorrow)
    assert kept["rates"] == {"tps": "6", "rj": {"visa": "1.85"}}
    assert kept["tolerances"] == {"recap": "0.05"}
    assert kept["terminals"][-1] == {"id": "patio", "label": "Patio", "group": "pos"}
    assert settings(house, "DEMO", today) == before


def create_hotel(page):
    """A hotel, and work there."""
    page.goto("/hotels")
    described = {"Code": "LAVAL", "Nom": "Hôtel de Laval", "Nombre de chambres": "120"}
    for label, text in described.items():
        page.get_by_label(label, exact=True).fill(text)
    page.get_by_label("Date de la première nuit").fill("2025-01-01")
    page.get_by_role("button", name="Créer l’hôtel").click()
    expect(page.get_by_role("status")).to_contain_text("L’hôtel LAVAL est créé")
    page.get_by_role("button", name="Y travailler LAVAL").click()


def add_people(page):
    """Six people; the first password of the last."""
    for email, name, role in TEAM:
        page.goto("/utilisateurs")
        page.get_by_label("Adresse courriel").fill(email)
        page.get_by_label("Nom", exact=True).fill(name)
        page.get_by_label("Rôle").select_option(role)
        page.get_by_role("button", name="Créer le compte").click()
        expect(page.locator("[data-secret]")).to_have_text(re.compile(r"(\w{4}-){3}\w{4}"))
    password = page.locator("[data-secret]").inner_text()
    page.goto("/utilisateurs")
    assert page.locator("tbody tr").count() == 1 + len(TEAM)
    assert "auditeur@demo.hotel" not in page.locator("main").inner_text()
    page.goto("/journal?action=role")
    assert page.locator("tbody tr").count() == 1 + len(TEAM)
    return password


def sign_in_first(page, email, password):
    """Sign in with a password that was handed over, and choose one's own."""
    page.goto("/connexion")
    page.get_by_label("Adresse courriel").fill(email)
    page.get_by_label("Mot de passe").fill(password)
    page.get_by_role("button", name="Se connecter").click()
    expect(page.get_by_role("heading", name="Choisir un mot de passe")).to_be_visible()
    page.get_by_label("Mot de passe actuel").fill(password)
    page.get_by_label("Nouveau mot de passe").fill("la phrase de Farid")
    page.get_by_label("Le même, encore une fois").fill("la phrase de Farid")
    page.get_by_role("button", name="Changer le mot de passe").click()
    expect(page.get_by_role("heading", name="Farid Haddad")).to_be_visible()


def test_the_whole_work_of_the_administrator(house, posts, browser):
    """A hotel, six people, rates that change tomorrow, a tolerance, a terminal; a closed night unmoved by all of it."""
    close_golden_night(posts())
    controller = posts(CONTROLLER)
    before = controller.api("GET", DAY)["tabs"]
    page = posts(ADMIN, base_url=house.url).page
    govern(house, page)
    create_hotel(page)
    password = add_people(page)
    context = browser.new_context(base_url=house.url, locale="fr-CA")
    sign_in_first(context.new_page(), TEAM[-1][0], password)
    context.close()
    assert controller.api("GET", DAY)["tabs"] == before
