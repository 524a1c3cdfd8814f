"""A line of the night before: what names it comes in with the first text typed in it, once."""

import pytest

from tests.static.js.grille import laid

pytestmark = pytest.mark.e2e

TYPE = """const { incarner } = await import("/static/js/fantomes.js");
const faits = donne.map((changements) => incarner(changements).map(({ nom, texte }) => [nom, texte]));
return [...faits, document.querySelectorAll("[data-fantome], [placeholder]").length];"""
AMOUNT, NAME, CURRENCY = (f"sd.sd_entries.z.{part}" for part in ("amount", "name", "currency"))


def change(name, text):
    return {"nom": name, "texte": text}


def test_what_names_the_line_comes_once_with_its_first_figure(desk):
    first, again, faint = laid(desk).run(TYPE, [change(AMOUNT, "5")], [change(AMOUNT, "6")])
    assert (first, again, faint) == ([[NAME, "Zoé"], [CURRENCY, "US"]], [], 0)


def test_what_is_typed_over_a_faint_name_stands(desk):
    named, _ = laid(desk).run(TYPE, [change(NAME, "Léa"), change(AMOUNT, "5")])
    assert named == [[CURRENCY, "US"]]


@pytest.mark.parametrize("given", [change(AMOUNT, " "), change("sd.sd_entries.autre.amount", "5")])
def test_an_emptied_cell_or_another_line_leaves_it_faint(desk, given):
    named, faint = laid(desk).run(TYPE, [given])
    assert (named, faint) == ([], 2)
