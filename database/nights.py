"""Named reads and writes of nights. The two hot paths, reading a night and saving a field, run prepared statements."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final, NamedTuple

import orjson
from sqlalchemy import Connection, Text, bindparam, case, delete, func, insert, or_, select, update

from database.models import (
    NightAuditSession,
    NightLine,
    NightTab,
    PropertySettings,
)
from database.models.night import PROJECTIONS
from database.origins import Origins, read_origins
from database.prepared import Prepared
from database.types import canonical
from utils.shapes import Document, Values

_nights: Final = NightAuditSession.__table__.c
_tabs: Final = NightTab.__table__.c
_settings: Final = PropertySettings.__table__.c


class Stamp(NamedTuple):
    """What says whether a night known in memory is still the one in the book."""

    id: int
    status: str
    version: int
    carry_version: int
    settings: int


class StoredTab(NamedTuple):
    """The documents of one tab."""

    tab: str
    version: int
    inputs: Document
    origins: Origins
    typed_texts: dict[str, str]
    field_versions: dict[str, list[int]]


class PersonLine(NamedTuple):
    """One amount of one person in one night, in dollars: a projection of a tab, ``position`` being the line's there."""

    property_id: int
    night_id: int
    audit_date: date
    tab: str
    position: int
    line_id: str
    person: str
    measure: str
    amount: Decimal


class Beginning(NamedTuple):
    """Where the book begins for a night: a date, whether it is a *reprise*, the block it carried, what imported it."""

    audit_date: date
    reprise: bool
    previous: Document | None
    import_id: int | None


class KnownNight(NamedTuple):
    """A night that was opened."""

    id: int
    audit_date: date
    status: str
    import_id: int | None


_LATEST_SETTINGS: Final = (
    select(func.coalesce(func.max(_settings.id), 0)).where(_settings.property_id == bindparam("p")).scalar_subquery()
)
_STAMP: Final = select(_nights.id, _nights.status, _nights.version, _nights.carry_version, _LATEST_SETTINGS).where(
    _nights.property_id == bindparam("p"), _nights.audit_date == bindparam("d")
)
_READ_STAMP: Final = Prepared(_STAMP)
_LOCK_STAMP: Final = Prepared(_STAMP.with_for_update(of=NightAuditSession.__table__))
_READ_TABS: Final = Prepared(
    select(_tabs.tab, _tabs.version, _tabs.inputs, _tabs.origins, _tabs.typed_texts, _tabs.field_versions).where(
        _tabs.night_id == bindparam("n")
    )
)
_DOCUMENTS: Final = ("inputs", "origins", "typed_texts", "field_versions")
_SAVE_TAB: Final = Prepared(
    update(NightTab)
    .where(_tabs.night_id == bindparam("n"), _tabs.tab == bindparam("t"))
    .values({name: bindparam(name, type_=Text) for name in _DOCUMENTS}),
    ["version"],
)
_FIGURES: Final = tuple(projection.column for projection in PROJECTIONS)
_SAVE_NIGHT: Final = Prepared(
    update(NightAuditSession).where(_nights.id == bindparam("n")), ["version", "status", "auditor_id", *_FIGURES]
)
_LATER: Final = NightAuditSession.__table__.alias("later").c
_LATER_IN_ORDER: Final = (
    select(_LATER.id)
    .where(_LATER.property_id == bindparam("p"), _LATER.audit_date > bindparam("d"))
    .order_by(_LATER.audit_date)
    .with_for_update()
)
"""Rows are locked by date, as everywhere: two saves that met in another order would each wait for the other."""
_BUMP_LATER: Final = Prepared(
    update(NightAuditSession).where(_nights.id.in_(_LATER_IN_ORDER)).values(carry_version=_nights.carry_version + 1)
)


def read_stamp(connection: Connection, property_id: int, day: date, *, lock: bool = False) -> Stamp | None:
    """The stamp of a night, ``None`` when it was never opened; ``lock`` keeps its row until the transaction ends."""
    statement = _LOCK_STAMP if lock else _READ_STAMP
    row = statement.first(connection, {"p": property_id, "d": day})
    return Stamp(*row) if row else None


