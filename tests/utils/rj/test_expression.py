"""A formula is calculated, said in words and shown with figures, and what is absent counts nothing."""

from decimal import Decimal

import pytest

from tests.utils.rj.sentences import MINUS
from utils.rj.expression import Copie, Total, activated, bare, ecart, given, term_figures, term_reads, term_words
from utils.rj.lines import shown_figure

D = Decimal


class Page:
    """Tonight's values, each field called by its name in capitals."""

    def __init__(self, **values):
        """Values by unqualified name."""
        self.values = {f"t.{key}": value for key, value in values.items()}

    def label(self, name):
        return name.removeprefix("t.").upper()

    def value(self, name):
        return self.values.get(name)

    def figure(self, name):
        value = self.values.get(name)
        return "vide" if value is None else shown_figure(value)


def own(name):
    return f"t.{name}"


def calculated(formula, **values):
    return formula.compiled(own)(Page(**values).values)


def said(formula, **values):
    return formula.words(own, Page(**values))


def shown(formula, **values):
    return formula.figures(own, Page(**values))


SUM = Total(("a", "b"), ("c",))


@pytest.mark.parametrize(
    ("values", "result"),
    [
        ({}, None),
        ({"a": D("1.50")}, D("1.50")),
        ({"c": D("1.50")}, D("-1.50")),
        ({"a": D(1), "b": D(2), "c": D(4)}, D(-1)),
        ({"a": D(0)}, D(0)),
    ],
)
def test_what_is_absent_counts_nothing_and_nothing_at_all_is_absent(values, result):
    assert calculated(SUM, **values) == result


@pytest.mark.parametrize("lacking", ["a", "b"])
def test_a_comparison_needs_all_its_terms(lacking):
    values = {"a": D(5), "b": D(3)}
    assert calculated(ecart(("a",), ("b",)), **values) == D(2)
    assert calculated(ecart(("a",), ("b",)), **{key: one for key, one in values.items() if key != lacking}) is None
    nested = ecart((Copie("a"),), (Copie("b"),))
    assert calculated(nested, **values) == D(2)
    assert calculated(nested, **{key: one for key, one in values.items() if key != lacking}) is None


def test_a_sum_may_need_a_field_or_one_of_several():
    assert calculated(Total(("a", "b"), needs=("b",)), a=D(1)) is None
    assert calculated(Total(("a", "b"), needs=("b",)), b=D(1)) == D(1)
    assert calculated(Total(("a",), needs_one=("b", "c")), a=D(1)) is None
    assert calculated(Total(("a",), needs_one=("b", "c")), a=D(1), c=D(0)) == D(1)


@pytest.mark.parametrize(
    ("mark", "result"), [(True, D(0)), (False, None), ((), None), (({"x": 1},), D(0)), ({}, D(0)), (D(0), D(0))]
)
def test_nothing_entered_is_nil_once_it_is_declared(mark, result):
    assert calculated(Total(("a",), zero_when=("mark",)), mark=mark) == result
    assert activated({"mark": mark}, ("absent", "mark")) is (result is not None)


def test_a_formula_inside_another_is_calculated_first():
    formula = Total((Total(("a", "b")), "c"), (Copie("d"),))
    assert calculated(formula, a=D(1), b=D(2), c=D(4), d=D(8)) == D(-1)
    assert calculated(formula, d=D(8)) == D(-8)
    assert calculated(formula) is None


def test_a_formula_says_which_fields_it_reads():
    formula = Total((Copie("a"), "b"), ("c",), needs=("d",), needs_one=("e",), zero_when=("f",))
    assert list(formula.reads(own)) == ["t.a", "t.b", "t.c", "t.d", "t.e", "t.f"]
    assert list(term_reads("a", own)) == ["t.a"]


def test_a_formula_is_said_with_its_signs():
    assert said(SUM) == f"A + B {MINUS} C"
    assert said(Total((Total(("a", "b")),), ("c",))) == f"(A + B) {MINUS} C"
    assert said(Total()) == "0"
    assert said(Total((), ("c",))) == f"{MINUS} C"


def test_a_formula_is_shown_without_what_is_absent():
    assert shown(SUM, a=D("521.20"), c=D("4.00")) == f"521,20 {MINUS} 4,00"
    assert shown(SUM, a=D("-1.00"), b=D("2.00")) == f"({MINUS}1,00) + 2,00"
    assert shown(SUM) == "0"


def test_a_copy_has_the_value_or_its_opposite():
    assert calculated(Copie("a"), a=D(3)) == D(3)
    assert calculated(Copie("a", -1), a=D(3)) == D(-3)
    assert calculated(Copie("a", -1)) is None
    assert calculated(Copie("a")) is None
    assert list(Copie("a").reads(own)) == ["t.a"]


def test_a_copy_is_said_and_shown_with_its_sign():
    assert (said(Copie("a")), said(Copie("a", -1))) == ("A", f"{MINUS} A")
    assert shown(Copie("a"), a=D("459.40")) == "459,40"
    assert shown(Copie("a", -1), a=D("459.40")) == f"{MINUS} 459,40"
    assert shown(Copie("a", -1), a=D("-1.00")) == f"{MINUS} ({MINUS}1,00)"


def test_an_opposite_inside_a_formula_stands_in_parentheses():
    page = Page(a=D(1))
    assert term_words(Copie("a", -1), own, page) == f"({MINUS} A)"
    assert term_words("a", own, page) == "A"
    assert term_figures(Copie("a", -1), own, page) == f"({MINUS} 1,00)"


@pytest.mark.parametrize(
    ("text", "inner"),
    [("(A + B)", "A + B"), ("(A) + (B)", "(A) + (B)"), ("A", "A"), ("((A))", "(A)"), ("(A", "(A"), ("", "")],
)
def test_parentheses_that_enclose_the_whole_are_taken_off(text, inner):
    assert bare(text) == inner


def test_a_term_is_given_when_it_has_a_value():
    assert given("a", own, Page(a=D(0)))
    assert not given("a", own, Page())
    assert not given(ecart(("a",), ("b",)), own, Page(a=D(1)))
