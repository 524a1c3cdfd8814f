"""The administrator's pages in a real browser: readable by everybody, in French, and a whole morning's work."""

import re
from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from database import properties
from database.transaction import read
from tests.e2e.postes import CONTROLLER
from utils import dates
from utils.actions.settings.fields import SECTIONS

pytestmark = pytest.mark.e2e

ADMIN = "admin@demo.hotel"
PAGES = (
    *("/utilisateurs", "/utilisateurs/1", "/utilisateurs/personnel", "/profil", "/profil/mot-de-passe"),
    *("/profil/second-facteur", "/hotels", "/journal", "/parametres"),
    *(f"/parametres/{section.key}" for section in SECTIONS),
)
ENGLISH = re.compile(
    r"\b(the|and|password|submit|save|settings?|users?|error|delete|search|name|log ?in|date from)\b", re.I
)
SIZES = {"large": {"width": 1440, "height": 900}, "telephone": {"width": 390, "height": 844}}
TEAM = (
    ("ana@laval.ca", "Ana Roy", "night_auditor"),
    ("benoit@laval.ca", "Benoît Côté", "front_desk_supervisor"),
    ("chloe@laval.ca", "Chloé Gagnon", "accounting"),
    ("denis@laval.ca", "Denis Fortin", "controller"),
    ("elise@laval.ca", "Élise Morin", "gsm"),
    ("farid@laval.ca", "Farid Haddad", "gm"),
)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_every_page_is_readable_by_everybody_and_in_french(house, posts, size, theme):
    post = posts(ADMIN, viewport=SIZES[size])
    post.context.add_cookies([{"name": "theme", "value": theme, "url": house.url}])
    found = {}
    for path in PAGES:
        post.page.goto(house.url + path)
        assert post.page.locator("html").get_attribute("data-theme") == theme
        assert post.page.locator("html").get_attribute("lang") == "fr-CA"
        wide = post.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        violations = [
            f"{one['id']} : {one['nodes'][0]['html'][:150]}" for one in Axe().run(post.page).response["violations"]
        ]
        words = ENGLISH.findall(post.page.locator("main").inner_text())
        if wide > 0 or violations or words:
            found[path] = (wide, violations, words)
    assert found == {}


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_so_is_what_two_shifts_share(house, posts, size, theme):
    post = posts(viewport=SIZES[size])
    post.context.add_cookies([{"name": "theme", "value": theme, "url": house.url}])
    day = post.open_night()
    line = {"name": "Jo", "currency": "CDN", "amount": "100.00", "verified": "90.00", "note": "recompté"}
    post.api("PATCH", f"{day}/sd", {"version": post.api("GET", day)["version"], "values": {"sd_entries": [line]}})
    page = post.go(day, "sd")
    expect(page.locator("#partage")).to_have_attribute("open", "")
    expect(page.locator("#partage")).to_contain_text("attend la signature de la supervision")
    page.get_by_label("Note pour la relève suivante").fill("Coffre bloqué")
    page.get_by_role("button", name="Laisser la note").click()
    expect(page.locator("#partage")).to_contain_text("Coffre bloqué")
    page.get_by_label("Enveloppes comptées").fill("12")
    page.get_by_label("Témoin").fill("Ana")
    page.get_by_role("button", name="Inscrire le compte").click()
    expect(page.locator("#partage")).to_contain_text("12 enveloppes, Auditeur de démonstration devant Ana")
    assert [one["id"] for one in Axe().run(page, "#partage").response["violations"]] == []
    supervisor = posts(CONTROLLER)
    page = supervisor.go(day, "sd")
    expect(page.locator("[data-presents]")).to_have_text("Aussi sur cette nuit : Auditeur de démonstration")
    page.get_by_role("button", name="Signer l’écart de Jo").click()
    expect(page.locator("#partage > summary")).to_be_visible()
    page.locator("#partage > summary").click()
    expect(page.locator("#partage")).to_contain_text("signé par Contrôleur de démonstration")


def test_a_desk_left_alone_locks_and_the_same_person_comes_back(house, posts):
    post = posts()
    post.sign_in_again()
    day = post.open_night()
    page = post.another()
    page.clock.install()
    post.go(day, "recap", page)
    page.clock.fast_forward("20:00")
    page.keyboard.press("Shift")
    page.clock.fast_forward("20:00")
    assert page.url.endswith("/recap")
    page.clock.fast_forward("31:00")
    expect(page.get_by_role("heading", name="Poste verrouillé")).to_be_visible()
    assert Axe().run(page).response["violations"] == []
    page.get_by_label("Mot de passe").fill("demo-RJ-2026")
    page.get_by_role("button", name="Reprendre").click()
    expect(page).to_have_url(f"{house.url}/rj/native/{day}/recap")


def settings(house, code, day):
    """The settings of a hotel on a date."""
    with house.app.app_context(), read() as connection:
        hotel = properties.property_by_code(connection, code)
        return properties.settings_document(connection, hotel.id, day).values


