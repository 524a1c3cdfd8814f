"""Named reads and writes of what runs by itself: a run is claimed by hotel, job and night, then kept step by step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, Final, NamedTuple

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from database.models import Property, PropertySettings, User
from database.models.automation import INSTALLATION, RUNNING, WAITING, JobRun, SchedulerPulse
from utils.dates import farthest

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


class Claim(NamedTuple):
    """A run that is ours until its lease runs out: which, its steps so far, its attempts with this one."""

    id: int
    steps: dict[str, Any]
    attempts: int


class Beat(NamedTuple):
    """Since when the product works by itself here, and the beat before this one."""

    began_at: datetime
    previous: datetime


class Stamp(NamedTuple):
    """Changes whenever a hotel or one of its settings does."""

    hotels: int
    settings: int


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


def houses(connection: Connection) -> Sequence[Any]:
    """Every hotel with each of its dated settings, in the order in which they apply: one question for all."""
    return connection.execute(
        select(
            _properties.id,
            _properties.time_zone,
            _properties.created_at,
            _settings.effective_from,
            _settings.document,
        )
        .outerjoin(PropertySettings.__table__, _settings.property_id == _properties.id)
        .order_by(_properties.id, _settings.effective_from, _settings.id)
    ).all()


def claim(connection: Connection, key: Key, values: Mapping[str, Any], owner: str, at: datetime) -> Claim | None:
    """Be the one who does this run, new, waiting for its time, or left by a process that died; else nothing.

    ``values``: due_at, cause, actor_id, of a run that is new.
    """
    ours = {"lease_owner": owner, "lease_until": at + LEASE, "status": RUNNING, "next_at": None}
    fresh = {"attempts": 1, "steps": {}, "started_at": at, "duration_ms": 0, **values, **ours}
    engine = postgresql if connection.dialect.name == "postgresql" else sqlite
    made = engine.insert(JobRun).values(property_id=key.property_id, job=key.job, business_date=key.night, **fresh)
    row = connection.execute(made.on_conflict_do_nothing().returning(_runs.id)).one_or_none()
    if row is not None:
        return Claim(row.id, {}, 1)
    timely = and_(_runs.status == WAITING, _runs.next_at <= at)
    orphan = and_(_runs.status == RUNNING, _left(at))
    return _taken(connection, key, or_(timely, orphan), ours)


def claim_again(connection: Connection, key: Key, actor_id: int | None, owner: str, at: datetime) -> Claim | None:
    """Take a run for a person, whatever it came to and whenever it was to be tried; not one that goes on."""
    ours = {"lease_owner": owner, "lease_until": at + LEASE, "status": RUNNING, "next_at": None}
    free = or_(_runs.status != RUNNING, _left(at))
    anew = {"cause": "personne", "actor_id": actor_id, "ended_at": None}
    return _taken(connection, key, free, {**ours, **anew})


def _left(at: datetime) -> ColumnElement[bool]:
    """A lease that ran out, or that a clock set back since would prolong."""
    return or_(_runs.lease_until < at, _runs.lease_until > farthest(at, LEASE))


def record(connection: Connection, claimed: Claim, owner: str, values: Mapping[str, Any]) -> bool:
    """Write how far a run is; false when it is no longer ours."""
    mine = (_runs.id == claimed.id, _runs.lease_owner == owner)
    return connection.execute(update(JobRun).where(*mine).values(**values)).rowcount == 1


def found(connection: Connection, key: Key) -> dict[str, Any] | None:
    """A run, or nothing when it never began."""
    row = connection.execute(select(JobRun.__table__).where(*_of(key))).mappings().one_or_none()
    return {str(name): value for name, value in row.items()} if row else None


def since(connection: Connection, night: date) -> Sequence[Any]:
    """How the runs of the nights from this one stand: property_id, job, business_date, status, next_at, lease_until."""
    columns = (_runs.property_id, _runs.job, _runs.business_date, _runs.status, _runs.next_at, _runs.lease_until)
    return connection.execute(select(*columns).where(_runs.business_date >= night)).all()


def latest(connection: Connection, property_id: int) -> dict[str, dict[str, Any]]:
    """The last run of each job of a hotel and of the installation, with the name of who asked for it."""
    last = (
        select(func.max(_runs.id))
        .where(_runs.property_id.in_((property_id, INSTALLATION)))
        .group_by(_runs.property_id, _runs.job)
    )
    return {row["job"]: row for row in _named(connection, _runs.id.in_(last), None)}


def history(connection: Connection, property_id: int, limit: int) -> list[dict[str, Any]]:
    """The latest runs of a hotel and of the installation."""
    return _named(connection, _runs.property_id.in_((property_id, INSTALLATION)), limit)


def _named(connection: Connection, condition: Any, limit: int | None) -> list[dict[str, Any]]:  # noqa: ANN401 - a clause
    statement = (
        select(JobRun.__table__, User.name.label("actor"))
        .outerjoin(User, User.id == _runs.actor_id)
        .where(condition)
        .order_by(_runs.due_at.desc(), _runs.id.desc())
        .limit(limit)
    )
    return [{str(name): value for name, value in row.items()} for row in connection.execute(statement).mappings()]


def _taken(connection: Connection, key: Key, condition: Any, values: Mapping[str, Any]) -> Claim | None:  # noqa: ANN401
    statement = (
        update(JobRun)
        .where(*_of(key), condition)
        .values(attempts=_runs.attempts + 1, **values)
        .returning(_runs.id, _runs.steps, _runs.attempts)
    )
    row = connection.execute(statement).one_or_none()
    return Claim(row.id, row.steps, row.attempts) if row else None


def _of(key: Key) -> tuple[Any, ...]:
    return (_runs.property_id == key.property_id, _runs.job == key.job, _runs.business_date == key.night)
