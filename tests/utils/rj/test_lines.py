"""Formulas over lines and maps: which lines count, what nothing is, how it is written."""

from decimal import Decimal

import pytest

from tests.utils.rj.sentences import MINUS
from tests.utils.rj.test_expression import calculated, own, said, shown
from utils.rj.arithmetic import Magnitude
from utils.rj.expression import Total
from utils.rj.lines import GroupTotal, LinesLacking, LinesMax, LinesTotal, ListTotal, MapTotal, shown_figure

D = Decimal
LINES = (
    {"dept": "cafe", "amount": D("10.00")},
    {"dept": "piazza", "amount": D("-2.50"), "note": "vu"},
    {"amount": D("4.00"), "note": "vu"},
    {"dept": "cafe"},
)


@pytest.mark.parametrize(
    ("value", "text"), [(D("-1"), f"({MINUS}1,00)"), (3, "3"), (D("0"), "0,00"), (-2, f"({MINUS}2)")]
)
def test_a_negative_figure_stands_in_parentheses(value, text):
    assert shown_figure(value) == text


@pytest.mark.parametrize(
    ("where", "total"),
    [
        ((), "11.50"),
        ((("dept", ("cafe",)),), "10.00"),
        ((("dept", ("cafe", None)),), "14.00"),
        ((("dept", ("cafe",)), ("note", ("vu",))), None),
    ],
)
def test_lines_are_summed_where_they_match(where, total):
    formula = LinesTotal("lines", "amount", where)
    assert calculated(formula, lines=LINES) == (None if total is None else D(total))


def test_no_line_is_absent_and_a_list_declared_empty_may_be_nil():
    assert calculated(LinesTotal("lines", "amount")) is None
    assert calculated(LinesTotal("lines", "amount"), lines=()) is None
    assert calculated(LinesTotal("lines", "amount", empty_is_nil=True), lines=()) == 0
    assert calculated(LinesTotal("lines", "amount", empty_is_nil=True)) is None
    assert calculated(LinesTotal("lines", "amount", zero_when=("nil",)), nil=True) == 0
    assert calculated(LinesTotal("lines", "amount", zero_when=("lines",)), lines=({},)) == 0


def test_a_column_may_be_a_formula_of_the_line():
    assert calculated(LinesTotal("lines", Magnitude("amount")), lines=LINES) == D("16.50")
    assert calculated(LinesMax("lines", Magnitude("amount")), lines=LINES) == D("10.00")
    assert calculated(LinesMax("lines", "amount"), lines=LINES[1:2]) == D("-2.50")
    assert calculated(LinesMax("lines", "amount")) is None


def test_a_thousand_lines_are_summed_to_the_cent():
    lines = tuple({"amount": D("0.10")} for _ in range(1000))
    assert calculated(LinesTotal("lines", "amount"), lines=lines) == D("100.00")


def test_a_list_of_amounts_is_summed():
    assert calculated(ListTotal("list"), list=(D("106.70"), D("-18.70"))) == D("88.00")
    assert calculated(ListTotal("list"), list=()) is None
    assert calculated(ListTotal("list")) is None
    assert shown(ListTotal("list"), list=(D("106.70"), D("-18.70"))) == f"106,70 + ({MINUS}18,70)"
    assert shown(ListTotal("list")) == "0"
    assert said(ListTotal("list")) == "Σ (LIST)"


@pytest.mark.parametrize(("lines", "count"), [(LINES, 3), (LINES[1:2], 0), (({},), 1), ((), None), (None, None)])
def test_lines_that_lack_something_are_counted(lines, count):
    given = {} if lines is None else {"lines": lines}
    assert calculated(LinesLacking("lines", ("dept", "note")), **given) == count


def test_no_line_lacks_anything_once_nothing_is_declared():
    formula = LinesLacking("lines", ("dept",), ("nil",))
    assert calculated(formula, nil=True) == 0
    assert calculated(formula, nil=False) is None
    assert said(formula) == "nombre de lignes sans LINES[].DEPT"
    assert shown(formula, lines=LINES) == "0 + 0 + 1 + 0"
    assert shown(formula) == "0"


@pytest.mark.parametrize(
    ("entries", "total"),
    [({"5": 8, "9": 42, "14": 1}, 50), ({"14": 1}, 0), ({}, None), (None, None)],
)
def test_missing_keys_of_a_map_that_has_one_count_zero(entries, total):
    given = {} if entries is None else {"map": entries}
    assert calculated(MapTotal("map", ("5", "9", "23"), 0), **given) == total


def test_the_keys_of_a_map_are_said_and_shown():
    formula = MapTotal("map", ("5", "9", "23"), 0)
    assert said(formula) == "Σ MAP : 5, 9, 23"
    assert shown(formula, map={"9": 42, "5": 8}) == "8 + 42"
    assert shown(formula) == "0"


TERMINALS = ({"id": "bar_a", "group": "pos"}, {"id": "salle", "group": "banquet"}, {"id": "bar_b", "group": "pos"})


def test_batches_are_summed_over_the_terminals_of_a_group():
    formula = GroupTotal("batches", "terminals", "pos")
    batches = {"bar_b": D("882.71"), "bar_a": D("673.64"), "salle": D("5.00"), "parti": D("1.00")}
    assert calculated(formula, batches=batches, terminals=TERMINALS) == D("1556.35")
    assert shown(formula, batches=batches, terminals=TERMINALS) == "673,64 + 882,71"
    assert said(formula) == "Σ BATCHES, terminaux du groupe pos"


def test_a_row_that_was_opened_is_nil_and_one_that_was_not_is_absent():
    formula = GroupTotal("batches", "terminals", "pos")
    assert calculated(formula, batches={}, terminals=TERMINALS) == 0
    assert calculated(formula, terminals=TERMINALS) is None
    assert shown(formula, terminals=TERMINALS) == "0"


def test_a_formula_over_lines_is_said_with_its_condition():
    formula = LinesTotal("lines", "amount", (("dept", ("cafe", None)), ("note", ("vu",))))
    assert said(formula) == ("Σ (LINES[].AMOUNT de chaque ligne où LINES[].DEPT = cafe ou vide et LINES[].NOTE = vu)")
    assert said(LinesMax("lines", "amount")) == "max(LINES[].AMOUNT de chaque ligne)"
    assert said(LinesTotal("lines", Total(("a", "b")))) == "Σ ((LINES[].A + LINES[].B) de chaque ligne)"


def test_a_formula_over_lines_is_shown_with_the_figures_that_count():
    assert shown(LinesTotal("lines", "amount"), lines=LINES) == f"10,00 + ({MINUS}2,50) + 4,00"
    assert shown(LinesTotal("lines", "amount")) == "0"
    assert shown(LinesMax("lines", "amount"), lines=LINES) == f"max(10,00; ({MINUS}2,50); 4,00)"
    assert shown(LinesMax("lines", "amount")) == "0"


def test_a_formula_over_lines_reads_its_list_and_what_makes_it_nil():
    assert list(LinesTotal("lines", "amount", zero_when=("nil",)).reads(own)) == ["t.lines", "t.nil"]
    assert list(LinesLacking("lines", ("dept",), ("nil",)).reads(own)) == ["t.lines", "t.nil"]
    assert list(GroupTotal("batches", "terminals", "pos").reads(own)) == ["t.batches", "t.terminals"]
    assert list(MapTotal("map", ()).reads(own)) == ["t.map"]
    assert list(ListTotal("list").reads(own)) == ["t.list"]
