"""The demonstration hotel behind the simulator: its present date is open, earlier ones closed, later ones unknown."""

from __future__ import annotations

from datetime import date
from typing import Final

from utils import dates
from utils.demo.hotel import DemoHotel, Document

CLOSES_AT: Final = 3
"""The hour, on the hotel's clock, at which a date is closed: the one that its envelopes carry."""


class SyntheticHotel(DemoHotel):
    """A hotel made of its account and of the date, with the clock of a PMS."""

    invented = True

    def current_date(self) -> date:
        """Yesterday until its closing, today after."""
        return dates.current_business_date(dates.now(), self.time_zone, CLOSES_AT)

    def report(self, name: str, day: date) -> Document | None:
        """A report of a date; nothing before 2024 nor after the open date."""
        return super().report(name, day) if day <= self.current_date() else None
