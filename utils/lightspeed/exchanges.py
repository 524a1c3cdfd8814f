"""What was asked of the PMS and how it answered: path, status, time, size, revision; never a body."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from utils.lightspeed import reports as r

PATHS: Final[dict[type, str]] = {
    r.Account: "",
    r.DailyRevenue: "/reports/DailyRevenue",
    r.RoomStatistics: "/rooms",
    r.ArBalance: "/receivables",
    r.ArAging: "/reports/ArAging",
    r.CashierReport: "/reports/Cashier",
    r.CardSettlements: "/reports/CardSettlements",
    r.HouseGuests: "/reports/InHouse",
    r.NoShows: "/reports/NoShows",
    r.MarketSegments: "/reports/MarketSegments",
    r.OnTheBooks: "/reports/OnTheBooks",
}
"""Where each report is, below the account."""


@dataclass(slots=True)
class Exchange:
    """One request: ``path`` is below the account and holds neither it nor a parameter.

    ``status`` is absent when nothing answered, ``revision`` when what came is no report; ``size`` is in bytes, of the
    body once unpacked.
    """

    path: str
    at: datetime
    milliseconds: int = 0
    status: int | None = None
    size: int = 0
    revision: int | None = None
