"""Named reads and writes of what leaves for MARSHA: submissions with their bytes, benchmarks, the log of exchanges.

A submission is written with the lock of its night, claimed by one process at a time, and sent as it was written until
a receipt is kept. Two of one date never cross: the earlier goes first.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, Final, NamedTuple

from sqlalchemy import ColumnElement, Connection, and_, func, insert, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from database.models import MarshaBenchmark, MarshaExchange, MarshaSubmission, NightAuditSession
from database.models.marsha import ACCEPTED, RECEIVED, REFUSED, REJECTED, SENDING, SUPERSEDED, WAITING, WITHDRAWN
from utils.dates import farthest

LOCKED: Final = "locked"
LEASE: Final = timedelta(minutes=2)
"""How long a claimed submission belongs to who claimed it: more than the patience of the client."""

LONGEST: Final = timedelta(hours=1)
"""The longest back-off between two tries: what is put further ahead was by a clock that ran ahead."""


class NewSubmission(NamedTuple):
    """A submission about to be written; without ``body`` it never leaves."""

    property_id: int
    night_id: int
    business_date: date
    sequence: int
    revision: int
    idempotency_key: str
    body: str | None
    digest: str | None
    status: str
    created_at: datetime
    due_at: datetime
    source: str
    error: str | None = None
    errors: Sequence[Any] = ()


class Sent(NamedTuple):
    """A submission of the book, and what became of it."""

    id: int
    property_id: int
    night_id: int
    business_date: date
    sequence: int
    revision: int
    idempotency_key: str
    body: str | None
    digest: str | None
    status: str
    created_at: datetime
    due_at: datetime
    next_at: datetime
    attempts: int
    marsha_id: str | None
    received_at: datetime | None
    settled_at: datetime | None
    error: str | None
    errors: Sequence[Any]
    message_sequence: int
    source: str


class Exchange(NamedTuple):
    """An exchange with MARSHA, as the log keeps it."""

    property_id: int
    business_date: date
    sequence: int | None
    direction: str
    what: str
    status: str
    size: int
    response: str | None
    error: str | None
    started_at: datetime
    ended_at: datetime


class Benchmark(NamedTuple):
    """The set of a date beside a revision of our night."""

    property_id: int
    business_date: date
    revision: int
    status: str
    shown: bool
    set_size: int
    includes_subject: bool
    occupancy: Decimal | None
    adr: Decimal | None
    revpar: Decimal | None
    mpi: Decimal | None
    ari: Decimal | None
    rgi: Decimal | None
    rank: int | None
    rank_of: int | None
    metric: str
    source: str
    fetched_at: datetime


_sent: Final = MarshaSubmission.__table__.c
_COLUMNS: Final = [_sent[name] for name in Sent._fields]
_marks: Final = MarshaBenchmark.__table__.c
_log: Final = MarshaExchange.__table__.c
_nights: Final = NightAuditSession.__table__.c
_DONE: Final = (RECEIVED, ACCEPTED, REJECTED)
_ASKED: Final = (_sent.status == RECEIVED, _sent.settled_at.is_(None))


def add(connection: Connection, new: NewSubmission) -> bool:
    """Write a submission in the caller's transaction; false when its sequence was written before."""
    engine = postgresql if connection.dialect.name == "postgresql" else sqlite
    values = new._asdict() | {"next_at": new.due_at, "attempts": 0, "message_sequence": 0, "errors": list(new.errors)}
    statement = engine.insert(MarshaSubmission).values(**values).on_conflict_do_nothing()
    return connection.execute(statement.returning(_sent.id)).scalar_one_or_none() is not None


def of_date(connection: Connection, property_id: int, day: date) -> list[Sent]:
    """The submissions of a date, latest sequence first."""
    return _found(connection, _sent.property_id == property_id, _sent.business_date == day)


def between(connection: Connection, property_id: int, start: date, end: date) -> list[Sent]:
    """The submissions of a period, latest date and sequence first."""
    return _found(connection, _sent.property_id == property_id, _sent.business_date.between(start, end))


def by_marsha_id(connection: Connection, property_id: int, marsha_id: str) -> Sent | None:
    """The submission of a hotel that MARSHA names so, or nothing."""
    found = _found(connection, _sent.property_id == property_id, _sent.marsha_id == marsha_id)
    return found[0] if found else None


