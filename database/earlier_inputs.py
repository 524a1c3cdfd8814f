"""Named reads of what tabs held in other nights: the last ones before a date, or those of some dates."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

from sqlalchemy import ColumnElement, Connection, select

from database.models import NightAuditSession, NightTab
from utils.shapes import Document

_nights: Final = NightAuditSession.__table__.c
_tabs: Final = NightTab.__table__.c


def inputs_before(
    connection: Connection, property_id: int, day: date, tabs: Iterable[str], count: int
) -> list[dict[str, Document]]:
    """What some tabs held in each of the last ``count`` nights before a date, by tab, latest first; one query."""
    mine = (_nights.property_id == property_id, _nights.audit_date < day)
    last = select(_nights.audit_date).where(*mine).order_by(_nights.audit_date.desc()).limit(count).scalar_subquery()
    return list(_inputs(connection, property_id, tabs, _nights.audit_date.in_(last)).values())


def inputs_on(connection: Connection, property_id: int, days: Iterable[date], tab: str) -> dict[date, Document]:
    """What a tab held in the nights of these dates, by date; one query."""
    found = _inputs(connection, property_id, (tab,), _nights.audit_date.in_(tuple(days)))
    return {day: tabs[tab] for day, tabs in found.items()}


def given_before(
    connection: Connection, property_id: int, day: date, tab: str, count: int
) -> list[tuple[Document, Document]]:
    """What a tab held in each of the last ``count`` nights before a date, with its origins, latest first; one query."""
    statement = (
        select(_tabs.inputs, _tabs.origins)
        .join(NightAuditSession, _nights.id == _tabs.night_id)
        .where(_nights.property_id == property_id, _nights.audit_date < day, _tabs.tab == tab)
        .order_by(_nights.audit_date.desc())
        .limit(count)
    )
    return [(row.inputs, row.origins) for row in connection.execute(statement)]


def _inputs(
    connection: Connection, property_id: int, tabs: Iterable[str], of_days: ColumnElement[bool]
) -> dict[date, dict[str, Document]]:
    statement = (
        select(_nights.audit_date, _tabs.tab, _tabs.inputs)
        .join(NightAuditSession, _nights.id == _tabs.night_id)
        .where(_nights.property_id == property_id, of_days, _tabs.tab.in_(tuple(tabs)))
        .order_by(_nights.audit_date.desc())
    )
    found: dict[date, dict[str, Document]] = {}
    for day, tab, inputs in connection.execute(statement):
        found.setdefault(day, {})[tab] = inputs
    return found
