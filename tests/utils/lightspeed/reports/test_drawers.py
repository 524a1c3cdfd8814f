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


def test_batches_are_read_one_by_one_with_their_source_and_their_brand():
    found = cards(batch(net="10.00"), batch("amex", "4.00"), batch(source="fnb", net="9.00"))
    assert [(one.source, one.brand, str(one.net)) for one in found.settlements] == [
        ("frontdesk", "visa", "10.00"),
        ("frontdesk", "amex", "4.00"),
        ("fnb", "visa", "9.00"),
    ]


def test_who_keeps_a_drawer_is_in_no_technical_journal():
    assert "c1" not in repr(DRAWERS)
