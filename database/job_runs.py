"""Named reads and writes of what runs by itself: a run is claimed by hotel, job and night, then kept step by step."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any, Final, NamedTuple

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from database.models import Property, PropertySettings, User
from database.models.jobs import INSTALLATION, RUNNING, WAITING, JobRun, SchedulerPulse
from utils.dates import farthest
from utils.shapes import Document

LEASE: Final = timedelta(minutes=3)
"""How long a run belongs to a process that says nothing more; whoever works says so every minute."""

_PULSE: Final = 1
_runs: Final = JobRun.__table__.c
_pulse: Final = SchedulerPulse.__table__.c
_properties: Final = Property.__table__.c
_settings: Final = PropertySettings.__table__.c


class Key(NamedTuple):
    """What names a run: a hotel (or ``INSTALLATION``), a job, a night."""

    property_id: int
    job: str
    night: date


class Begun(NamedTuple):
    """How a run that is new begins: since when it is due, why it is done, who asked."""

    due_at: datetime
    cause: str
    actor_id: int | None


class StepRun(NamedTuple):
    """How a step of a run stands: its state, what it said and when, how often it was tried, failures in a row."""

    status: str
    message: str
    at: str
    tries: int
    failures: int

    def as_json(self) -> Document:
        """As the book keeps it and the API tells it."""
        return dict(zip((*_SAID, *_COUNTED), self, strict=True))


_SAID: Final = ("etat", "message", "a")
_COUNTED: Final = ("essais", "echecs")

Steps = dict[str, StepRun]
"""The steps of a run that began, by key."""


class Claim(NamedTuple):
    """A run that is ours until its lease runs out: which, its steps so far, its attempts with this one."""

    id: int
    steps: Steps
    attempts: int


class End(NamedTuple):
    """What a run came to, for now or for good: its state, when it ended, when to try again if it waits."""

    status: str
    ended_at: datetime | None
    next_at: datetime | None


class Progress(NamedTuple):
    """How far a run is; ``end`` once nobody works at it any more."""

    steps: Steps
    message: str
    duration_ms: int
    end: End | None


class Run(NamedTuple):
    """A run of the book; ``actor`` is the name of who asked for it."""

    id: int
    property_id: int
    job: str
    business_date: date
    due_at: datetime
    status: str
    cause: str
    attempts: int
    steps: Steps
    message: str | None
    started_at: datetime
    ended_at: datetime | None
    duration_ms: int
    next_at: datetime | None
    lease_until: datetime | None
    actor: str | None


class RunState(NamedTuple):
    """How a run stands; ``again``: when it may be looked at again, if it is not settled."""

    key: Key
    status: str
    again: datetime | None


class DatedHotel(NamedTuple):
    """A hotel, and one of its dated settings if it has any."""

    id: int
    time_zone: str
    created_at: datetime
    effective_from: date | None
    document: Document | None


class Beat(NamedTuple):
    """Since when the product works by itself here, and the beat before this one."""

    began_at: datetime
    previous: datetime


class Stamp(NamedTuple):
    """Changes whenever a hotel or one of its settings does."""

    hotels: int
    settings: int


_COLUMNS: Final[list[Any]] = [*(_runs[name] for name in Run._fields if name != "actor"), User.name]


def beat(connection: Connection, owner: str, at: datetime) -> Beat:
    """Say that this process is at work, and keep what it holds; the first beat of all begins the automation."""
    engine = postgresql if connection.dialect.name == "postgresql" else sqlite
    first = engine.insert(SchedulerPulse).values(id=_PULSE, began_at=at, beat_at=at, owner=owner)
    connection.execute(first.on_conflict_do_nothing())
    before = connection.execute(select(_pulse.began_at, _pulse.beat_at).where(_pulse.id == _PULSE)).one()
    connection.execute(update(SchedulerPulse).where(_pulse.id == _PULSE).values(beat_at=at, owner=owner))
    mine = (_runs.lease_owner == owner, _runs.status == RUNNING)
    connection.execute(update(JobRun).where(*mine).values(lease_until=at + LEASE))
    return Beat(before.began_at, before.beat_at)


def stamp(connection: Connection) -> Stamp:
    """Where hotels and settings stand, in one question."""
    hotels = select(func.count()).select_from(Property).scalar_subquery()
    settings = select(func.coalesce(func.max(_settings.id), 0)).scalar_subquery()
    return Stamp(*connection.execute(select(hotels, settings)).one())


def hotels(connection: Connection) -> list[DatedHotel]:
    """Every hotel with each of its dated settings, in the order in which they apply: one question for all."""
    hotel = (_properties.id, _properties.time_zone, _properties.created_at)
    statement = (
        select(*hotel, _settings.effective_from, _settings.document)
        .outerjoin(PropertySettings.__table__, _settings.property_id == _properties.id)
        .order_by(_properties.id, _settings.effective_from, _settings.id)
    )
    return [DatedHotel(*row) for row in connection.execute(statement)]


def claim(connection: Connection, key: Key, begun: Begun, owner: str, at: datetime) -> Claim | None:
    """Be the one who does this run, new, waiting for its time, or left by a process that died; else nothing."""
    ours = {"lease_owner": owner, "lease_until": at + LEASE, "status": RUNNING, "next_at": None}
    fresh = {"attempts": 1, "steps": {}, "started_at": at, "duration_ms": 0, **begun._asdict(), **ours}
    engine = postgresql if connection.dialect.name == "postgresql" else sqlite
    made = engine.insert(JobRun).values(property_id=key.property_id, job=key.job, business_date=key.night, **fresh)
    row = connection.execute(made.on_conflict_do_nothing().returning(_runs.id)).one_or_none()
    if row is not None:
        return Claim(row.id, {}, 1)
    timely = and_(_runs.status == WAITING, _runs.next_at <= at)
    orphan = and_(_runs.status == RUNNING, _left(at))
    return _taken(connection, key, or_(timely, orphan), **ours)


def claim_again(connection: Connection, key: Key, actor_id: int | None, owner: str, at: datetime) -> Claim | None:
    """Take a run for a person, whatever it came to and whenever it was to be tried; not one that goes on."""
    ours = {"lease_owner": owner, "lease_until": at + LEASE, "status": RUNNING, "next_at": None}
    free = or_(_runs.status != RUNNING, _left(at))
    anew = {"cause": "personne", "actor_id": actor_id, "ended_at": None}
    return _taken(connection, key, free, **ours, **anew)


def _left(at: datetime) -> ColumnElement[bool]:
    """A lease that ran out, or that a clock set back since would prolong."""
    return or_(_runs.lease_until < at, _runs.lease_until > farthest(at, LEASE))


def record(connection: Connection, claimed: Claim, owner: str, progress: Progress) -> bool:
    """Write how far a run is; false when it is no longer ours."""
    mine = (_runs.id == claimed.id, _runs.lease_owner == owner)
    steps = {key: step.as_json() for key, step in progress.steps.items()}
    said = {"steps": steps, "message": progress.message, "duration_ms": progress.duration_ms}
    ended = {**progress.end._asdict(), "lease_owner": None, "lease_until": None} if progress.end else {}
    return connection.execute(update(JobRun).where(*mine).values(**said, **ended)).rowcount == 1


def found(connection: Connection, key: Key) -> Run | None:
    """A run, or nothing when it never began."""
    return next(iter(_named(connection, and_(*_of(key)), 1)), None)


def since(connection: Connection, night: date) -> list[RunState]:
    """How the runs of the nights from this one stand."""
    again = func.coalesce(_runs.next_at, _runs.lease_until, type_=_runs.next_at.type)
    columns = (_runs.property_id, _runs.job, _runs.business_date, _runs.status, again)
    rows = connection.execute(select(*columns).where(_runs.business_date >= night))
    return [RunState(Key(*key), status, again) for *key, status, again in rows]


def latest(connection: Connection, property_id: int) -> dict[str, Run]:
    """The last run of each job of a hotel and of the installation, with the name of who asked for it."""
    last = (
        select(func.max(_runs.id))
        .where(_runs.property_id.in_((property_id, INSTALLATION)))
        .group_by(_runs.property_id, _runs.job)
    )
    return {run.job: run for run in _named(connection, _runs.id.in_(last), None)}


def history(connection: Connection, property_id: int, limit: int) -> list[Run]:
    """The latest runs of a hotel and of the installation."""
    return _named(connection, _runs.property_id.in_((property_id, INSTALLATION)), limit)


def _named(connection: Connection, condition: Any, limit: int | None) -> list[Run]:  # noqa: ANN401 - a clause
    statement = (
        select(*_COLUMNS)
        .select_from(JobRun)
        .outerjoin(User, User.id == _runs.actor_id)
        .where(condition)
        .order_by(_runs.due_at.desc(), _runs.id.desc())
        .limit(limit)
    )
    return [Run(*row)._replace(steps=_steps(row.steps)) for row in connection.execute(statement)]


def _steps(document: Document) -> Steps:
    return {
        key: StepRun(*(one.get(name, "") for name in _SAID), *(one.get(name, 0) for name in _COUNTED))
        for key, one in document.items()
    }


def _taken(connection: Connection, key: Key, condition: Any, **values: object) -> Claim | None:  # noqa: ANN401 - a clause
    statement = (
        update(JobRun)
        .where(*_of(key), condition)
        .values(attempts=_runs.attempts + 1, **values)
        .returning(_runs.id, _runs.steps, _runs.attempts)
    )
    row = connection.execute(statement).one_or_none()
    return Claim(row.id, _steps(row.steps), row.attempts) if row else None


def _of(key: Key) -> tuple[Any, ...]:
    return (_runs.property_id == key.property_id, _runs.job == key.job, _runs.business_date == key.night)
