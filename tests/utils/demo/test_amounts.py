"""The small arithmetic of the generator: sums and shares are exact to the cent."""

from decimal import Decimal

import pytest

from utils.demo.amounts import m, parts, shares, split, total

D = Decimal


@pytest.mark.parametrize(("amount", "text"), [("12", "12.00"), ("1.005", "1.01"), ("-1.005", "-1.01"), ("0", "0.00")])
def test_an_amount_is_written_as_the_contract_does(amount, text):
    assert m(D(amount)) == text


def test_no_amount_is_nothing():
    assert total([]) == 0
    assert total([D("0.10")] * 3) == D("0.30")


@pytest.mark.parametrize(
    ("whole", "weights", "found"),
    [(10, (1, 1, 1), [3, 3, 4]), (0, (5, 4, 1), [0, 0, 0]), (7, (1,), [7]), (252, (5, 4, 1), [126, 100, 26])],
)
def test_the_last_part_takes_the_rest(whole, weights, found):
    assert parts(whole, weights) == found
    assert sum(found) == whole


@pytest.mark.parametrize("amount", ["100.00", "0.01", "-33.34", "0.00", "9999.99"])
@pytest.mark.parametrize("weights", [(1, 1, 1), (28, 41, 24, 7), (0, 3), (3, 0), (1,)])
def test_shares_make_the_whole_and_nothing_goes_where_there_is_no_weight(amount, weights):
    found = shares(D(amount), weights)
    assert sum(found) == D(amount)
    assert all(share == 0 for share, weight in zip(found, weights, strict=True) if not weight)


def test_weights_that_are_all_nil_share_nothing():
    assert shares(D("10.00"), (0, 0)) == [0, 0]


@pytest.mark.parametrize(
    ("amount", "count", "found"), [("10.00", 3, ["3.34", "3.33", "3.33"]), ("5.00", 1, ["5.00"]), ("5.00", 0, [])]
)
def test_an_amount_is_split_exactly(amount, count, found):
    assert split(D(amount), count) == [D(one) for one in found]
