"""A figure typed over one of the PMS keeps the other beside it, until both are equal."""

import pytest

from database.origins import Beside, Origin
from utils.actions.typed_over import typed_over

ORIGIN = Origin("saisi", "2025-12-24T03:00:00-05:00", 3)
SYNCED = Origin("lightspeed", "2025-12-24T02:00:00-05:00", report="Caisses", revision=5)
BESIDE = Beside("10.00", "lightspeed", "2025-12-24T02:00:00-05:00", "Caisses", 5)


@pytest.mark.parametrize("kind", ["lightspeed", "importe"])
def test_what_the_pms_or_a_report_said_stays_beside(kind):
    found = typed_over(SYNCED._replace(kind=kind, by=9, kept="x"), "10.00", "12.00", ORIGIN)
    assert found == ORIGIN._replace(beside=BESIDE._replace(kind=kind))


def test_what_was_beside_stays_as_it_is():
    assert typed_over(ORIGIN._replace(beside=BESIDE), "11.00", "12.00", ORIGIN).beside == BESIDE


@pytest.mark.parametrize("before", [None, Origin("saisi"), Origin("repris")])
def test_what_nobody_else_said_leaves_nothing_beside(before):
    assert typed_over(before, "10.00", "12.00", ORIGIN) == ORIGIN


def test_an_equal_figure_leaves_nothing_beside():
    assert typed_over(SYNCED, "10.00", "10.00", ORIGIN) == ORIGIN
    assert typed_over(ORIGIN._replace(beside=BESIDE), "11.00", "10.00", ORIGIN) == ORIGIN
