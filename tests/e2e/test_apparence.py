"""Every page in both themes, wide and narrow: readable by everybody, in its own width, with targets for a thumb."""

import pytest

from tests.applications import Browser
from tests.e2e.postes import AUDITOR, PATIENCE, Post, violations
from tests.pages import DAY, KEYS, NIGHT, auditor, type_night

pytestmark = pytest.mark.e2e

WIDE, NARROW = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
ZOOMED = {"width": 320, "height": 256}
"""A screen of 1280 by 1024 at 400 % (WCAG 2.1, 1.4.10)."""

OTHERS = (
    "/",
    "/historique?mois=2025-12",
    "/aide",
    f"{NIGHT}/journal",
    f"{NIGHT}/reprise",
    f"{NIGHT}/revisions",
    "/rj/native/2024-12-24",
)
PAPER = (f"{NIGHT}/recap/imprimer", f"{NIGHT}/transelect/imprimer", f"/papiers/{DAY}")
PMS = ("/lightspeed/", f"/lightspeed/?jour={DAY}", "/lightspeed/historique", f"/marsha?jour={DAY}")
PAGES = (*(f"{NIGHT}/{key}" for key in KEYS), *OTHERS, *PAPER, *PMS)
THUMB = 43
"""CSS pixels: 44 with the rule of its row."""

TARGETS = (
    *("button", "select", "summary", "input:not([type=hidden]):not([type=checkbox])"),
    *("nav a", ".btn", ".tasks a", ".cols a", ".calendrier a"),
)
SMALL = """([targets, least]) => [...document.querySelectorAll(targets)]
  .filter(one => one.checkVisibility() && !one.closest('.skip, [hidden], .partage'))
  .map(one => [one, one.getBoundingClientRect().height])
  .filter(([one, height]) => height < least)
  .map(([one, height]) => `${one.className} ${(one.textContent || one.name).trim().slice(0, 30)} ${height}`)"""
BEYOND = """() => [...document.querySelectorAll('body *')]
  .filter(one => one.checkVisibility() && !one.closest('.scroll') && one.getBoundingClientRect().right > innerWidth + 1)
  .map(one => `${one.tagName} ${one.className}`).slice(0, 8)"""
ROOM = """() => Math.min(...[...document.querySelectorAll('.strip a')].map(one => {
  const words = document.createRange();
  words.selectNodeContents(one);
  const seen = [...words.getClientRects()].filter(({ width }) => width);
  return one.getBoundingClientRect().right - Math.max(...seen.map(({ right }) => right));
}))"""
RING = """() => [...document.querySelectorAll('.sum :is(output, a)')].filter(one => one.checkVisibility()).map(one => {
  one.tabIndex = 0;
  one.focus({ focusVisible: true });
  return parseFloat(getComputedStyle(one).outlineOffset);
})"""
SHIFT = """() => new Promise(done => {
  let sum = 0;
  new PerformanceObserver(list => { for (const one of list.getEntries()) if (!one.hadRecentInput) sum += one.value; })
    .observe({ type: 'layout-shift', buffered: true });
  setTimeout(() => done(sum), 200);
})"""


@pytest.fixture(scope="module")
def golden_house(house):
    """The house with the golden night in its book."""
    house.app.test_client_class = Browser
    type_night(auditor(house.app))
    return house


DARK = pytest.mark.long(reason="the same pages over again: half a minute of axe")


def screens():
    """Each size in each theme."""
    for size in ("large", "telephone"):
        yield pytest.param((size, "light"), id=f"{size}-light")
        yield pytest.param((size, "dark"), id=f"{size}-dark", marks=DARK)


@pytest.fixture(scope="module", params=screens())
def reader(request, golden_house, browser):
    """The night auditor, on one screen and in one theme; a complaint of her console fails the tests that she made."""
    size, theme = request.param
    context = browser.new_context(
        viewport=WIDE if size == "large" else NARROW, locale="fr-CA", base_url=golden_house.url
    )
    context.set_default_timeout(PATIENCE)
    post = Post(golden_house, context, AUDITOR).sign_in()
    context.add_cookies([{"name": "theme", "value": theme, "url": golden_house.url}])
    post.narrow, post.theme = size == "telephone", theme
    yield post
    context.close()
    assert post.complaints == []
    assert [url for url in post.asked if not url.startswith((golden_house.url, "data:", "blob:"))] == []


