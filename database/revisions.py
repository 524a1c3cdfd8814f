"""Named reads and writes of what is kept for ever of a night: its snapshots, its submissions, its overrides."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Final, NamedTuple

from sqlalchemy import Connection, func, insert, select

from database.models import NightAuditSession, NightRevision, Override, Submission
from utils.shapes import Document


class Snapshot(NamedTuple):
    """The whole night (``snapshot``) as it stood when it was locked, or when a correction was opened on it."""

    night_id: int
    revision: int
    cause: str
    at: datetime
    by: int | None
    reason: str | None
    snapshot: Document


class Submitted(NamedTuple):
    """A submission: the checks as they stood, by key, the reasons given, whether it waited for an override.

    ``id`` is given to it by the book.
    """

    night_id: int
    revision: int
    at: datetime
    by: int | None
    checks: Mapping[str, Document]
    motifs: Mapping[str, str]
    en_attente: bool
    id: int = 0


class Overridden(NamedTuple):
    """A blocking check that somebody entitled let pass, for a reason, at the value it had, as files write it."""

    night_id: int
    revision: int
    check: str
    value: str | None
    motif: str
    by: int | None
    at: datetime


_nights: Final = NightAuditSession.__table__.c
_submission: Final = Submission.__table__.c
_override: Final = Override.__table__.c
_SNAPSHOT: Final = [NightRevision.__table__.c[name] for name in Snapshot._fields]
_SUBMITTED: Final = [_submission[name] for name in Submitted._fields]
_OVERRIDDEN: Final = [getattr(Override, name) for name in Overridden._fields]


def add_revision(connection: Connection, kept: Snapshot, checksum: str) -> None:
    """Keep a snapshot of a night for ever, with its seal."""
    connection.execute(insert(NightRevision).values(**kept._asdict(), checksum=checksum))


def snapshot(connection: Connection, row: int) -> Snapshot:
    """The snapshot of this id."""
    return Snapshot(*connection.execute(select(*_SNAPSHOT).where(NightRevision.id == row)).one())


def last_snapshot(connection: Connection, night_id: int, revision: int) -> Snapshot | None:
    """The last snapshot of a revision of a night."""
    mine = (NightRevision.night_id == night_id, NightRevision.revision == revision)
    statement = select(*_SNAPSHOT).where(*mine).order_by(NightRevision.id.desc()).limit(1)
    row = connection.execute(statement).one_or_none()
    return Snapshot(*row) if row else None


def snapshots_of(connection: Connection, property_id: int) -> Iterator[tuple[date, Snapshot, str]]:
    """The snapshots of a hotel with the date of their night and their seal, a few in memory at a time."""
    statement = (
        select(_nights.audit_date, *_SNAPSHOT, NightRevision.checksum)
        .join(NightAuditSession, _nights.id == NightRevision.night_id)
        .where(_nights.property_id == property_id)
        .order_by(_nights.audit_date, NightRevision.id)
    )
    for day, *kept, checksum in connection.execute(statement.execution_options(yield_per=50)):
        yield day, Snapshot(*kept), checksum


def add_submission(connection: Connection, submission: Submitted) -> None:
    """Keep a submission for ever."""
    values = {name: value for name, value in submission._asdict().items() if name != "id"}
    connection.execute(insert(Submission).values(**values))


def add_override(connection: Connection, override: Overridden) -> None:
    """Keep an override for ever."""
    connection.execute(insert(Override).values(**override._asdict()))


def overrides_of(connection: Connection, night_id: int, revision: int | None = None) -> list[Overridden]:
    """The overrides of a night, in order; only those of a round when it is named."""
    statement = select(*_OVERRIDDEN).where(_override.night_id == night_id)
    if revision is not None:
        statement = statement.where(_override.revision == revision)
    return [Overridden(*row) for row in connection.execute(statement.order_by(_override.id))]


def submissions_of(connection: Connection, night_id: int) -> list[Submitted]:
    """The submissions of a night, in order."""
    statement = select(*_SUBMITTED).where(_submission.night_id == night_id).order_by(_submission.id)
    return [Submitted(*row) for row in connection.execute(statement)]


def last_submission(connection: Connection, night_id: int) -> Submitted | None:
    """The latest submission of a night."""
    statement = select(*_SUBMITTED).where(_submission.night_id == night_id).order_by(_submission.id.desc()).limit(1)
    row = connection.execute(statement).one_or_none()
    return Submitted(*row) if row else None


def submissions_between(connection: Connection, property_id: int, start: date, end: date) -> dict[date, Submitted]:
    """The latest submission of each submitted night of a period, by date."""
    last = select(func.max(_submission.id)).where(_submission.night_id == _nights.id)
    statement = (
        select(_nights.audit_date, *_SUBMITTED)
        .join(NightAuditSession, _nights.id == _submission.night_id)
        .where(_submission.id == last.correlate(NightAuditSession.__table__).scalar_subquery())
        .where(_nights.status.in_(("submitted", "locked")))
        .where(_nights.property_id == property_id, _nights.audit_date.between(start, end))
    )
    return {row[0]: Submitted(*row[1:]) for row in connection.execute(statement)}


def overrides_between(connection: Connection, property_id: int, start: date, end: date) -> list[Overridden]:
    """The overrides of the nights of a period, in order."""
    statement = select(*_OVERRIDDEN).join(NightAuditSession, _nights.id == _override.night_id)
    mine = (_nights.property_id == property_id, _nights.audit_date.between(start, end))
    return [Overridden(*row) for row in connection.execute(statement.where(*mine).order_by(_override.id))]
