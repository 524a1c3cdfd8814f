"""What the automation alarms about is a state, not a job: whether a night is filled, and which alarms are over."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy import Connection

from database import alarms
from database.transaction import read, write
from utils.actions.notifications.tell import close
from utils.actions.state import find_night

WHOLE: Final = "complete"
"""What the night says when every report was read."""

OWED: Final = (
    *("jour.jour_room_revenue", "jour.jour_occupancy_rate", "jour.jour_tvq", "jour.jour_tps"),
    *("geac.geac_var_prev", "geac.geac_var_today", "geac.geac_var_newbal"),
)
"""The figures that every night owes to the PMS: once they are known, somebody filled the night without it."""

_LACKING: Final = ("partielle", "apercu")
"""What the night says when the PMS filled a part of it: what lacks is said, whoever typed the rest."""

RECENT: Final = timedelta(days=8)
"""How old a night may be for somebody to still be filling it by hand."""


def is_filled(connection: Connection, property_id: int, day: date) -> bool:
    """Whether a night is filled, by the PMS or by hand, or closed; false when it was never opened."""
    state = find_night(connection, property_id, day)
    if state is None:
        return False
    said, known = state.row["ls_sync_status"], state.night.values
    by_hand = said not in _LACKING and all(known.get(one) is not None for one in OWED)
    return not state.editable or said == WHOLE or by_hand


def close_untrue(at: datetime, property_id: int | None = None) -> int:
    """Close the alarms that are over, of a hotel or of all: how many. Their mails that have not left never will."""
    with read() as connection:
        over = alarms.over(connection, property_id)
        waiting = alarms.unfilled(connection, (at - RECENT).date(), property_id)
        over += [one for one in waiting if one not in over and is_filled(connection, one.property_id, one.audit_date)]
    if over:
        with write() as connection:
            for alert in over:
                close(connection, alert, at)
    return len(over)


def close_unfilled(connection: Connection, property_id: int, day: date, at: datetime) -> None:
    """A night is filled: what was said of its synchronisation is over."""
    for alert in alarms.unfilled(connection, day, property_id):
        if alert.audit_date == day:
            close(connection, alert, at)
