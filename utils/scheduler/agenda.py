"""What is due and when: a pure function of the settings of the hotels and of two instants.

An hour is that of the hotel's clock (``dates.instant``): each local day holds each hour exactly once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final, NamedTuple

from utils import dates
from utils.actions.settings.fields import AUTOMATION, HOUR, WEEKDAYS, fits
from utils.rj.settings import in_force

SECTION: Final = AUTOMATION.key
_SETTINGS: Final = {one.path.removeprefix(f"{SECTION}."): one for one in AUTOMATION.settings}
HOURS: Final[Mapping[str, str]] = {
    one.path.removeprefix(f"{SECTION}."): one.default for one in AUTOMATION.settings if one.kind == HOUR
} | {"minuit": "00:00"}
"""The local hours by the name of their setting, and their defaults."""

WEEKLY: Final = WEEKDAYS[0]
EVERY_MINUTES: Final = 5
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class When:
    """When a job is due: the name of its hour; of which night, that of the day before unless ``same_day``.

    ``weekly``: only on the day of the week that the hotel chose. ``catch_up``: how late it is still worth doing.
    ``all_day``: goes on through the day, and so is due at once when everything begins in the middle of one.
    """

    hour: str
    catch_up: timedelta
    same_day: bool = False
    weekly: bool = False
    all_day: bool = False


class Occurrence(NamedTuple):
    """A job of a hotel for a night, and the instant from which it is due."""

    at: datetime
    property_id: int
    job: str
    night: date


@dataclass(frozen=True, slots=True)
class House:
    """What the agenda knows of a hotel: its zone, since when it is there, its dated settings."""

    property_id: int
    zone: str
    since: datetime
    documents: tuple[tuple[date, Mapping[str, Any]], ...] = ()

    def chosen(self, day: date) -> Mapping[str, Any]:
        """The settings of the automation on a date."""
        found = in_force(((start, _part(document)) for start, document in self.documents), day)
        return chosen_in(found)

    def is_sound(self) -> bool:
        """Whether its zone and its hours can be read."""
        try:
            for day in {self.since.date(), *(start for start, _ in self.documents)}:
                for hour in HOURS:
                    self.instant(hour, day)
        except (ValueError, TypeError, KeyError, OSError):
            return False
        return True

    def instant(self, hour: str, day: date) -> datetime:
        """The instant, in UTC, at which this hour strikes on a local day."""
        return instant(clock(self.chosen(day), hour), day, self.zone)


def chosen_in(document: Mapping[str, Any]) -> dict[str, Any]:
    """The settings of the automation in a document of a hotel, those that have a value of theirs."""
    given = document.get(SECTION)
    if not isinstance(given, Mapping):
        return {}
    return {key: value for key, value in given.items() if key in _SETTINGS and fits(_SETTINGS[key], value)}


def clock(chosen: Mapping[str, Any], hour: str) -> str:
    """The local hour of this name among the settings of the automation, or its default: ``03:00``."""
    return str(chosen.get(hour) or HOURS[hour])


def instant(hour: str, day: date, zone: str) -> datetime:
    """The one instant, in UTC, of ``03:00`` on a day in a zone."""
    return dates.instant(day, hour, zone)


def occurrences(
    jobs: Mapping[str, When], houses: Iterable[House], start: datetime, end: datetime
) -> Iterator[Occurrence]:
    """Everything that falls due from ``start`` to ``end``, excluded; nothing from before a hotel existed."""
    for house in houses:
        begin = max(start, house.since)
        first = day = dates.local(begin, house.zone).date()
        last = dates.local(end, house.zone).date()
        while day <= last:
            chosen = house.chosen(day)
            for job, when in jobs.items():
                if when.weekly and WEEKDAYS[day.weekday()] != chosen.get("hebdo_jour", WEEKLY):
                    continue
                at = instant(clock(chosen, when.hour), day, house.zone)
                if (begin <= at or (when.all_day and day == first)) and at < end:
                    yield Occurrence(at, house.property_id, job, day if when.same_day else day - _DAY)
            day += _DAY


def last_due(when: When, house: House, at: datetime) -> tuple[datetime, date]:
    """The latest instant at which a job was due, and its night."""
    return next(one for one in _around(when, house, at, -1) if one[0] <= at)


def next_due(when: When, house: House, at: datetime) -> tuple[datetime, date]:
    """The next instant at which a job is due, and its night."""
    return next(one for one in _around(when, house, at, 1) if one[0] > at)


def _around(when: When, house: House, at: datetime, way: int) -> Iterator[tuple[datetime, date]]:
    """The instants of a job from those about an instant, backward or forward."""
    day = dates.local(at, house.zone).date() - way * _DAY
    while True:
        weekly = house.chosen(day).get("hebdo_jour", WEEKLY) if when.weekly else WEEKDAYS[day.weekday()]
        if WEEKDAYS[day.weekday()] == weekly:
            yield house.instant(when.hour, day), day if when.same_day else day - _DAY
        day += way * _DAY


def _part(document: Mapping[str, Any]) -> dict[str, Any]:
    """What a document of settings says of the automation."""
    return {SECTION: document[SECTION]} if SECTION in document else {}
