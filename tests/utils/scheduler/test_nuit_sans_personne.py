"""The night is filled without anybody: who opens it, and what is said of one that is filled by another way."""

from contextlib import contextmanager
from datetime import UTC, date, datetime

import pytest
import time_machine
from sqlalchemy import text, update

from database import properties
from database.models import Property
from database.transaction import read, write
from tests.applications import login
from tests.pages import type_night
from tests.saisie import opened, person, save, whole
from tests.utils.actions.lightspeed.synchro import golden_hotel
from tests.utils.scheduler.clock import DAY, HOUR, MINUTE, add_hotel, choose, created, demo_id, runs, turn
from utils import dates
from utils.actions import notifications
from utils.actions.lightspeed import LightspeedSync
from utils.actions.open_night import carried_block, open_night
from utils.actions.person import Machine
from utils.actions.state import need_night
from utils.scheduler.jobs import JOBS
from utils.scheduler.mails import tell
from utils.scheduler.runner import Runner

EVENING = datetime(2026, 1, 16, 2, tzinfo=UTC)
"""21:00 in Toronto: the night of the 15th."""

NIGHT, TEXT = date(2026, 1, 15), "2026-01-15"
THREE, FIVE, SIX = (datetime(2026, 1, 16, hour, tzinfo=UTC) for hour in (8, 10, 11))
ALERTS = "SELECT kind, audit_date, resolved_at FROM alerts ORDER BY id"


@pytest.fixture
def traveller(app_sqlite):
    with on_the_evening(app_sqlite) as traveller:
        yield traveller


@pytest.fixture
def on_both(app):
    """The same on each engine, for what is asked in SQL."""
    with on_the_evening(app) as traveller:
        yield traveller


@contextmanager
def on_the_evening(app):
    with time_machine.travel(EVENING, tick=False) as traveller, app.app_context():
        created(EVENING - DAY)
        yield traveller


class JobServer:
    """The real table, its clock."""

    def __init__(self, traveller, *names):
        self.traveller = traveller
        self.runner = Runner({name: JOBS[name] for name in names} if names else JOBS, dates.now, tell)
        turn(self.runner)

    def at(self, *moments):
        for moment in moments:
            self.traveller.move_to(moment, tick=False)
            turn(self.runner)


def asked(statement):
    with read() as connection:
        return connection.execute(text(statement)).all()


def alerts(kind):
    """The alerts of a kind: whether each is open."""
    return [row.resolved_at is None for row in asked(ALERTS) if row.kind == kind]


def carried(day):
    """What a night leaves to the next one."""
    with read() as connection:
        hotel = properties.property_by_code(connection, "DEMO")
        return carried_block(connection, hotel, day + DAY)


def state(day=NIGHT, hotel=None):
    with read() as connection:
        return need_night(connection, hotel or demo_id(), day)


def test_the_job_opens_the_night_carries_and_signs(traveller):
    automation = JobServer(traveller, "synchro")
    automation.at(THREE)
    automation.at(THREE + DAY)
    first, second = state(), state(date(2026, 1, 16))
    assert (first.status, first.row["opened_by"], first.row["opened_at"]) == ("in_progress", None, THREE)
    assert second.row["previous"] == carried(NIGHT) != {}
    opening = asked("SELECT actor_label, audit_date, at FROM changes WHERE action = 'ouverture' ORDER BY seq")
    assert [(row.actor_label, str(row.audit_date)) for row in opening] == [
        ("RJ Natif", TEXT),
        ("RJ Natif", "2026-01-16"),
    ]
    assert {run["status"] for run in runs("synchro")} == {"faite"}


def test_who_types_first_in_a_night_that_nobody_opened_is_its_auditor(app_sqlite):
    with time_machine.travel(EVENING, tick=False) as traveller, app_sqlite.app_context():
        created(EVENING - DAY)
        JobServer(traveller, "synchro").at(THREE)
    auditor = person(app_sqlite)
    version = whole(auditor, TEXT)["version"]
    answer = auditor.patch(
        f"/api/rj/native/session/{TEXT}/hp_admin", json={"version": version, "values": {"sans_activite": True}}
    )
    assert answer.status_code == 200, answer.text
    with app_sqlite.app_context():
        assert state().row["auditor_id"] is not None


@pytest.mark.parametrize("opening", [date(2026, 1, 16), date(2026, 2, 1)])
def test_before_the_opening_of_the_hotel_nothing_is_opened_and_nobody_is_told(traveller, opening):
    with write() as connection:
        connection.execute(update(Property).values(opening_date=opening))
    JobServer(traveller).at(*(THREE + n * HOUR for n in range(7)))
    assert asked("SELECT id FROM night_audit_sessions") == []
    assert asked(ALERTS) == []
    assert asked("SELECT id FROM outbox_messages") == []


def test_a_book_without_a_pms_is_begun_by_a_person_and_goes_on_by_itself(traveller):
    """A real hotel that is not connected: its first night takes the figures of the workbook, that a person types."""
    hotel = add_hotel("REEL", "America/Toronto", EVENING - DAY)
    with write() as connection:
        connection.execute(
            text(
                "INSERT INTO properties (code, name, currency, time_zone, opening_date, demo, created_at) "
                "SELECT 'VRAI', 'Vrai', 'CAD', time_zone, opening_date, FALSE, created_at FROM properties "
                "WHERE code = 'REEL'"
            )
        )
    automation = JobServer(traveller, "synchro", "synchro_avis")
    automation.at(THREE, FIVE)
    found = asked("SELECT p.code FROM night_audit_sessions n JOIN properties p ON p.id = n.property_id ORDER BY p.code")
    assert [row.code for row in found] == ["DEMO", "REEL"]
    assert hotel
    assert alerts("pms_sync_failed") == []


