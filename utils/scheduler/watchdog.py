"""The watchdog: what did not start in time, was given up or failed is said, in the technical log and to people."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

import structlog

if TYPE_CHECKING:
    from utils.scheduler.stops import Stop

GRACE: Final = timedelta(minutes=10)
"""How late a job may start before it is said."""

LATE, CAUGHT_UP = "retard", "rattrapage"
"""It began late and is still not done; it began late and did what it had to, which only the technical log says."""

log = structlog.get_logger("rj.automatismes")


class Late(NamedTuple):
    """Something that a person must know of a run; ``kind``: retard, rattrapage, or the state that the run ended in."""

    kind: str
    property_id: int
    job: str
    night: date
    due_at: datetime
    at: datetime
    message: str
    label: str = ""
    """What the job is called."""

    stop: Stop | None = None
    """The stop of the server by which it was missed, with all that was missed with it."""


def say(late: Late) -> None:
    """Write what is late in the technical log."""
    log.error(
        "automatisme à voir",
        avis=late.kind,
        hotel=late.property_id,
        automatisme=late.job,
        nuit=late.night.isoformat(),
        retard_s=int((late.at - late.due_at).total_seconds()),
        message=late.message,
    )
