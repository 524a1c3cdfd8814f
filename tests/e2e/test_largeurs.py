"""Every page on each screen, in each theme: readable, in its width, its first figure or first control in view."""

from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from tests.applications import Browser
from tests.e2e.postes import AUDITOR, PATIENCE, House, Post, violations
from tests.pages import KEYS, NIGHT, auditor, type_night
from utils.actions.demonstration.fill_nights import fill_nights
from utils.actions.settings.fields import SECTIONS

pytestmark = pytest.mark.e2e

ADMIN, DIRECTOR = "admin@demo.hotel", "directeur@demo.hotel"
LIVED, CLOSED = "2026-03-27", 2
"""The day on which the others are looked at, and the nights closed before it: synced, told, sent."""

SCREENS = {
    "1440": {"width": 1440, "height": 900},
    "1920": {"width": 1920, "height": 1000},
    "telephone": {"width": 390, "height": 844},
    "etroit": {"width": 320, "height": 568},
    "deux-fois": {"width": 720, "height": 450},
}
"""The screens, in CSS pixels: the last is one of 1440 by 900 at 200 %."""

TABS = tuple(f"{NIGHT}/{key}" for key in KEYS)
PAGES = (*TABS, "/", "/historique?mois=2025-12", "/historique")
OTHERS = (
    *("/lightspeed/", "/lightspeed/?jour=2026-03-26", "/lightspeed/historique", "/lightspeed/historique/2026-03-26"),
    *("/notifications", "/notifications/reglages", "/notifications/bilan", "/notifications/budgets"),
    *("/marsha?jour=2026-03-26", "/utilisateurs", "/utilisateurs/1", "/utilisateurs/personnel", "/hotels"),
    *("/parametres", *(f"/parametres/{section.key}" for section in SECTIONS), "/automatismes", "/journal", "/importer"),
    *("/profil", "/profil/mot-de-passe", "/profil/second-facteur"),
)
SETTINGS_OF_NOTICES = {"1440": 900, "telephone": 2000}
"""How high the settings of notices may be at most, in CSS pixels."""

MOST_ABOVE = 101
"""What menu and band may take of a phone before the tab: 100 pixels, and the rule under them."""

FIRST = """() => {
  const cells = document.querySelectorAll('main .ledger :is(td.in, td.calc, td.num)');
  const seen = [...cells].find(one => one.checkVisibility());
  return seen ? Math.round(seen.getBoundingClientRect().bottom) : 0;
}"""
CONTROL = """() => {
  const all = 'td, output, dd, .qr, input:not([type=hidden]), select, textarea, button, summary, a';
  const seen = [...document.querySelectorAll(all.split(', ').map(one => `main ${one}`).join())]
    .find(one => one.checkVisibility() && one.getBoundingClientRect().height > 1);
  return seen ? Math.round(seen.getBoundingClientRect().bottom) : 0;
}"""
ABOVE = "() => Math.round(document.querySelector('.rail').getBoundingClientRect().top)"
SIZE = "() => [document.documentElement.scrollHeight, document.documentElement.scrollWidth, innerWidth]"
TALL = frozenset({"controle", "dueback", "sommaire"})
"""Tabs that open on words, on a list without lines, or on what asks for a reason: no figure has to be seen first."""

DAILY = (("1920", "light"), ("etroit", "light"))


def screens():
    """Each screen in each theme, then with the colours that a person imposes; a few pages of two of them daily."""
    for name, theme in DAILY:
        yield pytest.param((name, theme, True), id=f"{name}-{theme}-quelques-pages")
    for name in SCREENS:
        for theme in ("light", "dark", "forced"):
            long = pytest.mark.long(reason="the same pages on every screen")
            yield pytest.param((name, theme, False), id=f"{name}-{theme}", marks=long)


@pytest.fixture(scope="module")
def golden_house(house):
    """The house with the golden night in its book."""
    house.app.test_client_class = Browser
    type_night(auditor(house.app))
    return house


@pytest.fixture(scope="module")
def lived_house(sqlite_template, tmp_path_factory):
    """A house with nights behind it: synchronised, submitted, told to people."""
    house = House(sqlite_template, tmp_path_factory.mktemp("vecue") / "instance")
    with house.app.app_context():
        assert fill_nights(datetime.fromisoformat(f"{LIVED}T20:00").replace(tzinfo=UTC), CLOSED) == CLOSED
    yield house
    house.stop()


