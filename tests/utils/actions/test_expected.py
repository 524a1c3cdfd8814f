"""The terminals that had an amount lately and have none tonight are named at the variance of the restaurant."""

from datetime import date

import pytest

from tests.utils.rj.build import night
from utils.actions import expected as module
from utils.actions.expected import NIGHTS, Expected, expected, missing_batches

DAY = date(2025, 12, 23)


def tonight(**terminals):
    rows = {"visa": {"terminals": terminals, "positouch": "100.00"}}
    return night(transelect={"transelect_restaurant": rows})


def said(of, usual):
    return [(remark.message, remark.asked) for remark in missing_batches(of, usual)]


def test_what_is_usual_is_counted_over_the_last_nights(monkeypatch):
    known = [
        {"transelect_restaurant.visa.terminals": {"bar_a": "10.00", "bar_b": "0.00"}},
        {
            "transelect_restaurant.visa.terminals": {"bar_a": "5.00"},
            "transelect_restaurant.mc.terminals": {"bar_a": "1.00"},
        },
        {},
    ]
    asked = []
    monkeypatch.setattr(module.nights, "tabs_before", lambda _, *given: asked.append(given) or known)
    assert expected(None, 7, DAY) == Expected(3, {"bar_a": 2})
    assert asked == [(7, DAY, "transelect", NIGHTS)]


@pytest.mark.parametrize(("count", "words"), [(1, "1 nuit sur 14"), (13, "13 nuits sur 14")])
def test_a_terminal_without_a_batch_is_named_with_how_often_it_had_one(count, words):
    assert said(tonight(bar_a="50.00"), Expected(14, {"bar_a": 14, "bar_b": count})) == [
        (f"Bar B n'a pas de lot; il en avait un {words}.", False)
    ]


def test_a_night_without_variance_lacks_no_batch():
    assert said(tonight(bar_a="100.00"), Expected(14, {"bar_b": 14})) == []
    assert said(night(), Expected(14, {"bar_b": 14})) == []


def test_a_batch_that_is_nil_is_one():
    assert said(tonight(bar_a="50.00", bar_b="0.00"), Expected(14, {"bar_b": 14})) == []
