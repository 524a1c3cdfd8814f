"""Seals of what is closed: a locked night with all its rows, a snapshot.

They are made with the journal's key, so that nobody who can only write in the database can make one. A seal covers
the columns that hold a value: one added later, empty in the old rows, breaks no seal.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from hashlib import sha256
from typing import Any, Final

from sqlalchemy import Connection, RowMapping, Table, select, update

from database.journal import keys_of, proves
from database.models import NightAuditSession, NightLine, NightTab, PmsReading
from database.revisions import Snapshot
from database.triggers import sealed_columns
from database.types import canonical
from utils.shapes import Values

_NIGHT: Final = [NightAuditSession.__table__.c[name] for name in sealed_columns()]
_CHILDREN: Final[tuple[Table, ...]] = (NightTab.__table__, NightLine.__table__)  # type: ignore[assignment]


def seal_night(connection: Connection, night_id: int) -> str:
    """Seal a night that has just been locked, all its rows written; its tables refuse any change from here on."""
    checksum = _signed(keys_of(connection)[0], _closed_night(connection, night_id))
    night = update(NightAuditSession).where(NightAuditSession.id == night_id)
    connection.execute(night.values(checksum=checksum))
    return checksum


def night_is_intact(connection: Connection, night_id: int, checksum: str | None) -> bool:
    """Whether a locked night is still what was sealed."""
    return _holds(connection, _closed_night(connection, night_id), checksum)


def seal_revision(connection: Connection, kept: Snapshot) -> str:
    """The seal of a snapshot about to be kept."""
    return _signed(keys_of(connection)[0], text_of("revision", [kept._asdict()]))


def revision_is_intact(connection: Connection, kept: Snapshot, checksum: str) -> bool:
    """Whether a snapshot is still what was sealed."""
    return _holds(connection, text_of("revision", [kept._asdict()]), checksum)


def seal_reading(connection: Connection, values: Values) -> str:
    """The seal of what the PMS said; ``values`` are all its columns but for ``checksum``."""
    return _signed(keys_of(connection)[0], text_of("pms_readings", [values]))


def reading_is_intact(connection: Connection, row: RowMapping) -> bool:
    """Whether what the PMS said is still what was sealed."""
    return _holds(connection, text_of("pms_readings", [row]), row["checksum"])


def seal_readings(connection: Connection) -> None:
    """Seal what the PMS said in a book made before that was sealed, as it stands."""
    table = PmsReading.__table__
    keys = ("property_id", "business_date", "report")
    for row in connection.execute(select(table)).mappings().all():
        mine = [table.c[name] == row[name] for name in keys]
        checksum = seal_reading(connection, row)  # type: ignore[arg-type]
        connection.execute(update(PmsReading).where(*mine).values(checksum=checksum))


def seal_proposal(connection: Connection, told: object) -> str:
    """The seal of a month that is only proposed, a JSON value; what enters the book is what was read of its files."""
    return _signed(keys_of(connection)[0], canonical(json.loads(canonical(told))))


def proposal_is_intact(connection: Connection, told: object, checksum: str | None) -> bool:
    """Whether a proposal is still what was sealed."""
    return proves(connection, lambda key: _signed(key, canonical(told)), checksum)


def _closed_night(connection: Connection, night_id: int) -> str:
    """All that a lock closes of a night, as one text."""
    night = connection.execute(select(*_NIGHT).where(NightAuditSession.id == night_id)).mappings().all()
    parts = [text_of(NightAuditSession.__tablename__, night)]
    for table in _CHILDREN:
        rows = connection.execute(select(table).where(table.c.night_id == night_id).order_by(table.c.id))
        parts.append(text_of(table.name, rows.mappings()))
    return "\n".join(parts)


def text_of(table: str, rows: Iterable[Mapping[Any, Any]]) -> str:
    """The rows of a table as one canonical text, without what is absent nor the seal itself."""
    plain = [
        {str(name): _plain(value) for name, value in row.items() if value is not None and name != "checksum"}
        for row in rows
    ]
    return canonical([table, plain])


def _plain(value: object) -> object:
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def _signed(key: bytes, text: str) -> str:
    return hmac.digest(key, text.encode(), sha256).hex()


def _holds(connection: Connection, text: str, checksum: str | None) -> bool:
    return proves(connection, lambda key: _signed(key, text), checksum)
