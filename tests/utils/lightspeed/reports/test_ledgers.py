"""The three ledgers: the movement of each, and the one that is asked for."""

from decimal import Decimal

import pytest

from tests.utils.lightspeed.read import demo, read
from utils.lightspeed import reports as r

D = Decimal


@pytest.mark.parametrize(
    ("given", "movement"),
    [
        ({"debits": D("5.00"), "credits": D("8.00")}, D("-3.00")),
        ({"debits": D("5.00"), "net": D("1.00")}, D("1.00")),
        ({"credits": D("5.00"), "net": D("1.00")}, D("1.00")),
        ({"debits": D("5.00"), "credits": D("5.00"), "net": D("9.00")}, D("0.00")),
        ({"net": D("-2.00")}, D("-2.00")),
        ({"debits": D("5.00")}, None),
        ({}, None),
    ],
)
def test_the_movement_is_the_debits_less_the_credits_else_what_is_printed(given, movement):
    assert r.Ledger("guest", **given).movement == movement


def test_a_ledger_is_found_by_its_name():
    report = read(r.ArBalance, ledgers=[{"ledger": "city", "closing": "5.00"}, {"ledger": "guest"}], transfers={})
    assert report.ledger("city").closing == D("5.00")
    assert report.ledger("guest").closing is None
    assert report.ledger("deposit") is None
    assert report.transfers == r.Transfers(None, None)


def test_who_owes_is_in_no_technical_journal():
    accounts = demo()[r.ArAging].accounts
    assert accounts
    assert not any(account.name in repr(account) for account in accounts)
