"""Named reads and writes of imports of past months, and the nights that come and go with them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection, delete, func, insert, select, update

from database import seals
from database.models import (
    IMPORTED,
    PROPOSED,
    MonthImport,
    NightAuditSession,
    NightLine,
    NightSeal,
    NightTab,
)
from database.nights import PersonLine, StoredTab
from utils.shapes import Document, Values

SEAL: Final = "sceau"
"""Where the document of a proposal keeps its seal."""

_nights: Final = NightAuditSession.__table__.c
_imports: Final = MonthImport.__table__.c


class Kept(NamedTuple):
    """An import as the book keeps it; ``document`` is left out of lists."""

    id: int
    month: date
    status: str
    files: list[Any]
    nights: int
    created_at: datetime
    created_by: int | None
    entered_at: datetime | None
    entered_by: int | None
    undone_at: datetime | None
    undone_by: int | None
    opening_before: date | None


_KEPT: Final = [_imports[name] for name in Kept._fields]


def propose(
    connection: Connection, property_id: int, month: date, files: list[Any], document: Document, values: Values
) -> int:
    """Keep a month that was read and that nobody accepted yet; ``values`` say how many nights, by whom and when."""
    document = {**document, SEAL: seals.seal_proposal(connection, [property_id, month.isoformat(), files, document])}
    row = {"property_id": property_id, "month": month, "status": PROPOSED, "files": files, "document": document}
    return int(connection.execute(insert(MonthImport).values(**row, **values).returning(_imports.id)).scalar_one())


def forget_proposals(connection: Connection, property_id: int, before: datetime, month: date | None = None) -> None:
    """Drop what was proposed before an instant and never accepted; all of a month when it is proposed anew."""
    old = _imports.created_at < before if month is None else _imports.month == month
    mine = (_imports.property_id == property_id, _imports.status == PROPOSED, old)
    connection.execute(delete(MonthImport).where(*mine))


def find(connection: Connection, property_id: int, import_id: int) -> Kept | None:
    """An import of a hotel, or nothing."""
    mine = (_imports.property_id == property_id, _imports.id == import_id)
    row = connection.execute(select(*_KEPT).where(*mine)).one_or_none()
    return Kept(*row) if row else None


def is_intact(connection: Connection, property_id: int, found: Kept, document: Document) -> bool:
    """Whether a proposal, with its document, is what was read of its files."""
    told = [property_id, found.month.isoformat(), found.files, {key: document[key] for key in document if key != SEAL}]
    return seals.proposal_is_intact(connection, told, document.get(SEAL))


def reseal_proposals(connection: Connection) -> None:
    """Seal again, with the present key, what is proposed and was not altered."""
    columns = (_imports.id, _imports.property_id, _imports.month, _imports.files, _imports.document)
    for key, property_id, month, files, document in connection.execute(
        select(*columns).where(_imports.status == PROPOSED)
    ).all():
        kept = document if isinstance(document, dict) else {}
        told = [property_id, month.isoformat(), files, {name: kept[name] for name in kept if name != SEAL}]
        if seals.proposal_is_intact(connection, told, kept.get(SEAL)):
            change(connection, key, {"document": {**kept, SEAL: seals.seal_proposal(connection, told)}})


def document_of(connection: Connection, import_id: int) -> Document:
    """The figures that an import proposes, or what is to be read of one that entered."""
    found: Document = connection.execute(select(_imports.document).where(_imports.id == import_id)).scalar_one()
    return found


def list_of(connection: Connection, property_id: int) -> list[Kept]:
    """The imports of a hotel, the latest month first, then the latest import."""
    statement = select(*_KEPT).where(_imports.property_id == property_id)
    return [Kept(*row) for row in connection.execute(statement.order_by(_imports.month.desc(), _imports.id.desc()))]


def proposals_of(connection: Connection, property_id: int, month: date) -> list[Kept]:
    """What is proposed for a month and that nobody accepted."""
    mine = (_imports.property_id == property_id, _imports.month == month, _imports.status == PROPOSED)
    return [Kept(*row) for row in connection.execute(select(*_KEPT).where(*mine).order_by(_imports.id))]


def change(connection: Connection, import_id: int, values: Values) -> None:
    """Write some columns of an import."""
    connection.execute(update(MonthImport).where(_imports.id == import_id).values(**values))


def entered_digests(connection: Connection, property_id: int) -> dict[str, date]:
    """The digests of the files of the months that entered, with their month."""
    mine = (_imports.property_id == property_id, _imports.status == IMPORTED)
    rows = connection.execute(select(_imports.files, _imports.month).where(*mine))
    return {one["empreinte"]: month for files, month in rows for one in files}


def latest_opening(connection: Connection, property_id: int) -> date | None:
    """The opening date that the hotel had before any import moved it back; nothing when none did."""
    found: date | None = connection.execute(
        select(func.max(_imports.opening_before)).where(_imports.property_id == property_id)
    ).scalar_one()
    return found


def standing_between(connection: Connection, property_id: int, start: date, end: date) -> dict[date, int | None]:
    """The nights of a period that the book has, with the import that brought each, ``None`` for one of ours."""
    mine = (_nights.property_id == property_id, _nights.audit_date.between(start, end))
    rows = connection.execute(select(_nights.audit_date, _nights.import_id).where(*mine))
    return {row[0]: row[1] for row in rows}


def insert_night(connection: Connection, row: Values, tabs: Iterable[StoredTab]) -> int:
    """Insert a night with its tabs already filled; it is locked after, by ``close_night``."""
    night_id = int(connection.execute(insert(NightAuditSession).values(**row).returning(_nights.id)).scalar_one())
    rows = [
        {
            "night_id": night_id,
            "tab": tab.tab,
            "version": tab.version,
            "inputs": tab.inputs,
            "origins": tab.origins.document,
            "typed_texts": tab.typed_texts,
            "field_versions": tab.field_versions,
        }
        for tab in tabs
    ]
    connection.execute(insert(NightTab), rows)
    return night_id


def insert_lines(connection: Connection, lines: list[PersonLine]) -> None:
    """Insert the lines by person of a night that has none yet."""
    if lines:
        connection.execute(insert(NightLine), [line._asdict() for line in lines])


def nights_of(connection: Connection, import_id: int) -> list[tuple[int, date, int, int]]:
    """Id, date, version and revision of the nights that an import brought, in order."""
    columns = (_nights.id, _nights.audit_date, _nights.version, _nights.revision)
    statement = select(*columns).where(_nights.import_id == import_id).order_by(_nights.audit_date)
    return [(row[0], row[1], row[2], row[3]) for row in connection.execute(statement)]


def take_away(connection: Connection, night_ids: list[int]) -> None:
    """Take nights away with all that is theirs but the journal; their import must be undone already."""
    for table in (NightTab, NightLine, NightSeal):
        connection.execute(delete(table).where(table.night_id.in_(night_ids)))
    connection.execute(delete(NightAuditSession).where(_nights.id.in_(night_ids)))


def first_day(connection: Connection, property_id: int) -> date | None:
    """The date of the first night of a hotel."""
    found: date | None = connection.execute(
        select(func.min(_nights.audit_date)).where(_nights.property_id == property_id)
    ).scalar_one()
    return found