def claim(connection: Connection, owner: str, at: datetime, apart: Collection[int] = ()) -> Sent | None:
    """Take a submission whose hour has come, for a while; hotels of ``apart`` wait for their turn.

    One whose process died while sending is taken again: the same bytes, the same key.
    """
    found = connection.execute(
        select(_sent.id)
        .where(_due(at), _sent.body.is_not(None), _sent.property_id.not_in([*apart, 0]), _first_of_its_date())
        .order_by(_sent.next_at, _sent.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    ).scalar_one_or_none()
    if found is None:
        return None
    taken = {"status": SENDING, "lease_owner": owner, "lease_until": at + LEASE, "attempts": _sent.attempts + 1}
    statement = update(MarshaSubmission).where(_sent.id == found, _due(at)).values(**taken).returning(*_COLUMNS)
    row = connection.execute(statement).one_or_none()
    return Sent(*row) if row else None


def _due(at: datetime) -> ColumnElement[bool]:
    """What may leave now: never tried, once its night is locked and may leave; tried before, once its hour has come."""
    ahead = farthest(at, LONGEST)
    of_night = (_nights.id == _sent.night_id, _nights.status == LOCKED)
    free = select(_nights.id).where(*of_night, or_(_nights.leaves_at.is_(None), _nights.leaves_at <= at)).exists()
    return or_(
        and_(_sent.status == WAITING, _sent.attempts == 0, free),
        and_(_sent.status == WAITING, _sent.attempts > 0, or_(_sent.next_at <= at, _sent.next_at > ahead)),
        and_(_sent.status == SENDING, or_(_sent.lease_until < at, _sent.lease_until > ahead)),
    )


def _first_of_its_date() -> ColumnElement[bool]:
    """No earlier sequence of the same date still has to leave."""
    other = MarshaSubmission.__table__.alias("plus_tot")
    same = (other.c.property_id == _sent.property_id, other.c.business_date == _sent.business_date)
    earlier = (*same, other.c.sequence < _sent.sequence, other.c.status.in_((WAITING, SENDING)))
    return ~select(other.c.id).where(*earlier).exists()


def anything_due(connection: Connection, at: datetime) -> bool:
    """Whether a submission may be taken, or a receipt asked after, now."""
    asked = and_(*_ASKED, _sent.next_at <= at)
    return connection.execute(select(_sent.id).where(or_(_due(at), asked)).limit(1)).first() is not None


def awaiting(connection: Connection, at: datetime, apart: Collection[int] = ()) -> Sent | None:
    """A submission that was received and whose validation should be asked after."""
    asked = (*_ASKED, or_(_sent.next_at <= at, _sent.next_at > farthest(at, LONGEST)))
    statement = select(*_COLUMNS).where(*asked, _sent.property_id.not_in([*apart, 0])).order_by(_sent.next_at).limit(1)
    row = connection.execute(statement).one_or_none()
    return Sent(*row) if row else None


def ask_later(connection: Connection, submission: Sent, next_at: datetime) -> None:
    """Ask after its validation again, later; a notice that came meanwhile is not undone."""
    mine = (_sent.id == submission.id, _sent.status == RECEIVED)
    values = {"next_at": next_at, "attempts": _sent.attempts + 1}
    connection.execute(update(MarshaSubmission).where(*mine).values(**values))


def stop_asking(connection: Connection, submission: Sent, status: str, error: str, at: datetime) -> bool:
    """Ask after its validation no more: ``refuse`` waits for a person, ``recu`` for a notice; false if that changed."""
    mine, values = (_sent.id == submission.id, *_ASKED), {"status": status, "settled_at": at, "error": error}
    return connection.execute(update(MarshaSubmission).where(*mine).values(**values)).rowcount == 1


def settle(connection: Connection, submission: Sent, owner: str, **values: object) -> bool:
    """Write how a sending ended, if it still belongs to who claimed it."""
    mine = (_sent.id == submission.id, _sent.status == SENDING, _sent.lease_owner == owner)
    free = {"lease_owner": None, "lease_until": None}
    return connection.execute(update(MarshaSubmission).where(*mine).values(**free, **values)).rowcount == 1


def supersede(connection: Connection, submission: Sent) -> list[Sent]:
    """The earlier sequences of its date that were received count no more; those that did."""
    mine = (_sent.property_id == submission.property_id, _sent.business_date == submission.business_date)
    earlier = (*mine, _sent.sequence < submission.sequence, _sent.status.in_(_DONE))
    statement = update(MarshaSubmission).where(*earlier).values(status=SUPERSEDED).returning(*_COLUMNS)
    return [Sent(*row) for row in connection.execute(statement)]


def validate(connection: Connection, submission: Sent, status: str, errors: Sequence[Any], at: datetime) -> bool:
    """Write what MARSHA decided of a submission that stands; one that was superseded is not touched."""
    mine = (_sent.id == submission.id, _sent.status.in_(_DONE))
    values = {"status": status, "errors": list(errors), "settled_at": at, "error": None}
    return connection.execute(update(MarshaSubmission).where(*mine).values(**values)).rowcount == 1


def hear(connection: Connection, submission: Sent, message_sequence: int) -> bool:
    """Note the place of a notice in its order; false when a later one was heard already."""
    mine = (_sent.id == submission.id, _sent.message_sequence < message_sequence)
    return (
        connection.execute(update(MarshaSubmission).where(*mine).values(message_sequence=message_sequence)).rowcount
        == 1
    )


def withdraw(connection: Connection, property_id: int, day: date) -> list[Sent]:
    """The submissions of a date that nobody tried to send never leave: its night is open again. Those that will not."""
    mine = (_sent.property_id == property_id, _sent.business_date == day)
    unsent = (*mine, _sent.status == WAITING, _sent.attempts == 0)
    statement = update(MarshaSubmission).where(*unsent).values(status=WITHDRAWN).returning(*_COLUMNS)
    return [Sent(*row) for row in connection.execute(statement)]


def retry(connection: Connection, submission: Sent, at: datetime) -> bool:
    """Try again now one that waits for its hour, or that was given up with its bytes; false for any other."""
    mine = (_sent.id == submission.id, _sent.status.in_((WAITING, REFUSED)), _sent.body.is_not(None))
    values = {"status": WAITING, "next_at": at, "error": None}
    return connection.execute(update(MarshaSubmission).where(*mine).values(**values)).rowcount == 1


def log(connection: Connection, exchange: Exchange) -> None:
    """Write an exchange down."""
    connection.execute(insert(MarshaExchange).values(**exchange._asdict()))


def exchanges(connection: Connection, property_id: int, day: date, limit: int = 20) -> list[Exchange]:
    """The latest exchanges about a date, latest first."""
    columns = [_log[name] for name in Exchange._fields]
    mine = (_log.property_id == property_id, _log.business_date == day)
    statement = select(*columns).where(*mine).order_by(_log.id.desc()).limit(limit)
    return [Exchange(*row) for row in connection.execute(statement)]


def keep_benchmark(connection: Connection, kept: Benchmark) -> None:
    """Keep the set of a date, in the place of what was kept of it."""
    engine = postgresql if connection.dialect.name == "postgresql" else sqlite
    values, keys = kept._asdict(), ("property_id", "business_date", "revision")
    statement = engine.insert(MarshaBenchmark).values(**values)
    rest = {name: statement.excluded[name] for name in values if name not in keys}
    connection.execute(statement.on_conflict_do_update(index_elements=keys, set_=rest))


def benchmark(connection: Connection, property_id: int, day: date) -> Benchmark | None:
    """The set of a date beside the latest revision that has one, or nothing."""
    return next(iter(benchmarks(connection, property_id, day, day)), None)


def benchmarks(connection: Connection, property_id: int, start: date, end: date) -> list[Benchmark]:
    """The sets of a period, latest first, each beside the latest revision of its night that has one."""
    mine = (_marks.property_id == property_id, _marks.business_date.between(start, end))
    newest = func.max(_marks.revision).over(partition_by=_marks.business_date).label("newest")
    every = select(*(_marks[name] for name in Benchmark._fields), newest).where(*mine).subquery()
    columns = [every.c[name] for name in Benchmark._fields]
    statement = select(*columns).where(every.c.revision == every.c.newest).order_by(every.c.business_date.desc())
    return [Benchmark(*row) for row in connection.execute(statement)]


def _found(connection: Connection, *where: ColumnElement[bool]) -> list[Sent]:
    order = (_sent.business_date.desc(), _sent.sequence.desc())
    return [Sent(*row) for row in connection.execute(select(*_COLUMNS).where(*where).order_by(*order))]
