"""The reports of a business date, by the method that reads each: any client that has the methods will do."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from utils.lightspeed import reports as r
from utils.lightspeed.client import LightspeedClient

METHODS: Final[dict[type, str]] = {
    r.DailyRevenue: LightspeedClient.get_daily_revenue.__name__,
    r.RoomStatistics: LightspeedClient.get_room_statistics.__name__,
    r.ArBalance: LightspeedClient.get_ar_balance.__name__,
    r.ArAging: LightspeedClient.get_ar_aging.__name__,
    r.CashierReport: LightspeedClient.get_cashier_report.__name__,
    r.CardSettlements: LightspeedClient.get_card_settlements.__name__,
    r.HouseGuests: LightspeedClient.get_house_guests.__name__,
    r.NoShows: LightspeedClient.get_no_shows.__name__,
    r.MarketSegments: LightspeedClient.get_market_segments.__name__,
}


def read_report(client: Any, kind: type, day: date, etag: str | None = None) -> Any:  # noqa: ANN401 - any of them
    """A report of a date; raises what the client raises."""
    return getattr(client, METHODS[kind])(day, etag)
