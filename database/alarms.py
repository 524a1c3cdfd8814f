"""Named reads of the alarms of the automation that are open, and of those that the book says are over."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from sqlalchemy import Connection, and_, exists, literal, or_

from database.alerts import RaisedAlert, matching
from database.models import Alert, JobRun, NightAuditSession, PropertyIntegration
from database.models.jobs import DONE, INSTALLATION, NEEDLESS

LINK: Final = "liaison"
"""The cause of an alert about the connection with the PMS."""

STOP: Final = "arrêt"
"""The cause of an alert about a server that was stopped."""

_DIGEST: Final = "digest"
_alerts: Final = Alert.__table__.c
_nights: Final = NightAuditSession.__table__.c
_runs: Final = JobRun.__table__.c
_links: Final = PropertyIntegration.__table__.c
_KIND: Final = "pms_sync_failed"
_SYNC: Final = and_(_alerts.kind == _KIND, _alerts.cause != LINK)
_OF_NIGHT: Final = and_(_nights.property_id == _alerts.property_id, _nights.audit_date == _alerts.audit_date)


def over(connection: Connection, property_id: int | None = None) -> list[RaisedAlert]:
    """Open alarms whose night is submitted or filled by the PMS, whose job was done since, whose link is good again.

    A stop of the server is over with the first digest that is due after it was told.
    """
    closed = exists().where(_OF_NIGHT, _nights.status.in_(("submitted", "locked")))
    filled = exists().where(_OF_NIGHT, _nights.ls_sync_status == "complete", _nights.status != "correcting")
    done = exists().where(
        _runs.property_id.in_((_alerts.property_id, INSTALLATION)),
        _alerts.cause == literal("automatisme ") + _runs.job,
        _runs.business_date >= _alerts.audit_date,
        _runs.status.in_((DONE, NEEDLESS)),
    )
    morning = exists().where(
        _runs.property_id == _alerts.property_id,
        _runs.job == _DIGEST,
        _runs.due_at > _alerts.raised_at,
        _runs.status == DONE,
    )
    lost = exists().where(_links.property_id == _alerts.property_id, _links.requires_reauth.is_(True))
    found = or_(
        and_(_alerts.kind == "rj_late", closed),
        and_(_SYNC, or_(closed, filled)),
        and_(_alerts.kind == _KIND, _alerts.cause == LINK, ~lost),
        and_(_alerts.kind == "automation", or_(done, and_(_alerts.cause == STOP, morning))),
    )
    return _read(connection, property_id, found)


def unfilled(connection: Connection, since: date, property_id: int | None = None) -> list[RaisedAlert]:
    """Open alarms about the synchronisation of the nights from a date."""
    return _read(connection, property_id, and_(_SYNC, _alerts.audit_date >= since))


def _read(connection: Connection, property_id: int | None, condition: Any) -> list[RaisedAlert]:  # noqa: ANN401 - a clause
    mine = () if property_id is None else (_alerts.property_id == property_id,)
    return matching(connection, _alerts.resolved_at.is_(None), condition, *mine)