def closed_night(post, controller):
    """A night submitted and locked: the golden one, through the API; what the API says of it."""
    from tests.routes.test_api_nuit import DAY, GOLDEN, TABS  # noqa: PLC0415 - the golden night, read for this alone

    post.api("POST", DAY)
    version = post.api("PUT", f"{DAY}/reprise", GOLDEN["previous"])["version"]
    for tab in TABS:
        version = post.api("PATCH", f"{DAY}/{tab}", {"version": version, "values": GOLDEN["tabs"][tab]})["version"]
    said = post.api("GET", f"{DAY}/sommaire")
    assert said
    motifs = dict.fromkeys(asked_of(post, DAY), "vérifié au papier")
    assert post.api("POST", f"{DAY}/soumettre", {"motifs": motifs})["etat"] == "locked"
    return lambda: controller.api("GET", DAY)["tabs"]


def asked_of(post, day):
    """The motifs that a submission asks for."""
    page = post.context.request.get(f"{post.house.url}/connexion").text()
    token = re.search(r'name="csrf-token" content="([^"]+)"', page)[1]
    headers = {"X-CSRFToken": token, "X-Hotel": "DEMO"}
    address = f"{post.house.url}/api/rj/native/session/{day}/soumettre"
    refused = post.context.request.post(address, data={"motifs": {}}, headers=headers)
    return [one["chemin"].removeprefix("motifs.") for one in refused.json()["erreurs"]]


def change(page, house, section, fields, day):
    """Type over some fields of a section from a date, and keep them."""
    page.goto(f"{house.url}/parametres/{section}?des_le={day}")
    for label, text in fields.items():
        page.get_by_label(label, exact=True).fill(text)
    page.get_by_role("button", name="Garder ces réglages").click()
    expect(page.get_by_role("status")).to_contain_text(f"C’est gardé à partir du {day}")


def test_the_whole_work_of_the_administrator(house, posts):
    """A hotel, six people, rates that change tomorrow, a tolerance, a terminal; a closed night unmoved by all of it."""
    night = closed_night(posts(), posts(CONTROLLER))
    before = night()
    admin = posts(ADMIN)
    page = admin.page
    today = dates.local(dates.now(), "America/Toronto").date()
    tomorrow = today + timedelta(days=1)

    change(page, house, "taux", {"TPS": "6", "Escompte Visa, RJ": "1,85"}, tomorrow.isoformat())
    change(page, house, "controles", {"Tolérance : Balance du Recap": "0,05"}, tomorrow.isoformat())
    page.goto(f"{house.url}/parametres/terminaux?des_le={tomorrow.isoformat()}")
    page.get_by_label("Identifiant, terminal 21").fill("patio")
    page.get_by_label("Nom, terminal 21").fill("Patio")
    page.get_by_role("button", name="Garder ces réglages").click()
    expect(page.get_by_role("status")).to_contain_text("C’est gardé")
    kept = settings(house, "DEMO", tomorrow)
    assert kept["rates"] == {"tps": "6", "rj": {"visa": "1.85"}}
    assert kept["tolerances"] == {"recap": "0.05"}
    assert kept["terminals"][-1]["id"] == "patio"
    assert settings(house, "DEMO", today).keys() == {"rooms"}

    page.goto(f"{house.url}/hotels")
    for label, text in {"Code": "LAVAL", "Nom": "Hôtel de Laval", "Nombre de chambres": "120"}.items():
        page.get_by_label(label, exact=True).fill(text)
    page.get_by_label("Date de la première nuit").fill("2025-01-01")
    page.get_by_role("button", name="Créer l’hôtel").click()
    expect(page.get_by_role("status")).to_contain_text("L’hôtel LAVAL est créé")
    page.get_by_role("button", name="Y travailler LAVAL").click()
    for email, name, role in TEAM:
        page.goto(f"{house.url}/utilisateurs")
        page.get_by_label("Adresse courriel").fill(email)
        page.get_by_label("Nom", exact=True).fill(name)
        page.get_by_label("Rôle").select_option(role)
        page.get_by_role("button", name="Créer le compte").click()
        expect(page.locator("[data-secret]")).to_have_text(re.compile(r"(\w{4}-){3}\w{4}"))
    password = page.locator("[data-secret]").inner_text()
    page.goto(f"{house.url}/utilisateurs")
    assert page.locator("tbody tr").count() == 1 + len(TEAM)
    assert "auditeur@demo.hotel" not in page.locator("main").inner_text()
    page.goto(f"{house.url}/journal?action=role")
    assert page.locator("tbody tr").count() == 1 + len(TEAM)

    farid = admin.page.context.browser.new_context(base_url=house.url, locale="fr-CA").new_page()
    farid.goto("/connexion")
    farid.get_by_label("Adresse courriel").fill(TEAM[-1][0])
    farid.get_by_label("Mot de passe").fill(password)
    farid.get_by_role("button", name="Se connecter").click()
    expect(farid.get_by_role("heading", name="Choisir un mot de passe")).to_be_visible()
    farid.get_by_label("Mot de passe actuel").fill(password)
    farid.get_by_label("Nouveau mot de passe").fill("la phrase de Farid")
    farid.get_by_label("Le même, encore une fois").fill("la phrase de Farid")
    farid.get_by_role("button", name="Changer le mot de passe").click()
    expect(farid.get_by_role("heading", name="Farid Haddad")).to_be_visible()
    farid.context.close()

    assert night() == before, "the closed night has not moved"
