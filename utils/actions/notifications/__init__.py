"""Alerts, digests and mails of a hotel; what an automation calls, each call harmless when it is made twice.

``drain`` sends what waits; the others write in the outbox. Instants are aware; ``day`` is the business date of a night.
"""

from utils.actions.notifications.alarms import close_untrue, is_filled
from utils.actions.notifications.digest import send_digest, send_weekly
from utils.actions.notifications.watch import (
    escalate,
    evaluate_alerts,
    hotels_to_escalate,
    report_job,
    report_late,
    report_lost_connection,
    report_stop,
    report_sync,
)
from utils.notifications.delivery import Drained, drain

__all__ = [
    "Drained",
    "close_untrue",
    "drain",
    "escalate",
    "evaluate_alerts",
    "hotels_to_escalate",
    "is_filled",
    "report_job",
    "report_late",
    "report_lost_connection",
    "report_stop",
    "report_sync",
    "send_digest",
    "send_weekly",
]
