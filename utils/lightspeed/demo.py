"""``DemoClient``: the reports of the demonstration hotel through the interface of ``LightspeedClient``.

Only a property with the flag ``demo`` and without credentials is given one, by ``clients.client_for``. What it reads
says ``source = "demo"``, which no real property accepts. Nothing leaves the process.
"""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from hashlib import sha256
from typing import Any, Final, TypeVar

from utils import dates
from utils.demo.hotel import DemoHotel, Document, envelope
from utils.lightspeed import invariants, mapping
from utils.lightspeed import reports as r
from utils.lightspeed.errors import LightspeedAPIError, LightspeedConfigError, LightspeedUnchanged
from utils.lightspeed.exchanges import PATHS, Exchange

T = TypeVar("T")

REPORTS: Final[dict[type, str]] = {
    r.DailyRevenue: "DailyRevenue",
    r.RoomStatistics: "RoomStatistics",
    r.ArBalance: "Receivables",
    r.ArAging: "ArAging",
    r.CashierReport: "Cashier",
    r.CardSettlements: "CardSettlements",
    r.HouseGuests: "InHouse",
    r.NoShows: "NoShows",
    r.MarketSegments: "MarketSegments",
}
"""The schema of the contract that each class is read from."""

_NO_ACCOUNT: Final = "Hôtel de démonstration sans liaison : il n’y a personne à qui se lier."


class DemoClient:
    """The PMS of a demonstration hotel. Every date until the night that one works on is closed: one may always sync.

    Every ``get_…`` raises ``LightspeedAPIError`` (``absent``) for a later date or one before 2024, and
    ``LightspeedUnchanged`` when it was given an ``etag`` that is still good.
    """

    is_demo = True
    """Whether its figures are made up."""

    def __init__(self, hotel: DemoHotel, now: datetime | None = None) -> None:
        self._hotel = hotel
        self._now = now
        self.requests = 0
        """Always zero: nobody is asked."""

        self.exchanges: list[Exchange] = []
        """What was read since this client was made, in the terms of the contract: nothing of it left the process."""

    def is_configured(self) -> bool:
        """Always: it needs nothing."""
        return True

    def is_connected(self) -> bool:
        """Always: there is no grant to lose."""
        return True

    def authorization_url(self, person: str) -> str:  # noqa: ARG002 - the interface
        """Raises ``LightspeedConfigError``: there is no page."""
        raise LightspeedConfigError(_NO_ACCOUNT)

    def authenticate(self, callback: Mapping[str, str] | None = None, person: str = "") -> r.Account:  # noqa: ARG002
        """The account; raises ``LightspeedConfigError`` for the return of a page, since there is none."""
        if callback is not None:
            raise LightspeedConfigError(_NO_ACCOUNT)
        return self.get_account()

    def refresh_token(self) -> None:
        """There is no token."""

    def disconnect(self) -> bool:
        """Raises ``LightspeedConfigError``: there is nothing to disconnect."""
        raise LightspeedConfigError(_NO_ACCOUNT)

    def get_account(self) -> r.Account:
        """The account: its name, currency, zone and current business date."""
        hotel = self._hotel
        return r.Account(
            hotel.account, hotel.name, hotel.property_code, hotel.currency, hotel.time_zone, self._last_day()
        )

    def get_daily_revenue(self, business_date: date, etag: str | None = None) -> r.DailyRevenue:
        """Revenue lines, taxes, receipts and balances."""
        return self._read(r.DailyRevenue, business_date, etag)

    def get_room_statistics(self, business_date: date, etag: str | None = None) -> r.RoomStatistics:
        """Rooms, guests, ADR, RevPAR."""
        return self._read(r.RoomStatistics, business_date, etag)

    def get_ar_balance(self, business_date: date, etag: str | None = None) -> r.ArBalance:
        """The three ledgers."""
        return self._read(r.ArBalance, business_date, etag)

    def get_ar_aging(self, business_date: date, etag: str | None = None) -> r.ArAging:
        """Accounts receivable by age."""
        return self._read(r.ArAging, business_date, etag)

    def get_cashier_report(self, business_date: date, etag: str | None = None) -> r.CashierReport:
        """The drawers of the cashiers."""
        return self._read(r.CashierReport, business_date, etag)

    def get_card_settlements(self, business_date: date, etag: str | None = None) -> r.CardSettlements:
        """The batches of the card terminals."""
        return self._read(r.CardSettlements, business_date, etag)

    def get_house_guests(self, business_date: date, etag: str | None = None) -> r.HouseGuests:
        """Guests in the house, all of them fictitious."""
        return self._read(r.HouseGuests, business_date, etag)

    def get_no_shows(self, business_date: date, etag: str | None = None) -> r.NoShows:
        """Reservations that nobody came for."""
        return self._read(r.NoShows, business_date, etag)

    def get_market_segments(self, business_date: date, etag: str | None = None) -> r.MarketSegments:
        """Rooms and revenue by market segment."""
        return self._read(r.MarketSegments, business_date, etag)

    def get_on_the_books(self, business_date: date, etag: str | None = None) -> r.OnTheBooks:
        """What is booked for each night from this one to a year later."""
        return self._read(r.OnTheBooks, business_date, etag)

    def _last_day(self) -> date:
        return dates.current_business_date(self._now or dates.now(), self._hotel.time_zone)

    def _read(self, kind: type[T], day: date, etag: str | None) -> T:
        exchange, began = Exchange(PATHS[kind], dates.now()), time.monotonic()
        self.exchanges.append(exchange)
        body = self._hotel.report(REPORTS.get(kind, kind.__name__), day) if day <= self._last_day() else None
        if body is None:
            exchange.status = 404
            raise LightspeedAPIError("Lightspeed n’a pas ce rapport pour cette date.", "absent", status=404)
        document: Document = {**envelope(self._hotel, self._hotel.account, day, closed=True), **body}
        written = json.dumps(document, sort_keys=True).encode()
        mark = f'"demo-{sha256(written).hexdigest()[:32]}"'
        exchange.milliseconds = int(1000 * (time.monotonic() - began))
        if etag == mark:
            exchange.status = 304
            raise LightspeedUnchanged
        exchange.status, exchange.size = 200, len(written)
        document["generatedAt"] = document["closedAt"]
        about: Any = replace(mapping.read(r.About, document), source="demo", etag=mark)
        exchange.revision = about.revision
        return invariants.checked(mapping.read(kind, document, about=about))
