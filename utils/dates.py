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

DRIFT: Final = timedelta(minutes=5)
"""How far apart the clocks of two machines may be. An instant farther ahead than this, beyond what it may rightly be,
was written by a clock that was set back since: it counts for nothing any more."""

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


def is_date(text: str) -> bool:
    """Whether ``read_date`` reads it."""
    try:
        read_date(text)
    except DateError:
        return False
    return True


def machine_now() -> datetime:
    """The instant of the machine, by which its threads wait, whatever the clock of a demonstration says."""
    return datetime.now(UTC)


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


def check_clock(text: str) -> None:
    """Raise ``DateError``, with a French sentence, for a text that ``set_clock`` would refuse."""
    _instant_of(text, datetime.now(UTC))


def _instant_of(text: str, here: datetime) -> datetime:
    day, _, hour = text.strip().rpartition(" ")
    if not _HOUR.fullmatch(hour):
        raise DateError("L’horloge s’écrit HH:MM ou AAAA-MM-JJ HH:MM, par exemple 02:59.")
    if day:
        return datetime.combine(read_date(day), time.fromisoformat(hour), here.tzinfo)
    today = datetime.combine(here.date(), time.fromisoformat(hour), here.tzinfo)
    return today if today > here else datetime.combine(next_day(here.date()), today.timetz())


def farthest(at: datetime, longest: timedelta = timedelta(0)) -> datetime:
    """The farthest instant that a clock not set back may have written by ``at``, of what lasts ``longest`` at most."""
    return at + longest + DRIFT


def holds(until: datetime | None, at: datetime, longest: timedelta) -> bool:
    """Whether what lasts ``longest`` at most, until an instant, still holds: a clock set back does not prolong it.

    >>> at = datetime(2026, 1, 1, tzinfo=UTC)
    >>> [holds(at + timedelta(minutes=n), at, timedelta(minutes=10)) for n in (0, 10, 600)]
    [False, True, False]
    """
    return until is not None and at < until <= farthest(at, longest)


def lasts(began_s: float, at: datetime, longest: timedelta) -> bool:
    """The same of what began at an instant given in seconds, as cookies keep it."""
    return holds(datetime.fromtimestamp(began_s, UTC) + longest, at, longest)


def local(moment: datetime, zone: str) -> datetime:
    """The same instant on the clock of ``zone`` (an IANA name)."""
    return moment.astimezone(ZoneInfo(zone))


def instant(day: date, hour: time | str, zone: str) -> datetime:
    """The one instant, in UTC, at which this hour (``03:00``) strikes on a day in ``zone``.

    Skipped by the clock, it is the first instant after the gap, whichever hour of the gap it is; struck twice, it is
    the first of the two. So the order of the hours of a day is the order of their instants.

    >>> instant(date(2026, 3, 8), "02:30", "America/Toronto").isoformat()  # the clock jumps from 2:00 to 3:00
    '2026-03-08T07:00:00+00:00'
    """
    wall = datetime.combine(day, time.fromisoformat(hour) if isinstance(hour, str) else hour, ZoneInfo(zone))
    at, earlier = wall.astimezone(UTC), wall.replace(fold=1).astimezone(UTC)
    if at <= earlier:
        return at
    before, after = int(earlier.timestamp()), int(at.timestamp())
    jumped = wall.replace(fold=1).utcoffset()
    while after - before > 1:
        middle = (before + after) // 2
        there = datetime.fromtimestamp(middle, wall.tzinfo)
        before, after = (before, middle) if there.utcoffset() == jumped else (middle, after)
    return datetime.fromtimestamp(after, UTC)


def strikes(day: date, hour: time | str, zone: str) -> datetime:
    """The same instant on the clock of ``zone``."""
    return local(instant(day, hour, zone), zone)


def current_business_date(moment: datetime, zone: str, turns_at: int = 12) -> date:
    """The night one works on by default: before ``turns_at`` o'clock local, yesterday; after, today."""
    here = local(moment, zone)
    return here.date() - timedelta(days=1) if here.time() < time(turns_at) else here.date()


def next_day(day: date) -> date:
    """The following business date."""
    return day + timedelta(days=1)


def before(day: date) -> date:
    """The day before."""
    return day - timedelta(days=1)


def days_in_month(day: date) -> int:
    """Number of days of the month of ``day``."""
    return monthrange(day.year, day.month)[1]
