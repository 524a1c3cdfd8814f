"""Sessions of signed-in people, kept by the server: one that ended opens no door, whatever cookie comes back."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final, NamedTuple

from sqlalchemy import Connection, bindparam, insert, select, update

from database.models import Membership, Property, User, UserSession
from database.prepared import Prepared
from database.types import UtcDateTime
from utils.dates import farthest

ENDED: Final = {"pending_secret": None, "pending_at": None}
"""What a session that ends forgets."""


class SignedIn(NamedTuple):
    """A live session: who, and in which hotel with which role."""

    session_id: int
    user_id: int
    email: str
    name: str
    theme: str
    must_change_password: bool
    property_id: int
    code: str
    role: str


_session, _user = UserSession.__table__.c, User.__table__.c
_membership, _property = Membership.__table__.c, Property.__table__.c

_FIND: Final = Prepared(
    select(
        _session.id,
        _user.id,
        _user.email,
        _user.name,
        _user.theme,
        _user.must_change_password,
        _membership.property_id,
        _property.code,
        _membership.role,
    )
    .select_from(UserSession.__table__)
    .join(User.__table__, _user.id == _session.user_id)
    .join(Membership.__table__, _membership.user_id == _user.id)
    .join(Property.__table__, _property.id == _membership.property_id)
    .where(
        _session.token_hash == bindparam("token_hash"),
        _session.ended_at.is_(None),
        _session.created_at > bindparam("oldest", type_=UtcDateTime),
        _session.created_at <= bindparam("newest", type_=UtcDateTime),
        _session.epoch == _user.session_epoch,
        _user.active.is_(True),
    )
    .order_by((_membership.property_id == bindparam("property_id")).desc(), _membership.id)
    .limit(1)
)


def open_session(connection: Connection, user_id: int, at: datetime, coded_at: datetime | None = None) -> str:
    """Record a log-in, and when its second factor was given; the token that the cookie will hold, kept nowhere else."""
    token = secrets.token_urlsafe(32)
    epoch = select(User.session_epoch).where(User.id == user_id).scalar_subquery()
    row = {"user_id": user_id, "token_hash": hashed(token), "epoch": epoch, "created_at": at, "seen_at": at}
    connection.execute(insert(UserSession).values(**row, coded_at=coded_at))
    connection.execute(update(User).where(User.id == user_id).values(last_login_at=at))
    return token


def find_session(
    connection: Connection, token: str, property_id: int, at: datetime, longest: timedelta
) -> SignedIn | None:
    """The session of a token that lives ``longest`` at most, in this hotel, or else in the account's first one."""
    parameters = {"token_hash": hashed(token), "property_id": property_id}
    parameters |= {"oldest": at - longest, "newest": farthest(at)}
    row = _FIND.first(connection, parameters)
    return SignedIn._make((*row[:5], bool(row[5]), *row[6:])) if row else None


def touch_session(connection: Connection, session_id: int, at: datetime) -> None:
    """Note that somebody still works in this session."""
    connection.execute(update(UserSession).where(UserSession.id == session_id).values(seen_at=at))


def work_in(connection: Connection, session_id: int, property_id: int) -> None:
    """Note the hotel that a session works in."""
    connection.execute(update(UserSession).where(UserSession.id == session_id).values(works_in=property_id))


def coded_at(connection: Connection, session_id: int) -> datetime | None:
    """When the second factor of a session was given."""
    return connection.execute(select(UserSession.coded_at).where(UserSession.id == session_id)).scalar_one_or_none()


def was_coded(connection: Connection, session_id: int, at: datetime) -> None:
    """Note that a session gave its second factor; no secret is awaited any more."""
    values = {"coded_at": at, "pending_secret": None, "pending_at": None}
    connection.execute(update(UserSession).where(UserSession.id == session_id).values(**values))


def await_device(connection: Connection, session_id: int, secret: str | None, at: datetime | None) -> None:
    """Keep the sealed secret of a device that a session sets up, or forget it."""
    values = {"pending_secret": secret, "pending_at": at}
    connection.execute(update(UserSession).where(UserSession.id == session_id).values(**values))


def awaited_device(connection: Connection, session_id: int) -> tuple[str, datetime] | None:
    """The sealed secret of the device that a live session sets up, and since when."""
    mine = (UserSession.id == session_id, UserSession.ended_at.is_(None), UserSession.pending_secret.is_not(None))
    row = connection.execute(select(UserSession.pending_secret, UserSession.pending_at).where(*mine)).one_or_none()
    return (row[0], row[1]) if row and row[0] and row[1] else None


def end_session(connection: Connection, session_id: int, at: datetime) -> None:
    """End one session."""
    open_one = (UserSession.id == session_id, UserSession.ended_at.is_(None))
    connection.execute(update(UserSession).where(*open_one).values(**ENDED, ended_at=at))


def role_in(connection: Connection, user_id: int, code: str) -> tuple[int, str] | None:
    """The id of the hotel of this code and the role of the account there, or nothing."""
    if "\0" in code:  # PostgreSQL refuses to be asked
        return None
    statement = (
        select(Membership.property_id, Membership.role)
        .join(Property, Property.id == Membership.property_id)
        .where(Membership.user_id == user_id, Property.code == code)
    )
    row = connection.execute(statement).one_or_none()
    return (row.property_id, row.role) if row else None


def hashed(token: str) -> str:
    """What the table keeps of a token; 256 random bits need no salt."""
    return sha256(token.encode()).hexdigest()
