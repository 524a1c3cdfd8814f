"""Named reads and writes of the outbox: a mail is written with its cause, claimed by one process, marked once gone."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta
from html import unescape
from typing import Final, NamedTuple

from flask import current_app
from sqlalchemy import ColumnElement, Connection, and_, delete, func, literal, select, update
from sqlalchemy.dialects import postgresql, sqlite

from database.envelope import SealingKey, Unreadable, seal, sealing_keys, unseal
from database.models import OutboxMessage
from database.models.notification import FAILED, KEPT, SENDING, SENT, WAITING
from utils.text import person_key

BACK_OFF: Final = tuple(timedelta(minutes=minutes) for minutes in (1, 2, 5, 10, 15, 30, 60))
"""How long a mail waits after each try that failed; the last one repeats."""

LEASE: Final = timedelta(minutes=3)
"""How long a claimed mail belongs to who claimed it, at least: longer than the patience of the SMTP connection."""


class NewMail(NamedTuple):
    """A mail about to be written; the bodies of a ``sealed`` one are closed on the way in."""

    property_id: int
    key: str
    kind: str
    audit_date: date | None
    alert_id: int | None
    user_id: int
    email: str
    name: str
    subject: str
    body_text: str
    body_html: str
    sealed: bool
    leave_url: str | None
    message_id: str
    created_at: datetime
    next_at: datetime
    status: str = WAITING
    error: str | None = None


class Mail(NamedTuple):
    """A mail of the book, and what became of it.

    The bodies are empty where they are not shown, absent when no key opens them any more. ``interrupted``: the process
    that was sending it died.
    """

    id: int
    key: str
    kind: str
    user_id: int
    email: str
    name: str
    subject: str
    body_text: str | None
    body_html: str | None
    sealed: bool
    leave_url: str | None
    message_id: str
    status: str
    attempts: int
    created_at: datetime
    sent_at: datetime | None
    error: str | None
    interrupted: bool = False


_mails: Final = OutboxMessage.__table__.c
_COLUMNS: Final = [_mails[name] for name in Mail._fields if name != "interrupted"]
_BODIES: Final = ("body_text", "body_html")
_BATCH: Final = 500
_SKEW: Final = timedelta(minutes=5)
"""How far apart the clocks of two servers may be."""


def add(connection: Connection, mail: NewMail) -> bool:
    """Write a mail, in this transaction; false when one of this key was written before."""
    given = mail._asdict()
    if mail.sealed:
        given |= {name: seal(_keys(), _place(mail.key, name), given[name]) for name in _BODIES}
    engine = postgresql if connection.dialect.name == "postgresql" else sqlite
    statement = engine.insert(OutboxMessage).values(attempts=0, **given)
    written = statement.on_conflict_do_nothing().returning(_mails.id)
    return connection.execute(written).scalar_one_or_none() is not None


def wait_after(attempts: int) -> timedelta:
    """How long a mail waits once it was tried so many times."""
    return BACK_OFF[min(attempts, len(BACK_OFF)) - 1]


def claim(connection: Connection, owner: str, at: datetime) -> Mail | None:
    """Take the mail that has waited longest, for a while; nothing when none is due.

    A mail whose process died while sending is taken again: nobody knows whether it left, and it must not be lost. It
    passes after those that wait, so that what killed one process does not hold back the others; ``interrupted`` is
    true of it.
    """
    mail = None
    for due in _due(at):
        # the first mail that a condition on one state allows: its index gives it at once, however many wait
        first = select(_mails.id, _mails.attempts, _mails.status).where(due).order_by(_mails.next_at).limit(1)
        found = connection.execute(first.with_for_update(skip_locked=True)).one_or_none()
        if found is None:
            continue
        tries = found.attempts + 1
        taken = {"status": SENDING, "lease_owner": owner, "attempts": tries}
        taken |= {"lease_until": at + max(LEASE, wait_after(tries))}
        statement = update(OutboxMessage).where(_mails.id == found.id, due).values(**taken).returning(*_COLUMNS)
        row = connection.execute(statement).one_or_none()
        if row:
            mail = Mail(*row)._replace(interrupted=found.status == SENDING)
            break
    if mail is None or not mail.sealed:
        return mail
    try:
        text, html = (unseal(_keys(), _place(mail.key, name), getattr(mail, name)) for name in _BODIES)
    except Unreadable:
        return mail._replace(body_text=None, body_html=None)
    return mail._replace(body_text=text, body_html=html)


def _due(at: datetime) -> tuple[ColumnElement[bool], ...]:
    """Which mails may be taken: those whose hour has come, orphans, and those of a clock that was set back since.

    No try waits longer than the longest back-off, no lease lasts longer: what is written further ahead was written by
    a clock that ran ahead, as was a mail of the future.
    """
    farthest = at + BACK_OFF[-1]
    waiting, sending = _mails.status == WAITING, _mails.status == SENDING
    return (
        and_(waiting, _mails.next_at <= at),
        and_(sending, _mails.lease_until < at),
        and_(waiting, _mails.attempts == 0, _mails.created_at > at + _SKEW),
        and_(waiting, _mails.attempts > 0, _mails.next_at > farthest),
        and_(sending, _mails.lease_until > farthest),
    )


def mark_sent(connection: Connection, mail: Mail, owner: str, at: datetime) -> bool:
    """The server took it. False when the lease had passed to somebody else."""
    gone = dict.fromkeys(_BODIES, "") if mail.sealed else {}
    return _settle(connection, mail, owner, status=SENT, sent_at=at, error=None, **gone)


def put_back(connection: Connection, mail: Mail, owner: str, next_at: datetime, error: str) -> bool:
    """Not now: try again later; the error stays to be seen."""
    return _settle(connection, mail, owner, status=WAITING, next_at=next_at, error=error)


def give_up(connection: Connection, mail: Mail, owner: str, error: str) -> bool:
    """It will never leave; why stays to be seen."""
    return _settle(connection, mail, owner, status=FAILED, error=error)


def keep(connection: Connection, mail: Mail, owner: str) -> bool:
    """Nothing sends mail here: it is kept to be read on the page."""
    return _settle(connection, mail, owner, status=KEPT, error=None)


def withdraw(connection: Connection, alert_id: int, readers: Collection[int] | None = None) -> int:
    """The mails of an alert that have not left never will, those of some accounts or all; how many stay at home."""
    mine = [_mails.alert_id == alert_id, _mails.status == WAITING]
    if readers is not None:
        mine.append(_mails.user_id.in_(readers))
    return connection.execute(delete(OutboxMessage).where(*mine)).rowcount


def withdraw_held(connection: Connection, property_id: int, day: date, until: datetime) -> int:
    """The mails of a night that wait for an instant, its submission being taken back, never leave; how many."""
    return connection.execute(delete(OutboxMessage).where(*_held(property_id, day, until))).rowcount


def bring_forward(connection: Connection, property_id: int, day: date, until: datetime | None, at: datetime) -> int:
    """The mails of a night that wait for an instant leave from another one on; how many."""
    return connection.execute(update(OutboxMessage).where(*_held(property_id, day, until)).values(next_at=at)).rowcount


def _held(property_id: int, day: date, until: datetime | None) -> tuple[ColumnElement[bool], ...]:
    of_night = (_mails.property_id == property_id, _mails.audit_date == day)
    return (*of_night, _mails.status == WAITING, _mails.next_at == until)


def send_again(connection: Connection, property_id: int, mail_id: int, at: datetime) -> bool:
    """Try a mail that failed once more."""
    mine = (_mails.property_id == property_id, _mails.id == mail_id, _mails.status == FAILED)
    retried = {"status": WAITING, "next_at": at, "attempts": 0}
    return connection.execute(update(OutboxMessage).where(*mine).values(**retried)).rowcount == 1


def anything_due(connection: Connection, at: datetime) -> bool:
    """Whether a mail may be taken now."""
    return any(connection.execute(select(_mails.id).where(due).limit(1)).first() for due in _due(at))


def listed(connection: Connection, property_id: int, limit: int = 100) -> list[Mail]:
    """The latest mails of a hotel, without their bodies."""
    columns = [literal("") if column.name in _BODIES else column for column in _COLUMNS]
    statement = select(*columns).where(_mails.property_id == property_id).order_by(_mails.id.desc()).limit(limit)
    return [Mail(*row) for row in connection.execute(statement)]


def one(connection: Connection, property_id: int, mail_id: int) -> Mail | None:
    """A mail of a hotel; the bodies of a sealed one stay closed."""
    mine = select(*_COLUMNS).where(_mails.property_id == property_id, _mails.id == mail_id)
    row = connection.execute(mine).one_or_none()
    found = Mail(*row) if row else None
    return found._replace(body_text="", body_html="") if found and found.sealed else found


def forget_person(connection: Connection, user_id: int, names: Collection[str]) -> None:
    """Delete the mails written to an account, and empty those to others that name the person, in any spelling."""
    connection.execute(delete(OutboxMessage).where(_mails.user_id == user_id))
    wanted = [key for name in names if (key := person_key(name))]
    open_ones = select(_mails.id, *(_mails[body] for body in _BODIES)).where(_mails.sealed.is_(False))
    naming = [
        number
        for number, *bodies in connection.execute(open_ones)
        if any(name in person_key(unescape(body or "")) for body in bodies for name in wanted)
    ]
    for start in range(0, len(naming), _BATCH):
        these = _mails.id.in_(naming[start : start + _BATCH])
        connection.execute(update(OutboxMessage).where(these).values(dict.fromkeys(_BODIES, "")))


def told_of(connection: Connection, alert_id: int) -> set[int]:
    """The accounts to whom a mail about an alert was written."""
    return set(connection.execute(select(_mails.user_id).where(_mails.alert_id == alert_id)).scalars())


def written_since(connection: Connection, property_id: int, kind: str, day: date, since: datetime) -> set[int]:
    """The accounts to whom a mail of a kind was written for a date, from an instant on."""
    mine = (_mails.property_id == property_id, _mails.kind == kind, _mails.audit_date == day)
    return set(connection.execute(select(_mails.user_id).where(*mine, _mails.created_at >= since)).scalars())


def written_for(connection: Connection, property_id: int, kind: str, day: date) -> int:
    """How many mails of a kind were written for a date."""
    mine = (_mails.property_id == property_id, _mails.kind == kind, _mails.audit_date == day)
    return int(connection.execute(select(func.count()).where(*mine)).scalar_one())


def _settle(connection: Connection, mail: Mail, owner: str, **values: object) -> bool:
    """Write how it ended, if it still belongs to who claimed it."""
    mine = (_mails.id == mail.id, _mails.status == SENDING, _mails.lease_owner == owner)
    free = {"lease_owner": None, "lease_until": None}
    return connection.execute(update(OutboxMessage).where(*mine).values(**free, **values)).rowcount == 1


def _place(key: str, column: str) -> str:
    return f"outbox_messages:{key}:{column}"


def _keys() -> tuple[SealingKey, ...]:
    return sealing_keys(current_app.config["SECRET_KEY"], *current_app.config.get("FORMER_KEYS", ()))
