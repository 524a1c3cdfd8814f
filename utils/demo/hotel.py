"""The demonstration hotel as a PMS: its ten reports, written as the contract writes them; every invariant holds."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Final

from utils import dates
from utils.demo.books import BOOKS, on_the_books
from utils.demo.figures import figures
from utils.demo.reports import REPORTS
from utils.demo.rooms import Account
from utils.shapes import Document

EPOCH: Final = date(2024, 1, 1)
"""The first date of which there is a report."""


class DemoHotel(Account):
    """A hotel made of its account and of the date."""

    def report(self, name: str, day: date) -> Document | None:
        """The body of a report of a date, by the name of its schema; nothing before ``EPOCH``."""
        if day < EPOCH:
            return None
        return on_the_books(self, day) if name == BOOKS else dict(_report(self, name, day))


@lru_cache(maxsize=1024)
def _report(hotel: DemoHotel, name: str, day: date) -> Document:
    return REPORTS[name](figures(hotel, day))


def envelope(hotel: Account, account: str, day: date, *, closed: bool, revision: int = 1) -> Document:
    """What every report carries; the day goes from 03:00 local to 03:00, so that it may last 23 or 25 hours."""
    opened, shut = (dates.strikes(one, "03:00", hotel.time_zone) for one in (day, dates.next_day(day)))
    return {
        "accountId": account,
        "propertyCode": hotel.property_code,
        "businessDate": day.isoformat(),
        "businessDateStatus": "closed" if closed else "open",
        "dataComplete": closed,
        "revision": revision,
        "currency": hotel.currency,
        "timeZone": hotel.time_zone,
        "openedAt": opened.isoformat(),
        "closedAt": shut.isoformat() if closed else None,
    }


__all__ = ["EPOCH", "Account", "DemoHotel", "Document", "envelope"]
