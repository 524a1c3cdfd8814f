"""A job done now because a person asks, for the last night it was due for; and where every job stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from database import job_runs
from database.job_runs import Begun, Key, Run
from database.models.jobs import DONE, INSTALLATION, NEEDLESS, RUNNING
from database.transaction import read, write
from utils import dates
from utils.actions.person import Person
from utils.actions.refusals import Conflict, Forbidden
from utils.scheduler.hotels import read_hotels
from utils.scheduler.jobs import JOBS
from utils.scheduler.runner import Runner
from utils.scheduler.timetable import last_due, next_due
from utils.scheduler.work import Job, Outcome

HISTORY: Final = 60
_GOING_ON: Final = "Ce travail est déjà en cours."
_SETTLED: Final = (DONE, NEEDLESS)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a job stands in a hotel: its last run, when it is due next."""

    key: str
    job: Job
    last: Run | None
    next_at: datetime
    next_night: date
    refusal: str | None = None
    """Why it cannot be done now, in French; asking it anyway is refused with this sentence."""


def standing(person: Person, at: datetime) -> list[Standing]:
    """Every job of the table, for the hotel of whoever reads."""
    with read() as connection:
        hotels = read_hotels(connection)
        last = job_runs.latest(connection, person.property_id)
    found = []
    for key, job in JOBS.items():
        hotel = hotels[_place(job, person)]
        next_at, night = next_due(job.when, hotel, at)
        due_at, due = last_due(job.when, hotel, at)
        run = last.get(key)
        of_night = run if run and run.business_date == due else None
        refusal = _refusal(job, due_at, due, hotel.since, of_night) or (_GOING_ON if is_running(run, at) else None)
        found.append(Standing(key, job, run, next_at, night, refusal))
    return found


def _refusal(job: Job, due_at: datetime, night: date, since: datetime, run: Run | None) -> str | None:
    """Why a job is not done for the last night it was due for: it never was, or doing it twice tells people twice."""
    if job.again:
        return None
    if due_at < since:
        return "Ce travail n’a encore jamais été dû : il se fera à son heure."
    if run and run.status in _SETTLED:
        return f"C’est déjà fait pour la nuit du {night.isoformat()}."
    return None


def history(person: Person) -> list[Run]:
    """The latest runs of the hotel and of the installation."""
    with read() as connection:
        return [run for run in job_runs.history(connection, person.property_id, HISTORY) if run.job in JOBS]


def launch(person: Person, key: str) -> Outcome:
    """Do a job now, for the last night it was due for; what it came to.

    Raises ``Conflict`` while it goes on, or when it was done and doing it twice would tell people twice; ``Forbidden``
    for what concerns every hotel, asked by somebody who does not administer.
    """
    job = JOBS[key]
    if not job.of_hotel and person.role != "admin":
        raise Forbidden("Ce travail concerne tous les hôtels : une personne qui administre peut le lancer.")
    at, runner = dates.now(), Runner(JOBS)
    with read() as connection:
        hotel = read_hotels(connection)[_place(job, person)]
    due_at, night = last_due(job.when, hotel, at)
    name = Key(hotel.property_id, key, night)
    with write() as connection:
        run = job_runs.found(connection, name)
        if refusal := _refusal(job, due_at, night, hotel.since, run):
            raise Conflict(refusal)
        if run is None:
            begun = Begun(due_at, "personne", person.user_id or None)
            claimed = job_runs.claim(connection, name, begun, runner.owner, at)
        else:
            claimed = job_runs.claim_again(connection, name, person.user_id or None, runner.owner, at)
    if claimed is None:
        raise Conflict(_GOING_ON, more={"retry_in_minutes": 1})
    redo = run is not None and run.status in _SETTLED
    return runner.carry_for(person, name, due_at, claimed._replace(steps={}) if redo else claimed)


def _place(job: Job, person: Person) -> int:
    return person.property_id if job.of_hotel else INSTALLATION


def is_running(run: Run | None, at: datetime) -> bool:
    """Whether a run goes on now, and was not left by a process that died."""
    return run is not None and run.status == RUNNING and dates.holds(run.lease_until, at, job_runs.LEASE)