def read_row(connection: Connection, night_id: int) -> NightAuditSession:
    """Every column of a night, as a plain row."""
    row: Any = connection.execute(select(NightAuditSession.__table__).where(_nights.id == night_id)).one()
    return row  # type: ignore[no-any-return]


def read_tabs(connection: Connection, night_id: int) -> list[StoredTab]:
    """The documents of all tabs of a night."""
    found = []
    for tab, version, *documents in _READ_TABS.all(connection, {"n": night_id}):
        inputs, origins, texts, versions = map(orjson.loads, documents)
        found.append(StoredTab(tab, version, inputs, read_origins(origins), texts, versions))
    return found


def create_night(connection: Connection, values: Values, tabs: Iterable[str]) -> int:
    """Insert a night with its empty tabs; raises ``IntegrityError`` when the date is already open."""
    night_id = int(connection.execute(insert(NightAuditSession).values(**values).returning(_nights.id)).scalar_one())
    add_tabs(connection, night_id, tabs)
    return night_id


def add_tabs(connection: Connection, night_id: int, tabs: Iterable[str]) -> None:
    """Give a night these tabs, empty."""
    rows = [{"night_id": night_id, "tab": tab, "version": 0, **{one: {} for one in _DOCUMENTS}} for tab in tabs]
    if rows:
        connection.execute(insert(NightTab), rows)


def save_tab(connection: Connection, night_id: int, tab: StoredTab) -> None:
    """Write the documents of one tab; every figure in them is already a text or an integer."""
    documents = (tab.inputs, tab.origins.document, tab.typed_texts, tab.field_versions)
    texts = dict(zip(_DOCUMENTS, map(fast_text, documents), strict=True))
    _SAVE_TAB.run(connection, {"n": night_id, "t": tab.tab, "version": tab.version, **texts})


def save_night(connection: Connection, night_id: int, values: Values) -> None:
    """Write version, status, auditor and every projected figure."""
    _SAVE_NIGHT.run(connection, {"n": night_id, **values})


def update_night(connection: Connection, night_id: int, values: Values) -> None:
    """Write some columns of a night, outside the hot paths."""
    connection.execute(update(NightAuditSession).where(_nights.id == night_id).values(**values))


def let_leave(connection: Connection, night_id: int, at: datetime) -> None:
    """What says a closed night may leave from an instant on; whoever remembers the night reads it again."""
    moved = {"leaves_at": at, "carry_version": _nights.carry_version + 1}
    connection.execute(update(NightAuditSession).where(_nights.id == night_id).values(**moved))


def tell_later_nights(connection: Connection, property_id: int, day: date) -> None:
    """Later nights must look again at what they carry from this one."""
    _BUMP_LATER.run(connection, {"p": property_id, "d": day})


def replace_lines(connection: Connection, night_id: int, tabs: Iterable[str], lines: list[PersonLine]) -> None:
    """Rewrite the lines by person of some tabs of a night."""
    connection.execute(delete(NightLine).where(NightLine.night_id == night_id, NightLine.tab.in_(tuple(tabs))))
    if lines:
        connection.execute(insert(NightLine), [line._asdict() for line in lines])


def change_lines(connection: Connection, night_id: int, tab: str, ids: Iterable[str], lines: list[PersonLine]) -> None:
    """Rewrite, of the lines by person of a tab, those of these ids."""
    mine = (NightLine.night_id == night_id, NightLine.tab == tab, NightLine.line_id.in_(tuple(ids)))
    connection.execute(delete(NightLine).where(*mine))
    if lines:
        connection.execute(insert(NightLine), [line._asdict() for line in lines])


def fast_text(document: Document) -> str:
    """The text of a document whose every figure is already a text or an integer, keys sorted."""
    return orjson.dumps(document, option=orjson.OPT_SORT_KEYS).decode()


