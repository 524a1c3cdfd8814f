"""Named read of the nights of a period that hold something, each with what its lock froze: one query, however many."""

from __future__ import annotations

from datetime import date
from typing import Final, NamedTuple

from sqlalchemy import Connection, case, select, type_coerce

from database.models import NightAuditSession
from utils.shapes import Document

_nights: Final = NightAuditSession.__table__.c


class HeldNight(NamedTuple):
    """A night that holds something: where it stands, and what its lock froze, ``None`` while it is open."""

    audit_date: date
    status: str
    revision: int
    import_id: int | None
    frozen: Document | None


def held_between(connection: Connection, property_id: int, start: date, end: date) -> list[HeldNight]:
    """The nights of a period that hold something, in order."""
    kept = type_coerce(case((_nights.status == "locked", _nights.frozen), else_=None), _nights.frozen.type)
    columns = (_nights.audit_date, _nights.status, _nights.revision, _nights.import_id, kept)
    statement = select(*columns).where(
        _nights.property_id == property_id, _nights.audit_date.between(start, end), _nights.status != "draft"
    )
    return [HeldNight(*row) for row in connection.execute(statement.order_by(_nights.audit_date))]
