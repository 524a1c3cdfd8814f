"""Food and beverage of a date: what was sold is settled, to the cent."""

from datetime import date, timedelta

import pytest

from utils.demo.outlets import CARDS, OUTLETS, TERMINALS, Outlets
from utils.demo.rooms import Account, Rooms

HOTEL, FIRST = Account("DEMO"), date(2025, 12, 1)


def outlets(day, hotel=HOTEL):
    return Outlets(hotel, day, Rooms(hotel, day))


@pytest.mark.parametrize("day", [FIRST + timedelta(days=number) for number in range(0, 40, 4)])
def test_cash_cards_rooms_bills_and_packages_settle_everything(day):
    found = outlets(day)
    batches = sum(amount for card in CARDS for amount in found.batches[card].values())
    bills = sum(slip.total for slip in found.slips)
    settled = found.cash + batches + sum(found.charged.values()) + bills + found.packages + found.gift
    assert settled == found.gross
    assert found.gross == found.sold + found.tps + found.tvq + found.tips


def test_a_batch_is_of_a_terminal_that_exists():
    found = outlets(FIRST)
    assert {name for card in CARDS for name in found.batches[card]} <= set(TERMINALS)
    assert set(found.charged) == set(OUTLETS)


def test_an_internal_bill_is_no_more_than_was_sold_and_its_tip_is_of_the_restaurant():
    for number in range(40):
        found = outlets(FIRST + timedelta(days=number))
        for slip in found.slips:
            assert slip.reason
            assert slip.authorized
            assert slip.tip == 0 or slip.area == "piazza"
        assert found.slip_tips == sum(slip.tip for slip in found.slips)


def test_a_day_with_nobody_sells_nothing():
    found = outlets(FIRST, Account("DEMO", empty_days=frozenset((FIRST,))))
    assert (found.sold, found.gross, found.tips, found.slips, found.party) == (0, 0, 0, [], False)
