"""The page of Lightspeed in a browser: configure, authorise at the simulator, test, synchronise, look back, cut."""

from dataclasses import replace

import pytest
from playwright.sync_api import expect

from tests.applications import demonstration
from tests.e2e.postes import AUDITOR, CONTROLLER, House, violations
from tests.utils.lightspeed.conftest import ACCOUNT, SECRET, simulator

pytestmark = pytest.mark.e2e

SHOWN = {"large": {"width": 1440, "height": 900}, "telephone": {"width": 390, "height": 844}}


class Connected(House):
    """The demonstration, told where its PMS is."""

    def __init__(self, template, instance, running):
        self.running = running
        super().__init__(template, instance)

    def start(self):
        """Serve, then come back to this very address from the authorization page."""
        super().start()
        address = f"{self.url}/api/lightspeed/callback"
        settings = demonstration(self.instance)
        told = replace(settings, lightspeed_base_url=self.running.address, lightspeed_redirect_uri=address)
        self.app.config["SETTINGS"] = told
        for client in self.running.inside.authority.clients.values():
            client.redirect_uri = address


@pytest.fixture
def house(sqlite_template, tmp_path):
    """The house of one test, in front of a simulator of its own."""
    with simulator() as running:
        house = Connected(sqlite_template, tmp_path / "instance", running)
        yield house
        house.stop()


@pytest.fixture
def at(posts, house):
    """Somebody before her browser, at the address of this house."""
    return lambda email, **options: posts(email, base_url=house.url, **options)


def button(page, name):
    return page.get_by_role("button", name=name, exact=True)


def configure(page, **given):
    """Fill the form and keep it."""
    if not page.locator("#configuration").evaluate("one => one.open"):
        page.locator("#configuration summary").click()
    values = {"account": ACCOUNT, "client_id": "rj", "client_secret": SECRET} | given
    for name, text in values.items():
        page.locator(f"#{name}").fill(text)
    button(page, "Enregistrer").click()


def connect(page):
    """Configure, then say yes on the page of the PMS."""
    page.goto("/lightspeed/")
    configure(page)
    button(page, "Autoriser l’accès").click()
    page.get_by_role("button", name="Autoriser").click()
    expect(page.get_by_text("L’hôtel est relié à Lightspeed.")).to_be_visible()


def test_a_controller_connects_the_hotel_and_follows_a_synchronisation(at, house):
    day = at(AUDITOR).open_night()
    page = at(CONTROLLER).page
    page.goto("/lightspeed/")
    assert violations(page) == []
    configure(page, account="pas un compte")
    expect(page.locator("#account-note")).to_contain_text("L’identifiant du compte")
    expect(page.locator("#account")).to_have_attribute("aria-invalid", "true")
    connect(page)
    assert SECRET not in page.content()
    button(page, "Tester la liaison").click()
    expect(page.get_by_text("Lightspeed répond : Hôtel simulé")).to_be_visible()
    expect(page.locator("[data-essai]")).to_contain_text("8 sur 8")
    page.goto(f"/lightspeed/?jour={day}")
    house.running.fault("latency", detail="250")
    seen = set()
    button(page, "Synchroniser").click()
    bar = page.locator("[data-avancement]")
    for _ in range(60):
        seen.add(int(bar.get_attribute("value") or 0) or int(bar.evaluate("one => one.value")))
        if page.get_by_text("chiffres écrits").count():
            break
        page.wait_for_timeout(100)
    expect(page.locator('[data-repere="recap"]')).to_have_text("synchronisé")
    assert len(seen - {0}) >= 3, f"the bar moved by {sorted(seen)}"
    expect(page.locator('[data-onglet="sonifi"]')).to_contain_text("à la main")
    assert violations(page) == []
    page.get_by_role("link", name="Trente nuits d’historique").click()
    history = page.locator(".trente")
    expect(history).to_contain_text(day)
    expect(history).to_contain_text("complète")
    expect(history).to_contain_text("Contrôleur de démonstration")
    assert violations(page) == []
    page.get_by_role("link", name=f"Demandes du {day}").click()
    expect(page.locator(".requetes").first).to_contain_text("/reports/Cashier")
    assert violations(page) == []
    page.goto("/lightspeed/")
    page.once("dialog", lambda dialog: dialog.accept())
    button(page, "Déconnecter").click()
    expect(page.get_by_text("ses chiffres sont fictifs, sans réseau")).to_be_visible()
    print(f"Avancement vu : {sorted(seen)}")  # noqa: T201 - a figure is told


def test_somebody_who_says_no_is_told_so(at):
    page = at(CONTROLLER).page
    page.goto("/lightspeed/")
    configure(page)
    button(page, "Autoriser l’accès").click()
    page.get_by_role("button", name="Refuser").click()
    expect(page.get_by_role("alert")).to_have_text("La liaison avec Lightspeed a été refusée.")


def test_the_auditor_synchronises_from_the_night_and_types_over(at, house):
    connect(at(CONTROLLER).page)
    auditor = at(AUDITOR)
    day = auditor.open_night()
    page = auditor.go(day, "recap")
    button(page, "Synchroniser").click()
    expect(page.locator('[data-case="cash_ls_lecture"], [data-case="recap.cash_ls_lecture"]')).not_to_have_value("")
    assert auditor.api("GET", f"{day}/recap")["origines"]["cash_ls_lecture"]["genre"] == "lightspeed"
    auditor.save(day, "recap", {"cash_ls_lecture": "1,00"})
    auditor.go(day, "recap")
    expect(page.get_by_text("Lightspeed rév. 1").first).to_be_visible()
    house.running.fault("status", detail="503")
    button(page, "Synchroniser").click()
    expect(page.locator("[data-reponse]").first).to_contain_text("Recommencer dans 1 min.")
    assert auditor.value(day, "recap.cash_ls_lecture") == "1.00"


def test_others_meet_a_clear_refusal(at):
    page = at("comptable@demo.hotel").page
    answer = page.goto("/lightspeed/")
    assert answer.status == 403
    expect(page.get_by_text("Votre rôle dans cet hôtel ne permet pas de faire cela.")).to_be_visible()


@pytest.mark.parametrize("size", SHOWN)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_page_fits_every_screen_in_both_themes(at, house, size, theme, tmp_path_factory):
    connect(at(CONTROLLER).page)
    day = at(AUDITOR).open_night()
    post = at(CONTROLLER, viewport=SHOWN[size])
    post.context.add_cookies([{"name": "theme", "value": theme, "url": house.url}])
    page = post.page
    page.goto(f"/lightspeed/?jour={day}")
    house.running.fault("html", report="NoShows")
    with page.expect_navigation():
        button(page, "Synchroniser").click()
    expect(page.get_by_text("en partie").first).to_be_visible()
    expect(page.get_by_text("Réponse inattendue de Lightspeed").first).to_be_visible()
    assert page.evaluate("document.documentElement.dataset.theme") == theme
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert violations(page) == []
    page.screenshot(path=tmp_path_factory.getbasetemp() / f"lightspeed-{size}-{theme}.png", full_page=True)
