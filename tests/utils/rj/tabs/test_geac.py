"""GEAC: one report against another, by magnitude; the signed proof; receivables."""

import pytest

from tests.utils.rj.build import figure, figures, night
from utils.rj.tabs.geac import BALANCE_SHEET


@pytest.mark.parametrize("line", [(line[0], line[3]) for line in BALANCE_SHEET], ids=lambda line: line[0])
def test_a_line_compares_magnitudes(line):
    """The Daily Revenue prints credits without sign."""
    first, second = f"{line[0]}_dr", f"{line[0]}_{line[1]}"
    equal = night(geac={"geac_balance_sheet": {first: "16923.33", second: "-16923.33"}})
    assert figure(equal, f"geac.geac_var_{line[0]}") == "0.00"
    apart = night(geac={"geac_balance_sheet": {first: "-5.00", second: "7.00"}})
    assert figure(apart, f"geac.geac_var_{line[0]}") == "-2.00"
    assert figure(night(geac={"geac_balance_sheet": {first: "5.00"}}), f"geac.geac_var_{line[0]}") is None


@pytest.mark.parametrize(
    ("before", "today", "after"),
    [("-3268484.66", "-16923.33", "-3285407.99"), ("502969.78", "-264893.90", "238075.88")],
)
def test_the_signed_proof(before, today, after):
    given = night(
        previous={"jour_guest_ledger": before},
        geac={"geac_balance_sheet": {"today_gl": today}},
        jour={"jour_guest_ledger": after},
    )
    assert figure(given, "geac.geac_var_identite") == "0.00"
    assert figure(night(jour={"jour_guest_ledger": after}), "geac.geac_var_identite") is None


@pytest.mark.parametrize("card", ["amex", "diners", "mc", "visa"])
def test_the_cash_out_of_a_card(card):
    """7,394.15 + 3,200.90 = 10,595.05 = Daily Revenue."""
    out = {f"co1_{card}": "7394.15", f"co2_{card}": "3200.90"}
    given = night(geac={"geac_cashout": out, "geac_daily_rev": {card: "10595.05"}})
    assert figures(given, "geac", f"geac_cashout_total_{card}", f"geac_cashout_var_{card}") == ["10595.05", "0.00"]
    assert figure(night(geac={"geac_daily_rev": {card: "1.00"}}), f"geac.geac_cashout_var_{card}") is None


def test_the_sums_of_magnitudes_use_the_pairs_that_exist():
    out = {"co1_amex": "5.00", "co1_mc": "3.00", "co1_visa": "1.00"}
    received = {"amex": {"fusebox": "7.00"}, "mc": {"fusebox": "1.50"}, "debit": {"fusebox": "9.00"}}
    given = night(geac={"geac_cashout": out}, transelect={"transelect_reception": received})
    assert figures(given, "sommaire", "chk_geac_reception", "chk_geac_cartes") == ["3.50", None]
    sheet = {"prev_dr": "5.00", "prev_gl": "4.00", "newbal_dr": "1.00", "newbal_gl": "3.00", "today_dr": "9.00"}
    assert figure(night(geac={"geac_balance_sheet": sheet}), "sommaire.chk_geac_bilan") == "3.00"


RECEIVABLES = {"geac_ar_previous": "10000.00", "geac_ar_charges": "4064.49", "geac_ar_payments": "1500.00"}


@pytest.mark.parametrize(
    ("more", "variance"),
    [
        ({"geac_ar_new_balance": "12564.49"}, "0.00"),
        ({"geac_ar_new_balance": "12564.49", "geac_ar_adjustments": "-0.49"}, "-0.49"),
        ({}, None),
    ],
)
def test_receivables(more, variance):
    assert figure(night(geac=RECEIVABLES | more), "geac.geac_ar_variance") == variance


def test_receivables_need_both_balances_and_nothing_else():
    assert (
        figure(night(geac={"geac_ar_previous": "5.00", "geac_ar_new_balance": "5.00"}), "geac.geac_ar_variance")
        == "0.00"
    )
    assert figure(night(geac={"geac_ar_new_balance": "5.00"}), "geac.geac_ar_variance") is None
