"""A figure typed over one of the PMS keeps the other beside it, until both are equal."""

import pytest

from utils.actions.typed_over import typed_over

ORIGIN = {"genre": "saisi", "qui": 3, "a": "2025-12-24T03:00:00-05:00"}
SYNCED = {"genre": "lightspeed", "a": "2025-12-24T02:00:00-05:00", "revision": 5}


@pytest.mark.parametrize("kind", ["lightspeed", "importe"])
def test_what_the_pms_or_a_report_said_stays_beside(kind):
    found = typed_over({**SYNCED, "genre": kind, "qui": 9, "garde": "x"}, "10.00", "12.00", ORIGIN)
    assert found == {**ORIGIN, "ailleurs": {**SYNCED, "genre": kind, "valeur": "10.00"}}


def test_what_was_beside_stays_as_it_is():
    beside = {"valeur": "10.00", **SYNCED}
    assert typed_over({**ORIGIN, "ailleurs": beside}, "11.00", "12.00", ORIGIN)["ailleurs"] == beside


@pytest.mark.parametrize("before", [{}, {"genre": "saisi"}, {"genre": "repris"}])
def test_what_nobody_else_said_leaves_nothing_beside(before):
    assert typed_over(before, "10.00", "12.00", ORIGIN) == ORIGIN


def test_an_equal_figure_leaves_nothing_beside():
    assert typed_over(SYNCED, "10.00", "10.00", ORIGIN) == ORIGIN
    assert typed_over({**ORIGIN, "ailleurs": {"valeur": "10.00"}}, "11.00", "10.00", ORIGIN) == ORIGIN


def test_what_is_given_is_never_changed():
    before = {**SYNCED}
    typed_over(before, "10.00", "12.00", ORIGIN)["x"] = 1
    assert before == SYNCED
    assert "x" not in ORIGIN
