"""Named reads and writes of the synchronisations: what the PMS said, every run, every signed message."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any, Final

from sqlalchemy import Connection, func, insert, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from database import seals
from database.models import RUNNING, PmsReading, SyncRun, User, WebhookMessage
from utils.dates import farthest

LONGEST: Final = timedelta(seconds=180)
"""A run that says « en cours » for longer belongs to a process that died."""

_runs: Final = SyncRun.__table__.c
_readings: Final = PmsReading.__table__.c


def readings(connection: Connection, property_id: int, day: date) -> dict[str, dict[str, Any]]:
    """What was last read of a date, by report."""
    where = (_readings.property_id == property_id, _readings.business_date == day)
    rows = connection.execute(select(PmsReading.__table__).where(*where)).mappings()
    return {row["report"]: {str(name): value for name, value in row.items()} for row in rows}


def keep_reading(connection: Connection, values: Mapping[str, Any]) -> None:
    """Keep what a report says now, sealed, in the place of what it said; ``values`` are the columns."""
    values = {**values, "checksum": seals.seal_reading(connection, values)}
    keys = ("property_id", "business_date", "report")
    engine = postgresql if connection.dialect.name == "postgresql" else sqlite
    statement = engine.insert(PmsReading).values(**values)
    rest = {name: statement.excluded[name] for name in values if name not in keys}
    connection.execute(statement.on_conflict_do_update(index_elements=keys, set_=rest))


def altered_readings(connection: Connection, property_id: int) -> Iterator[tuple[date, str]]:
    """Date and report of what the PMS did not say so."""
    mine = select(PmsReading.__table__).where(_readings.property_id == property_id)
    for row in connection.execute(mine.order_by(_readings.business_date, _readings.report)).mappings():
        if not seals.reading_is_intact(connection, row):
            yield row["business_date"], row["report"]


def running(connection: Connection, property_id: int, day: date, at: datetime) -> bool:
    """Whether a synchronisation of this date goes on; those of dead processes are closed on the way."""
    mine = (_runs.property_id == property_id, _runs.audit_date == day, _runs.status == RUNNING)
    interrupted = {"status": "interrompue", "ended_at": at, "message": "La synchronisation s’est arrêtée en chemin."}
    dead = (*mine, or_(_runs.started_at < at - LONGEST, _runs.started_at > farthest(at)))
    if connection.execute(select(_runs.id).where(*dead).limit(1)).first():
        connection.execute(update(SyncRun).where(*dead).values(**interrupted))
    return connection.execute(select(_runs.id).where(*mine).limit(1)).first() is not None


def begin_run(connection: Connection, values: Mapping[str, Any]) -> int:
    """Write the beginning of a run; its id."""
    empty: dict[str, Any] = {"requests": 0, "duration_ms": 0, "written": 0, "beside": 0}
    created = connection.execute(insert(SyncRun).values(status=RUNNING, **empty, **values).returning(_runs.id))
    return int(created.scalar_one())


def change_run(connection: Connection, run: int, values: Mapping[str, Any]) -> None:
    """Write how far a run is."""
    connection.execute(update(SyncRun).where(_runs.id == run).values(**values))


def last_runs(connection: Connection, property_id: int, start: date, end: date) -> dict[date, dict[str, Any]]:
    """The latest run of each date of a period, with the name of who asked."""
    latest = (
        select(func.max(_runs.id))
        .where(_runs.property_id == property_id, _runs.audit_date.between(start, end))
        .group_by(_runs.audit_date)
    )
    return {row["audit_date"]: row for row in _named(connection, _runs.id.in_(latest))}


def last_run(
    connection: Connection, property_id: int, day: date | None = None, statuses: Collection[str] = ()
) -> dict[str, Any] | None:
    """The latest run of a date, or of the hotel; only of those in one of ``statuses`` when some are given."""
    where = [] if day is None else [_runs.audit_date == day]
    if statuses:
        where.append(_runs.status.in_(statuses))
    latest = select(func.max(_runs.id)).where(_runs.property_id == property_id, *where).scalar_subquery()
    return next(iter(_named(connection, _runs.id == latest)), None)


def runs_of(connection: Connection, property_id: int, day: date, limit: int) -> list[dict[str, Any]]:
    """The runs of a date, latest first."""
    chosen = (
        select(_runs.id)
        .where(_runs.property_id == property_id, _runs.audit_date == day)
        .order_by(_runs.id.desc())
        .limit(limit)
    )
    return _named(connection, _runs.id.in_(chosen))


def receive(connection: Connection, values: Mapping[str, Any]) -> bool:
    """Write down a signed message; false when it was received before."""
    engine = postgresql if connection.dialect.name == "postgresql" else sqlite
    statement = engine.insert(WebhookMessage).values(**values).on_conflict_do_nothing()
    return connection.execute(statement.returning(WebhookMessage.message_id)).one_or_none() is not None


def _named(connection: Connection, condition: Any) -> list[dict[str, Any]]:  # noqa: ANN401 - a clause
    statement = (
        select(SyncRun.__table__, User.name.label("actor"))
        .outerjoin(User, User.id == _runs.actor_id)
        .where(condition)
        .order_by(_runs.id.desc())
    )
    return [{str(name): value for name, value in row.items()} for row in connection.execute(statement).mappings()]