def test_every_page_is_for_everybody(reader):
    page, found, wide, small = reader.page, [], [], []
    by_axe = PAGES[::3] if reader.narrow and reader.theme == "light" else PAGES  # the long run has them all on a phone
    for path in PAGES:
        page.goto(path)
        assert page.evaluate("document.documentElement.dataset.theme") == reader.theme
        found += [f"{path} {one}" for one in violations(page)] if path in by_axe else []
        wide += [path] if page.evaluate("document.documentElement.scrollWidth > window.innerWidth") else []
        small += [f"{path} {one}" for one in page.evaluate(SMALL, [", ".join(TARGETS), THUMB])] if reader.narrow else []
    print(f"{len(PAGES)} pages : {len(found)} manquements, {len(wide)} trop larges, {len(small)} cibles trop petites")  # noqa: T201
    assert found == []
    assert wide == []
    assert small == []


def test_at_four_hundred_percent_no_page_scrolls_sideways(golden_house, browser):
    context = browser.new_context(viewport=ZOOMED, locale="fr-CA", base_url=golden_house.url)
    page, wide = Post(golden_house, context, AUDITOR).sign_in().page, {}
    for path in (*(f"{NIGHT}/{key}" for key in KEYS), "/", "/historique?mois=2025-12"):
        page.goto(path)
        if (width := page.evaluate("document.documentElement.scrollWidth")) > ZOOMED["width"]:
            wide[path] = (width, page.evaluate(BEYOND))
    context.close()
    assert wide == {}


def test_nothing_moves_while_a_page_arrives(reader):
    for path in (f"{NIGHT}/recap", f"{NIGHT}/jour", f"{NIGHT}/transelect", "/"):
        reader.page.goto(path)
        assert reader.page.evaluate(SHIFT) < 0.02, path


def test_the_strip_stays_in_view_with_its_five_amounts(reader):
    page = reader.page
    page.goto(f"{NIGHT}/jour")
    page.evaluate("window.scrollTo(0, 1500)")
    amounts = page.locator("[data-bande] output")
    assert amounts.count() == 5
    assert page.evaluate(ROOM) >= 2, "no word touches the rule of its neighbour"
    width = page.evaluate("window.innerWidth")
    for place in (amounts.nth(position).bounding_box() for position in range(5)):
        assert place["y"] >= 0
        assert place["x"] >= 0
        assert place["x"] + place["width"] <= width


def test_the_focus_ring_of_the_margin_is_inside_its_figure(reader):
    reader.page.goto(f"{NIGHT}/jour")
    assert set(reader.page.evaluate(RING)) == {-2}


def test_a_page_opens_at_its_top_with_its_tab_in_view_on_the_rail(reader):
    page = reader.page
    page.goto(f"{NIGHT}/dbrs")
    page.wait_for_selector("html[data-pret]", state="attached")
    assert page.evaluate("window.scrollY") == 0
    stop = page.locator(".rail [aria-current]").bounding_box()
    assert 0 <= stop["x"] < page.viewport_size["width"]


def test_a_dense_grid_scrolls_in_itself_with_its_first_column_in_view(reader):
    page = reader.page
    page.goto(f"{NIGHT}/transelect")
    page.get_by_label("Montrer les 14 colonnes sans montant").check()
    region = page.locator(".scroll").first
    region.evaluate("one => one.scrollTo(400, 0)")
    assert region.evaluate("one => one.scrollLeft") > 100
    heading, frame = page.locator('th[scope="row"]', has_text="Visa").first.bounding_box(), region.bounding_box()
    assert frame["x"] <= heading["x"] < frame["x"] + 2
    assert page.evaluate("document.documentElement.scrollLeft") == 0


def test_columns_without_amount_are_shown_on_demand(reader):
    page = reader.page
    page.goto(f"{NIGHT}/transelect")
    heading = page.locator("th", has_text="Extra 1")
    assert not heading.is_visible()
    page.get_by_label("Montrer les 14 colonnes sans montant").check()
    assert heading.is_visible()
    page.goto(f"{NIGHT}/transelect/imprimer")
    page.emulate_media(media="print")
    assert page.locator("th", has_text="Extra 1").is_visible(), "the paper has every column"
    assert page.locator("body").evaluate("one => getComputedStyle(one).backgroundColor") == "rgb(255, 255, 255)"
    page.emulate_media(media="null")


def test_the_address_of_a_field_leads_to_it(reader):
    page = reader.page
    page.goto(f"/rj/native/{DAY}/jour#jour.jour_taxe_hebergement")
    box = page.locator('[id="jour.jour_taxe_hebergement"]').bounding_box()
    assert 0 < box["y"] < page.viewport_size["height"]
