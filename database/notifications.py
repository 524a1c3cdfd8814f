"""Named reads and writes of what is chosen about notifications, and of the budgets they compare with."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects import postgresql, sqlite

from database.models import Budget, EmailPreference, NightAuditSession, NotificationConfig
from utils.shapes import Document, Values

_nights: Final = NightAuditSession.__table__.c
_budgets: Final = Budget.__table__.c
_chosen: Final = EmailPreference.__table__.c


class Planned(NamedTuple):
    """What a row of budget holds, in dollars."""

    revenue: Decimal | None
    labour_budget: Decimal | None
    labour_cost: Decimal | None


class Figures(NamedTuple):
    """The projected figures of a night by the name of their column, its date and its status."""

    day: date
    status: str
    values: Values


def config(connection: Connection, property_id: int) -> Document:
    """The document of a hotel, empty when it chose nothing."""
    statement = select(NotificationConfig.document).where(NotificationConfig.property_id == property_id)
    found = connection.execute(statement).scalar_one_or_none()
    return dict(found or {})


def write_config(
    connection: Connection, property_id: int, document: Document, user_id: int | None, at: datetime
) -> None:
    """Put a whole document in the place of the other."""
    values = {"property_id": property_id, "document": document, "updated_at": at, "updated_by": user_id}
    _put(connection, NotificationConfig, ("property_id",), values)


def preferences(connection: Connection, property_id: int) -> dict[tuple[int, str], tuple[str, Decimal | None]]:
    """Channel and own threshold by account and kind, of those who chose."""
    statement = select(_chosen.user_id, _chosen.kind, _chosen.channel, _chosen.threshold)
    rows = connection.execute(statement.where(_chosen.property_id == property_id))
    return {(row.user_id, row.kind): (row.channel, row.threshold) for row in rows}


def write_preference(connection: Connection, values: Values) -> None:
    """Keep how a person wants to be told of a kind; ``values`` are the columns."""
    _put(connection, EmailPreference, ("property_id", "user_id", "kind"), values)


def budgets_between(
    connection: Connection, property_id: int, start: date, end: date
) -> dict[tuple[str, date], Planned]:
    """The rows of the months that begin, and of the days that lie, from ``start`` to ``end``."""
    columns = (_budgets.span, _budgets.day, _budgets.revenue, _budgets.labour_budget, _budgets.labour_cost)
    mine = (_budgets.property_id == property_id, _budgets.day.between(start, end))
    return {(row[0], row[1]): Planned(*row[2:]) for row in connection.execute(select(*columns).where(*mine))}


def write_budget(connection: Connection, property_id: int, values: Values) -> None:
    """Keep what is planned for a month or a day; ``values`` are the other columns. A row without figure goes."""
    if all(values[name] is None for name in Planned._fields):
        mine = (_budgets.property_id == property_id, _budgets.span == values["span"], _budgets.day == values["day"])
        connection.execute(delete(Budget).where(*mine))
        return
    _put(connection, Budget, ("property_id", "span", "day"), {"property_id": property_id, **values})


def figures_of_days(connection: Connection, property_id: int, days: list[date]) -> list[Figures]:
    """The projected figures of the nights of some dates, oldest first."""
    names = (
        *("total_revenue", "room_revenue", "total_fb", "adr", "revpar", "occupancy", "diff_caisse", "quasi_variance"),
        *("rooms_sold", "rooms_occupied", "rooms_available", "guests"),
    )
    chosen = [_nights[name] for name in ("audit_date", "status", *names)]
    statement = select(*chosen).where(_nights.property_id == property_id, _nights.audit_date.in_(days))
    rows = connection.execute(statement.order_by(_nights.audit_date))
    return [Figures(day, status, dict(zip(names, found, strict=True))) for day, status, *found in rows]


def _put(connection: Connection, model: Any, keys: tuple[str, ...], values: Values) -> None:  # noqa: ANN401
    engine = postgresql if connection.dialect.name == "postgresql" else sqlite
    statement = engine.insert(model).values(**values)
    rest = {name: statement.excluded[name] for name in values if name not in keys}
    connection.execute(statement.on_conflict_do_update(index_elements=keys, set_=rest))
