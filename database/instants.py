"""A clock that was ahead is set right: what was written meanwhile is brought back, so that nothing waits for it.

Leases, blocks, sessions and codes stop counting by themselves (``dates.holds``). What is here must be changed in the
book: a mail that would wait, a job done for a day that has not come, a session that would live again in a year. The
journal, the nights and what is sealed keep what was written.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple

from sqlalchemy import ColumnElement, Connection, String, case, cast, delete, exists, func, literal, update

from database import integrations, job_runs, marsha, outbox, passes, throttles
from database.models import (
    AccessPass,
    Alert,
    IntegrationBudget,
    Invitation,
    JobRun,
    KnownBrowser,
    LoginThrottle,
    MarshaSubmission,
    MonthImport,
    NightAuditSession,
    OutboxMessage,
    Property,
    PropertyIntegration,
    SchedulerPulse,
    SyncRequest,
    SyncRun,
    UserSession,
    WebhookMessage,
)
from database.sessions import ENDED
from utils.dates import farthest
from utils.shapes import Values

_HOUR: Final = timedelta(hours=1)
"""The longest that a mail waits between two tries, and that a submitted night may be taken back."""


class Rule(NamedTuple):
    """An instant, how far ahead it may rightly be, and the columns of its row once the clock is known to be right."""

    column: Any
    longest: timedelta = timedelta(0)
    values: Callable[[datetime], Values] | None = None
    only: ColumnElement[bool] | None = None

    @property
    def name(self) -> str:
        """« table.column »."""
        return f"{self.column.table.name}.{self.column.name}"


_link: Final = PropertyIntegration.__table__.c
_mail: Final = OutboxMessage.__table__.c
_run: Final = JobRun.__table__.c
_session: Final = UserSession.__table__.c
_pass: Final = AccessPass.__table__.c
_browser: Final = KnownBrowser.__table__.c
_throttle: Final = LoginThrottle.__table__.c
_alert: Final = Alert.__table__.c
_night: Final = NightAuditSession.__table__.c
_sent: Final = MarshaSubmission.__table__.c


_WITH_ITS_NIGHT: Final = exists().where(
    _night.property_id == _alert.property_id,
    _night.audit_date == _alert.audit_date,
    _night.leaves_at >= _alert.raised_at,
)
"""An alert that waits, with what says its night, until the night may be taken back no more."""

RULES: Final = (
    Rule(Property.__table__.c.created_at),
    Rule(MonthImport.__table__.c.created_at),
    Rule(SchedulerPulse.__table__.c.began_at),
    Rule(SchedulerPulse.__table__.c.beat_at),
    Rule(
        _session.created_at,
        values=lambda at: {
            "created_at": at,
            "seen_at": at,
            "ended_at": func.coalesce(_session.ended_at, at, type_=_session.ended_at.type),
        },
    ),
    Rule(_session.seen_at),
    Rule(_session.ended_at),
    Rule(_session.coded_at, values=lambda _: {"coded_at": None}),
    Rule(_session.pending_at, values=lambda _: ENDED),
    Rule(_pass.coded_at, values=lambda _: {"coded_at": None}),
    Rule(_pass.until_at, max(passes.LASTS.values())),
    Rule(_browser.created_at),
    Rule(_browser.seen_at),
    Rule(Invitation.__table__.c.created_at),
    Rule(_throttle.last_at, values=lambda at: {"last_at": at, "failures": 0, "blocked_until": None}),
    Rule(_throttle.blocked_until, throttles.LONGEST_BLOCK, lambda _: {"blocked_until": None}),
    Rule(IntegrationBudget.__table__.c.empty_at, integrations.LONGEST_DRAIN),
    Rule(_link.lease_until, integrations.POSTPONED, lambda _: integrations.NO_LEASE),
    Rule(
        _link.flow_until,
        integrations.FLOW,
        lambda _: {"flow_hash": None, "sealed_flow_verifier": None, "flow_until": None},
    ),
    Rule(_link.connected_at),
    Rule(
        _link.updated_at,
        values=lambda at: {"updated_at": at, "expires_at": case((_link.expires_at.is_not(None), at))},
    ),
    Rule(SyncRun.__table__.c.started_at),
    Rule(SyncRun.__table__.c.ended_at),
    Rule(SyncRequest.__table__.c.at),
    Rule(WebhookMessage.__table__.c.received_at),
    Rule(_alert.raised_at, _HOUR),
    Rule(_alert.raised_at, only=~_WITH_ITS_NIGHT),
    Rule(_night.leaves_at, _HOUR, lambda at: {"leaves_at": at, "carry_version": _night.carry_version + 1}),
    Rule(_mail.created_at, values=lambda at: {"created_at": at, "next_at": at}),
    Rule(_mail.next_at, _HOUR, only=_mail.attempts > 0),
    Rule(_mail.lease_until, outbox.LEASE),
    Rule(_mail.sent_at),
    Rule(_sent.next_at, marsha.LONGEST, only=_sent.attempts > 0),
    Rule(_sent.lease_until, marsha.LEASE),
    Rule(_run.next_at, _HOUR),
    Rule(_run.lease_until, job_runs.LEASE),
    Rule(_run.started_at),
    Rule(_run.ended_at),
)
"""Every instant of the book that decides something; what is past, or brought back, is set to the present."""


def set_right(connection: Connection, at: datetime, *, seen: bool = False) -> int:
    """Bring back what lies farther ahead than it may; how many rows. Asked twice, it changes nothing more.

    ``seen``: the clock was seen going back, so that whatever waits is tried at once rather than within the hour.
    """
    # what was done for a day that has not come is to be done when it comes: its runs, its letters, its alarms
    early = (_alert.raised_at > farthest(at), _alert.kind.in_(("rj_late", "pms_sync_failed", "automation")))
    open_ones = (*early, _alert.resolved_at.is_(None), _alert.audit_date >= at.date())
    changed = connection.execute(update(Alert).where(*open_ones).values(resolved_at=at)).rowcount
    written = (_mail.created_at > farthest(at), _mail.audit_date >= at.date())
    other_key = func.substr(_mail.key, 1, 100) + literal("/horloge ") + cast(_mail.id, String)
    changed += connection.execute(update(OutboxMessage).where(*written).values(key=other_key)).rowcount
    changed += connection.execute(delete(JobRun).where(_run.due_at > farthest(at))).rowcount
    for rule in RULES:
        table, column = rule.column.table, rule.column
        ahead = column > (
            at if seen and column in (_run.next_at, _mail.next_at, _sent.next_at) else farthest(at, rule.longest)
        )
        conditions = (ahead,) if rule.only is None else (ahead, rule.only)
        values = rule.values(at) if rule.values else {column.name: at}
        changed += connection.execute(update(table).where(*conditions).values(**values)).rowcount
    return changed
