"""Where Enter leads among the usual cells: those still empty, a grid by columns, a faint line by its figure."""

import pytest

from tests.static.js.grille import AT, laid

pytestmark = pytest.mark.e2e

NEXT = f"""const {{ suivante }} = await import("/static/js/parcours.js");
{AT}
for (const nom of donne[1] ?? []) case_(nom).value = "";
return suivante(donne[0] && case_(donne[0]))?.dataset.case ?? null;"""
GRID = [f"transelect.{terminal}.{card}" for terminal in "ab" for card in ("visa", "amex")]
FIGURE = "sd.sd_entries.z.amount"


def test_a_grid_is_followed_by_columns(desk):
    laid(desk)
    found = [desk.run(NEXT, name, GRID) for name in (None, "transelect.a.visa", "transelect.b.visa")]
    assert found == ["transelect.a.visa", "transelect.b.visa", "transelect.a.amex"]


def test_what_holds_a_figure_and_what_names_a_faint_line_are_passed(desk):
    laid(desk)
    assert desk.run(NEXT) == "transelect.a.amex"
    assert desk.run(NEXT, "transelect.a.amex") == FIGURE


def test_a_line_where_nothing_was_typed_is_passed_at_once_and_the_tab_ends(desk):
    laid(desk)
    assert desk.run(NEXT, "sd.sd_entries.z.name") is None
    assert desk.run(NEXT, FIGURE) is None
