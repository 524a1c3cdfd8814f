"""Named reads and writes of the alerts: raised once, seen in the application, acknowledged, escalated, resolved."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite

from database.models import Alert, User
from utils.text import person_key


class NewAlert(NamedTuple):
    """An alert about to be raised; ``audience``: the accounts that see it in the application."""

    property_id: int
    kind: str
    audit_date: date
    cause: str
    severity: str
    sentence: str
    audience: list[int]
    raised_at: datetime


class RaisedAlert(NamedTuple):
    """An alert of the book, and what became of it."""

    id: int
    property_id: int
    kind: str
    audit_date: date
    cause: str
    severity: str
    sentence: str
    audience: list[int]
    raised_at: datetime
    acknowledged_at: datetime | None
    acknowledged_by: int | None
    escalated_at: datetime | None
    resolved_at: datetime | None

    @property
    def key(self) -> tuple[str, str, str]:
        """What tells it from the other alerts of its night: kind, cause, severity."""
        return self.kind, self.cause, self.severity


class Answered(NamedTuple):
    """An alert, and the name of who took it in charge."""

    alert: RaisedAlert
    by: str | None


_alerts: Final = Alert.__table__.c
_COLUMNS: Final = [_alerts[name] for name in RaisedAlert._fields]
_BATCH: Final = 500


def raise_alert(connection: Connection, alert: NewAlert) -> int | None:
    """Write an alert; its id, or nothing when the same one was raised before."""
    engine = postgresql if connection.dialect.name == "postgresql" else sqlite
    statement = engine.insert(Alert).values(**alert._asdict()).on_conflict_do_nothing().returning(_alerts.id)
    return connection.execute(statement).scalar_one_or_none()


def of_night(connection: Connection, property_id: int, day: date) -> list[RaisedAlert]:
    """The alerts of a night, oldest first."""
    return matching(connection, _alerts.property_id == property_id, _alerts.audit_date == day)


def latest(connection: Connection, property_id: int, limit: int = 200) -> list[Answered]:
    """The latest alerts of a hotel, latest first, with who acknowledged them."""
    statement = (
        select(User.name, *_COLUMNS)
        .select_from(Alert)
        .outerjoin(User, User.id == _alerts.acknowledged_by)
        .where(_alerts.property_id == property_id)
        .order_by(_alerts.id.desc())
        .limit(limit)
    )
    return [Answered(RaisedAlert(*row), by) for by, *row in connection.execute(statement)]


def one(connection: Connection, property_id: int, alert_id: int) -> RaisedAlert | None:
    """An alert of a hotel."""
    return next(iter(matching(connection, _alerts.property_id == property_id, _alerts.id == alert_id)), None)


def unanswered(connection: Connection, property_id: int, before: datetime) -> list[RaisedAlert]:
    """Critical alerts raised up to an instant that nobody acknowledged, resolved or escalated."""
    empty = [column.is_(None) for column in (_alerts.acknowledged_at, _alerts.resolved_at, _alerts.escalated_at)]
    mine = (_alerts.property_id == property_id, _alerts.severity == "critique", _alerts.raised_at <= before)
    return matching(connection, *mine, *empty)


def waiting(connection: Connection, before: datetime) -> set[int]:
    """The hotels that have such an alert."""
    empty = [column.is_(None) for column in (_alerts.acknowledged_at, _alerts.resolved_at, _alerts.escalated_at)]
    critical = (_alerts.severity == "critique", _alerts.raised_at <= before)
    return set(connection.execute(select(_alerts.property_id).where(*critical, *empty).distinct()).scalars())


def acknowledge(connection: Connection, property_id: int, alert_id: int, user_id: int, at: datetime) -> bool:
    """Somebody takes an alert in charge; false when it is done already."""
    mine = (_alerts.property_id == property_id, _alerts.id == alert_id, _alerts.acknowledged_at.is_(None))
    taken = {"acknowledged_at": at, "acknowledged_by": user_id}
    return connection.execute(update(Alert).where(*mine).values(**taken)).rowcount == 1


def mark_escalated(connection: Connection, alert_id: int, audience: Iterable[int], at: datetime) -> bool:
    """Others are told of it; false when they were already."""
    mine = (_alerts.id == alert_id, _alerts.escalated_at.is_(None), _alerts.acknowledged_at.is_(None))
    values = {"escalated_at": at, "audience": sorted(audience)}
    return connection.execute(update(Alert).where(*mine).values(**values)).rowcount == 1


def resolve(connection: Connection, alert_id: int, at: datetime) -> None:
    """What it said is not true any more."""
    connection.execute(update(Alert).where(_alerts.id == alert_id).values(resolved_at=at))


def erase(connection: Connection, alert_id: int) -> None:
    """It was never true and told nobody: the night keeps no trace of it."""
    connection.execute(delete(Alert).where(_alerts.id == alert_id))


def raise_again(connection: Connection, alert_id: int, sentence: str, at: datetime) -> None:
    """It is true again, from an instant on, or says something else: the same alert, with what it says now."""
    values = {"resolved_at": None, "sentence": sentence, "raised_at": at}
    connection.execute(update(Alert).where(_alerts.id == alert_id).values(**values))


def bring_forward(connection: Connection, property_id: int, day: date, until: datetime | None, at: datetime) -> None:
    """The alerts of a night that are seen from an instant on are seen from another one."""
    mine = (_alerts.property_id == property_id, _alerts.audit_date == day, _alerts.raised_at == until)
    connection.execute(update(Alert).where(*mine).values(raised_at=at))


def forget_person(connection: Connection, kind: str, user_id: int, names: Collection[str], instead: str) -> None:
    """Put other words in the place of the sentences that name a person, in any spelling: that it happened stays.

    Those of this kind whose cause is the account go too, under whatever name it had then.
    """
    wanted = [key for name in names if (key := person_key(name))]
    rows = connection.execute(select(_alerts.id, _alerts.kind, _alerts.cause, _alerts.sentence)).all()
    of_account = {row.id for row in rows if row.kind == kind and row.cause.endswith(f" {user_id}")}
    naming = [row.id for row in rows if any(name in person_key(row.sentence) for name in wanted)]
    naming += of_account.difference(naming)
    for start in range(0, len(naming), _BATCH):
        these = _alerts.id.in_(naming[start : start + _BATCH])
        connection.execute(update(Alert).where(these).values(sentence=instead))


def matching(connection: Connection, *conditions: Any) -> list[RaisedAlert]:  # noqa: ANN401 - clauses
    """The alerts that these conditions hold of, oldest first."""
    rows = connection.execute(select(*_COLUMNS).where(*conditions).order_by(_alerts.id))
    return [RaisedAlert(*row) for row in rows]
