"""Recap: the two nights of the reference, line by line, and when its totals exist."""

import pytest

from tests.utils.rj.build import figure, figures, night

NIGHTS = [
    (
        {
            **{"cash_ls_lecture": "521.20", "cash_pos_lecture": "696.05", "remb_gratuite_lecture": "-2543.42"},
            **{"remb_client_lecture": "-1067.61", "dueback_reception_lecture": "653.10"},
            **{"dueback_nb_lecture": "667.61", "surplus_deficit_lecture": "1532.47", "deposit_cdn": "459.40"},
        },
        ["1217.25", "-2393.78", "-1073.07", "459.40", "0.00", "4070.43"],
    ),
    (
        {
            **{"cash_ls_lecture": "37.99", "cash_pos_lecture": "769.25", "cheque_dr_lecture": "426.00"},
            **{"remb_gratuite_lecture": "-2095.30", "remb_client_lecture": "-1302.98"},
            **{"dueback_reception_lecture": "1260.32", "dueback_nb_lecture": "1202.97"},
            **{"surplus_deficit_lecture": "257.45", "deposit_cdn": "555.70"},
        },
        ["1233.24", "-2165.04", "298.25", "555.70", "0.00", "3953.98"],
    ),
]
TOTALS = (
    *("recap_total_recettes", "recap_total_apres_remb", "recap_total_a_deposer", "recap_depot_net"),
    *("recap_balance", "recap_argent_recu"),
)


@pytest.mark.parametrize(("typed", "totals"), NIGHTS, ids=["2025-12-23", "2024-12-19"])
def test_the_nights_of_the_reference(typed, totals):
    assert figures(night(recap=typed), "recap", *TOTALS) == totals


@pytest.mark.parametrize("row", ["cash_ls", "cash_pos", "cheque_ar", "cheque_dr", "exchange_us", "remb_loterie"])
def test_every_line_is_the_reading_and_its_correction(row):
    typed = {f"{row}_lecture": "10.00", f"{row}_corr": "-2.50"}
    assert figure(night(recap=typed), f"recap.{row}_net") == "7.50"
    assert figure(night(recap={f"{row}_corr": "-2.50"}), f"recap.{row}_net") == "-2.50"


@pytest.mark.parametrize("receipt", ["cash_ls", "cash_pos", "cheque_ar", "cheque_dr"])
def test_the_totals_exist_once_one_receipt_is_known(receipt):
    others = {"remb_client_lecture": "-5.00", "surplus_deficit_lecture": "1.00", "deposit_us": "2.00"}
    keys = (*TOTALS[:4], "recap_depot_cdn_calcule", "recap_depot_controle", "recap_argent_recu")
    assert figures(night(recap=others), "recap", *keys) == [None] * 7
    known = night(recap=others | {f"{receipt}_lecture": "0.00"})
    assert figures(known, "recap", *keys) == ["0.00", "-5.00", "-5.00", "-4.00", "-6.00", "-4.00", "-1.00"]


def test_the_balance_needs_the_counted_deposit():
    """A deposit in US dollars alone is no count of the safe."""
    assert figure(night(recap={"cash_ls_lecture": "5.00", "deposit_us": "5.00"}), "recap.recap_balance") is None
    both = {"cash_ls_lecture": "5.00", "deposit_us": "2.00", "deposit_cdn": "1.00"}
    assert figure(night(recap=both), "recap.recap_balance") == "2.00"
    assert figure(night(recap={"deposit_cdn": "1.00"}), "recap.recap_balance") is None


def test_due_back_over_and_short_and_deposits_come_from_their_tabs():
    lines = [
        {"verified": "497.80", "amount": "-462.51", "reimbursement": "316.32"},
        {"currency": "US", "verified": "5.00"},
    ]
    given = night(dueback={"dueback_entries": [{"nouveau": "653.10"}]}, sd={"sd_entries": lines})
    keys = ("dueback_reception_lecture", "surplus_deficit_lecture", "deposit_cdn", "deposit_us")
    assert figures(given, "recap", *keys) == ["653.10", "648.99", "497.80", "5.00"]


def test_exchange_is_added_with_the_sign_typed():
    typed = {"cash_ls_lecture": "100.00", "exchange_us_lecture": "-12.00"}
    assert figure(night(recap=typed), "recap.recap_total_a_deposer") == "88.00"
    assert figure(night(recap=typed), "jour.jour_exchange_us") == "12.00"


def test_the_seven_cells_of_the_jour_take_the_signs_of_the_reference():
    """Refunds as in the Recap; due back, exchange and over/short inverted."""
    given = night(recap=NIGHTS[0][0] | {"deposit_us": "1.00", "remb_loterie_lecture": "-2.00"})
    keys = ("remb_client", "remb_gratuite", "depot_us", "dueback_reception", "surplus_deficit")
    assert figures(given, "jour", *(f"jour_{key}" for key in keys)) == [
        *("-1069.61", "-2543.42", "1.00", "-653.10", "-1532.47")
    ]
