"""What is due and when: a pure function of the settings of the hotels and of two instants.

An hour is that of the hotel's clock (``dates.instant``): each local day holds each hour exactly once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final, NamedTuple

from utils import dates
from utils.actions.settings.fields import HOUR, JOB_SETTINGS, WEEKDAYS, fits
from utils.rj.settings import in_force
from utils.shapes import Document

SECTION: Final = JOB_SETTINGS.key
_SETTINGS: Final = {one.path.removeprefix(f"{SECTION}."): one for one in JOB_SETTINGS.settings}
HOURS: Final[Mapping[str, str]] = {
    one.path.removeprefix(f"{SECTION}."): one.default for one in JOB_SETTINGS.settings if one.kind == HOUR
} | {"minuit": "00:00"}
"""The local hours by the name of their setting, and their defaults."""

_FIELDS_FILE: Final = "utils/actions/settings/fields.py"
WEEKLY: Final = WEEKDAYS[0]
EVERY_MINUTES: Final = 5
_DAY: Final = timedelta(days=1)


class Timetable(NamedTuple):
    """What a hotel chose of what is done by itself: its local hours by name, the day of its weekly letter.

    ``opens``: whether a night that nobody opened opens by itself. ``every``: how often the PMS is asked again.
    """

    hours: Mapping[str, str]
    weekday: str
    opens: bool
    every: timedelta


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

    def __post_init__(self) -> None:
        """Refuse an hour that the settings do not have, where the job is declared: it would never be due."""
        if self.hour not in HOURS:
            raise ValueError(f"Heure « {self.hour} » inconnue : l’ajouter à JOB_SETTINGS, dans {_FIELDS_FILE}.")


class Occurrence(NamedTuple):
    """A job of a hotel for a night, and the instant from which it is due."""

    at: datetime
    property_id: int
    job: str
    night: date


@dataclass(frozen=True, slots=True)
class ScheduledHotel:
    """What the agenda knows of a hotel: its zone, since when it is there, its dated settings."""

    property_id: int
    zone: str
    since: datetime
    documents: tuple[tuple[date, Document], ...] = ()

    def timetable(self, day: date) -> Timetable:
        """What is in force on a date."""
        parts = ((start, {key: one[key] for key in one if key == SECTION}) for start, one in self.documents)
        return read_timetable(in_force(parts, day))

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
        return dates.instant(day, self.timetable(day).hours[hour], self.zone)


def read_timetable(document: Mapping[str, object]) -> Timetable:
    """What a document of a hotel says of the automation; the default stands for what it does not say or misspells."""
    part = document.get(SECTION)
    given = part if isinstance(part, Mapping) else {}
    kept = {key: value for key, value in given.items() if key in _SETTINGS and fits(_SETTINGS[key], value)}
    return Timetable(
        {name: kept.get(name) or usual for name, usual in HOURS.items()},
        kept.get("hebdo_jour", WEEKLY),
        bool(kept.get("ouvrir_nuit", True)),
        timedelta(minutes=int(kept.get("synchro_minutes", EVERY_MINUTES))),
    )


def occurrences(
    jobs: Mapping[str, When], hotels: Iterable[ScheduledHotel], start: datetime, end: datetime
) -> Iterator[Occurrence]:
    """Everything that falls due from ``start`` to ``end``, excluded; nothing from before a hotel existed."""
    for hotel in hotels:
        begin = max(start, hotel.since)
        first = day = dates.local(begin, hotel.zone).date()
        last = dates.local(end, hotel.zone).date()
        while day <= last:
            timetable = hotel.timetable(day)
            for job, when in jobs.items():
                if when.weekly and WEEKDAYS[day.weekday()] != timetable.weekday:
                    continue
                at = dates.instant(day, timetable.hours[when.hour], hotel.zone)
                if (begin <= at or (when.all_day and day == first)) and at < end:
                    yield Occurrence(at, hotel.property_id, job, day if when.same_day else day - _DAY)
            day += _DAY


def last_due(when: When, hotel: ScheduledHotel, at: datetime) -> tuple[datetime, date]:
    """The latest instant at which a job was due, and its night."""
    return next(one for one in _around(when, hotel, at, -1) if one[0] <= at)


def next_due(when: When, hotel: ScheduledHotel, at: datetime) -> tuple[datetime, date]:
    """The next instant at which a job is due, and its night."""
    return next(one for one in _around(when, hotel, at, 1) if one[0] > at)


def _around(when: When, hotel: ScheduledHotel, at: datetime, way: int) -> Iterator[tuple[datetime, date]]:
    """The instants of a job from those about an instant, backward or forward."""
    day = dates.local(at, hotel.zone).date() - way * _DAY
    while True:
        if not when.weekly or WEEKDAYS[day.weekday()] == hotel.timetable(day).weekday:
            yield hotel.instant(when.hour, day), day if when.same_day else day - _DAY
        day += way * _DAY
