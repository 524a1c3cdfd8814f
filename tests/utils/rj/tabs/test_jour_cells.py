"""The cells of the Jour: each has its column of the workbook, its source, and its side."""

import pytest

from tests.utils.rj.build import figure, figures, night
from utils.rj.catalogue import FIELDS
from utils.rj.tabs.jour_cells import (
    CARD_CELLS,
    CREDITS,
    DEBITS,
    FB_CELLS,
    FB_FIELDS,
    RECAP_SOURCES,
    adjustments,
)


def cell(key):
    return FIELDS[f"jour.{key}"].cell


def test_twenty_five_cells_of_food_and_drink_go_from_e_to_ac():
    assert len(FB_CELLS) == len(set(FB_CELLS)) == 25
    assert [field.cell for field in FB_FIELDS][:2] == ["jour!E", "jour!F"]
    assert FB_FIELDS[-1].cell == "jour!AC"
    assert (cell("jour_cafe_nourriture"), cell("jour_banquet_vins")) == ("jour!E", "jour!AC")


@pytest.mark.parametrize(
    ("key", "column"),
    [
        ("jour_carte_amex_elavon", "jour!BI"),
        ("jour_carte_amex_global", "jour!BN"),
        ("jour_argent_recu", "jour!BU"),
        ("jour_surplus_deficit", "jour!CA"),
        ("jour_pourboires", "jour!AD"),
        ("jour_cash_operation", "jour!CI"),
    ],
)
def test_a_cell_has_the_column_of_the_workbook(key, column):
    assert cell(key) == column


def test_credits_and_debits_are_told_apart_and_have_no_column_twice():
    assert not set(CREDITS) & set(DEBITS)
    columns = [cell(key) for key in (*CREDITS, *DEBITS)]
    assert len(columns) == len(set(columns))
    assert set(CARD_CELLS) <= set(DEBITS)
    assert set(RECAP_SOURCES) <= set(DEBITS)


@pytest.mark.parametrize("term", ["jour_room_revenue_brut", "g4_montant", "jour_forfait_sj", "jour_tvq_pms"])
def test_a_term_of_a_cell_is_no_credit_by_itself(term):
    assert term not in CREDITS
    assert f"jour.{term}" in FIELDS


@pytest.mark.parametrize("term", ["jour_ar_transferts", "jour_ar_paiements"])
def test_a_term_of_a_cell_is_no_debit_by_itself(term):
    assert term not in DEBITS


def test_an_adjustment_without_category_is_food():
    lines = [
        {"dept": "cafe", "montant": "-1.00"},
        {"dept": "cafe", "categorie": "nourriture", "montant": "-2.00"},
        {"dept": "cafe", "categorie": "vins", "montant": "-4.00"},
        {"dept": "piazza", "montant": "-8.00"},
    ]
    given = {"jour_pos_cafe_nourriture": "100.00", "jour_pos_cafe_vins": "50.00", "jour_adj_notes": lines}
    of = night(jour=given)
    assert figures(of, "jour", "jour_cafe_nourriture", "jour_cafe_vins", "jour_adj_cafe") == ["97.00", "46.00", "-7.00"]


def test_a_cell_that_was_not_read_is_absent_whatever_is_adjusted():
    lines = [{"dept": "cafe", "montant": "-1.00"}]
    assert figure(night(jour={"jour_adj_notes": lines}), "jour.jour_cafe_nourriture") is None


def test_adjustments_of_a_department_take_any_category():
    assert adjustments("cafe").where == (("dept", ("cafe",)),)
    assert adjustments("cafe", "vins").where == (("dept", ("cafe",)), ("categorie", ("vins",)))
    assert adjustments("cafe", "nourriture").where[1] == ("categorie", ("nourriture", None))


def test_the_rooms_are_net_of_adjustments_and_of_the_club():
    lines = [{"dept": "chambres", "montant": "-10.00"}]
    given = {"jour_room_revenue_brut": "1000.00", "g4_montant": "90.00", "jour_adj_notes": lines}
    of = night(jour=given)
    assert figures(of, "jour", "jour_room_revenue", "jour_diff_forfait") == ["900.00", "90.00"]


def test_the_parts_of_a_tax_make_the_tax():
    of = night(jour={"jour_tvq_pms": "1464.84", "jour_tvq_pos": "1357.87", "jour_tvq_autres": "0.57"})
    assert figure(of, "jour.jour_tvq") == "2823.28"
    assert figure(of, "jour.jour_tps") is None


def test_what_the_recap_pays_out_leaves_by_its_opposite():
    recap = {"remb_client_lecture": "-10.00", "remb_loterie_lecture": "-2.00", "exchange_us_lecture": "3.00"}
    of = night(recap=recap | {"surplus_deficit_lecture": "4.00"})
    keys = ("jour_remb_client", "jour_exchange_us", "jour_surplus_deficit")
    assert figures(of, "jour", *keys) == ["-12.00", "-3.00", "-4.00"]


def test_a_card_read_in_both_places_is_one_debit_and_the_amex_are_two():
    rows = {"visa": {"terminals": {"bar_a": "10.00", "banquet_1": "5.00"}}, "amex": {"terminals": {"bar_a": "7.00"}}}
    desk = {"visa": {"fusebox": "100.00"}, "amex": {"fusebox": "40.00"}}
    of = night(transelect={"transelect_restaurant": rows, "transelect_reception": desk})
    keys = ("jour_carte_visa", "jour_carte_amex_elavon", "jour_carte_amex_global", "jour_carte_mc")
    assert figures(of, "jour", *keys) == ["115.00", "40.00", "7.00", None]


def test_what_is_paid_on_accounts_is_taken_from_what_is_sent_to_them():
    of = night(geac={"geac_balance_sheet": {"facture_ar": "6574.37"}}, jour={"jour_ar_paiements": "1543.83"})
    assert figure(of, "jour.jour_ar_misc") == "5030.54"
    assert figure(night(jour={"jour_ar_paiements": "5.00"}), "jour.jour_ar_misc") == "-5.00"