@dataclass
class Screen:
    """A screen in a theme, before which somebody sits."""

    browser: object
    name: str
    theme: str
    daily: bool
    """True for the sample: a few pages, without axe."""

    @contextmanager
    def post(self, house, email):
        """Somebody before this screen; a complaint of the console fails the test."""
        forced = "active" if self.theme == "forced" else "none"
        context = self.browser.new_context(
            viewport=SCREENS[self.name], locale="fr-CA", base_url=house.url, forced_colors=forced
        )
        context.set_default_timeout(PATIENCE)
        shown = "light" if self.theme == "forced" else self.theme
        context.add_cookies([{"name": "theme", "value": shown, "url": house.url}])
        post = Post(house, context, email).sign_in()
        yield post
        context.close()
        assert post.complaints == []

    def wrong(self, page, path):
        """Open a page; what axe finds, and whether it goes beyond the side; its height."""
        answer = page.goto(path)
        height, width, inner = page.evaluate(SIZE)
        found = [f"{path} répond {answer.status}"] if answer.status != 200 else []
        found += [f"{path} va à {width}"] if width > inner else []
        # what a person imposes replaces our colours: axe then judges colours that are not ours
        if self.theme != "forced" and not self.daily:
            found += [f"{path} {one}" for one in violations(page)]
        return found, height


@pytest.fixture(params=screens())
def screen(request, browser):
    """One screen, in one theme."""
    return Screen(browser, *request.param)


def told(screen, heights):
    """The heights are to be read beside those of before."""
    print(f"{screen.name}-{screen.theme} : " + ", ".join(f"{path} {height}" for path, height in heights.items()))  # noqa: T201


def test_every_page_on_every_screen(screen, golden_house):
    found, heights, high = [], {}, SCREENS[screen.name]["height"]
    with screen.post(golden_house, AUDITOR) as post:
        for path in PAGES[::3] if screen.daily else PAGES:
            wrong, heights[path] = screen.wrong(post.page, path)
            figures = path in TABS and path.rpartition("/")[2] not in TALL
            first = post.page.evaluate(FIRST if figures else CONTROL)
            found += wrong if 0 < first <= high else [*wrong, f"{path} commence à {first}"]
            if path in TABS and SCREENS[screen.name]["width"] <= 760 and post.page.evaluate(ABOVE) > MOST_ABOVE:
                found.append(f"{path} au-dessus : {post.page.evaluate(ABOVE)}")
    told(screen, heights)
    assert found == []


def test_so_is_every_other_page(screen, lived_house):
    found, heights = [], {}
    with screen.post(lived_house, ADMIN) as post:
        for path in OTHERS[::8] if screen.daily else OTHERS:
            wrong, heights[path] = screen.wrong(post.page, path)
            first = post.page.evaluate(CONTROL)
            found += wrong if 0 < first <= SCREENS[screen.name]["height"] else [*wrong, f"{path} commence à {first}"]
    told(screen, heights)
    assert found == []
    if screen.name in SETTINGS_OF_NOTICES:
        assert heights["/notifications/reglages"] <= SETTINGS_OF_NOTICES[screen.name]


def test_the_direction_s_home_on_every_screen(screen, golden_house):
    with screen.post(golden_house, DIRECTOR) as post:
        wrong, height = screen.wrong(post.page, "/")
    told(screen, {"direction": height})
    assert wrong == []
    if screen.name == "telephone":
        assert height <= SCREENS["telephone"]["height"], "the morning is one screen of a phone"


@pytest.mark.parametrize("name", ["1920", "telephone"])
def test_the_margin_is_permanent_where_there_is_room(golden_house, browser, name):
    context = browser.new_context(viewport=SCREENS[name], locale="fr-CA", base_url=golden_house.url)
    context.set_default_timeout(PATIENCE)
    page = Post(golden_house, context, AUDITOR).sign_in().page
    page.goto(f"{NIGHT}/recap")
    page.wait_for_selector("html[data-pret]", state="attached")
    seven = page.locator("[data-sept]")
    assert seven.is_visible() is (name == "1920")
    if name == "1920":
        page.locator('[data-case="recap.cash_ls_lecture"]').focus()
        seven.get_by_role("heading").wait_for()
        assert "nuits d’avant" in seven.inner_text(), "the book has no night before this one"
        label = page.locator(".ledger.recap th[scope=row]").first.bounding_box()
        assert label["width"] <= 28 * 9, "the column of labels takes none of what is gained"
    context.close()
