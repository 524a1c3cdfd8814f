"""What is deleted once its time is over, and nothing else: a table of traces, each with its days.

Nights, journal, snapshots, submissions, settings, accounts and what the PMS said of a night are not in it: the books
are kept, and no statement here can reach them.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple

from sqlalchemy import ColumnElement, Connection, Table, and_, case, delete, func, select

from database.models import (
    AccessPass,
    Alert,
    JobRun,
    KnownBrowser,
    LoginThrottle,
    OutboxMessage,
    SyncRequest,
    SyncRun,
    UserSession,
    WebhookMessage,
)
from database.models.notification import SENDING, WAITING


class Rule(NamedTuple):
    """Rows of a table that may go this many days after an instant of theirs; of no hotel when ``hotel`` is absent."""

    key: str
    label: str
    days: int
    table: Table
    instant: ColumnElement[Any]
    hotel: ColumnElement[Any] | None = None


def _rule(key: str, label: str, days: int, model: Any, instant: Any) -> Rule:  # noqa: ANN401 - a class of the schema
    table = model.__table__
    return Rule(key, label, days, table, instant, table.c.get("property_id"))


_session: Final = UserSession.__table__.c
_mail: Final = OutboxMessage.__table__.c

RULES: Final = (
    _rule("laissez-passer", "Laissez-passer de connexion", 1, AccessPass, AccessPass.__table__.c.until_at),
    _rule("postes", "Navigateurs reconnus", 400, KnownBrowser, KnownBrowser.__table__.c.seen_at),
    _rule(
        "seances",
        "Séances de connexion",
        90,
        UserSession,
        func.coalesce(_session.ended_at, _session.seen_at, type_=_session.seen_at.type),
    ),
    _rule("tentatives", "Tentatives de connexion comptées", 1, LoginThrottle, LoginThrottle.__table__.c.last_at),
    _rule("avis", "Avis signés reçus du PMS", 90, WebhookMessage, WebhookMessage.__table__.c.received_at),
    _rule(
        "courriels",
        "Courriels partis, gardés ou refusés",
        90,
        OutboxMessage,
        case((_mail.status.not_in((WAITING, SENDING)), _mail.created_at)),
    ),
    _rule("alertes", "Alertes", 400, Alert, Alert.__table__.c.raised_at),
    _rule("requetes", "Requêtes des synchronisations", 90, SyncRequest, SyncRequest.__table__.c.at),
    _rule("synchros", "Journal des synchronisations", 400, SyncRun, SyncRun.__table__.c.started_at),
    _rule("automatismes", "Passages des automatismes", 400, JobRun, JobRun.__table__.c.due_at),
)
"""What goes, and after how many days. Every other table is kept."""


def expired(connection: Connection, rule: Rule, at: datetime, held: Collection[int]) -> int:
    """How many rows have outlived their time, those of hotels under legal hold apart."""
    statement = select(func.count()).select_from(rule.table).where(_over(rule, at, held))
    return int(connection.execute(statement).scalar_one())


def purge(connection: Connection, rule: Rule, at: datetime, held: Collection[int]) -> int:
    """Delete them; a trace that belongs to no hotel stays while any hotel is under legal hold."""
    return connection.execute(delete(rule.table).where(_over(rule, at, held))).rowcount


def _over(rule: Rule, at: datetime, held: Collection[int]) -> ColumnElement[bool]:
    old = rule.instant < at - timedelta(days=rule.days)
    if not held:
        return old
    return and_(old, rule.hotel.not_in([*held, 0])) if rule.hotel is not None else and_(old, ~old)
