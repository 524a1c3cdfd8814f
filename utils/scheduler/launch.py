"""A job done now because a person asks, for the last night it was due for; and where every job stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from database import job_runs
from database.job_runs import Claim, Key
from database.models.automation import DONE, INSTALLATION, NEEDLESS, RUNNING
from database.transaction import read, write
from utils import dates
from utils.actions.person import Person
from utils.actions.refusals import Conflict, Forbidden
from utils.scheduler.agenda import last_due, next_due
from utils.scheduler.houses import read_houses
from utils.scheduler.jobs import JOBS
from utils.scheduler.runner import Runner
from utils.scheduler.work import Job, Outcome

HISTORY: Final = 60
_GOING_ON: Final = "Ce travail est déjà en cours."
_SETTLED: Final = (DONE, NEEDLESS)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a job stands in a hotel: its last run (its columns, and ``actor``), when it is due next."""

    key: str
    job: Job
    last: Mapping[str, Any] | None
    next_at: datetime
    next_night: date
    refusal: str | None = None
    """Why it cannot be done now, in French; asking it anyway is refused with this sentence."""


def standing(person: Person, at: datetime) -> list[Standing]:
    """Every job of the table, for the hotel of whoever reads."""
    with read() as connection:
        houses = read_houses(connection)
        last = job_runs.latest(connection, person.property_id)
    found = []
    for key, job in JOBS.items():
        house = houses[_place(job, person)]
        next_at, night = next_due(job.when, house, at)
        due_at, due = last_due(job.when, house, at)
        row = last.get(key)
        of_night = row if row and row["business_date"] == due else None
        refusal = _refusal(job, due_at, due, house.since, of_night) or (_GOING_ON if is_running(row, at) else None)
        found.append(Standing(key, job, row, next_at, night, refusal))
    return found


def _refusal(job: Job, due_at: datetime, night: date, since: datetime, row: Mapping[str, Any] | None) -> str | None:
    """Why a job is not done for the last night it was due for: it never was, or doing it twice tells people twice."""
    if job.again:
        return None
    if due_at < since:
        return "Ce travail n’a encore jamais été dû : il se fera à son heure."
    if row and row["status"] in _SETTLED:
        return f"C’est déjà fait pour la nuit du {night.isoformat()}."
    return None


def history(person: Person) -> list[dict[str, Any]]:
    """The latest runs of the hotel and of the installation."""
    with read() as connection:
        return [row for row in job_runs.history(connection, person.property_id, HISTORY) if row["job"] in JOBS]


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
        house = read_houses(connection)[_place(job, person)]
    due_at, night = last_due(job.when, house, at)
    name = Key(house.property_id, key, night)
    claimed = _claimed(job, name, (due_at, house.since), person, runner.owner, at)
    return runner.carry_for(person, name, due_at, claimed)


def _claimed(job: Job, key: Key, when: tuple[datetime, datetime], person: Person, owner: str, at: datetime) -> Claim:
    """The run, ours; ``when``: the instant it was due at, and that since which the house is looked after."""
    with write() as connection:
        row = job_runs.found(connection, key)
        if refusal := _refusal(job, when[0], key.night, when[1], row):
            raise Conflict(refusal)
        values = {"due_at": when[0], "cause": "personne", "actor_id": person.user_id or None}
        if row is None:
            claimed = job_runs.claim(connection, key, values, owner, at)
        else:
            claimed = job_runs.claim_again(connection, key, person.user_id or None, owner, at)
    if claimed is None:
        raise Conflict(_GOING_ON, more={"retry_in_minutes": 1})
    redo = row is not None and row["status"] in _SETTLED
    return claimed._replace(steps={}) if redo else claimed


def _place(job: Job, person: Person) -> int:
    return person.property_id if job.of_hotel else INSTALLATION


def is_running(row: Mapping[str, Any] | None, at: datetime) -> bool:
    """Whether a run goes on now, and was not left by a process that died."""
    return bool(row and row["status"] == RUNNING and dates.holds(row["lease_until"], at, job_runs.LEASE))
