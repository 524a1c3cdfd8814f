"""A stop of the server: since when, and all that each hotel missed by it, so that one fact is told once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import NamedTuple

from database.job_runs import Key
from database.models.jobs import INSTALLATION
from utils import dates
from utils.rj.history import nights_words
from utils.scheduler.timetable import Occurrence, ScheduledHotel
from utils.scheduler.watchdog import GRACE
from utils.scheduler.work import Job


class Missed(NamedTuple):
    """A watched job that it was too late to do: its run, and what it is called."""

    key: Key
    label: str


class Stop(NamedTuple):
    """What a hotel missed, the oldest first; the first hotel answers for what is of the installation.

    ``began``: the last sign of life before, ``None`` when a process gave one since: only what lacks is known then.
    """

    property_id: int
    zone: str
    began: datetime | None
    ended: datetime
    missed: tuple[Missed, ...]

    @property
    def last(self) -> date:
        """The latest night that lacks something: it dates the alert, whichever process tells it."""
        return max(one.key.night for one in self.missed)

    def sentence(self, missed: Iterable[Missed]) -> str:
        """Since when, until when, then each job with its nights."""
        nights: dict[str, list[date]] = {}
        for one in missed:
            nights.setdefault(one.label, []).append(one.key.night)
        said = "; ".join(f"{label} ({nights_words(sorted(days))})" for label, days in nights.items())
        when = f" du {self._hour(self.began)} au {self._hour(self.ended)}" if self.began else ""
        return f"Serveur ou automatismes arrêtés{when}. Manqué : {said}."

    def _hour(self, at: datetime) -> str:
        return f"{dates.local(at, self.zone):%Y-%m-%d à %H:%M}"


def stops_of(
    jobs: Mapping[str, Job],
    hotels: Mapping[int, ScheduledHotel],
    due: Iterable[Occurrence],
    began: datetime,
    at: datetime,
) -> dict[Key, Stop]:
    """The stop by which each watched run that is too late was missed, among those that never began."""
    first = min((one for one in hotels if one != INSTALLATION), default=INSTALLATION)
    found: dict[int, list[Missed]] = {}
    for one in sorted(due):
        job = jobs[one.job]
        if job.watched and at - one.at > job.when.catch_up:
            told = first if one.property_id == INSTALLATION else one.property_id
            found.setdefault(told, []).append(Missed(Key(one.property_id, one.job, one.night), job.label))
    since = began if at - began > GRACE else None
    every = (Stop(told, hotels[told].zone, since, at, tuple(missed)) for told, missed in found.items())
    return {one.key: stop for stop in every for one in stop.missed}
