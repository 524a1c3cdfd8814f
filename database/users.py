"""Named reads and writes of the accounts and of their roles."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from typing import Final, NamedTuple

import idna
from sqlalchemy import Connection, delete, insert, select, update

from database import passes
from database.models import (
    ROLES,
    EmailPreference,
    Invitation,
    KnownBrowser,
    Membership,
    RecoveryCode,
    SecondFactor,
    User,
    UserSession,
)
from database.sessions import ENDED
from utils.text import mailbox


class Account(NamedTuple):
    """An account, as a log-in reads it."""

    id: int
    email: str
    name: str
    password_hash: str
    active: bool


_users = User.__table__
_account = [_users.c[name] for name in Account._fields]
_LONGEST: Final = 254
"""Characters of an address, at most."""


def address_key(email: str) -> str:
    """The one spelling under which an address is kept and looked for.

    Small letters composed (NFC), no space around, no invisible mark, an international domain in its own letters.

    >>> address_key(" Zoe@XN--HTEL-VQA.ca ")
    'zoe@hôtel.ca'
    """
    local, at, domain = mailbox(email).rpartition("@")
    if len(domain) <= _LONGEST and (not domain.isascii() or "xn--" in domain):
        with suppress(UnicodeError):
            domain = idna.decode(idna.encode(domain, uts46=True))
    return f"{local}{at}{domain}"


def account_by_email(connection: Connection, email: str) -> Account | None:
    """The account of this address, however it is spelt."""
    if "\0" in email:  # PostgreSQL refuses to be asked
        return None
    row = connection.execute(select(*_account).where(_users.c.email == address_key(email))).one_or_none()
    return Account(*row) if row else None


def addresses(connection: Connection) -> list[str]:
    """The address of every account."""
    return list(connection.execute(select(_users.c.email)).scalars())


def email_of(connection: Connection, user_id: int) -> str:
    """The address of an account."""
    return str(connection.execute(select(_users.c.email).where(_users.c.id == user_id)).scalar_one())


def create_account(
    connection: Connection, email: str, name: str, password_hash: str, at: datetime, *, must_change_password: bool
) -> int:
    """Create an account and return its id; raises ``IntegrityError`` when the address has one."""
    statement = insert(User).values(
        email=address_key(email),
        name=name,
        password_hash=password_hash,
        active=True,
        must_change_password=must_change_password,
        session_epoch=0,
        theme="auto",
        created_at=at,
    )
    return int(connection.execute(statement.returning(User.id)).scalar_one())


def give_role(connection: Connection, user_id: int, property_id: int, role: str) -> None:
    """Make this the one role of an account in a hotel; raises ``ValueError`` on a role that does not exist."""
    if role not in ROLES:
        raise ValueError(f"Unknown role {role!r}.")
    mine = (Membership.user_id == user_id, Membership.property_id == property_id)
    if connection.execute(update(Membership).where(*mine).values(role=role)).rowcount == 0:
        connection.execute(insert(Membership).values(user_id=user_id, property_id=property_id, role=role))


def holds_password(connection: Connection, user_id: int, password_hash: str) -> bool:
    """Whether an open account still has the password that was checked, which is then held until the end."""
    mine = (User.id == user_id, User.password_hash == password_hash, User.active.is_(True))
    return connection.execute(select(User.id).where(*mine).with_for_update()).first() is not None


def change_password(connection: Connection, user_id: int, password_hash: str, at: datetime) -> None:
    """Give an account a new password, which it chose: every session opened with the old one ends."""
    new = {"password_hash": password_hash, "must_change_password": False}
    connection.execute(update(User).where(User.id == user_id).values(**new))
    end_sessions(connection, user_id, at)


def rehash_password(connection: Connection, user_id: int, password_hash: str) -> None:
    """Keep the same password under newer parameters; sessions go on."""
    connection.execute(update(User).where(User.id == user_id).values(password_hash=password_hash))


def set_active(connection: Connection, user_id: int, at: datetime, *, active: bool) -> None:
    """Open or close an account; closing it ends its sessions."""
    connection.execute(update(User).where(User.id == user_id).values(active=active))
    if not active:
        end_sessions(connection, user_id, at)


def end_sessions(connection: Connection, user_id: int, at: datetime) -> None:
    """End every session of an account, those whose row was lost included, and whatever spares a password or a code."""
    passes.end_all(connection, user_id)
    connection.execute(update(User).where(User.id == user_id).values(session_epoch=User.session_epoch + 1))
    open_ones = (UserSession.user_id == user_id, UserSession.ended_at.is_(None))
    connection.execute(update(UserSession).where(*open_ones).values(**ENDED, ended_at=at))


def empty_account(connection: Connection, user_id: int, email: str, name: str) -> None:
    """Leave nothing of a person in an account: these stand for the address and the name, and no password opens it."""
    for model in (RecoveryCode, SecondFactor, EmailPreference, KnownBrowser, Invitation):
        connection.execute(delete(model).where(model.user_id == user_id))
    empty = {"email": email, "name": name, "password_hash": "!"}
    connection.execute(update(User).where(User.id == user_id).values(**empty))


def names(connection: Connection, user_ids: set[int]) -> dict[int, str]:
    """The names of some accounts by id."""
    if not user_ids:
        return {}
    rows = connection.execute(select(_users.c.id, _users.c.name).where(_users.c.id.in_(user_ids)))
    return {row[0]: row[1] for row in rows}
