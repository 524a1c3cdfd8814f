"""The two errors hidden in the papers: one amount with digits put one for another, one terminal forgotten."""

from datetime import date, timedelta

import pytest

from utils.demo.bundle import papers_of
from utils.demo.exercise import FORGOTTEN, NOTE, SWAPPED, hide, swapped
from utils.demo.hotel import DemoHotel
from utils.demo.papers import typed


@pytest.mark.parametrize(
    ("right", "wrong"),
    [("4771.01", "4717.01"), ("4488.16", "4848.16"), ("4477.00", "4747.00"), ("55.10", "155.10"), ("7.00", "17.00")],
)
def test_the_last_unlike_digits_are_put_one_for_the_other(right, wrong):
    assert swapped(right) == wrong


def test_every_night_hides_both_and_says_that_it_is_an_exercise():
    for number in range(0, 120, 7):
        day = date(2026, 8, 1) + timedelta(days=number)
        tabs, right = (typed(papers_of(DemoHotel("DEMO"), day)) for _ in range(2))
        digits, lot = hide(tabs)
        tab, _, cell = SWAPPED.partition(".")
        assert digits.cells == ((SWAPPED, right[tab][cell], tabs[tab][cell]),)
        assert tabs[tab][cell] != right[tab][cell]
        assert len(lot.cells) >= 3
        assert all(FORGOTTEN not in one["terminals"] for one in tabs["transelect"]["transelect_restaurant"].values())
        assert tabs["controle"]["notes"] == NOTE
