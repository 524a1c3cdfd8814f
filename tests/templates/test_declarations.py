"""A field declared in the domain appears on its page without a template being touched."""

from dataclasses import replace

import pytest
from flask import render_template_string

from tests.pages import Page
from tests.utils.rj import golden
from utils.presentation import night_page
from utils.presentation.blocks import Columns
from utils.presentation.marks import Marks
from utils.presentation.night_page import tab_of, tab_page
from utils.rj.catalogue import BY_KEY
from utils.rj.declaration import COUNT, FLAG, LINES, TEXT, Field, computed
from utils.rj.expression import Total
from utils.rj.tabs import recap as recap_tab
from utils.rj.tabs.recap import Line

DRAWN = """{% for bloc in tab.blocks %}{% include bloc.template %}{% endfor %}"""
NEW = {
    "amount": Field("champ_neuf", "Champ neuf", help="Essai"),
    "count": Field("champ_neuf", "Champ neuf", COUNT),
    "words": Field("champ_neuf", "Champ neuf", TEXT),
    "flag": Field("champ_neuf", "Champ neuf", FLAG),
    "calculated": computed("champ_neuf", "Champ neuf", Total(())),
}


def drawn(app, tab):
    page = tab_page(golden.night(golden.COMPLETE), tab, Marks())
    with app.test_request_context():
        return Page(
            render_template_string(DRAWN, tab=page, base="/rj/native/2025-12-23", onglet=tab.key, modifiable=True)
        )


def with_field(key, field, position=1):
    tab = BY_KEY[key]
    return replace(tab, fields=(*tab.fields[:position], field, *tab.fields[position:]))


@pytest.mark.parametrize("key", [key for key in BY_KEY if key != "sommaire"])
@pytest.mark.parametrize("kind", NEW)
def test_a_new_field_appears_once(typed_app, key, kind):
    page = drawn(typed_app, with_field(key, NEW[kind]))
    name = f"{key}.champ_neuf"
    found = [e for e in page.elements if name in (e.attributes.get("data-case"), e.attributes.get("data-chiffre"))]
    assert len(found) == 1
    assert found[0].attributes["id"] == name
    assert "Champ neuf" in " ".join(page.words())


@pytest.mark.parametrize("key", [key for key in BY_KEY if key != "sommaire"])
def test_a_new_list_appears_with_its_columns(typed_app, key):
    lines = Field(
        "liste_neuve", "Liste neuve", LINES, columns=(Field("nom", "Nom neuf", TEXT), Field("somme", "Somme"))
    )
    page = drawn(typed_app, with_field(key, lines))
    assert [e.attributes["data-liste"] for e in page.with_attribute("data-liste")].count(f"{key}.liste_neuve") == 1
    cases = {e.attributes.get("data-case") for e in page.elements}
    assert {f"{key}.liste_neuve.__id__.nom", f"{key}.liste_neuve.__id__.somme"} <= cases


@pytest.mark.parametrize("key", ["jour", "dbrs", "transelect"])
def test_a_new_table_of_amounts_appears_key_by_key(typed_app, key):
    table = Field("table_neuve", "Table neuve", items="money", keys=("un", "deux"))
    cases = {e.attributes.get("data-case") for e in drawn(typed_app, with_field(key, table)).elements}
    assert {f"{key}.table_neuve.un", f"{key}.table_neuve.deux"} <= cases


def test_a_new_credit_stands_among_the_credits():
    position = [field.key for field in BY_KEY["jour"]].index("jour_massage") + 1
    tab = with_field("jour", Field("jour_piscine", "Piscine"), position)
    blocks = tab_page(golden.night(golden.COMPLETE), tab, Marks()).blocks
    grids = [grid for block in blocks if isinstance(block, Columns) for grid in block.blocks]
    credits = next(grid for grid in grids if grid.title == "Crédits")
    labels = [row.label for row in credits.groups[0].rows]
    assert labels[labels.index("Massage") + 1] == "Piscine"


@pytest.mark.parametrize("section", range(4))
def test_a_new_line_of_the_recap_stands_above_the_total_that_adds_it(monkeypatch, section):
    pool = Line("cash_piscine", "Comptant piscine", 99, "+", "Caisse de la piscine")
    known = recap_tab.SECTIONS[section]
    sections = list(recap_tab.SECTIONS)
    sections[section] = known._replace(lines=(*known.lines, pool))
    monkeypatch.setattr(recap_tab, "SECTIONS", tuple(sections))
    tab = recap_tab.recap(tuple(sections))
    table = tab_page(golden.night(golden.COMPLETE), tab, Marks()).blocks[0]
    *_, above, total = table.groups[section].rows
    assert (above.label, total.label) == ("Comptant piscine", known.total[1])
    formulas = {field.key: field.formula for field in tab}
    assert "cash_piscine_net" in formulas[known.total[0]].plus
    assert ("cash_piscine_net" in formulas["recap_argent_recu"].plus) == (section in (2, 3))
    assert [group.label for group in table.groups] == [
        *("Recettes", "Remboursements (négatifs)", "Échange et due back", "", "Dépôt et preuve")
    ]


def test_a_tab_without_a_layout_shows_all_its_fields(monkeypatch):
    """A new tab is a declaration: its page exists before anybody draws it."""
    monkeypatch.delitem(night_page.LAYOUTS, "internet")
    page = tab_page(golden.night(golden.COMPLETE), tab_of("internet"), Marks())
    shown = {cell.name for block in page.blocks for group in block.groups for row in group.rows for cell in row.cells}
    assert shown == {f"internet.{field.key}" for field in tab_of("internet") if field.key != "sans_activite"}
