"""Named reads and writes of what is on the books: a snapshot a closed date, rows only where something changed.

A snapshot never changes. A correction of the PMS is a revision of its date; what the dates that follow had taken from
it without a row of their own is written out first, so that they go on saying what they said.
The journal has the digest of each, so that one that is changed, added or taken away is named.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from hashlib import sha256
from itertools import groupby
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection, Table, func, insert, select, tuple_

from database import journal, journal_rows, seals
from database.journal import PRINT, Actor, Entry
from database.models import BooksDay, BooksSegment, BooksSnapshot, Change
from utils.money import ZERO


class Booked(NamedTuple):
    """A segment of a night to come; ``revenue`` is dollars before taxes, ``blocked`` rooms held and not yet taken."""

    stay_date: date
    segment: str
    segment_group: str
    rooms: int
    revenue: Decimal
    blocked: int

    @property
    def key(self) -> tuple[Any, ...]:
        """What it is the figure of."""
        return self.stay_date, self.segment

    @property
    def gone(self) -> Booked:
        """The same once all of it is cancelled."""
        return self._replace(rooms=0, revenue=ZERO, blocked=0)


class Offered(NamedTuple):
    """The rooms of a night to come."""

    stay_date: date
    available: int
    out_of_order: int
    complimentary: int
    house_use: int

    @property
    def key(self) -> tuple[Any, ...]:
        """What it is the figure of."""
        return (self.stay_date,)


class Snapshot(NamedTuple):
    """What was received of a date, whole; its digest is that of what the PMS said."""

    property_id: int
    as_of: date
    pms_revision: int
    source: str
    digest: str
    segments: Sequence[Booked]
    days: Sequence[Offered]
    notes: Sequence[str] = ()


class Kept(NamedTuple):
    """A snapshot of the book: which revision of its date, how many rows it wrote."""

    as_of: date
    revision: int
    pms_revision: int
    source: str
    taken_at: datetime
    first_stay: date
    last_stay: date
    digest: str
    changed: int
    notes: Sequence[str]


KEEPING: Final = "reservations"
"""The action that keeps a snapshot, or writes it out anew after a correction of the one before."""

_KEEPER: Final = Actor(None, "Lightspeed")
_Moment = tuple[date, int]
_snapshots: Final[Table] = BooksSnapshot.__table__  # type: ignore[assignment]
_heads: Final = _snapshots.c
_segments: Final[Table] = BooksSegment.__table__  # type: ignore[assignment]
_days: Final[Table] = BooksDay.__table__  # type: ignore[assignment]
_SHAPES: Final[tuple[tuple[Table, Any, tuple[str, ...]], ...]] = (
    (_segments, Booked, ("stay_date", "segment")),
    (_days, Offered, ("stay_date",)),
)


def latest(connection: Connection, property_id: int, as_of: date) -> Kept | None:
    """The last revision of the snapshot of a date, or nothing when none was received."""
    mine = (_heads.property_id == property_id, _heads.as_of == as_of)
    columns = [_heads[name] for name in Kept._fields]
    row = connection.execute(select(*columns).where(*mine).order_by(_heads.revision.desc()).limit(1)).one_or_none()
    return Kept(*row) if row else None


def segments_as_of(connection: Connection, property_id: int, as_of: date, first: date, last: date) -> list[Booked]:
    """What was on the books at the close of a date, for the nights of a period; nothing before the first snapshot."""
    return _standing(connection, 0, property_id, as_of, (first, last))


def days_as_of(connection: Connection, property_id: int, as_of: date, first: date, last: date) -> list[Offered]:
    """The rooms offered, as known at the close of a date, for the nights of a period."""
    return _standing(connection, 1, property_id, as_of, (first, last))


def keep(connection: Connection, snapshot: Snapshot, at: datetime) -> bool:
    """Keep a snapshot; false when the book has this very one already."""
    before = latest(connection, snapshot.property_id, snapshot.as_of)
    if before is not None and before.digest == snapshot.digest:
        return False
    revision = before.revision + 1 if before else 1
    period = (min(one.stay_date for one in snapshot.days), max(one.stay_date for one in snapshot.days))
    changed, written = 0, {(snapshot.as_of, revision)}
    for place, (table, _, keys) in enumerate(_SHAPES):
        known = {one.key: one for one in _standing(connection, place, snapshot.property_id, snapshot.as_of, period)}
        told: dict[Any, Any] = {one.key: one for one in (snapshot.days if place else snapshot.segments)}
        moved = [one for key, one in told.items() if known.get(key, _nil(one)) != one]
        moved += [gone for key, one in known.items() if key not in told and (gone := _nil(one)) not in (one, None)]
        if before is not None:
            former = [known.get(one.key, _nil(one)) for one in moved]
            written |= _write_out(connection, table, keys, snapshot, [one for one in former if one is not None])
        _add(connection, table, snapshot.property_id, (snapshot.as_of, revision), moved)
        changed += len(moved)
    head = {
        "property_id": snapshot.property_id,
        "as_of": snapshot.as_of,
        "revision": revision,
        "pms_revision": snapshot.pms_revision,
        "source": snapshot.source,
        "taken_at": at,
        "first_stay": period[0],
        "last_stay": period[1],
        "digest": snapshot.digest,
        "changed": changed,
        "notes": list(snapshot.notes),
    }
    connection.execute(insert(BooksSnapshot).values(**head))
    # the journal says what was written; the first time, every snapshot that the book has
    said = journal_rows.last(connection, Change.property_id == snapshot.property_id, Change.action == KEEPING)
    found = digests(connection, snapshot.property_id, written if said else None)
    entries = [Entry(KEEPING, field=name, origin=digest) for name, digest in found]
    journal.append(connection, snapshot.property_id, _KEEPER, at, entries)
    return True


def digests(
    connection: Connection, property_id: int, moments: Collection[_Moment] | None = None
) -> Iterator[tuple[str, str]]:
    """The name and the digest of each snapshot of a hotel, or of those of some moments, with the rows it wrote."""
    told: dict[_Moment, Any] = {}
    for table in (_snapshots, _segments, _days):
        statement = select(table).where(table.c.property_id == property_id)
        if moments is not None:
            statement = statement.where(tuple_(table.c.as_of, table.c.revision).in_(list(moments)))
        rows = connection.execute(
            statement.order_by(table.c.as_of, table.c.revision, *table.primary_key.columns)
        ).mappings()
        for moment, mine in groupby(rows, lambda row: (row["as_of"], row["revision"])):
            told.setdefault(moment, sha256()).update(seals.text_of(table.name, mine).encode())
    for (as_of, revision), digest in told.items():
        yield f"{as_of.isoformat()}.{revision}", digest.hexdigest()[:PRINT]


def _nil(one: Any) -> Any:  # noqa: ANN401 - either record
    """A segment of which nothing is left; what a night offers is never nothing."""
    return one.gone if isinstance(one, Booked) else None


def _standing(
    connection: Connection, place: int, property_id: int, as_of: date, period: tuple[date, date]
) -> list[Any]:
    """The latest row of each figure of a period, not later than a date."""
    table, record, keys = _SHAPES[place]
    mine = (table.c.property_id == property_id, table.c.stay_date.between(*period), table.c.as_of <= as_of)
    newest = (table.c.as_of.desc(), table.c.revision.desc())
    rank = func.row_number().over(partition_by=[table.c[key] for key in keys], order_by=newest).label("rank")
    ranked = select(*(table.c[name] for name in record._fields), rank).where(*mine).subquery()
    columns = [ranked.c[name] for name in record._fields]
    rows = connection.execute(select(*columns).where(ranked.c.rank == 1).order_by(*(ranked.c[key] for key in keys)))
    return [record(*row) for row in rows]


def _write_out(
    connection: Connection, table: Table, keys: tuple[str, ...], snapshot: Snapshot, figures: Collection[Any]
) -> set[_Moment]:
    """Write the figures that the snapshot after this one had from it without a row of its own; its moment, if any."""
    mine = (_heads.property_id == snapshot.property_id, _heads.as_of > snapshot.as_of)
    following = connection.execute(
        select(_heads.as_of, func.min(_heads.revision), _heads.last_stay)
        .where(*mine)
        .group_by(_heads.as_of, _heads.last_stay)
        .order_by(_heads.as_of)
        .limit(1)
    ).one_or_none()
    if following is None or not figures:
        return set()
    own = (table.c.property_id == snapshot.property_id, table.c.as_of == following.as_of)
    written = {tuple(row) for row in connection.execute(select(*(table.c[key] for key in keys)).where(*own))}
    lacking = [one for one in figures if one.key not in written]
    moment = (following.as_of, following[1])
    _add(connection, table, snapshot.property_id, moment, lacking)
    return {moment} if lacking else set()


def _add(connection: Connection, table: Table, property_id: int, moment: _Moment, figures: Iterable[Any]) -> None:
    as_of, revision = moment
    rows = [{"property_id": property_id, "as_of": as_of, "revision": revision, **one._asdict()} for one in figures]
    if rows:
        connection.execute(insert(table), rows)
