"""Every page read as HTML: labels, identifiers, nothing inline, every figure of the night in its place."""

import json
import re
from collections import Counter
from decimal import Decimal
from itertools import pairwise

import pytest

from tests.architecture.source import ROOT
from tests.pages import DAY, KEYS, NIGHT, PAGES
from tests.utils.rj import golden
from utils.rj.catalogue import BY_KEY
from utils.rj.declaration import LINES

HIDDEN = ("text", "search", "hidden", "checkbox", "")
SHOWN_ELSEWHERE = {"transelect.transelect_terminals", "jour.jour_diff_caisse_paire"}


@pytest.mark.parametrize("path", PAGES)
def test_every_input_has_a_label(shown, path):
    page = shown[path]
    labelled = {element.attributes["for"] for element in page.all("label") if "for" in element.attributes}
    bare = [
        element.attributes
        for element in page.all("input", "select", "textarea")
        if element.attributes.get("type") != "hidden"
        and not element.attributes.get("aria-label")
        and element.attributes.get("id") not in labelled
        and not page.inside(element, "label")
    ]
    assert bare == []


@pytest.mark.parametrize("path", PAGES)
def test_an_identifier_is_given_once(shown, path):
    page = shown[path]
    ids = Counter(
        element.attributes["id"] for element in page.with_attribute("id") if not page.inside(element, "template")
    )
    assert [name for name, times in ids.items() if times > 1] == []


def test_every_output_of_the_templates_is_silent():
    outputs = [
        tag
        for file in sorted((ROOT / "templates").rglob("*.html"))
        for tag in re.findall(r"<output\b[^>]*", file.read_text(encoding="utf-8"))
    ]
    assert len(outputs) > 5
    assert [tag for tag in outputs if 'aria-live="off"' not in tag] == []


def test_one_place_alone_announces(shown):
    assert {len(page.with_attribute("data-annonce")) for page in shown.values()} == {1}


def test_every_page_says_what_it_is_to_whoever_searches(shown):
    said = {
        path: next(e.attributes["content"] for e in page.all("meta") if e.attributes.get("name") == "description")
        for path, page in shown.items()
    }
    assert [
        path for path, words in said.items() if not words.endswith(" : RJ Natif, l’audit de nuit de l’hôtel.")
    ] == []
    assert {path for path, words in said.items() if words.startswith(" ") or "<" in words} == set()
    assert len({said[f"{NIGHT}/{key}"] for key in KEYS}) == len(KEYS)


def test_each_sheet_of_paper_has_its_hotel_and_its_date(shown):
    page = shown[f"{NIGHT}/imprimer"]
    heads = [e for e in page.all("span") if [one.name for one in e.path[-2:]] == ["article", "h2"]]
    assert len(heads) == len(KEYS)
    [head] = {" ".join(e.text.split()) for e in heads}
    assert head == f"Nuit du {DAY}, révision 0, en cours, Hôtel de démonstration (DEMO), démonstration"
    sheet = (ROOT / "static/css/impression.css").read_text(encoding="utf-8")
    assert ".feuille-papier > h2 { display: table-header-group;" in sheet  # what a browser repeats on each sheet


def test_the_help_lists_the_keys_that_excel_has(shown):
    keys = {e.text for e in shown["/aide"].all("kbd")}
    assert {"F2", "Ctrl + S", "Ctrl + Y", "Ctrl + Z"} <= keys


@pytest.mark.parametrize("path", PAGES)
def test_nothing_is_inline_and_nothing_comes_from_elsewhere(shown, path):
    page = shown[path]
    assert [
        e for e in page.elements if "style" in e.attributes or any(name.startswith("on") for name in e.attributes)
    ] == []
    scripts = [element.attributes for element in page.all("script")]
    assert [one for one in scripts if "src" not in one and one.get("type") != "application/json"] == []
    addresses = [
        e.attributes[name] for e in page.elements for name in ("src", "href", "action") if name in e.attributes
    ]
    assert [one for one in addresses if "//" in one] == []


@pytest.mark.parametrize("path", PAGES)
def test_headings_go_down_one_step_at_a_time(shown, path):
    levels = [int(element.name[1]) for element in shown[path].all("h1", "h2", "h3", "h4")]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("key", KEYS[:-1])
