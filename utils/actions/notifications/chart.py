"""Total revenue night by night, as bars that a text can draw."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from sqlalchemy import Connection

from database import notifications
from utils import french

ABSENT: Final = "—"
"""How an absent figure is written in a mail."""

CHART_NIGHTS: Final = 14
BARS: Final = 20
"""Steps of a bar of the chart."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A night of the chart: date, figure in words, length in steps, whether it is tonight."""

    day: date
    figure: str
    steps: int
    tonight: bool


def chart(connection: Connection, property_id: int, day: date, nights: int = CHART_NIGHTS) -> list[Bar]:
    """Total revenue of the nights up to this one, as bars that a text can draw."""
    days = [day - timedelta(days=back) for back in reversed(range(nights))]
    known = {
        night.day: night.values["total_revenue"]
        for night in notifications.figures_of_days(connection, property_id, days)
    }
    top = max((value for value in known.values() if value is not None and value > 0), default=None)

    def bar(when: date) -> Bar:
        value = known.get(when)
        steps = int(value * BARS / top) if value is not None and value > 0 and top else 0
        return Bar(when, ABSENT if value is None else french.money(value), steps, when == day)

    return [bar(when) for when in days]
