"""Named reads that find nights by what was typed in them, or by a figure that lists keep; never more than asked."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, Final, NamedTuple

import orjson
from sqlalchemy import Connection, Text, or_, select, type_coerce

from database.models import NightAuditSession, NightTab
from database.models.night import PROJECTIONS
from utils.shapes import Document

_nights: Final = NightAuditSession.__table__.c
_tabs: Final = NightTab.__table__.c
_MONEY: Final = tuple(one for one in PROJECTIONS if one.kind == "money")


class TabFound(NamedTuple):
    """A tab of a night that holds what is looked for, somewhere in what was typed."""

    day: date
    tab: str
    inputs: Document


def tabs_holding(connection: Connection, property_id: int, pattern: str, most: int) -> list[TabFound]:
    """The tabs whose values are like a pattern of SQL, a backslash being its escape; the latest nights first."""
    inputs = type_coerce(_tabs.inputs, Text)
    statement = (
        select(_nights.audit_date, _tabs.tab, inputs)
        .join(NightAuditSession, _nights.id == _tabs.night_id)
        .where(_nights.property_id == property_id, inputs.ilike(pattern, escape="\\"))
        .order_by(_nights.audit_date.desc(), _tabs.tab)
        .limit(most)
    )
    return [TabFound(day, tab, orjson.loads(text)) for day, tab, text in connection.execute(statement)]


def figures_equal(
    connection: Connection, property_id: int, amount: Decimal, most: int
) -> list[tuple[date, dict[str, Any]]]:
    """The nights one of whose kept amounts is this one, either sign, with their amounts by qualified field."""
    columns = [_nights[one.column] for one in _MONEY]
    either = or_(*(column.in_((amount, -amount)) for column in columns))
    statement = select(_nights.audit_date, *columns).where(_nights.property_id == property_id, either)
    rows = connection.execute(statement.order_by(_nights.audit_date.desc()).limit(most))
    return [(day, dict(zip((one.path for one in _MONEY), values, strict=True))) for day, *values in rows]
