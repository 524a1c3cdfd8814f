"""Runs claimed and carried through: by hotel, job and night, once however many processes, to the end however many die.

    runner = Runner(JOBS)
    for due in runner.tick():
        runner.perform(due)

A tick costs the same few statements whatever the number of hotels: the agenda is kept in memory and made again when a
hotel or a setting changes. The database decides who does a run; the memory only saves questions.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from threading import Lock
from typing import Final

import structlog

from database import instants, job_runs
from database.job_runs import LEASE, Beat, Begun, Claim, End, Key, Progress, Stamp, StepRun, Steps
from database.models.jobs import DONE, FAILED, GIVEN_UP, INSTALLATION, MISSED, RUNNING, WAITING
from database.transaction import Busy, read, write
from utils import dates
from utils.actions.apart import apart
from utils.actions.person import Person
from utils.scheduler.hotels import read_hotels
from utils.scheduler.stops import Stop, stops_of
from utils.scheduler.timetable import Occurrence, ScheduledHotel, occurrences
from utils.scheduler.watchdog import CAUGHT_UP, GRACE, LATE, Late, say
from utils.scheduler.work import Job, Outcome, Step, Turn, done

AHEAD: Final = timedelta(hours=7)
REBUILD: Final = timedelta(hours=6)
BEHIND: Final = timedelta(days=3)
FARTHEST: Final = timedelta(days=31)
"""How far the agenda looks forward and back; after a long silence, back to its beginning, a month at most."""

_FIRST_PAUSE: Final = timedelta(minutes=1)
_LONGEST_PAUSE: Final = timedelta(minutes=30)
_UNSETTLED: Final = (RUNNING, WAITING)

log = structlog.get_logger("rj.automatismes")


class Runner:
    """One process at work on the agenda of every hotel. ``clock`` gives the instant, ``tell`` passes a notice on."""

    def __init__(
        self,
        jobs: Mapping[str, Job],
        clock: Callable[[], datetime] = dates.now,
        tell: Callable[[Late], None] = say,
    ) -> None:
        self.jobs, self.clock, self.tell = jobs, clock, tell
        self.owner = secrets.token_hex(16)
        self.hotels: Mapping[int, ScheduledHotel] = {}
        self.ticked: float | None = None
        self._since: datetime | None = None
        self.stopping = False
        self._pending: dict[Key, Occurrence] = {}
        self._not_before: dict[Key, datetime] = {}
        self._settled: set[Key] = set()
        self._flying: set[Key] = set()
        self._stops: dict[Key, Stop] = {}
        self._stamp: Stamp | None = None
        self._built_at: datetime | None = None
        self._lock = Lock()

    def tick(self) -> list[Occurrence]:
        """Say that this process lives; what is due now and that nobody here is doing, the oldest first."""
        at = self.clock()
        self._since = self._since or at
        with write() as connection:
            beat = job_runs.beat(connection, self.owner, at)
            set_back = beat.previous > dates.farthest(at)
            if set_back or not self._recent(at):
                instants.set_right(connection, at, seen=set_back)
        if set_back:
            log.warning("horloge reculée", avance_s=int((beat.previous - at).total_seconds()))
            self.forget_what_is_known()
        self._refresh(Beat(min(beat.began_at, at), beat.previous), at)
        with self._lock:
            due = sorted(
                one
                for key, one in self._pending.items()
                if one.at <= at and key not in self._flying and self._not_before.get(key, at) <= at
            )
            self._flying |= {_key(one) for one in due}
            fresh = [one for one in due if _key(one) not in self._not_before]
            self._stops |= stops_of(self.jobs, self.hotels, fresh, beat.previous, at)
        self.ticked = time.monotonic()
        return due

    def perform(self, due: Occurrence) -> None:
        """Do a run that is due, unless another process does or did; again while it asks to go on without a pause."""
        key = _key(due)
        try:
            while self._performed(key, due) and not self.stopping:
                pass
        finally:
            with self._lock:
                self._flying.discard(key)

    def _performed(self, key: Key, due: Occurrence) -> bool:
        """Claim a run and carry it; true when it is to go on at once."""
        at = self.clock()
        late = at - due.at > GRACE and not self.jobs[due.job].goes_on
        with write() as connection:
            begun = Begun(due.at, "rattrapage" if late else "heure", None)
            claimed = job_runs.claim(connection, key, begun, self.owner, at)
        if claimed is None:  # another process has the run, or had it: when to look again
            with read() as connection:
                run = job_runs.found(connection, key)
            if run is not None:
                self._settle(key, run.status, run.next_at or run.lease_until)
            return False
        with self._lock:
            self._not_before[key] = at + LEASE
        outcome = self._carry(key, due, claimed, at)
        return outcome.status == WAITING and outcome.next_at is not None and outcome.next_at <= self.clock()

    def overdue(self, at: datetime) -> list[Occurrence]:
        """What should have started and did not: the process is stuck, or the database refuses."""
        since = min(self._since or at, at)  # a server cannot be late for what it was not there to do
        with self._lock:
            waiting = [one for key, one in self._pending.items() if key not in self._not_before]
        return sorted(one for one in waiting if at - max(one.at, since) > GRACE and self.jobs[one.job].watched)

    def forget_what_is_known(self) -> None:
        """Read hotels and runs again at the next tick."""
        self._stamp = None

    def carry_for(self, person: Person, key: Key, due_at: datetime, claimed: Claim) -> Outcome:
        """Carry through a run that a person claimed."""
        job = self.jobs[key.job]
        with read() as connection:
            hotel = read_hotels(connection)[key.property_id]
        return self._steps(job, Turn(hotel, key.job, key.night, due_at, self.clock, person), claimed)

    def _carry(self, key: Key, due: Occurrence, claimed: Claim, at: datetime) -> Outcome:
        job, hotel = self.jobs[due.job], self.hotels[due.property_id]
        if claimed.attempts == 1 and at - due.at > job.when.catch_up:
            outcome = Outcome(MISSED, "L’application ne fonctionnait pas à cette heure; il était trop tard ensuite.")
            self._write(claimed, {}, outcome, 0)
        else:
            outcome = self._steps(job, Turn(hotel, due.job, due.night, due.at, self.clock), claimed)
            if claimed.attempts == 1 and at - due.at > GRACE and job.watched:
                # judged by what it came to; its own end says what was given up or failed
                if outcome.raised and outcome.status == WAITING:
                    self._told(LATE, due, f"N’a pas démarré à son heure. {outcome.message}")
                elif outcome.status not in (FAILED, GIVEN_UP):
                    self._told(CAUGHT_UP, due, "N’a pas démarré à son heure.")
        if outcome.status in (FAILED, GIVEN_UP) or (outcome.status == MISSED and job.watched):
            self._told(outcome.status, due, outcome.message, self._stops.get(key))
        self._settle(key, outcome.status, outcome.next_at)
        return outcome

    def _steps(self, job: Job, turn: Turn, claimed: Claim) -> Outcome:
        """Do what is left of a run, each step written before the next one begins."""
        steps, began, outcome = dict(claimed.steps), time.monotonic(), done("")
        for step in job.steps:
            before = steps.get(step.key)
            if before and before.status == DONE:
                continue
            tries, failures = (before.tries + 1, before.failures + 1) if before else (1, 1)
            outcome = self._one(job, step, turn, failures)
            at = self.clock().isoformat(timespec="seconds")
            failed = failures if outcome.raised else 0
            steps[step.key] = StepRun(outcome.status, outcome.message, at, tries, failed)
            if outcome.status != DONE:
                break
            if step is not job.steps[-1]:
                self._write(claimed, steps, Outcome(RUNNING, outcome.message), _since(began))
        if outcome.status == DONE:
            outcome = done(" ".join(steps[one.key].message for one in job.steps))
        self._write(claimed, steps, outcome, _since(began))
        return outcome

    def _one(self, job: Job, step: Step, turn: Turn, failures: int) -> Outcome:
        """One step; what it raises is a failure, tried again with longer and longer pauses while it makes sense.

        ``failures`` in a row, this one included if it fails.
        """
        try:
            return step.action(turn)
        except Busy:  # it is tried again, and there is nothing to look for
            log.warning("étape remise : d’autres écrivent", automatisme=turn.job, etape=step.key)
        except Exception:
            log.exception("étape en échec", automatisme=turn.job, etape=step.key, hotel=turn.property_id)
        again = self.clock() + min(_FIRST_PAUSE * 2 ** min(failures - 1, 10), _LONGEST_PAUSE)
        message = f"{step.label} : échec, {failures} essai{'s' if failures > 1 else ''}."
        late = again > turn.due_at + job.when.catch_up
        return Outcome(FAILED if late else WAITING, message, None if late else again, raised=True)

    def _write(self, claimed: Claim, steps: Steps, outcome: Outcome, duration_ms: int) -> None:
        """Keep how far a run is; a run that is no longer ours stops here."""
        end = None
        if outcome.status != RUNNING:
            end = End(outcome.status, None if outcome.status == WAITING else self.clock(), outcome.next_at)
        progress = Progress(steps, outcome.message, duration_ms, end)
        with write() as connection:
            if not job_runs.record(connection, claimed, self.owner, progress):
                raise LostRun(claimed.id)

    def _settle(self, key: Key, status: str, again: datetime | None) -> None:
        with self._lock:
            if status in _UNSETTLED and again is not None:
                self._not_before[key] = again
                return
            self._settled.add(key)
            self._stops.pop(key, None)
            self._pending.pop(key, None)
            self._not_before.pop(key, None)

    def _recent(self, at: datetime) -> bool:
        """Whether the agenda was made a short while ago."""
        return self._built_at is not None and self._built_at <= at < self._built_at + REBUILD

    def _refresh(self, beat: Beat, at: datetime) -> None:
        """Make the agenda again when a hotel or a setting changed, and every few hours."""
        with read() as connection:
            stamp = job_runs.stamp(connection)
            if stamp == self._stamp and self._recent(at):
                return
            hotels = read_hotels(connection)
            start = max(beat.began_at, min(at - BEHIND, beat.previous), at - FARTHEST)
            runs = job_runs.since(connection, (start - timedelta(days=2)).date())
        coming: dict[Key, Occurrence] = {}
        for property_id, hotel in hotels.items():
            of_hotel = property_id != INSTALLATION
            jobs = {key: job.when for key, job in self.jobs.items() if job.of_hotel is of_hotel}
            with apart("agenda", hotel=property_id):  # one whose hours cannot be read, alone, waits
                coming |= {_key(one): one for one in occurrences(jobs, [hotel], start, at + AHEAD)}
        with self._lock:
            settled = {run.key for run in runs if run.status not in _UNSETTLED}
            self._settled = settled
            self._not_before = {run.key: run.again or at for run in runs if run.key not in settled}
            self._pending = {key: one for key, one in coming.items() if key not in settled}
            self.hotels, self._stamp, self._built_at = hotels, stamp, at

    def _told(self, kind: str, due: Occurrence, message: str, stop: Stop | None = None) -> None:
        """Pass a notice on; what fails there fails alone."""
        try:
            label = self.jobs[due.job].label
            self.tell(Late(kind, due.property_id, due.job, due.night, due.at, self.clock(), message, label, stop))
        except Exception:
            log.exception("avis non transmis", automatisme=due.job, hotel=due.property_id)


class LostRun(Exception):
    """The lease ran out while we worked and another process took the run: what it writes is what counts."""


def _key(due: Occurrence) -> Key:
    return Key(due.property_id, due.job, due.night)


def _since(began: float) -> int:
    return int((time.monotonic() - began) * 1000)
