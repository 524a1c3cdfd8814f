"""Named reads and writes of the alerts: raised once, seen in the application, acknowledged, escalated, resolved."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import Connection, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite

from database.models import Alert, User
from utils.text import person_key

_alerts: Final = Alert.__table__.c
_BATCH: Final = 500


def raise_alert(connection: Connection, values: Mapping[str, Any]) -> int | None:
    """Write an alert; its id, or nothing when the same one was raised before."""
    engine = postgresql if connection.dialect.name == "postgresql" else sqlite
    statement = engine.insert(Alert).values(**values).on_conflict_do_nothing().returning(_alerts.id)
    return connection.execute(statement).scalar_one_or_none()


def of_night(connection: Connection, property_id: int, day: date) -> list[dict[str, Any]]:
    """The alerts of a night, oldest first."""
    return _read(connection, _alerts.property_id == property_id, _alerts.audit_date == day)


def latest(connection: Connection, property_id: int, limit: int = 200) -> list[dict[str, Any]]:
    """The latest alerts of a hotel, latest first, with who acknowledged them."""
    statement = (
        select(Alert.__table__, User.name.label("par"))
        .outerjoin(User, User.id == _alerts.acknowledged_by)
        .where(_alerts.property_id == property_id)
        .order_by(_alerts.id.desc())
        .limit(limit)
    )
    return [_plain(row) for row in connection.execute(statement).mappings()]


def one(connection: Connection, property_id: int, alert_id: int) -> dict[str, Any] | None:
    """An alert of a hotel."""
    return next(iter(_read(connection, _alerts.property_id == property_id, _alerts.id == alert_id)), None)


def unanswered(connection: Connection, property_id: int, before: datetime) -> list[dict[str, Any]]:
    """Critical alerts raised up to an instant that nobody acknowledged, resolved or escalated."""
    empty = [column.is_(None) for column in (_alerts.acknowledged_at, _alerts.resolved_at, _alerts.escalated_at)]
    mine = (_alerts.property_id == property_id, _alerts.severity == "critique", _alerts.raised_at <= before)
    return _read(connection, *mine, *empty)


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


def _read(connection: Connection, *conditions: Any) -> list[dict[str, Any]]:  # noqa: ANN401 - clauses
    rows = connection.execute(select(Alert.__table__).where(*conditions).order_by(_alerts.id)).mappings()
    return [_plain(row) for row in rows]


def _plain(row: Mapping[Any, Any]) -> dict[str, Any]:
    return {str(name): value for name, value in row.items()}
