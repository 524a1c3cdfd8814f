"""The golden night, typed by keyboard alone in an empty hotel: the workbook's figures, then submitted and locked."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from playwright.sync_api import expect

from database import properties
from database.journal import Actor
from database.transaction import write
from tests.applications import PASSWORD
from tests.e2e.mains import ORDER, Keyboard, first_keys
from tests.e2e.postes import AUDITOR, CONTROLLER, Post, cell, ready, status
from utils import dates, french
from utils.presentation.words import choice_label, figure
from utils.rj.catalogue import FIELDS, TABS
from utils.rj.declaration import CHOICE, MONEY
from utils.rj.night_file import read_night
from utils.rj.summary import check_results

pytestmark = pytest.mark.e2e

GOLDEN = json.loads((Path(__file__).parents[1] / "fixtures/nuits/complet-2025-12-23.json").read_text("utf-8"))
DAY = GOLDEN["audit_date"]
NO_DISCOVER = {"transelect.transelect_restaurant.discover.terminals.bar_a": "0.00"}
"""Typed besides the workbook’s figures: a nought at a terminal of the bar."""


@pytest.fixture(scope="module")
def hotel(house):
    """A hotel whose nights wait for accounting to be locked."""
    with house.app.app_context(), write() as connection:
        found = properties.property_by_code(connection, "DEMO")
        properties.write_settings(
            connection, found.id, date(2024, 12, 1), {"verrouillage_auto": False}, Actor(None, "essai"), dates.now()
        )
    return house


def french_text(value):
    """A typed text of a JSON value: what the auditor reads on her papers."""
    return str(value).replace(".", ",")


def cells_of(tab, values, prefix=""):
    """Simple cells of a tab of the night file, by name; lists apart."""
    for key, value in values.items():
        if isinstance(value, dict):
            yield from cells_of(tab, value, f"{prefix}{key}.")
        elif not isinstance(value, list):
            yield f"{tab}.{prefix}{key}", value


def lists_of(tab, values, prefix=""):
    """Lists of a tab of the night file, by name."""
    for key, value in values.items():
        if isinstance(value, dict):
            yield from lists_of(tab, value, f"{prefix}{key}.")
        elif isinstance(value, list):
            yield f"{tab}.{prefix}{key}", value


@pytest.mark.long(reason="a minute of typing")
def test_the_golden_night_by_keyboard_alone(hotel, browser):
    context = browser.new_context(locale="fr-CA", viewport={"width": 1440, "height": 900})
    context.set_default_timeout(20000)
    post = Post(hotel, context, AUDITOR)
    page = post.page
    hands = Keyboard(page)
    hands.sign_in(f"{hotel.url}/rj/native/{DAY}", AUDITOR, PASSWORD)
    take_over(hands)
    tab_by_tab(hands)
    expect(status(page)).to_contain_text("Enregistré à")
    assert lost(post) == {}
    shown = everything_shown(post)
    night = read_night(GOLDEN)
    compare(shown)
    honest(post, night)
    submit(hands, post)
    lock(browser, hotel)
    total = sum(hands.keys.values())
    print(f"{hands.fields} champs tapés, {total} touches : {dict(hands.keys)}")  # noqa: T201
    assert post.complaints == []
    context.close()


def lost(post):
    """Where the server holds something else than what was typed: what was, and what stands there."""
    tabs, found = post.api("GET", DAY)["tabs"], {}
    for tab, given in GOLDEN["tabs"].items():
        held = dict(cells_of(tab, tabs[tab]["values"]))
        asked = dict(cells_of(tab, given)) | (NO_DISCOVER if tab == "transelect" else {})
        names = held.keys() | asked.keys()
        found |= {name: (asked.get(name), held.get(name)) for name in names if held.get(name) != asked.get(name)}
        lists = {name: [without_id(line) for line in lines] for name, lines in lists_of(tab, tabs[tab]["values"])}
        found |= {
            name: (lines, lists.get(name)) for name, lines in lists_of(tab, given) if lists.get(name, []) != lines
        }
    return found


def without_id(line):
    """A line as the night file has it; an amount of a plain list as it is."""
    return {key: value for key, value in line.items() if key != "id"} if isinstance(line, dict) else line


def take_over(hands):
    """The *reprise*: what the workbook said the night before."""
    page = hands.page
    for name, value in cells_of("", GOLDEN["previous"]):
        field = page.locator(f'[name$="{name.removeprefix(".")}"]')
        hands.tab_to(f'[name="{field.get_attribute("name")}"]')
        hands.type(french_text(value))
        hands.fields += 1
    hands.tab_to("form.reprise button[type=submit]")
    hands.press("Enter")
    page.wait_for_url(f"**/{DAY}/controle")
    ready(page)


def tab_by_tab(hands):
    """Each sheet in the order of the paper."""
    page = hands.page
    for position, tab in enumerate(TABS):
        if position:
            hands.press("Alt+PageDown")
            page.wait_for_url(f"**/{tab.key}")
            ready(page)
        fill(hands, tab.key, GOLDEN["tabs"].get(tab.key, {}))
        expect(status(page)).not_to_contain_text("Enregistrement")
        assert page.locator("[data-note=avis]").all_inner_texts() == []


def fill(hands, tab, values):
    """Lists first or cells first, as the page has them."""
    page = hands.page
    if tab == "transelect":
        values = {**values, "transelect_restaurant": dict(values["transelect_restaurant"])}
        discover = {**values["transelect_restaurant"]["discover"], "terminals": {"bar_a": "0.00"}}
        values["transelect_restaurant"]["discover"] = discover
    if page.locator("[data-colonnes]").count():
        hands.tab_to("[data-colonnes]")
        hands.press("Space")
    order = page.eval_on_selector_all("[data-case], [data-ajouter]", ORDER)
    steps = [(order.index(name), name, value) for name, value in cells_of(tab, values)]
    steps += [(order.index(name), name, value) for name, value in lists_of(tab, values)]
    for _, name, value in sorted(steps, key=lambda step: step[0]):
        if not isinstance(value, list):
            hands.enter(name, french_text(value))
        elif value and isinstance(value[0], dict):
            add_lines(hands, name, value)
        else:
            hands.add_amounts(name, map(french_text, value))
    hands.press("Tab")


def add_lines(hands, name, lines):
    """Line after line, by the button that adds one."""
    page = hands.page
    columns = {column.key: column.kind for column in FIELDS[name].columns}
    for line in lines:
        row = hands.add_line(name)
        for key in (key for key in columns if key in line):
            hands.go_to(f"{name}.{row}.{key}")
            chosen = columns[key] == CHOICE and choice_label(name.partition(".")[0], line[key])
            hands.type(first_keys(chosen) if chosen else french_text(line[key]))
            hands.fields += 1
    page.keyboard.press("Tab")


SHOWN = """(places) => places.filter((place) => !place.closest("[data-suite]")).map((place) => {
  const [line, name] = [place.closest("[data-ligne]"), place.dataset.chiffre ?? place.dataset.case];
  if (!line) return [name, place.value];
  const lines = [...line.parentElement.querySelectorAll("[data-ligne]")];
  return [name.replace(`.${line.dataset.ligne}.`, `[${lines.indexOf(line)}].`), place.value];
})"""


def everything_shown(post):
    """Every figure that the fourteen pages show, by name; one shown twice says the same twice."""
    shown = {}
    for tab in TABS:
        page = post.go(DAY, tab.key)
        for name, text in page.eval_on_selector_all("[data-chiffre], [data-case]", SHOWN):
            assert shown.setdefault(name, text) == text, name
    return shown


def expected_figures():
    """The workbook's figures, by name."""
    for tab, values in GOLDEN["expected"].items():
        if tab != "next":
            yield from cells_of(tab, values)
            for name, lines in lists_of(tab, values):
                for position, line in enumerate(lines):
                    yield from ((f"{name}[{position}].{key}", value) for key, value in line.items())


