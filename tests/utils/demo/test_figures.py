"""The figures of a date: three ledgers that follow from one another, taxes added in their order."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from utils.demo.figures import BRANDS, RevenueLine, figures
from utils.demo.hotel import DemoHotel
from utils.money import r2

HOTEL, FIRST = DemoHotel("DEMO"), date(2025, 12, 20)
DAYS = [FIRST + timedelta(days=number) for number in range(14)]


@pytest.mark.parametrize("ledger", ["guest", "city", "deposit"])
def test_a_ledger_opens_where_it_closed_and_follows(ledger):
    for day in DAYS:
        found = figures(HOTEL, day)
        opening, debits, credits = found.movement(ledger)
        assert opening == found.opening(ledger) == figures(HOTEL, day - timedelta(days=1)).closing(ledger)
        assert opening + debits - credits == found.closing(ledger)


@pytest.mark.parametrize("day", DAYS[::4])
def test_the_lodging_tax_is_added_before_the_two_others(day):
    found = figures(HOTEL, day)
    taxes = {code: (base, amount) for code, base, _, amount in found.taxes}
    assert taxes["TAXE_HEB"][1] == r2(taxes["TAXE_HEB"][0] * Decimal("0.035"))
    assert taxes["TPS"][0] == taxes["TVQ"][0]
    assert taxes["TPS"][0] > taxes["TAXE_HEB"][0]
    assert found.charges == sum(line.net for line in found.lines) + sum(amount for *_, amount in found.taxes)


def test_cards_are_of_four_brands_and_the_balance_of_two_ledgers():
    found = figures(HOTEL, FIRST)
    assert tuple(found.cards) == BRANDS
    assert found.balance() == found.closing("guest") + found.closing("deposit")


def test_companies_pay_by_mail_on_two_days_of_the_week():
    assert {figures(HOTEL, day).day.weekday() for day in DAYS if figures(HOTEL, day).by_mail} <= {1, 3}


def test_a_line_is_net_of_its_adjustment_and_a_date_is_drawn_once():
    assert RevenueLine("A", "a", "fnb", Decimal("5.00"), Decimal("-1.50")).net == Decimal("3.50")
    assert figures(HOTEL, FIRST) is figures(DemoHotel("DEMO"), FIRST)