def test_every_field_of_a_tab_has_its_place(shown, key):
    page = shown[f"{NIGHT}/{key}"]
    known = {
        element.attributes.get(name)
        for element in page.elements
        for name in ("data-case", "data-chiffre", "data-liste", "data-suite", "data-ligne-neuve")
    }
    prefixes = {name.rpartition(".")[0] for name in known if name}
    wanted = {f"{key}.{field.key}" for field in BY_KEY[key]} - SHOWN_ELSEWHERE
    assert sorted(wanted - known - prefixes) == []


@pytest.mark.parametrize("key", KEYS[:-1])
def test_every_column_of_a_list_can_be_filled(shown, key):
    page = shown[f"{NIGHT}/{key}"]
    cases = {e.attributes.get("data-case") or e.attributes.get("data-chiffre") for e in page.elements}
    for field in BY_KEY[key]:
        if field.kind == LINES and f"{key}.{field.key}" not in SHOWN_ELSEWHERE:
            assert {f"{key}.{field.key}.__id__.{column.key}" for column in field.columns} <= cases


def figures_of(page):
    """The JSON value that each case and each figure of a page carries, by its name."""
    return {
        element.attributes.get("data-case") or element.attributes.get("data-chiffre"): element.attributes["data-valeur"]
        for element in page.elements
        if "data-valeur" in element.attributes and not {"data-case", "data-chiffre"}.isdisjoint(element.attributes)
    }


def test_every_figure_of_the_workbook_is_shown_to_the_cent(shown):
    expected = golden.document(golden.COMPLETE)["expected"]
    figures = {name: value for key in KEYS for name, value in figures_of(shown[f"{NIGHT}/{key}"]).items()}
    wanted = {
        path: Decimal(value)
        for path, value in golden.figures({tab: expected[tab] for tab in BY_KEY if tab in expected})
        if "[" not in path and not isinstance(value, bool) and ".statuts." not in path and ".onglets" not in path
    }
    shown_here = {path: Decimal(figures[path]) for path in wanted if path in figures}
    assert shown_here == {
        path: value for path, value in wanted.items() if not path.startswith("sommaire.") or path in figures
    }
    assert len(shown_here) > 200


def test_a_night_page_tells_its_modules_where_they_are(shown):
    for key in KEYS:
        data = json.loads(
            next(e for e in shown[f"{NIGHT}/{key}"].all("script") if e.attributes.get("id") == "nuit").text
        )
        assert data["hotel"] == "DEMO"
        assert data["onglet"] == key
        assert data["api"] == "/api/rj/native/session/2025-12-23"
        assert data["modifiable"] is True
        assert data["version"] > 1


def test_the_rail_says_where_one_is_and_how_each_tab_stands(shown):
    page = shown[f"{NIGHT}/recap"]
    stops = page.with_attribute("data-onglet")
    assert [stop.attributes["data-onglet"] for stop in stops] == list(KEYS)
    assert [stop.attributes["data-onglet"] for stop in stops if "aria-current" in stop.attributes] == ["recap"]
    states = {
        element.attributes["data-onglet-etat"]: element.text.strip()
        for element in page.with_attribute("data-onglet-etat")
    }
    assert states["recap"] == "équilibré"
    assert states["transelect"] == "écart"
    assert states["internet"] == "vide"
    assert states["sommaire"] == "en cours"


def test_the_strip_shows_five_amounts_that_lead_to_their_field(shown):
    page = shown[f"{NIGHT}/controle"]
    links = {e.attributes["data-bande"]: e.attributes["href"] for e in page.with_attribute("data-bande")}
    assert list(links) == ["recap", "transelect", "geac", "diff_caisse", "quasimodo"]
    place, _, row = links["transelect"].partition("#")
    assert (place, row) == (f"{NIGHT}/transelect", "transelect.transelect_var_visa")  # the row of the variance
    assert row in {e.attributes.get("id") for e in shown[place].elements}


@pytest.mark.parametrize("path", [f"{NIGHT}/sommaire", f"{NIGHT}/recap", f"{NIGHT}/jour", "/"])
def test_every_link_to_a_field_finds_it(shown, path):
    ids = {f"{NIGHT}/{key}": {e.attributes.get("id") for e in shown[f"{NIGHT}/{key}"].elements} for key in KEYS}
    lost = []
    for element in shown[path].all("a"):
        page, _, name = element.attributes.get("href", "").partition("#")
        page = page or path
        if name and name != "contenu" and page in ids and name not in ids[page]:
            lost.append(element.attributes["href"])
    assert lost == []
