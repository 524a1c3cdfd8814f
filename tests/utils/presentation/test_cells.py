"""A cell and a row know what they are: what is filled, what leads, what a row offers to explain."""

import pytest

from utils.presentation.cells import Cell, Row, json_text, names_of
from utils.presentation.marks import Mark

TYPED = Mark("saisi", "02:38, Auditrice")


def made(name="recap.a", kind="money", **more):
    return Cell(name, kind, "Libellé", **more)


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("money", "is_figure"),
        ("percent", "is_figure"),
        ("factor", "is_figure"),
        ("choice", "is_choice"),
        ("flag", "is_flag"),
        ("date", "is_date"),
        ("text", "is_text"),
    ],
)
def test_a_cell_is_of_one_kind(kind, said):
    kinds = ("is_figure", "is_choice", "is_flag", "is_date", "is_text")
    assert [one for one in kinds if getattr(made(kind=kind), one)] == [said]


def test_a_count_is_a_figure_without_decimals():
    assert made(kind="count").is_figure
    assert made(kind="count").is_whole
    assert not made(kind="money").is_whole


@pytest.mark.parametrize(("value", "ticked"), [("true", True), ("false", False), (None, False)])
def test_a_box_is_ticked_only_when_it_says_so(value, ticked):
    assert made(kind="flag", value=value).ticked is ticked


def test_a_second_showing_is_an_output_without_anchor():
    again = made(text="12,50", value="12.50", entered=True, direct=True, state="ask", mark=TYPED).shown()
    assert (again.text, again.value, again.mark) == ("12,50", "12.50", TYPED)
    assert (again.entered, again.direct, again.anchor, again.state) == (False, False, False, "")


def test_a_choice_shown_again_is_its_word():
    choices = (("soleil", "Soleil"), ("pluie", "Pluie"))
    assert made(kind="choice", text="pluie", choices=choices).shown().text == "Pluie"
    assert made(kind="choice", text="ancien", choices=choices).shown().text == "ancien"


def test_a_heading_is_the_label_of_the_only_cell_to_fill():
    one, other = made("recap.a", entered=True), made("recap.b", entered=True)
    assert Row("Ligne", (one, None, made("recap.c"))).first_input is one
    assert Row("Ligne", (one, other)).first_input is None
    assert Row("Ligne", (made(),)).first_input is None


def test_a_row_tells_the_origin_of_what_was_filled_else_of_what_is_calculated():
    filled, empty = made("recap.a", entered=True, mark=TYPED), made("recap.b", entered=True)
    result = made("recap.c", mark=Mark("calcule"))
    assert Row("Ligne", (empty, filled, result)).origin is filled
    assert Row("Ligne", (empty, None, result)).origin is result
    assert Row("Ligne", (filled, result), lead=empty).origin is empty
    assert Row("Ligne", (None,)).origin is None


def test_a_row_offers_the_formula_of_its_last_calculated_cell():
    first, last = made("recap.a", why=True), made("recap.b", why=True)
    assert Row("Ligne", (first, last, made("recap.c"), None)).why is last
    assert Row("Ligne", (made(), None)).why is None


def test_a_row_answers_for_the_names_of_its_cells():
    cells = (made("recap.a"), None, made("recap.b"))
    assert names_of(cells) == ("recap.a", "recap.b")
    assert Row("Ligne", cells, names=names_of(cells)).sous == "recap.a recap.b"
    assert Row("Ligne", (None,)).sous == ""


@pytest.mark.parametrize(("value", "text"), [(True, "true"), (False, "false"), (12, "12"), ("a", "a"), (0, "0")])
def test_an_attribute_holds_a_scalar_as_json_writes_it(value, text):
    assert json_text(value) == text
