"""A newcomer's night: she knows the page of the papers and nothing else, reads it, and types it by keyboard alone."""

import re
from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect

from tests.applications import PASSWORD
from tests.e2e.mains import ORDER, Keyboard, first_keys
from tests.e2e.papiers import keyed, named, open_night, read_papers
from tests.e2e.postes import AUDITOR, House, Post, ready, status
from utils.actions.demonstration.fill_nights import fill_nights

pytestmark = pytest.mark.e2e

CELL = """([row, heading]) => {
  const line = document.querySelector(`[data-ligne="${row}"]`);
  const heads = [...line.closest("table").tHead.rows[0].cells].map((one) => one.textContent.trim());
  const field = line.cells[heads.indexOf(heading)].querySelector("[data-case]");
  return [field.dataset.case, field.tagName];
}"""
FROM_PMS = re.compile("^L")
"""The mark of a figure that Lightspeed filled."""


@pytest.fixture
def hotel(sqlite_template, tmp_path):
    """A demonstration hotel that nobody has worked in yet."""
    house = House(sqlite_template, tmp_path / "instance")
    yield house
    house.stop()


@pytest.mark.long(reason="a minute of typing")
@pytest.mark.parametrize(
    ("day", "closed"),
    [
        pytest.param("2026-03-27", 2, id="après des nuits fermées"),
        pytest.param("2026-04-07", 1, id="onglets sans activité, chèques"),
        pytest.param("2026-04-24", 0, id="première nuit du livre"),
    ],
)
def test_the_papers_are_enough_for_the_whole_night(hotel, browser, day, closed):
    if closed:
        with hotel.app.app_context():
            assert fill_nights(datetime.fromisoformat(f"{day}T20:00").replace(tzinfo=UTC), closed) == closed
    context = browser.new_context(locale="fr-CA", viewport={"width": 1440, "height": 900})
    context.set_default_timeout(20000)
    post = Post(hotel, context, AUDITOR)
    hands = Keyboard(post.page)
    hands.sign_in(f"{hotel.url}/papiers/{day}", AUDITOR, PASSWORD)
    papers = read_papers(post.page)
    assert ("reprise" in papers) is not bool(closed)
    open_night(hands, day, papers.pop("reprise", None))
    synchronise(hands)
    tab_by_tab(hands, papers)
    submit(hands)
    judge(post.page)
    total = sum(hands.keys.values())
    print(f"{day} : {hands.fields} champs tapés, {total} touches : {dict(hands.keys)}")  # noqa: T201
    assert post.complaints == []
    context.close()


def synchronise(hands):
    """Ask Lightspeed."""
    page = hands.page
    hands.tab_to("[data-action=synchroniser]")
    with page.expect_navigation():
        hands.press("Enter")
    ready(page)


def tab_by_tab(hands, papers):
    """Each sheet in the order of the night; nothing is left on the desk."""
    page, left, synced = hands.page, dict(papers), []
    while True:
        tab = page.url.rpartition("/")[2]
        synced += [tab] if page.locator("[data-origine]", has_text=FROM_PMS).count() else []
        for entry in in_order(hands, left.pop(tab, ())):
            named(page, entry)
            fill(hands, entry)
        hands.press("Tab")
        expect(status(page)).not_to_contain_text("Enregistrement")
        assert page.locator("[data-note=avis]").all_inner_texts() == []
        if tab == "sommaire":
            break
        hands.press("Alt+PageDown")
        page.wait_for_url(lambda address, tab=tab: not address.endswith(f"/{tab}"))
        ready(page)
    assert left == {}
    assert synced == ["recap", "transelect", "geac", "jour", "dbrs"]


def in_order(hands, entries):
    """The entries of a page as they come under the Tab key, columns without amount being shown first."""
    page = hands.page
    if entries and page.locator("[data-colonnes]").count():
        hands.tab_to("[data-colonnes]")
        hands.press("Space")
    order = page.eval_on_selector_all("[data-case], [data-ajouter]", ORDER)
    return sorted(entries, key=lambda entry: order.index(entry["name"]))


def fill(hands, entry):
    """One figure, one box, one list of amounts or one list of lines."""
    page, name = hands.page, entry["name"]
    if "rows" not in entry:
        hands.go_to(name)
        if entry["text"] == "à cocher":
            hands.press("Space")
        else:
            choose(hands, entry["text"], hands.focused("document.activeElement.tagName"))
        hands.fields += 1
    elif page.locator(f'[data-suite="{name}"]').count():
        hands.add_amounts(name, [keyed(text) for (text,) in entry["rows"]])
    else:
        for texts in entry["rows"]:
            add_line(hands, entry, texts)


def choose(hands, text, tag):
    """Type a text, or the beginning of a choice."""
    hands.type(first_keys(text) if tag == "SELECT" else keyed(text))


def add_line(hands, entry, texts):
    """A line, column by column under the heading that the paper gives."""
    row = hands.add_line(entry["name"])
    for heading, text in zip(entry["heads"], texts, strict=True):
        if text:
            name, tag = hands.page.evaluate(CELL, [row, heading])
            hands.go_to(name)
            choose(hands, text, tag)
            hands.fields += 1
    hands.press("Tab")


def submit(hands):
    """Answer what is asked, submit."""
    page = hands.page
    for asked in page.eval_on_selector_all("textarea[data-motif]", "all => all.map((one) => one.dataset.motif)"):
        hands.tab_to(f'textarea[data-motif="{asked}"]')
        hands.type("vu au papier")
        hands.fields += 1
    hands.tab_to("[data-action=soumettre]")
    with page.expect_navigation():
        hands.press("Enter")
    ready(page)


def judge(page):
    """The night is closed, whole, and every check is satisfied."""
    expect(page.locator("[data-etat-nuit]")).to_have_text("Verrouillée")
    expect(page.locator("output[data-completude]")).to_have_text("14 sur 14")
    rows = page.locator("table.checks tbody tr:not(.group)").all_inner_texts()
    assert len(rows) == 35
    assert [row for row in rows if "réussi" not in row and "sans objet" not in row] == []
