"""What a declaration says by itself: what may be typed, what a tab is called, what should be nil."""

import pytest

from utils.rj.declaration import (
    CARRIED,
    COMPUTED,
    COUNT,
    INPUT,
    LINKED,
    MONEY,
    PERCENT,
    TEXT,
    Field,
    Tab,
    computed,
    linked,
    proof,
)
from utils.rj.expression import Copie

FORMULA = Copie("autre")


@pytest.mark.parametrize(
    ("role", "direct", "typed"),
    [
        (INPUT, False, True),
        (CARRIED, False, True),
        (LINKED, False, False),
        (COMPUTED, False, False),
        (LINKED, True, True),
        (COMPUTED, True, True),
    ],
)
def test_a_calculated_field_is_typed_only_when_it_says_so(role, direct, typed):
    assert Field("k", "Libellé", role=role, direct=direct).typed is typed


@pytest.mark.parametrize(("kind", "money"), [(MONEY, True), (COUNT, False), (PERCENT, False), (TEXT, False)])
def test_only_an_amount_is_in_dollars(kind, money):
    assert Field("k", "Libellé", kind).is_money is money


@pytest.mark.parametrize(("kind", "items", "each"), [(COUNT, "", COUNT), (MONEY, "list", MONEY), (TEXT, MONEY, MONEY)])
def test_a_map_has_the_kind_of_its_entries_and_a_list_its_own(kind, items, each):
    assert Field("k", "Libellé", kind, items=items).entry_kind == each


def test_a_field_is_an_amount_that_a_person_types_unless_it_says_otherwise():
    field = Field("k", "Libellé")
    assert (field.kind, field.role, field.formula, field.sign, field.nil) == (MONEY, INPUT, None, "", False)


def test_a_calculation_a_copy_and_a_proof_are_told_apart():
    made = (
        computed("a", "A", FORMULA, "jour!A", PERCENT, direct=True),
        linked("b", "B", FORMULA, kind=COUNT),
        proof("c", "C", FORMULA, "jour!C"),
    )
    assert [(one.key, one.kind, one.role, one.direct, one.nil, one.cell) for one in made] == [
        ("a", PERCENT, COMPUTED, True, False, "jour!A"),
        ("b", COUNT, LINKED, False, False, ""),
        ("c", MONEY, COMPUTED, False, True, "jour!C"),
    ]
    assert {one.formula for one in made} == {FORMULA}


@pytest.mark.parametrize(
    ("title", "short"), [("Transelect, cartes", "Transelect"), ("Jour", "Jour"), ("SD / Dépôt", "SD / Dépôt"), ("", "")]
)
def test_a_tab_is_called_in_short_by_what_comes_before_the_comma(title, short):
    assert Tab("t", title, (), ()).short == short


def test_a_tab_goes_through_its_fields_in_the_order_of_the_paper():
    fields = tuple(Field(key, key) for key in "bac")
    assert [field.key for field in Tab("t", "T", fields, ("b",))] == ["b", "a", "c"]
    assert Tab("t", "T", fields, ()).badge == "manuel"


def test_a_declaration_never_changes():
    with pytest.raises(AttributeError):
        Field("k", "Libellé").label = "Autre"
