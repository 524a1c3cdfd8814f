"""Business dates and the clock: the only module that asks the time.

A business date is the day before midnight of the night; datetimes inside the product are aware and in UTC.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

FIRST: Final = date(2000, 1, 1)
LAST: Final = date(2099, 12, 31)
_HOUR: Final = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]", re.ASCII)
_ISO: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)

_ahead = timedelta(0)
"""How far the clock of this process is from that of the machine: a demonstration may choose its hour."""


class DateError(ValueError):
    """A text that is not a business date; its message is a French sentence."""


@lru_cache(maxsize=1024)
def read_date(text: str) -> date:
    """Read ``YYYY-MM-DD`` between 2000 and 2099; raises ``DateError`` otherwise."""
    if not _ISO.fullmatch(text):
        raise DateError("La date s'écrit AAAA-MM-JJ, par exemple 2025-12-23.")
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise DateError(f"La date {text} n'existe pas.") from None
    if not FIRST <= day <= LAST:
        raise DateError(f"La date {text} est hors des années 2000 à 2099.")
    return day


def now() -> datetime:
    """The present instant, aware, in UTC."""
    return datetime.now(UTC) + _ahead


def set_clock(text: str, zone: str) -> None:
    """Have the clock of this process run from a local hour (``02:59``: the next one; ``2026-11-29 02:59``: that one).

    An empty text puts it right. Raises ``DateError`` for what is neither.
    """
    global _ahead  # noqa: PLW0603 - the one clock of the process
    real = datetime.now(UTC)
    _ahead = _instant_of(text, real.astimezone(ZoneInfo(zone))) - real if text else timedelta(0)


def _instant_of(text: str, here: datetime) -> datetime:
    day, _, hour = text.strip().rpartition(" ")
    if not _HOUR.fullmatch(hour):
        raise DateError("L’horloge s’écrit HH:MM ou AAAA-MM-JJ HH:MM, par exemple 02:59.")
    if day:
        return datetime.combine(read_date(day), time.fromisoformat(hour), here.tzinfo)
    today = datetime.combine(here.date(), time.fromisoformat(hour), here.tzinfo)
    return today if today > here else datetime.combine(next_day(here.date()), today.timetz())


def local(moment: datetime, zone: str) -> datetime:
    """The same instant on the clock of ``zone`` (an IANA name)."""
    return moment.astimezone(ZoneInfo(zone))


def current_business_date(moment: datetime, zone: str, turns_at: int = 12) -> date:
    """The night one works on by default: before ``turns_at`` o'clock local, yesterday; after, today."""
    here = local(moment, zone)
    return here.date() - timedelta(days=1) if here.time() < time(turns_at) else here.date()


def next_day(day: date) -> date:
    """The following business date."""
    return day + timedelta(days=1)


def days_in_month(day: date) -> int:
    """Number of days of the month of ``day``."""
    return monthrange(day.year, day.month)[1]
