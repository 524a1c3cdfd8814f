"""HP / Administration: what the house offers, taken once from the cell that sold it."""

import pytest

from tests.utils.rj.build import figure, figures, night
from utils.rj.tabs.hp_admin import AREAS, CATEGORIES, OUTLET_AREAS
from utils.rj.tabs.jour_cells import CATEGORIES as JOUR_CATEGORIES
from utils.rj.tabs.jour_cells import OUTLETS


def bills(*lines, **tabs):
    return night(hp_admin={"hp_admin_entries": list(lines)}, **tabs)


def deductions(of):
    prefix = "hp_admin.hp_deductions.jour_"
    return {name.removeprefix(prefix): f"{value}" for name, value in of.values.items() if name.startswith(prefix)}


def test_every_area_is_deducted_somewhere_and_from_one_outlet_only():
    areas = [area for found in OUTLET_AREAS.values() for area in found]
    assert sorted([*areas, "tabagie"]) == sorted(AREAS)
    assert set(OUTLET_AREAS) == set(OUTLETS)
    assert set(CATEGORIES.values()) == set(JOUR_CATEGORIES)


def test_bills_of_several_areas_of_an_outlet_are_deducted_together():
    of = bills(
        {"area": "piazza", "nourriture": "4.75"},
        {"area": "cupola", "nourriture": "1.00", "vin": "9.00"},
        {"area": "club_lounge", "nourriture": "0.25"},
    )
    assert deductions(of) == {"piazza_nourriture": "6.00", "piazza_vins": "9.00"}


def test_what_the_tabagie_sells_as_food_or_drink_leaves_the_food_of_the_spesa():
    of = bills(
        {"area": "tabagie", "nourriture": "3.00", "boisson": "2.00", "biere": "1.00", "tabagie": "7.00"},
        {"area": "spesa", "nourriture": "10.00", "boisson": "5.00"},
    )
    assert deductions(of) == {"spesa_nourriture": "16.00", "spesa_boisson": "5.00", "tabagie": "7.00"}


def test_tips_and_other_are_in_the_total_but_deducted_nowhere():
    of = bills({"area": "link", "paiement": "promotion", "autre": "1.00", "pourboire": "2.00"})
    assert deductions(of) == {}
    assert figures(of, "hp_admin", "hp_admin_total", "hp_total_promotion", "hp_pourboire_promotion") == [
        *("3.00", "3.00", "2.00"),
    ]


def test_a_bill_without_area_is_counted_but_deducted_nowhere():
    of = bills({"nourriture": "5.00"})
    assert (deductions(of), figure(of, "hp_admin.hp_admin_total")) == ({}, "5.00")


def test_a_deduction_lowers_the_cell_of_the_jour():
    of = bills({"area": "link", "boisson": "5.00"}, jour={"jour_pos_cafe_boisson": "20.00"})
    assert figure(of, "jour.jour_cafe_boisson") == "15.00"
    assert figure(bills({"area": "link", "boisson": "5.00"}), "jour.jour_cafe_boisson") is None


@pytest.mark.parametrize(
    ("line", "lacking"),
    [
        ({}, 1),
        ({"raison": "Repas du personnel"}, 1),
        ({"autorise_par": "Direction"}, 1),
        ({"raison": "Repas du personnel", "autorise_par": "Direction"}, 0),
    ],
)
def test_a_bill_needs_a_reason_and_who_allowed_it(line, lacking):
    assert figure(bills(line), "hp_admin.hp_sans_motif") == lacking


def test_payments_that_are_neither_have_no_total_of_their_own():
    of = bills({"paiement": "star_hot", "nourriture": "8.00"})
    assert figures(of, "hp_admin", "hp_admin_total", "hp_total_administration", "hp_total_promotion") == [
        *("8.00", "0.00", "0.00"),
    ]
