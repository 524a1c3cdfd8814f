"""The French name of a cell: what a person reads in place of its key."""

import pytest

from utils.rj.catalogue import FIELDS
from utils.rj.labels import declared_at, label_of, place

LABELS = [
    ("recap", "cash_ls_lecture", "Comptant LightSpeed — lecture"),
    ("geac", "geac_balance_sheet.prev_dr", "Solde de la veille — Daily Revenue"),
    ("transelect", "transelect_restaurant.visa.terminals", "Lots Visa"),
    ("transelect", "transelect_restaurant.visa.terminals.bar_a", "Lots Visa — bar_a"),
    ("hp_admin", "hp_admin_entries", "Factures HP / Administration"),
    ("hp_admin", "hp_admin_entries.ligne-1.autorise_par", "Factures HP / Administration — Autorisé par"),
]
"""A field, a field in an object, a map and one of its entries, a list and a column of one of its lines."""


@pytest.mark.parametrize(("tab", "field", "label"), LABELS)
def test_a_cell_has_its_french_name_in_its_tab_and_at_the_summary(tab, field, label):
    assert label_of(tab, field) == label
    assert label_of("sommaire", f"{tab}.{field}") == label


@pytest.mark.parametrize(
    ("cell", "whole", "part"),
    [
        ("hp_admin_entries", "hp_admin_entries", None),
        ("hp_admin_entries.autorise_par", "hp_admin_entries", "autorise_par"),
        ("hp_admin_entries.ligne-1.autorise_par", "hp_admin_entries", "autorise_par"),
        ("hp_admin_entries.ligne-1.inconnue", "hp_admin_entries", None),
    ],
)
def test_a_cell_is_declared_by_its_field_or_by_its_column(cell, whole, part):
    field = FIELDS[f"hp_admin.{whole}"]
    assert declared_at("hp_admin", cell) is next((one for one in field.columns if one.key == part), field)


def test_a_reason_at_the_summary_answers_for_a_cell_a_tab_or_a_check():
    assert place("sommaire", "recap.cash_ls_lecture") == ("recap", "cash_ls_lecture")
    assert place("sommaire", "onglets.sd") == ("sommaire", "onglets.sd")
    assert label_of("sommaire", "onglets.sd") == "État de l'onglet SD / Dépôt"
    assert place("sommaire", "chk_recap") == ("sommaire", "chk_recap")
    assert label_of("sommaire", "chk_recap") == "Balance du Recap"


def test_elsewhere_a_key_that_looks_like_a_tab_stays_in_its_tab():
    assert place("jour", "recap.cash_ls_lecture") == ("jour", "recap.cash_ls_lecture")


@pytest.mark.parametrize(
    ("tab", "field"), [("recap", "sans_nom"), ("recap", ""), ("ailleurs", "cash_ls_lecture"), ("jour", "a.b.c")]
)
def test_what_is_no_cell_has_no_name(tab, field):
    assert label_of(tab, field) is None
    assert declared_at(tab, field) is None
