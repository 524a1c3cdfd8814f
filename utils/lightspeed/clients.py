"""Who answers for a hotel: the one place that decides between the PMS and the demonstration.

    client_for(hotel).get_daily_revenue(day).about.source   # "live" or "demo"

A hotel with credentials is answered by its PMS and by nobody else, were it a demonstration. Without credentials a
demonstration hotel is answered by the generator; a real one is not connected: nothing is ever invented for it.
"""

from __future__ import annotations

from typing import Final

from database.properties import Hotel
from utils.demo.hotel import DemoHotel
from utils.lightspeed import storage
from utils.lightspeed.client import LightspeedClient
from utils.lightspeed.demo import DemoClient
from utils.lightspeed.errors import LightspeedConfigError

Client = LightspeedClient | DemoClient
_NOT_CONNECTED: Final = "Lightspeed n’est pas configuré pour cet hôtel."


def client_for(hotel: Hotel, *, enabled: bool = True) -> Client:
    """The source of the reports of a hotel; raises ``LightspeedConfigError`` for a real one without credentials.

    ``enabled``: ``LIGHTSPEED_ENABLED`` of the installation; ``False`` is as without credentials.
    """
    live = storage.client_for(hotel, enabled=enabled)
    if live.is_configured():
        return live
    if not hotel.demo:
        raise LightspeedConfigError(_NOT_CONNECTED)
    return DemoClient(demo_hotel(hotel))


def demo_hotel(hotel: Hotel) -> DemoHotel:
    """The generator of a demonstration hotel; raises ``LightspeedConfigError`` for a real one."""
    if not hotel.demo:
        raise LightspeedConfigError("Des chiffres de démonstration ne se donnent jamais à un hôtel réel.")
    return DemoHotel(hotel.code, hotel.name, hotel.code, hotel.currency, hotel.time_zone)
