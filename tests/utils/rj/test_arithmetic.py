"""Magnitudes, products, quotients and rounding: calculated to the cent, written so that they can be done again."""

from decimal import Decimal

import pytest

from tests.utils.rj.sentences import value_of
from tests.utils.rj.test_expression import calculated, own, said, shown
from utils.rj.arithmetic import (
    Arrondi,
    AuMoinsZero,
    Computed,
    Constante,
    Magnitude,
    PlusGrand,
    Produit,
    Quotient,
)
from utils.rj.expression import Total

D = Decimal
ALL = (
    Magnitude("a"),
    AuMoinsZero("a"),
    Arrondi("a"),
    Produit("a", "b"),
    Quotient("a", "b"),
    PlusGrand(("a", "b")),
)


@pytest.mark.parametrize("formula", ALL, ids=lambda one: type(one).__name__)
def test_nothing_comes_of_what_is_absent(formula):
    assert calculated(formula) is None


@pytest.mark.parametrize(
    ("value", "magnitude", "least"), [("-2.50", "2.50", "0"), ("2.50", "2.50", "2.50"), ("0", "0", "0")]
)
def test_a_credit_printed_without_sign_and_what_is_never_negative(value, magnitude, least):
    assert calculated(Magnitude("a"), a=D(value)) == D(magnitude)
    assert calculated(AuMoinsZero("a"), a=D(value)) == D(least)


@pytest.mark.parametrize(
    ("value", "places", "result"),
    [("2.345", 2, "2.35"), ("-2.345", 2, "-2.35"), ("2.344", 2, "2.34"), ("0.0005", 3, "0.001"), ("7", 2, "7.00")],
)
def test_half_a_cent_is_rounded_away_from_zero(value, places, result):
    assert calculated(Arrondi("a", places), a=D(value)) == D(result)


@pytest.mark.parametrize(
    ("left", "right", "percent", "result"),
    [
        (D("10079.99"), D("1.70"), True, D("171.359830")),
        (3, D("10.00"), False, D("30.00")),
        (D("-2.00"), D("5.00"), False, D("-10.0000")),
        (D(0), D("1.70"), True, D(0)),
    ],
)
def test_a_product_needs_both_terms(left, right, percent, result):
    formula = Produit("a", "b", percent)
    assert calculated(formula, a=left, b=right) == result
    assert calculated(formula, a=left) is None
    assert calculated(formula, b=right) is None


def test_a_quotient_is_absent_when_it_cannot_be_made():
    formula = Quotient("a", "b", 100)
    assert calculated(formula, a=D(74), b=D(252)) == D(7400) / D(252)
    assert calculated(formula, a=D(74), b=D(0)) is None
    assert calculated(formula, a=D(74)) is None
    assert calculated(formula, b=D(74)) is None
    assert calculated(formula, a=D(0), b=D(4)) == 0


def test_a_quotient_may_be_nil_over_nil_and_refuse_less_than_nothing():
    assert calculated(Quotient("a", "b", nil_is_zero=True), a=D(0), b=D(0)) == 0
    assert calculated(Quotient("a", "b", nil_is_zero=True), a=D(1), b=D(0)) is None
    assert calculated(Quotient("a", "b"), a=D(6), b=D(-2)) == D(-3)
    assert calculated(Quotient("a", "b", positive=True), a=D(6), b=D(-2)) is None


def test_the_greatest_is_that_of_the_terms_that_are_present():
    formula = PlusGrand(("a", Magnitude("b")))
    assert calculated(formula, a=D(1), b=D(-5)) == D(5)
    assert calculated(formula, a=D(-1)) == D(-1)


def test_a_plain_function_receives_what_is_absent_as_nothing():
    formula = Computed(lambda a, b: (a, b), ("a", "b"), "A puis B", lambda a, b: f"{a};{b}")
    assert calculated(formula, b=2) == (None, 2)
    assert said(formula) == "A puis B"
    assert shown(formula, a=1) == "1;None"
    assert list(formula.reads(own)) == ["t.a", "t.b"]


def test_a_number_of_the_form_reads_nothing():
    formula = Constante(14)
    assert (calculated(formula), said(formula), shown(formula), list(formula.reads(own))) == (14, "14", "14", [])


@pytest.mark.parametrize(
    ("formula", "words"),
    [
        (Magnitude(Total(("a", "b"))), "|A + B|"),
        (AuMoinsZero("a"), "max(0; A)"),
        (Arrondi(Total(("a", "b")), 3), "arrondi(A + B; 3)"),
        (Produit(Total(("a", "b")), "c"), "(A + B) × C"),
        (Produit("a", "b", percent=True), "A × B ÷ 100"),
        (Quotient("a", "b"), "A ÷ B"),
        (Quotient("a", "b", 100), "100 × A ÷ B"),
        (PlusGrand(("a", Total(("b", "c")))), "max(A; B + C)"),
    ],
)
def test_a_formula_is_said_in_words(formula, words):
    assert said(formula) == words


VALUES = {"a": D("-14194.83"), "b": D(74), "c": D("1.70")}


@pytest.mark.parametrize(
    "formula",
    [
        Magnitude(Total(("a", "b"))),
        AuMoinsZero("a"),
        Arrondi(Quotient("a", "b")),
        Arrondi(Produit("a", "c", percent=True)),
        Produit(Total(("a", "b")), "c"),
        PlusGrand(("a", "b", "absent")),
    ],
    ids=lambda one: type(one).__name__,
)
def test_what_is_shown_can_be_done_again_by_hand(formula):
    assert D(value_of(shown(formula, **VALUES)).numerator) / value_of(shown(formula, **VALUES)).denominator == (
        calculated(formula, **VALUES)
    )


def test_a_quotient_of_nothing_shows_no_division_by_zero():
    nil = Quotient("a", "b", nil_is_zero=True)
    assert shown(nil, a=D("0.00"), b=D("0.00")) == "0,00"
    assert shown(nil, a=D("0.00"), b=D("2.00")) == "0,00 ÷ 2,00"
    assert shown(Quotient("a", "b", 100), a=D(74), b=D(252)) == "100 × 74,00 ÷ 252,00"


@pytest.mark.parametrize(
    ("formula", "names"), list(zip(ALL, ("a", "a", "a", "ab", "ab", "ab"), strict=True)), ids=lambda one: str(one)[:12]
)
def test_a_formula_reads_its_terms(formula, names):
    assert list(formula.reads(own)) == [f"t.{name}" for name in names]
