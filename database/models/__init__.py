"""The tables, one file a noun; importing this package makes the whole schema known."""

from database.models.books import BooksDay, BooksSegment, BooksSnapshot
from database.models.change import Change, JournalHead
from database.models.expected import Expectation
from database.models.imports import IMPORT_STATES, IMPORTED, PROPOSED, UNDONE, MonthImport
from database.models.integration import GRANTS, PROVIDERS, IntegrationBudget, IntegrationEtag, PropertyIntegration
from database.models.jobs import JobRun, SchedulerPulse
from database.models.lightspeed import CAUSES, RUN_STATES, RUNNING, PmsReading, SyncRequest, SyncRun, WebhookMessage
from database.models.marsha import (
    SUBMISSION_STATES,
    MarshaBenchmark,
    MarshaExchange,
    MarshaSubmission,
)
from database.models.night import PROJECTIONS, STATUSES, NightAuditSession, Projection
from database.models.notification import Alert, Budget, EmailPreference, NotificationConfig, OutboxMessage
from database.models.people import PersonAlias, RecoveryCode, SecondFactor
from database.models.property import Property, PropertySettings
from database.models.revision import NightRevision, Override, Submission
from database.models.seal import JournalWitness, NightSeal
from database.models.session import AWAITED, RETURN, AccessPass, KnownBrowser, LoginThrottle, UserSession
from database.models.tab import NightLine, NightTab
from database.models.user import ROLES, Invitation, Membership, User

__all__ = [
    "AWAITED",
    "CAUSES",
    "GRANTS",
    "IMPORTED",
    "IMPORT_STATES",
    "PROJECTIONS",
    "PROPOSED",
    "PROVIDERS",
    "RETURN",
    "ROLES",
    "RUNNING",
    "RUN_STATES",
    "STATUSES",
    "SUBMISSION_STATES",
    "UNDONE",
    "AccessPass",
    "Alert",
    "BooksDay",
    "BooksSegment",
    "BooksSnapshot",
    "Budget",
    "Change",
    "EmailPreference",
    "Expectation",
    "IntegrationBudget",
    "IntegrationEtag",
    "Invitation",
    "JobRun",
    "JournalHead",
    "JournalWitness",
    "KnownBrowser",
    "LoginThrottle",
    "MarshaBenchmark",
    "MarshaExchange",
    "MarshaSubmission",
    "Membership",
    "MonthImport",
    "NightAuditSession",
    "NightLine",
    "NightRevision",
    "NightSeal",
    "NightTab",
    "NotificationConfig",
    "OutboxMessage",
    "Override",
    "PersonAlias",
    "PmsReading",
    "Projection",
    "Property",
    "PropertyIntegration",
    "PropertySettings",
    "RecoveryCode",
    "SchedulerPulse",
    "SecondFactor",
    "Submission",
    "SyncRequest",
    "SyncRun",
    "User",
    "UserSession",
    "WebhookMessage",
]
