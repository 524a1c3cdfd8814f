"""Every report of one business date, read one after the other; one that fails takes nothing from the others."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from utils.lightspeed import invariants
from utils.lightspeed import reports as r
from utils.lightspeed.client import LightspeedClient
from utils.lightspeed.errors import LightspeedAPIError, LightspeedConfigError, LightspeedError

NIGHT_S: Final = 120.0
"""Bound of the whole reading, in seconds."""

READERS: Final[dict[type, Callable[[LightspeedClient, date], Any]]] = {
    r.DailyRevenue: LightspeedClient.get_daily_revenue,
    r.RoomStatistics: LightspeedClient.get_room_statistics,
    r.ArBalance: LightspeedClient.get_ar_balance,
    r.ArAging: LightspeedClient.get_ar_aging,
    r.CashierReport: LightspeedClient.get_cashier_report,
    r.CardSettlements: LightspeedClient.get_card_settlements,
    r.HouseGuests: LightspeedClient.get_house_guests,
    r.NoShows: LightspeedClient.get_no_shows,
    r.MarketSegments: LightspeedClient.get_market_segments,
}
"""The method of each report."""


@dataclass(frozen=True, slots=True)
class NightReports:
    """What was read of a date, what was not and why, and what does not hold between the reports."""

    reports: Mapping[type, Any]
    failures: Mapping[type, LightspeedError]
    breaches: tuple[str, ...]


def read_night(client: LightspeedClient, day: date, before: r.ArBalance | None = None) -> NightReports:
    """Read the nine reports; raises ``LightspeedConfigError`` when the hotel is not configured.

    ``before``: the ledgers of the night before, held against the opening of this one.
    """
    read: dict[type, Any] = {}
    failures: dict[type, LightspeedError] = {}
    until = time.monotonic() + NIGHT_S
    for kind, reader in READERS.items():
        try:
            if time.monotonic() > until:
                raise LightspeedAPIError("La lecture de la nuit a pris trop de temps.", "delai")
            read[kind] = reader(client, day)
        except LightspeedConfigError:
            raise
        except LightspeedError as error:
            failures[kind] = error
    closed = {kind: report for kind, report in read.items() if report.about.closed}
    return NightReports(read, failures, invariants.of_night(closed, before))