def compare(shown):
    """Each of the workbook's figures stands on a page, to the cent."""
    expected = {name: figure_text(name, value) for name, value in expected_figures()}
    assert {name: shown.get(name) for name in expected} == expected
    print(f"{len(expected)} chiffres du classeur montrés")  # noqa: T201


def figure_text(name, value):
    """The French text of a figure of the workbook."""
    if isinstance(value, int):
        return french.number(value, 0)
    field = FIELDS.get(name) or FIELDS.get(name.rpartition(".")[0])
    return figure(field.kind if field and not field.items else MONEY, Decimal(value))


def honest(post, night):
    """The Sommaire says of each check what the domain says of the night file."""
    page = post.go(DAY, "sommaire")
    rows = page.locator("table.checks tbody tr:not(.group)").all_inner_texts()
    results = check_results(night)
    assert len(rows) == len(results) == 35
    words = {
        "ok": "réussi",
        "na": "sans objet",
        "info": "information",
        "avertissement": "avertissement",
        "bloquant": "bloquant",
    }
    for result in results:
        label = result.check.label.replace("'", "’")
        row = next(row for row in rows if row.startswith(label))
        assert words[result.status] in row, row


def submit(hands, post):
    """Answer what is asked, submit."""
    page = hands.page
    hands.press("Tab")
    for asked in page.eval_on_selector_all("textarea[data-motif]", "all => all.map((one) => one.dataset.motif)"):
        hands.tab_to(f'textarea[data-motif="{asked}"]')
        hands.type("vérifié au papier")
        hands.fields += 1
    hands.tab_to("[data-action=soumettre]")
    hands.press("Enter")
    expect(page.locator("[data-etat-nuit]")).to_have_text("Soumise")
    post.go(DAY, "recap")
    expect(cell(page, "recap.cash_ls_lecture")).to_have_attribute("readonly", "")


def lock(browser, hotel):
    """The controller locks it, by keyboard too."""
    context = browser.new_context(locale="fr-CA", viewport={"width": 1440, "height": 900})
    post = Post(hotel, context, CONTROLLER).sign_in()
    page = post.go(DAY, "sommaire")
    hands = Keyboard(page)
    hands.tab_to("[data-action=verrouiller]")
    hands.press("Enter")
    expect(page.locator("[data-etat-nuit]")).to_have_text("Verrouillée")
    assert post.api("GET", DAY)["etat"] == "locked"
    assert post.complaints == []
    context.close()
