"""Named reads and writes of the people of a hotel: who they are, what they may do, how they sign in."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, delete, select, update

from database import passes, users
from database.models import Membership, Property, User, UserSession
from database.sessions import ENDED


class Member(NamedTuple):
    """An account as its hotel sees it."""

    id: int
    email: str
    name: str
    active: bool
    must_change_password: bool
    last_login_at: datetime | None
    role: str


class HotelRole(NamedTuple):
    """A hotel and the role of an account there."""

    property_id: int
    code: str
    name: str
    role: str


class OpenSession(NamedTuple):
    """A session that is open, or was."""

    id: int
    created_at: datetime
    seen_at: datetime
    ended_at: datetime | None


_columns = (User.id, User.email, User.name, User.active, User.must_change_password, User.last_login_at)


def members(connection: Connection, property_id: int) -> list[Member]:
    """The people of a hotel, by name."""
    statement = select(*_columns, Membership.role).join(Membership, Membership.user_id == User.id)
    rows = connection.execute(statement.where(Membership.property_id == property_id))
    return sorted((Member(*row) for row in rows), key=lambda one: (one.name.casefold(), one.id))


def member(connection: Connection, property_id: int, user_id: int) -> Member | None:
    """One of them, or nothing when the account has no role there."""
    return next((one for one in members(connection, property_id) if one.id == user_id), None)


def hotels_of(connection: Connection, user_id: int) -> list[HotelRole]:
    """The hotels where an account has a role, by code."""
    statement = (
        select(Property.id, Property.code, Property.name, Membership.role)
        .join(Membership, Membership.property_id == Property.id)
        .where(Membership.user_id == user_id)
        .order_by(Property.code)
    )
    return [HotelRole(*row) for row in connection.execute(statement)]


def lock_members(connection: Connection, property_id: int) -> None:
    """Keep others from changing the roles of this hotel until the transaction ends."""
    connection.execute(select(Property.id).where(Property.id == property_id).with_for_update()).one()


def administrators(connection: Connection, property_id: int) -> set[int]:
    """The open accounts that administer a hotel."""
    return {one.id for one in members(connection, property_id) if one.role == "admin" and one.active}


def remove_role(connection: Connection, user_id: int, property_id: int) -> None:
    """Take the role of an account in a hotel away."""
    mine = (Membership.user_id == user_id, Membership.property_id == property_id)
    connection.execute(delete(Membership).where(*mine))


def hand_password(connection: Connection, user_id: int, password_hash: str, at: datetime) -> None:
    """Give an account a password that it must change at its next log-in; its sessions end."""
    users.change_password(connection, user_id, password_hash, at)
    connection.execute(update(User).where(User.id == user_id).values(must_change_password=True))


def set_theme(connection: Connection, user_id: int, theme: str) -> None:
    """Keep the theme that a person prefers."""
    connection.execute(update(User).where(User.id == user_id).values(theme=theme))


def rename(connection: Connection, user_id: int, name: str) -> None:
    """Change the name that the journal will write from now on."""
    connection.execute(update(User).where(User.id == user_id).values(name=name))


def password_hash_of(connection: Connection, user_id: int) -> str | None:
    """What is kept of the password of an open account."""
    found = connection.execute(select(User.password_hash).where(User.id == user_id, User.active.is_(True)))
    return found.scalar_one_or_none()


def sessions_of(connection: Connection, user_id: int, limit: int = 20) -> list[OpenSession]:
    """The latest sessions of an account, the open ones first."""
    mine = select(UserSession.id, UserSession.created_at, UserSession.seen_at, UserSession.ended_at)
    statement = mine.where(UserSession.user_id == user_id)
    rows = connection.execute(statement.order_by(UserSession.ended_at.is_not(None), UserSession.id.desc()).limit(limit))
    return [OpenSession(*row) for row in rows]


def end_one(connection: Connection, user_id: int, session_id: int, at: datetime) -> None:
    """End one session of an account, with what it left; that of another stays open."""
    passes.end_of_session(connection, user_id, session_id)
    mine = (UserSession.id == session_id, UserSession.user_id == user_id, UserSession.ended_at.is_(None))
    connection.execute(update(UserSession).where(*mine).values(**ENDED, ended_at=at))


def end_others(connection: Connection, user_id: int, kept: int, at: datetime) -> None:
    """End every session of an account but one, and whatever spares a password or a code."""
    passes.end_all(connection, user_id)
    others = (UserSession.user_id == user_id, UserSession.id != kept, UserSession.ended_at.is_(None))
    connection.execute(update(UserSession).where(*others).values(**ENDED, ended_at=at))


def end_in_hotel(connection: Connection, user_id: int, property_id: int, at: datetime) -> None:
    """End the sessions of an account that work in a hotel, and what they left; those of its other hotels go on."""
    mine = (UserSession.user_id == user_id, UserSession.works_in == property_id)
    for session_id in connection.execute(select(UserSession.id).where(*mine)).scalars().all():
        end_one(connection, user_id, session_id, at)
