"""Quasimodo: cards and deposits against the net of the report."""

import pytest

from tests.utils.rj.build import figure, figures, night
from tests.utils.rj.golden import COMPLETE
from tests.utils.rj.golden import night as golden


def test_the_night_of_the_reference():
    """5,907.52 + 18,220.90 + 5,562.72 + 459.40 = 30,150.54."""
    restaurant = sum(golden(COMPLETE).values[f"quasimodo.quasi_fb_{card}"] for card in ("debit", "visa", "mc", "amex"))
    assert f"{restaurant:.2f}" == "5907.52"
    keys = ("quasi_rec_amex_net", "quasi_cash_cdn", "quasi_total", "quasi_rj_total", "quasi_variance")
    assert figures(golden(COMPLETE), "quasimodo", *keys) == ["5562.72", "459.40", "30150.54", "30150.54", "0.00"]


def test_only_the_amex_of_the_reception_is_net():
    amex = {"restaurant": {"amex": {"terminals": {"bar_a": "100.00"}}}, "reception": {"amex": {"fusebox": "100.00"}}}
    given = night(transelect={f"transelect_{half}": cards for half, cards in amex.items()})
    assert figures(given, "quasimodo", "quasi_fb_amex", "quasi_rec_amex", "quasi_rec_amex_net", "quasi_total") == [
        *("100.00", "100.00", "97.35", "197.35")
    ]
    assert figure(given, "quasimodo.quasi_variance") == "0.00"


@pytest.mark.parametrize(
    ("rate", "factor"),
    [
        ("2.65", "0.9735"),
        ("2.5", "0.9750"),
        ("0", "1.0000"),
        ("2.655", "0.97345"),
        ("1.750", "0.9825"),
        ("10", "0.9000"),
    ],
)
def test_the_factor_has_at_least_four_decimals(rate, factor):
    given = night(settings={"rates": {"transelect": {"amex": rate}}})
    assert figure(given, "quasimodo.quasi_amex_factor") == factor


def test_cash_alone_is_no_total():
    given = night(recap={"cash_ls_lecture": "5.00", "deposit_us": "1.00"})
    assert figures(given, "quasimodo", "quasi_cash_cdn", "quasi_cash_usd", "quasi_total") == ["4.00", "1.00", None]
    assert figure(given, "sommaire.onglets.quasimodo") == "en_cours"
    assert figure(night(), "sommaire.onglets.quasimodo") == "vide"
