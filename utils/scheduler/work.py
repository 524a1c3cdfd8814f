"""The words of a job: its steps, what they are told, what they answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final, NamedTuple

from database.models.jobs import DONE, GIVEN_UP, NEEDLESS, WAITING
from utils.actions.person import Person
from utils.scheduler.timetable import ScheduledHotel, When

ONE_DAY: Final = timedelta(days=1)


class Outcome(NamedTuple):
    """What a step came to: a state of the run, a French sentence, when to try again if it waits; whether it raised."""

    status: str
    message: str
    next_at: datetime | None = None
    raised: bool = False


def done(message: str) -> Outcome:
    """The step is done; the next one may begin."""
    return Outcome(DONE, message)


def needless(message: str) -> Outcome:
    """There is nothing to do for this hotel: the run ends here."""
    return Outcome(NEEDLESS, message)


def wait(message: str, until: datetime) -> Outcome:
    """Not yet: the same step begins again then."""
    return Outcome(WAITING, message, until)


def given_up(message: str) -> Outcome:
    """The hour after which trying makes no sense has passed: the run ends here and somebody must know."""
    return Outcome(GIVEN_UP, message)


@dataclass(frozen=True, slots=True)
class Turn:
    """What a step is told: of which hotel and night, since when it is due, who asked, what time it is."""

    hotel: ScheduledHotel
    job: str
    night: date
    due_at: datetime
    clock: Callable[[], datetime]
    person: Person | None = None

    @property
    def property_id(self) -> int:
        """The hotel."""
        return self.hotel.property_id

    def morning(self, hour: str) -> datetime:
        """The instant at which an hour strikes in the morning that ends this night."""
        return self.hotel.instant(hour, self.night + ONE_DAY)

    @property
    def opens(self) -> bool:
        """Whether the hotel wants a night that nobody opened to be opened by itself."""
        return self.hotel.timetable(self.night + ONE_DAY).opens

    @property
    def every(self) -> timedelta:
        """How often the hotel has the PMS asked again."""
        return self.hotel.timetable(self.night + ONE_DAY).every


@dataclass(frozen=True, slots=True)
class Step:
    """One part of a job. Beginning it again after a death must be harmless: its own keys see to it."""

    key: str
    label: str
    action: Callable[[Turn], Outcome]


@dataclass(frozen=True, slots=True)
class Job:
    """A job, declared once.

    ``of_hotel``: one run a hotel, else one for the installation. ``watched``: somebody is told when it did not start in
    time. ``again``: a person may have it done a second time for the same night.
    """

    label: str
    when: When
    steps: tuple[Step, ...]
    of_hotel: bool = True
    watched: bool = False
    again: bool = False
    help: str = ""

    @property
    def goes_on(self) -> bool:
        """Whether it is done over and over until its day ends."""
        return self.when.all_day
