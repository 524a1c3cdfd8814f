"""Named reads and writes of what is kept for ever of a night: its snapshots, its submissions, its overrides."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from sqlalchemy import Connection, func, insert, select

from database.models import NightAuditSession, NightRevision, Override, Submission

_nights: Final = NightAuditSession.__table__.c


def add_revision(connection: Connection, values: Mapping[str, Any]) -> None:
    """Keep a snapshot of a night for ever."""
    connection.execute(insert(NightRevision).values(**values))


def add_submission(connection: Connection, values: Mapping[str, Any]) -> None:
    """Keep a submission for ever."""
    connection.execute(insert(Submission).values(**values))


def add_override(connection: Connection, values: Mapping[str, Any]) -> None:
    """Keep an override for ever."""
    connection.execute(insert(Override).values(**values))


def overrides_of(connection: Connection, night_id: int, revision: int) -> list[Any]:
    """The overrides of a round of a night, in order."""
    table = Override.__table__.c
    statement = select(Override.__table__).where(table.night_id == night_id, table.revision == revision)
    return list(connection.execute(statement.order_by(table.id)))


def all_overrides_of(connection: Connection, night_id: int) -> list[Any]:
    """The overrides of every round of a night, in order, their columns named as they are given."""
    table = Override.__table__.c
    columns = [column.label("check") if column.name == "check_key" else column for column in table]
    return list(connection.execute(select(*columns).where(table.night_id == night_id).order_by(table.id)))


def submissions_of(connection: Connection, night_id: int) -> list[Any]:
    """The submissions of a night, in order."""
    table = Submission.__table__.c
    return list(connection.execute(select(Submission.__table__).where(table.night_id == night_id).order_by(table.id)))


def last_submission(connection: Connection, night_id: int) -> dict[str, Any] | None:
    """The latest submission of a night."""
    table = Submission.__table__
    statement = select(table).where(table.c.night_id == night_id).order_by(table.c.id.desc()).limit(1)
    row = connection.execute(statement).mappings().one_or_none()
    return None if row is None else {str(name): value for name, value in row.items()}


def submissions_between(connection: Connection, property_id: int, start: date, end: date) -> list[dict[str, Any]]:
    """The latest submission of each submitted night of a period, with its date; figures are left out."""
    table = Submission.__table__
    last = select(func.max(table.c.id)).where(table.c.night_id == _nights.id).correlate(NightAuditSession.__table__)
    statement = (
        select(table, _nights.audit_date)
        .join(NightAuditSession, _nights.id == table.c.night_id)
        .where(table.c.id == last.scalar_subquery(), _nights.status.in_(("submitted", "locked")))
        .where(_nights.property_id == property_id, _nights.audit_date.between(start, end))
    )
    return [{str(name): value for name, value in row.items()} for row in connection.execute(statement).mappings()]


def overrides_between(connection: Connection, property_id: int, start: date, end: date) -> list[Any]:
    """The overrides of the nights of a period, in order."""
    table = Override.__table__
    statement = select(table).join(NightAuditSession, _nights.id == table.c.night_id)
    mine = (_nights.property_id == property_id, _nights.audit_date.between(start, end))
    return list(connection.execute(statement.where(*mine).order_by(table.c.id)))
