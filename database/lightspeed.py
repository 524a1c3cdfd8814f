"""Named reads and writes of the synchronisations: what the PMS said, every run, every signed message."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection, func, insert, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from database import seals
from database.models import RUNNING, NightAuditSession, NightTab, PmsReading, SyncRequest, SyncRun, User, WebhookMessage
from database.origins import Origins, read_origins
from utils.dates import farthest
from utils.shapes import Document

LONGEST: Final = timedelta(seconds=180)
"""A run that says « en cours » for longer belongs to a process that died."""


class Reading(NamedTuple):
    """What one report of one date said, as it is kept: figures by cell, controls and notes as documents."""

    property_id: int
    business_date: date
    report: str
    revision: int
    final: bool
    source: str
    figures: dict[str, str | int]
    controls: list[Document]
    notes: list[str | Document]


class NewRun(NamedTuple):
    """A synchronisation that begins; ``tabs``: how each of them stands, before anything was read."""

    property_id: int
    audit_date: date
    cause: str
    actor_id: int | None
    started_at: datetime
    tabs: Document


class Run(NamedTuple):
    """A synchronisation of the log, ``reports`` and ``tabs`` as documents; ``actor`` is the name of who asked."""

    id: int
    audit_date: date
    cause: str
    status: str
    started_at: datetime
    ended_at: datetime | None
    requests: int
    duration_ms: int
    written: int
    beside: int
    retry_minutes: int | None
    message: str | None
    reports: Document
    tabs: Document
    actor: str | None


class Asked(NamedTuple):
    """A request of a synchronisation, as the log keeps it: ``size`` in bytes, never a body."""

    at: datetime
    path: str
    status: int | None
    milliseconds: int
    size: int
    revision: int | None


class Message(NamedTuple):
    """A signed message, as it is received."""

    property_id: int
    provider: str
    message_id: str
    kind: str
    received_at: datetime


_runs: Final = SyncRun.__table__.c
_requests: Final = SyncRequest.__table__.c
_readings: Final = PmsReading.__table__.c
_COLUMNS: Final[list[Any]] = [*(_runs[name] for name in Run._fields if name != "actor"), User.name]
_KEPT: Final = [_readings[name] for name in Reading._fields]


def readings(connection: Connection, property_id: int, day: date) -> dict[str, Reading]:
    """What was last read of a date, by report."""
    where = (_readings.property_id == property_id, _readings.business_date == day)
    found = [Reading(*row) for row in connection.execute(select(*_KEPT).where(*where))]
    return {one.report: one for one in found}


def keep_reading(connection: Connection, reading: Reading, read_at: datetime) -> None:
    """Keep what a report says now, sealed, in the place of what it said."""
    values = {**reading._asdict(), "read_at": read_at}
    values["checksum"] = seals.seal_reading(connection, values)
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


def begin_run(connection: Connection, run: NewRun) -> int:
    """Write the beginning of a run; its id."""
    nothing = dict.fromkeys(("requests", "duration_ms", "written", "beside"), 0)
    values = insert(SyncRun).values(status=RUNNING, reports={}, **nothing, **run._asdict())
    return int(connection.execute(values.returning(_runs.id)).scalar_one())


def change_run(connection: Connection, run: int, values: Mapping[str, object]) -> None:
    """Write how far a run is; ``values`` are the columns that changed."""
    connection.execute(update(SyncRun).where(_runs.id == run).values(**values))


def keep_requests(connection: Connection, property_id: int, run: int, asked: Iterable[Asked]) -> None:
    """Write what a run asked, in the order in which it did."""
    shared = {"run_id": run, "property_id": property_id}
    rows = [{**shared, "number": number, **one._asdict()} for number, one in enumerate(asked, 1)]
    if rows:
        connection.execute(insert(SyncRequest), rows)


def requests_of(connection: Connection, property_id: int, runs: Collection[int]) -> dict[int, list[Asked]]:
    """What some runs of a hotel asked, by run; a run whose requests are kept no longer has none."""
    found: dict[int, list[Asked]] = {}
    mine = (_requests.property_id == property_id, _requests.run_id.in_(runs))
    wanted = select(_requests.run_id, *(_requests[name] for name in Asked._fields)).where(*mine)
    for run, *row in connection.execute(wanted.order_by(_requests.run_id, _requests.number)):
        found.setdefault(run, []).append(Asked(*row))
    return found


def reading_times(
    connection: Connection, property_id: int, day: date, statuses: Collection[str]
) -> list[tuple[datetime, datetime]]:
    """When the last two runs of a date that ended in one of ``statuses`` began and ended, the latest first."""
    mine = (_runs.property_id == property_id, _runs.audit_date == day, _runs.status.in_(statuses))
    times = select(_runs.started_at, _runs.ended_at).where(*mine, _runs.ended_at.is_not(None))
    return [tuple(row) for row in connection.execute(times.order_by(_runs.id.desc()).limit(2))]


def origins_between(
    connection: Connection, property_id: int, start: date, end: date, tabs: Collection[str]
) -> Iterator[tuple[date, str, Origins]]:
    """Date, tab and origins of the figures that some tabs hold, of the nights of a period."""
    night, stored = NightAuditSession.__table__.c, NightTab.__table__.c
    where = (night.property_id == property_id, night.audit_date.between(start, end), stored.tab.in_(tabs))
    joined = select(night.audit_date, stored.tab, stored.origins).join_from(
        NightAuditSession, NightTab, stored.night_id == night.id
    )
    for day, tab, document in connection.execute(joined.where(*where)):
        yield day, tab, read_origins(document)


def last_runs(
    connection: Connection, property_id: int, start: date, end: date, statuses: Collection[str] = ()
) -> dict[date, Run]:
    """The latest run of each date of a period, with the name of who asked; only in ``statuses`` if some are given."""
    where = [_runs.property_id == property_id, _runs.audit_date.between(start, end)]
    if statuses:
        where.append(_runs.status.in_(statuses))
    latest = select(func.max(_runs.id)).where(*where).group_by(_runs.audit_date)
    return {run.audit_date: run for run in _named(connection, _runs.id.in_(latest))}


def last_run(
    connection: Connection, property_id: int, day: date | None = None, statuses: Collection[str] = ()
) -> Run | None:
    """The latest run of a date, or of the hotel; only of those in one of ``statuses`` when some are given."""
    where = [] if day is None else [_runs.audit_date == day]
    if statuses:
        where.append(_runs.status.in_(statuses))
    latest = select(func.max(_runs.id)).where(_runs.property_id == property_id, *where).scalar_subquery()
    return next(iter(_named(connection, _runs.id == latest)), None)


def runs_of(connection: Connection, property_id: int, day: date, limit: int) -> list[Run]:
    """The runs of a date, latest first."""
    chosen = (
        select(_runs.id)
        .where(_runs.property_id == property_id, _runs.audit_date == day)
        .order_by(_runs.id.desc())
        .limit(limit)
    )
    return _named(connection, _runs.id.in_(chosen))


def receive(connection: Connection, message: Message) -> bool:
    """Write down a signed message; false when it was received before."""
    engine = postgresql if connection.dialect.name == "postgresql" else sqlite
    statement = engine.insert(WebhookMessage).values(**message._asdict()).on_conflict_do_nothing()
    return connection.execute(statement.returning(WebhookMessage.message_id)).one_or_none() is not None


def _named(connection: Connection, condition: Any) -> list[Run]:  # noqa: ANN401 - a clause
    statement = (
        select(*_COLUMNS)
        .select_from(SyncRun)
        .outerjoin(User, User.id == _runs.actor_id)
        .where(condition)
        .order_by(_runs.id.desc())
    )
    return [Run(*row) for row in connection.execute(statement)]
