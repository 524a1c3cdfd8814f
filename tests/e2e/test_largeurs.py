"""Every tab, home and history on each screen, in each theme: readable, in its width, its first figure in view."""

import pytest

from tests.applications import Browser
from tests.e2e.postes import AUDITOR, PATIENCE, Post, violations
from tests.pages import KEYS, NIGHT, auditor, type_night

pytestmark = pytest.mark.e2e

DIRECTOR = "directeur@demo.hotel"
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
MOST_ABOVE = 101
"""What menu and band may take of a phone before the tab: 100 pixels, and the rule under them."""

FIRST = """() => {
  const cells = document.querySelectorAll('main .ledger :is(td.in, td.calc, td.num)');
  const seen = [...cells].find(one => one.checkVisibility());
  return seen ? Math.round(seen.getBoundingClientRect().bottom) : 0;
}"""
ABOVE = "() => Math.round(document.querySelector('.rail').getBoundingClientRect().top)"
SIZE = "() => [document.documentElement.scrollHeight, document.documentElement.scrollWidth, innerWidth]"
TALL = frozenset({"controle", "dueback", "sommaire"})
"""Tabs that open on words, on a list without lines, or on what asks for a reason: no figure has to be seen first."""

DAILY = {("1920", "light"), ("etroit", "light")}


def screens():
    """Each screen in each theme, then with the colours that a person imposes; a sample daily."""
    for name in SCREENS:
        for theme in ("light", "dark", "forced"):
            long = pytest.mark.long(reason="the same pages on every screen")
            yield pytest.param((name, theme), id=f"{name}-{theme}", marks=[] if (name, theme) in DAILY else long)


@pytest.fixture(scope="module")
def golden_house(house):
    """The house with the golden night in its book."""
    house.app.test_client_class = Browser
    type_night(auditor(house.app))
    return house


@pytest.fixture(params=screens())
def screen(request, golden_house, browser):
    """A context on one screen, in one theme."""
    name, theme = request.param
    forced = "active" if theme == "forced" else "none"
    context = browser.new_context(
        viewport=SCREENS[name], locale="fr-CA", base_url=golden_house.url, forced_colors=forced
    )
    context.set_default_timeout(PATIENCE)
    shown = "light" if theme == "forced" else theme
    context.add_cookies([{"name": "theme", "value": shown, "url": golden_house.url}])
    yield context, name, theme, golden_house
    context.close()


def test_every_page_on_every_screen(screen, request):
    context, name, theme, house = screen
    daily = (name, theme) in DAILY
    post = Post(house, context, AUDITOR).sign_in()
    page, found, wide, hidden, heights = post.page, [], [], [], {}
    for path in PAGES[::3] if daily else PAGES:
        page.goto(path)
        # what a person imposes replaces our colours: axe then judges colours that are not ours
        found += [f"{path} {one}" for one in violations(page)] if theme != "forced" and not daily else []
        height, width, inner = page.evaluate(SIZE)
        heights[path] = height
        wide += [path] if width > inner else []
        first = page.evaluate(FIRST)
        if path in TABS and path.rpartition("/")[2] not in TALL and not 0 < first <= page.viewport_size["height"]:
            hidden.append((path, first))
        if path in TABS and SCREENS[name]["width"] <= 760 and page.evaluate(ABOVE) > MOST_ABOVE:
            hidden.append((path, "au-dessus", page.evaluate(ABOVE)))
    print(f"{request.node.callspec.id} : " + ", ".join(f"{path} {height}" for path, height in heights.items()))  # noqa: T201
    assert (found, wide, hidden, post.complaints) == ([], [], [], [])


def test_the_direction_s_home_is_one_screen(screen):
    context, name, theme, house = screen
    post = Post(house, context, DIRECTOR).sign_in()
    page = post.page
    page.goto("/")
    height, width, inner = page.evaluate(SIZE)
    print(f"{name}-{theme} : direction {height}")  # noqa: T201
    assert width <= inner
    if theme != "forced":
        assert violations(page) == []
    assert post.complaints == []


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
