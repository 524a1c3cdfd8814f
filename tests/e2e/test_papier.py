"""Paper: every column is on the sheet, nothing of the screen is, a long note is read whole, no sheet is wasted."""

import re

import pytest

from tests.applications import Browser
from tests.e2e.postes import Post
from tests.pages import NIGHT, auditor, type_night

pytestmark = pytest.mark.e2e
SHEETS = {"Letter": (8.5 * 96, 11 * 96), "A4": (210 / 25.4 * 96, 297 / 25.4 * 96)}
MARGINS = 2 * 12 / 25.4 * 96
SCREEN = (
    ".app, .pied, .skip, .commandes, .rail, .recherche, .gestes, button:not(.why), .btn, .title .right, dialog[open]"
)


def on_paper(page, address, sheet="Letter"):
    """The page as this sheet has it."""
    width, height = SHEETS[sheet]
    page.set_viewport_size({"width": int(width - MARGINS), "height": int(height - MARGINS)})
    page.emulate_media(media="print")
    page.goto(address)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")


def beyond(page):
    """What is past the right edge of the sheet, or cut inside its cell."""
    return page.evaluate(
        """() => {
          const edge = document.documentElement.clientWidth + 1;
          const seen = [...document.querySelectorAll("main *")].filter((one) => one.checkVisibility());
          const out = seen.filter((one) => one.getBoundingClientRect().right > edge);
          const cells = seen.filter((one) => one.matches("input, textarea, td, th"));
          const cut = cells.filter((one) => one.scrollWidth > one.clientWidth + 1);
          const said = (one) => `${one.tagName} ${one.className} ${(one.value ?? one.textContent).slice(0, 40)}`;
          return [...out, ...cut].map(said);
        }"""
    )


def sheets(page, sheet="Letter"):
    """How many sheets leave the printer."""
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", page.pdf(format=sheet)))


@pytest.fixture(scope="module")
def reader(house, browser):
    """The night auditor before the golden night, all its terminals in use."""
    house.app.test_client_class = Browser
    type_night(auditor(house.app))
    context = browser.new_context(locale="fr-CA", base_url=house.url)
    yield Post(house, context).sign_in().page
    context.close()


@pytest.mark.parametrize("sheet", SHEETS)
@pytest.mark.parametrize(
    "address", [f"{NIGHT}/imprimer", f"{NIGHT}/transelect", f"{NIGHT}/sd", "/journal", f"{NIGHT}/journal"]
)
def test_nothing_is_past_the_edge_of_the_sheet(reader, address, sheet):
    on_paper(reader, address, sheet)
    assert beyond(reader) == []


def test_transelect_has_its_20_terminals_and_its_totals(reader):
    on_paper(reader, f"{NIGHT}/transelect/imprimer")
    heads = [one.inner_text() for one in reader.locator("thead th[scope=col]").all() if one.is_visible()]
    wanted = [f"Banquet {n}" for n in range(1, 13)] + ["Total 1", "Total 2", "POSitouch", "Variance", "Net"]
    assert [one for one in wanted if one not in heads] == []
    totals = reader.locator("table.dense tr.final td.num:visible").all_inner_texts()
    assert len([one for one in totals if one.strip()]) >= 5 + 6 + 5


def test_the_journal_has_after_and_why(reader):
    on_paper(reader, "/journal")
    for name in ("Avant", "Après", "Pourquoi"):
        assert reader.get_by_role("columnheader", name=name).is_visible()


@pytest.mark.parametrize(
    "address",
    [
        f"{NIGHT}/recap/imprimer",
        f"{NIGHT}/recap",
        f"{NIGHT}/jour",
        "/journal",
        "/",
        "/aide",
        "/historique",
        "/notifications",
    ],
)
def test_nothing_of_the_screen_is_printed(reader, address):
    on_paper(reader, address)
    assert [one.evaluate("one => one.outerHTML") for one in reader.locator(SCREEN).all() if one.is_visible()] == []


@pytest.mark.parametrize("sheet", SHEETS)
def test_a_recap_is_one_sheet_and_a_night_wastes_none(reader, sheet):
    on_paper(reader, f"{NIGHT}/recap/imprimer", sheet)
    assert sheets(reader, sheet) == 1
    on_paper(reader, f"{NIGHT}/transelect/imprimer", sheet)
    assert sheets(reader, sheet) <= 2
    on_paper(reader, f"{NIGHT}/imprimer", sheet)
    assert sheets(reader, sheet) <= 16


def test_a_calculated_figure_is_told_without_its_tint(reader):
    on_paper(reader, f"{NIGHT}/recap/imprimer")
    styles = reader.locator("td.calc, td.num:not(.calc)").evaluate_all(
        "all => all.map(one => [one.matches('.calc'), getComputedStyle(one).fontStyle])"
    )
    assert {tuple(one) for one in styles} == {(True, "italic"), (False, "normal")}


def test_a_long_note_of_the_live_page_is_printed_whole(reader):
    """Ctrl+P on the page where one types."""
    reader.emulate_media(media="screen")
    reader.goto(f"{NIGHT}/controle")
    box = reader.locator(".ledger textarea").first
    said = "Une longue note de la nuit. " * 60
    box.evaluate("(one, said) => { one.value = said; dispatchEvent(new Event('beforeprint')); }", said)
    reader.emulate_media(media="print")
    written = reader.locator("textarea + [data-ecrit]").first
    assert written.inner_text().strip() == said.strip()
    assert not box.is_visible()
    reader.evaluate("dispatchEvent(new Event('afterprint'))")
    assert reader.locator("[data-ecrit]").count() == 0
