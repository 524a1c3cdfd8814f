"""What is usual of a weekday: a middle that was really seen, and its range; nothing of too few nights."""

from decimal import Decimal

import pytest

from utils.rj.usual import LEAST, usual


def amounts(*texts):
    return [Decimal(text) for text in texts]


@pytest.mark.parametrize("count", range(LEAST))
def test_of_too_few_nights_nothing_is_usual(count):
    assert usual(amounts(*["1.00"] * count)) is None


@pytest.mark.parametrize(
    ("seen", "expected"),
    [
        (("5.00", "1.00", "9.00", "4.00"), ("1.00", "4.00", "9.00", 4)),
        (("5.00", "-1.00", "9.00", "4.00", "0.00"), ("-1.00", "4.00", "9.00", 5)),
        (("2.00",) * 8, ("2.00", "2.00", "2.00", 8)),
    ],
)
def test_the_middle_is_one_of_them_and_the_range_holds_all(seen, expected):
    found = usual(amounts(*seen))
    assert (str(found.low), str(found.middle), str(found.high), found.nights) == expected
