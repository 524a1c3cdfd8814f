"""The receipts that the nights of a demonstration are made with: sent by the same code to the simulator inside.

Only the limiter is left out, since nobody waits for nights of the past; those that follow wait like any other.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final

from database.properties import Hotel
from database.transaction import read, write
from utils.actions.marsha import clients, market, send
from utils.marsha.client import MarshaClient
from utils.simulators.marsha import VALIDATED_AFTER

LATER: Final = timedelta(minutes=1)


def send_with_receipt(hotel: Hotel, day: date, at: datetime) -> None:
    """Send the DBRS of a night that was just locked, hear its validation and the market of its date."""
    with read() as connection:
        if clients.is_connected_elsewhere(connection, hotel) or not clients.is_linked(connection, hotel):
            return
    budget, moment = clients.free_budget(), at

    def client(_hotel: Hotel) -> MarshaClient:
        return clients.simulated(hotel, budget=budget, clock=lambda: moment)

    for moment in (at, at + LATER + VALIDATED_AFTER):
        send.send_due(lambda: moment, client)  # noqa: B023 - called before the next turn
    inside = client(hotel)
    found, position = inside.benchmarks(day), inside.position(day)
    if found is not None:
        with write() as connection:
            market.keep_market(connection, hotel.id, 0, found, position, moment)
