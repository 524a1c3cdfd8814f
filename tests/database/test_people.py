"""Names of lines: spellings of one person are one, sums follow who they stand for."""

from decimal import Decimal

from database.people import Amount, together

D = Decimal


def test_spellings_of_one_person_are_added():
    rows = [
        ("Zoé Côté", "setd", "part", D("1.00")),
        ("ZOÉ CÔTÉ", "setd", "part", D("2.00")),
        ("Zoé  Côté ", "setd", "part", D("4.00")),
    ]
    (found,) = together(rows, {})
    assert (found.tab, found.measure, found.amount) == ("setd", "part", D("7.00"))


def test_a_name_that_stands_for_another_is_added_to_it():
    rows = [("Zoé", "sd", "variance", D("1.00")), ("Zoé Côté", "sd", "variance", D("-3.00"))]
    assert together(rows, {"ZOÉ": "Zoé Côté"}) == [Amount("Zoé Côté", "sd", "variance", D("-2.00"))]


def test_measures_and_tabs_stay_apart_in_order():
    rows = [("B", "sd", "y", D(1)), ("A", "sd", "x", D(2)), ("B", "dueback", "y", D(3))]
    assert [(one.person, one.tab, one.measure) for one in together(rows, {})] == [
        *(("A", "sd", "x"), ("B", "dueback", "y"), ("B", "sd", "y")),
    ]
    assert together([], {}) == []