def test_the_night_before_may_still_be_open_and_a_gap_stays_a_gap(traveller):
    automation = JobServer(traveller, "synchro")
    automation.at(THREE)
    automation.at(THREE + 3 * DAY)
    days = [str(row.audit_date) for row in asked("SELECT audit_date FROM night_audit_sessions ORDER BY audit_date")]
    assert days == [TEXT, "2026-01-17", "2026-01-18"]
    assert state(date(2026, 1, 17)).earlier.day == NIGHT


def test_a_synchronisation_by_hand_before_0500_warns_nobody(traveller):
    """The job never ran: what counts is the night."""
    automation = JobServer(traveller, "synchro_avis")
    opened_by_hand()
    LightspeedSync(demo_id()).sync_session(NIGHT)
    automation.at(FIVE)
    assert asked(ALERTS) == []
    assert [run["status"] for run in runs("synchro_avis")] == ["sans_objet"]


def opened_by_hand():
    open_night(Machine(demo_id(), "Auditrice"), NIGHT, dates.now())


def test_a_night_that_is_missing_at_0500_is_told_and_closes_itself_when_somebody_synchronises(on_both):
    choose(demo_id(), ouvrir_nuit=False)
    automation = JobServer(on_both, "synchro", "synchro_avis", "courriels")
    automation.at(THREE, FIVE)
    assert alerts("pms_sync_failed") == [True]
    opened_by_hand()
    LightspeedSync(demo_id()).sync_session(NIGHT)
    assert alerts("pms_sync_failed") == [False]
    automation.at(FIVE + 5 * MINUTE, SIX)
    assert alerts("pms_sync_failed") == [False]


def test_the_late_rj_closes_when_the_night_is_submitted_by_whomever(on_both):
    automation = JobServer(on_both, "synchro", "rj_attendu", "courriels")
    automation.at(THREE, SIX)
    assert alerts("rj_late") == [True]
    with write() as connection:
        connection.execute(text("UPDATE night_audit_sessions SET status = 'submitted'"))
    automation.at(SIX + MINUTE)
    assert alerts("rj_late") == [False]


@pytest.mark.parametrize("job", ["digest", "conservation"])
def test_what_was_late_or_failed_closes_once_it_is_done(on_both, job):
    notifications.report_job(demo_id(), job, NIGHT, "Essai.", dates.now())
    automation = JobServer(on_both, job, "courriels")
    assert alerts("automation") == [True]
    automation.at(datetime(2026, 1, 16, 18, tzinfo=UTC), datetime(2026, 1, 16, 18, 1, tzinfo=UTC))
    assert alerts("automation") == [False]


def test_a_lost_connection_closes_when_it_is_authorised_again(app_sqlite):
    with golden_hotel(app_sqlite), app_sqlite.app_context():
        with write() as connection:
            connection.execute(text("UPDATE property_integrations SET requires_reauth = 1"))
        notifications.report_lost_connection(demo_id(), NIGHT, "Perdue.", dates.now())
        assert notifications.close_untrue(dates.now()) == 0
        with write() as connection:
            connection.execute(text("UPDATE property_integrations SET requires_reauth = 0"))
        assert notifications.close_untrue(dates.now()) == 1
        assert alerts("pms_sync_failed") == [False]


def test_on_the_night_of_the_change_the_warning_comes_after_the_first_try(app_sqlite):
    """Both hours are skipped by the clock: 02:15 and 02:45 are the same instant, 07:00 UTC."""
    start = datetime(2026, 3, 8, 3, tzinfo=UTC)
    with time_machine.travel(start, tick=False) as traveller, app_sqlite.app_context():
        created(start - DAY)
        choose(demo_id(), synchro="02:15", synchro_avis="02:45")
        runner = Runner({name: JOBS[name] for name in ("synchro", "synchro_avis")}, dates.now, tell)
        turn(runner)
        traveller.move_to(datetime(2026, 3, 8, 7, tzinfo=UTC), tick=False)
        due = runner.tick()
        for one in reversed(due):
            runner.perform(one)
        assert [one.job for one in due] == ["synchro", "synchro_avis"]
        assert asked(ALERTS) == []
        traveller.move_to(datetime(2026, 3, 8, 7, 6, tzinfo=UTC), tick=False)
        turn(runner)
        assert asked(ALERTS) == []
        assert [run["status"] for run in runs("synchro_avis")] == ["sans_objet"]


def test_a_night_typed_whole_by_hand_is_filled_and_one_begun_is_not(app_sqlite):
    auditor = app_sqlite.test_client()
    login(auditor, "auditeur@demo.hotel")
    opened(auditor)
    save(auditor, "geac", {"geac_ar_previous": "12.00"})
    with app_sqlite.app_context():
        assert not filled()
    type_night(auditor)
    with app_sqlite.app_context():
        assert filled()


def filled():
    with read() as connection:
        return notifications.is_filled(connection, demo_id(), date(2025, 12, 23))