def lines_of(connection: Connection, night_id: int) -> list[PersonLine]:
    """The lines by person of a night, in order."""
    lines = NightLine.__table__.c
    columns = [lines[name] for name in PersonLine._fields]
    order = (lines.tab, lines.position, lines.measure)
    rows = connection.execute(select(*columns).where(lines.night_id == night_id).order_by(*order))
    return [PersonLine(*row) for row in rows]


def latest_before(
    connection: Connection, property_id: int, day: date, closed_at: datetime | None = None
) -> tuple[int, date] | None:
    """Id and date of the latest night before a date; of a closed night, no night that was imported later."""
    there = [or_(_nights.import_id.is_(None), _nights.opened_at <= closed_at)] if closed_at else []
    row = connection.execute(
        select(_nights.id, _nights.audit_date)
        .where(_nights.property_id == property_id, _nights.audit_date < day, *there)
        .order_by(_nights.audit_date.desc())
        .limit(1)
    ).one_or_none()
    return (row[0], row[1]) if row else None


def latest_in(connection: Connection, property_id: int, statuses: Iterable[str]) -> date | None:
    """The date of the latest night that stands in one of these states."""
    latest = select(func.max(_nights.audit_date))
    found: date | None = connection.execute(
        latest.where(_nights.property_id == property_id, _nights.status.in_(statuses))
    ).scalar_one()
    return found


def count(connection: Connection) -> int:
    """How many nights the book holds, of all hotels."""
    return int(connection.execute(select(func.count()).select_from(NightAuditSession)).scalar_one())


def first_night(connection: Connection, property_id: int, day: date) -> Beginning:
    """Where the book begins for a night: the latest *reprise* up to it, else the earliest night.

    Raises ``NoResultFound`` without any night.
    """
    row = connection.execute(
        select(_nights.audit_date, _nights.reprise, _nights.previous, _nights.import_id)
        .where(_nights.property_id == property_id, _nights.audit_date <= day)
        .order_by(_nights.reprise.desc(), case((_nights.reprise, _nights.audit_date)).desc(), _nights.audit_date)
        .limit(1)
    ).one()
    return Beginning(*row)


def figures_between(connection: Connection, property_id: int, start: date, end: date) -> list[tuple[date, Values]]:
    """Date and month figures of the nights from ``start`` to the day before ``end``."""
    columns = {name: _nights[name] for name in ("room_revenue", "total_fb", "total_revenue", "diff_caisse")} | {
        "rooms_louees": _nights.rooms_sold,
        "rooms_occupees": _nights.rooms_occupied,
        "rooms_disponibles": _nights.rooms_available,
        "nb_clients": _nights.guests,
    }
    rows = connection.execute(
        select(_nights.audit_date, *columns.values())
        .where(_nights.property_id == property_id, _nights.audit_date >= start, _nights.audit_date < end)
        .order_by(_nights.audit_date)
    )
    return [(day, dict(zip(columns, found, strict=True))) for day, *found in rows]


def list_nights(connection: Connection, property_id: int, start: date, end: date) -> list[NightAuditSession]:
    """The nights of a period with their state and figures, latest first; tabs and frozen documents left out."""
    heavy = {"frozen", "previous"}
    columns = [column for column in NightAuditSession.__table__.columns if column.name not in heavy]
    rows: list[Any] = list(
        connection.execute(
            select(*columns)
            .where(_nights.property_id == property_id, _nights.audit_date.between(start, end))
            .order_by(_nights.audit_date.desc())
        )
    )
    return rows


def nights_of(connection: Connection, property_id: int) -> list[KnownNight]:
    """Every night of a hotel, in order."""
    columns = [_nights[name] for name in ("id", "audit_date", "status", "import_id")]
    statement = select(*columns).where(_nights.property_id == property_id)
    return [KnownNight(*row) for row in connection.execute(statement.order_by(_nights.audit_date))]


def as_text(value: object) -> str | None:
    """The canonical JSON text of a value for the journal, ``None`` when absent."""
    return None if value is None else canonical(value)
