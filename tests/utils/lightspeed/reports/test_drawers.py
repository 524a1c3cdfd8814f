"""The drawers by tender and currency, the batches by brand."""

from decimal import Decimal

import pytest

from tests.utils.lightspeed.read import batch, cards, cashier, shift, tender

DRAWERS = cashier(
    shift(1, tender("cash", "100.00"), tender("cash", "20.00", "USD"), tender("card", "50.00")),
    shift(2, tender("cash", "-5.50"), tender("cheque", "7.00")),
)


@pytest.mark.parametrize(
    ("kind", "currency", "received"),
    [
        ("cash", "CAD", "94.50"),
        ("cash", "USD", "20.00"),
        ("cheque", "CAD", "7.00"),
        ("card", "USD", "0"),
        ("or", "CAD", "0"),
    ],
)
def test_the_drawers_received_so_much_of_a_tender_in_its_currency(kind, currency, received):
    assert DRAWERS.received(kind, currency) == Decimal(received)


def test_no_drawer_received_nothing():
    assert cashier().received("cash", "CAD") == 0


def test_batches_of_a_brand_are_added_source_by_source():
    found = cards(
        batch(net="10.00"), batch(net="-2.50", number="2"), batch("amex", "4.00"), batch(source="fnb", net="9.00")
    )
    assert found.by_brand() == {"visa": Decimal("7.50"), "amex": Decimal("4.00")}
    assert found.by_brand("fnb") == {"visa": Decimal("9.00")}
    assert found.by_brand("other") == {}


def test_who_keeps_a_drawer_is_in_no_technical_journal():
    assert "c1" not in repr(DRAWERS)
