"""Named reads and writes of the roles that were offered and not answered yet."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final, NamedTuple

from sqlalchemy import Connection, delete, insert, select

from database.models import Invitation, Property, User
from utils.dates import farthest

LASTS: Final = timedelta(days=14)


class Offer(NamedTuple):
    """A role offered to a person in a hotel."""

    id: int
    user_id: int
    property_id: int
    role: str
    code: str
    hotel: str
    email: str
    invited_by: int | None
    created_at: datetime


_offers: Final = (
    select(
        Invitation.id,
        Invitation.user_id,
        Invitation.property_id,
        Invitation.role,
        Property.code,
        Property.name,
        User.email,
        Invitation.invited_by,
        Invitation.created_at,
    )
    .join(Property, Property.id == Invitation.property_id)
    .join(User, User.id == Invitation.user_id)
    .order_by(Invitation.id)
)


def offer(
    connection: Connection, user_id: int, property_id: int, role: str, invited_by: int | None, at: datetime
) -> None:
    """Offer a role; an earlier offer of the same hotel gives way."""
    withdraw(connection, user_id, property_id)
    row = {"user_id": user_id, "property_id": property_id, "role": role, "invited_by": invited_by, "created_at": at}
    connection.execute(insert(Invitation).values(**row))


def withdraw(connection: Connection, user_id: int, property_id: int) -> bool:
    """Take an offer back; of two who do so at once, one is told that it was there."""
    mine = (Invitation.user_id == user_id, Invitation.property_id == property_id)
    return connection.execute(delete(Invitation).where(*mine)).rowcount == 1


def of_person(connection: Connection, user_id: int, at: datetime) -> list[Offer]:
    """What a person may still accept."""
    return _read(connection, at, Invitation.user_id == user_id)


def of_hotel(connection: Connection, property_id: int, at: datetime) -> list[Offer]:
    """What a hotel offered and nobody answered."""
    return _read(connection, at, Invitation.property_id == property_id)


def _read(connection: Connection, at: datetime, mine: object) -> list[Offer]:
    alive = (Invitation.created_at > at - LASTS, Invitation.created_at <= farthest(at))
    return [Offer(*row) for row in connection.execute(_offers.where(mine, *alive))]  # type: ignore[arg-type]
