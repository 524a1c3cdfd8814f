"""The tables, one file a noun; importing this package makes the whole schema known."""

from database.models.change import Change, JournalHead
from database.models.night import PROJECTIONS, STATUSES, NightAuditSession, Projection
from database.models.people import PersonAlias, RecoveryCode, SecondFactor
from database.models.property import Property, PropertySettings
from database.models.revision import NightRevision, Override, Submission
from database.models.session import LoginThrottle, UserSession
from database.models.tab import NightLine, NightTab
from database.models.user import ROLES, Membership, User

__all__ = [
    "PROJECTIONS",
    "ROLES",
    "STATUSES",
    "Change",
    "JournalHead",
    "LoginThrottle",
    "Membership",
    "NightAuditSession",
    "NightLine",
    "NightRevision",
    "NightTab",
    "Override",
    "PersonAlias",
    "Projection",
    "Property",
    "PropertySettings",
    "RecoveryCode",
    "SecondFactor",
    "Submission",
    "User",
    "UserSession",
]
