"""Cells chosen together: a rectangle of one table, headings of groups left out."""

import pytest

from tests.static.js.grille import AT, laid

pytestmark = pytest.mark.e2e

WITH = f'const selection = await import("/static/js/selection.js"); {AT}'
CHOSEN = "selection.choisies().map((un) => un.dataset.case ?? un.dataset.chiffre)"


def test_a_rectangle_holds_the_figures_and_not_the_heading_between_them(desk):
    chosen, lines = laid(desk).run(
        f"""{WITH} selection.choisir(td("transelect.a.amex"), td("transelect.b.visa"));
        return [{CHOSEN}, selection.rectangle().length];"""
    )
    assert (chosen, lines) == (["transelect.a.visa", "transelect.a.amex", "transelect.b.visa", "transelect.b.amex"], 2)


def test_an_arrow_extends_as_far_as_the_table_goes_and_comes_back_to_one_cell(desk):
    steps = laid(desk).run(
        f"""{WITH} const depart = case_("transelect.a.visa");
        depart.focus();
        depart.select();
        const vus = [];
        for (const sens of ["Right", "Down", "Down", "Right", "Left", "Left", "Up"]) {{
          selection.etendre(depart, `Arrow${{sens}}`);
          vus.push({CHOSEN}.length);
        }}
        return vus;"""
    )
    assert steps == [2, 4, 4, 6, 4, 2, 0]


def test_inside_a_text_that_is_corrected_an_arrow_is_for_the_text(desk):
    taken = laid(desk).run(
        f"""{WITH} const depart = case_("transelect.a.visa");
        depart.focus();
        depart.setSelectionRange(2, 2);
        return [selection.etendre(depart, "ArrowDown"), {CHOSEN}.length];"""
    )
    assert taken == [False, 0]


def test_where_nothing_is_typed_an_arrow_chooses_cells_wherever_the_caret_stands(desk):
    taken = laid(desk).run(
        f"""{WITH} const depart = case_("transelect.a.visa");
        depart.readOnly = true;
        depart.focus();
        depart.setSelectionRange(2, 2);
        return [selection.etendre(depart, "ArrowDown"), {CHOSEN}.length, document.activeElement === depart];"""
    )
    assert taken == [True, 2, True]
