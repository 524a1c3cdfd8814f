"""Night after night through the moved clock: with nobody awake, then with a robot that submits.

Six nights hold both changes of hour; four hundred of each are in `make test-long`.
"""

from collections import Counter
from datetime import date, timedelta

import pytest
import time_machine
from sqlalchemy import text

from database.transaction import read
from tests.utils.scheduler.clock import created, turn
from utils import dates
from utils.actions.demonstration import fill_nights
from utils.actions.demonstration.incidents import incident_of
from utils.notifications.kinds import ESCALATION_ROLES, KINDS
from utils.scheduler.jobs import JOBS
from utils.scheduler.mails import tell
from utils.scheduler.runner import Runner

ZONE = "America/Toronto"
READERS = 3
SPRING, AUTUMN = date(2026, 3, 6), date(2026, 10, 30)
FIRST = date(2025, 10, 20)
HOURS = ("03:00", "05:00", "06:00", "07:01", "08:00", "12:00", "12:31", "22:00")
"""When something is due, and an hour after the RJ was: its recall."""

LONG = pytest.param(FIRST, 400, marks=pytest.mark.long(reason="four hundred nights"))
SPANS = [pytest.param(SPRING, 3, id="mars"), pytest.param(AUTUMN, 3, id="novembre"), LONG]
OF_FIGURES = {"rj_submitted", "occupation_low", "revenue_variance", "anomaly"}
"""What is said of figures that are right: the hotel was empty, or far from its year."""


MAILS = """
    SELECT o.id, o.kind, o.audit_date, o.user_id, o.alert_id, m.role FROM outbox_messages o
    JOIN memberships m ON m.user_id = o.user_id WHERE o.kind <> 'weekly_summary'
"""


def asked(statement):
    with read() as connection:
        return connection.execute(text(statement)).all()


def live(app, first, count, robot=lambda day: None):
    """Each hour of each morning strikes once; the robot works at 04:00.

    The nights that were lived, and every mail that was ever to leave: those of three months ago are no longer kept.
    """
    start = dates.instant(first, "21:00", ZONE)
    days, mails = [first + timedelta(days=n) for n in range(count)], {}
    with time_machine.travel(start, tick=False) as traveller, app.app_context():
        created(start)
        runner = Runner(JOBS, dates.now, tell)
        turn(runner)
        for day in days:
            morning = day + timedelta(days=1)
            for hour in HOURS:
                if hour == "05:00":
                    traveller.move_to(dates.instant(morning, "04:00", ZONE), tick=False)
                    robot(day)
                for late in (0, 1):
                    at = dates.instant(morning, hour, ZONE) + timedelta(minutes=late)
                    traveller.move_to(at, tick=False)
                    turn(runner)
            mails |= {row.id: row for row in asked(MAILS)}
    return days, mails.values()


@pytest.mark.parametrize(("first", "count"), SPANS)
def test_with_nobody_awake_each_night_is_opened_filled_and_told_once_a_level(app_sqlite, first, count):
    days, mails = live(app_sqlite, first, count)
    said = [str(day) for day in days]
    with app_sqlite.app_context():
        nights = asked("SELECT audit_date, ls_sync_status, opened_by FROM night_audit_sessions ORDER BY audit_date")
        openings = asked("SELECT DISTINCT actor_label FROM changes WHERE action = 'ouverture'")
        alerts = asked("SELECT kind, audit_date, escalated_at, resolved_at FROM alerts ORDER BY audit_date")
    assert nights == [(day, "complete", None) for day in said]
    assert openings == [("RJ Natif",)]
    assert [(row.kind, row.audit_date) for row in alerts] == [("rj_late", day) for day in said]
    assert all(row.escalated_at is not None and row.resolved_at is None for row in alerts)
    counted = Counter((row.kind, row.audit_date, row.user_id) for row in mails)
    assert set(counted.values()) == {1}, "each person once"
    assert Counter(kind for kind, _, _ in counted) == {"daily_digest": READERS * count, "rj_late": 5 * count}


@pytest.mark.parametrize(("first", "count"), SPANS)
def test_with_a_robot_that_submits_only_what_is_planted_is_told_once_to_the_right_people(app_sqlite, first, count):
    asleep = {first + timedelta(days=1)}
    """The robot does not come that night, and does it the next morning."""

    def robot(day):
        if day not in asleep:
            demo = fill_nights._demo_hotel()
            for one in [*sorted(asleep & {day - timedelta(days=1)}), day]:
                fill_nights._close(demo, one)

    days, mails = live(app_sqlite, first, count, robot)
    mails = [row for row in mails if row.alert_id is not None]
    with app_sqlite.app_context():
        states = asked("SELECT audit_date, status FROM night_audit_sessions ORDER BY audit_date")
        alerts = asked("SELECT id, kind, audit_date, cause, resolved_at, severity FROM alerts")
    assert states == [(str(day), "locked") for day in days]
    troubles = [row for row in alerts if row.kind not in OF_FIGURES]
    wrong = {day for day in days if incident_of(day)} | asleep
    assert {row.audit_date for row in troubles} <= {str(day) for day in wrong}
    late = [row for row in troubles if row.kind == "rj_late"]
    assert [(row.audit_date, row.resolved_at is not None) for row in late] == [(str(day), True) for day in asleep]
    assert set(Counter((row.kind, row.audit_date, row.cause) for row in troubles).values()) == {1}
    assert set(Counter((row.alert_id, row.user_id) for row in mails).values()) == {1}
    kinds = {row.id: row for row in alerts}
    for mail in mails:
        alert = kinds[mail.alert_id]
        told = {*KINDS[alert.kind].roles, *(ESCALATION_ROLES if alert.severity == "critique" else ())}
        assert mail.role in told, (alert, mail)


def test_the_demonstration_goes_on_with_the_nights_that_the_automation_opened(app_sqlite):
    """The server ran for two nights, nobody came: the next start closes them, as it closes those of days off."""
    at = dates.instant(SPRING, "21:00", ZONE)
    with app_sqlite.app_context():
        fill_nights.fill_nights(at, 2)
    days, _ = live(app_sqlite, SPRING, 2)
    with time_machine.travel(dates.instant(days[-1] + timedelta(days=1), "13:00", ZONE)), app_sqlite.app_context():
        assert fill_nights.fill_nights(dates.now(), 2) == 2
        assert {row.status for row in asked("SELECT status FROM night_audit_sessions")} == {"locked"}
