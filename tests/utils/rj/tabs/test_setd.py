"""SetD: the over and short of the night, spread over persons and accounts to the last cent."""

import pytest

from tests.utils.rj.build import figure, figures, night
from utils.rj.tabs.setd import ACCOUNTS

KEYS = ("setd_rj_balance", "setd_total", "setd_controle")


def setd(surplus=None, **given):
    recap = {} if surplus is None else {"surplus_deficit_lecture": surplus}
    return figures(night(setd=given, recap=recap), "setd", *KEYS)


def persons(*amounts):
    return [{"name": f"Personne {position}", "amount": amount} for position, amount in enumerate(amounts)]


def test_what_is_to_be_spread_is_the_surplus_of_the_recap():
    assert setd("1532.47") == ["1532.47", None, None]
    assert setd("-12.00")[0] == "-12.00"


def test_persons_and_accounts_are_spread_together():
    found = setd("10.00", setd_personnel=persons("-5.00", "12.00"), setd_gl_101100="2.50", setd_residuel="0.50")
    assert found == ["10.00", "10.00", "0.00"]


def test_what_is_left_to_spread_has_the_sign_of_the_surplus():
    assert setd("10.00", setd_personnel=persons("7.00"))[2] == "3.00"
    assert setd("-10.00", setd_personnel=persons("-12.00"))[2] == "2.00"


@pytest.mark.parametrize("account", [key for key, *_ in ACCOUNTS])
def test_each_account_alone_makes_the_total(account):
    assert setd(**{account: "-0.07"})[1] == "-0.07"


def test_a_person_without_amount_counts_nothing():
    assert setd(setd_personnel=[{"name": "Personne 9"}])[1] is None
    assert setd(setd_personnel=[{"name": "Personne 9"}, {"amount": "1.00"}])[1] == "1.00"


@pytest.mark.parametrize(("off", "status"), [("0.02", "ok"), ("0.03", "avertissement")])
def test_two_cents_are_left_to_rounding(off, status):
    of = night(recap={"surplus_deficit_lecture": off}, setd={"setd_residuel": "0.00"})
    assert (figure(of, "sommaire.statuts.chk_setd") == "ok") is (status == "ok")


def test_nothing_to_spread_is_declared():
    assert setd(sans_activite=True) == [None, "0.00", None]
    assert setd("0.00", sans_activite=True) == ["0.00", "0.00", "0.00"]
