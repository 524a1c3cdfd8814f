"""The night by itself in front of a real simulator: the PMS closes, is down, never closes; the machine was down."""

from collections import Counter
from datetime import UTC, date, datetime

import pytest
import time_machine
from sqlalchemy import text

from database import integrations
from database.transaction import read, write
from tests.utils.actions.lightspeed.synchro import WHEN, auditor, synthetic_hotel
from tests.utils.actions.nights import DAY
from tests.utils.lightspeed.conftest import ACCOUNT, demo_hotel
from tests.utils.scheduler.clock import MINUTE, choose, created, demo_id, new_runner, runs, turn
from utils import dates
from utils.actions.state import need_night
from utils.scheduler import steps
from utils.scheduler.jobs import JOBS

EVENING = datetime(2025, 12, 24, 4, 30, tzinfo=UTC)
"""23:30 in Toronto: the night is open."""

THREE = datetime(2025, 12, 24, 8, tzinfo=UTC)
SYNC = {"synchro": JOBS["synchro"]}
FOREVER = -1
FEW = 40
"""A night owes more fields than this to the PMS."""


class Place:
    """The hotel, its PMS, the process at work, and the clock that all of them read."""

    def __init__(self, app, pms, traveller):
        self.app, self.pms, self.traveller, self.notices = app, pms, traveller, []
        self.start()

    def start(self):
        self.runner = new_runner(self.app, SYNC, dates.now, self.notices)
        turn(self.runner)

    def at(self, moment):
        """Move the clock and let it turn; the rate of the account is full again."""
        self.traveller.move_to(moment, tick=False)
        with write() as connection:
            connection.execute(text("DELETE FROM integration_budgets"))
        turn(self.runner)

    def every_minute(self, start, minutes):
        for n in range(minutes):
            self.at(start + n * MINUTE)

    def clear(self):
        self.pms.admin("DELETE", f"accounts/{ACCOUNT}/faults")

    def filled(self):
        """How many fields of the night came from the PMS."""
        with read() as connection:
            state = need_night(connection, demo_id(), WHEN)
        return sum(one.kind == "lightspeed" for stored in state.tabs.values() for one in stored.origins.cells.values())


@pytest.fixture
def place(app_sqlite):
    with time_machine.travel(EVENING, tick=False) as traveller, synthetic_hotel(app_sqlite) as pms:
        pms.inside.buckets.enforced = False
        auditor(app_sqlite)
        with app_sqlite.app_context():
            created(EVENING)
            yield Place(app_sqlite, pms, traveller)


def the_run():
    [run] = [run for run in runs("synchro") if str(run["business_date"]) == DAY]
    return run


def test_at_0300_a_date_that_is_closed_fills_the_night_once(place):
    place.every_minute(THREE - 2 * MINUTE, 10)
    run = the_run()
    assert (run["status"], run["attempts"], run["cause"]) == ("faite", 1, "heure")
    assert place.filled() > FEW
    assert place.notices == []


@pytest.mark.long(reason="an hour and a half of turns")
def test_a_pms_down_until_0430_is_asked_every_five_minutes_and_the_night_is_filled_then(place):
    place.pms.fault("status", detail="503", times=FOREVER)
    place.every_minute(THREE, 89)
    assert (the_run()["status"], the_run()["attempts"], place.filled()) == ("attente", 18, 0)
    place.clear()
    place.every_minute(THREE + 89 * MINUTE, 10)
    run = the_run()
    assert (run["status"], run["attempts"], place.filled() > FEW) == ("faite", 19, True)
    assert run["ended_at"].startswith("2025-12-24 09:30")
    assert place.notices == []


def test_a_report_that_the_pms_does_not_have_yet_is_asked_again_until_the_night_is_whole(place):
    place.pms.fault("status", detail="404", times=FOREVER, report="DailyRevenue")
    place.every_minute(THREE, 30)
    run, some = the_run(), place.filled()
    assert (run["status"], run["attempts"]) == ("attente", 6)
    assert "Revenus du jour : Lightspeed n’a pas ce rapport pour cette date." in run["message"]
    place.clear()
    place.every_minute(THREE + 30 * MINUTE, 6)
    assert (the_run()["status"], place.filled() > some) == ("faite", True)
    assert place.notices == []


def test_a_report_that_never_comes_is_given_up_at_0600_by_its_name(place):
    place.pms.fault("status", detail="404", times=FOREVER, report="NoShows")
    for moment in (THREE, THREE + 179 * MINUTE, THREE + 181 * MINUTE):
        place.at(moment)
    run = the_run()
    assert run["status"] == "abandonnee"
    assert "Non-présentations : Lightspeed n’a pas ce rapport" in run["message"]
    assert [one.kind for one in place.notices] == ["abandonnee"]


def test_a_pms_that_never_closes_is_given_up_at_0600_and_somebody_is_told(place):
    place.pms.fault("open", times=FOREVER)
    place.every_minute(THREE, 200)
    run = the_run()
    assert (run["status"], run["attempts"], place.filled()) == ("abandonnee", 37, 0)
    assert run["ended_at"].startswith("2025-12-24 11:00")
    assert Counter(one.kind for one in place.notices) == {"abandonnee": 1}


def test_a_machine_down_from_0250_to_0340_fills_the_night_late_and_says_so(place):
    place.at(THREE - 10 * MINUTE)
    place.traveller.move_to(THREE + 40 * MINUTE, tick=False)
    place.start()
    run = the_run()
    assert (run["status"], run["cause"], run["attempts"], place.filled() > FEW) == ("faite", "rattrapage", 1, True)
    assert [one.kind for one in place.notices] == ["rattrapage"]


def test_a_night_that_nobody_opened_is_opened_at_0300_and_filled(app_sqlite):
    with time_machine.travel(EVENING, tick=False) as traveller, synthetic_hotel(app_sqlite) as pms:
        pms.inside.buckets.enforced = False
        with app_sqlite.app_context():
            created(EVENING)
            place = Place(app_sqlite, pms, traveller)
            place.every_minute(THREE, 2)
            assert (the_run()["status"], the_run()["attempts"], place.filled() > FEW) == ("faite", 1, True)
            assert place.notices == []


def test_where_it_is_not_wanted_a_night_that_nobody_opened_is_waited_for_and_filled_once_open(app_sqlite):
    with time_machine.travel(EVENING, tick=False) as traveller, synthetic_hotel(app_sqlite) as pms:
        pms.inside.buckets.enforced = False
        with app_sqlite.app_context():
            created(EVENING)
            choose(demo_id(), ouvrir_nuit=False)
            place = Place(app_sqlite, pms, traveller)
            place.every_minute(THREE, 12)
            assert (the_run()["status"], the_run()["message"]) == ("attente", steps.NOT_OPENED)
        auditor(app_sqlite)
        with app_sqlite.app_context():
            place.every_minute(THREE + 12 * MINUTE, 6)
            assert (the_run()["status"], place.filled() > FEW) == ("faite", True)


def test_the_evening_renews_the_connection_and_a_lost_grant_is_told(place):
    def version():
        with read() as connection:
            return integrations.integration(connection, demo_hotel().id, "lightspeed").values["token_version"]

    runner = new_runner(place.app, {"jeton": JOBS["jeton"]}, dates.now, place.notices)
    turn(runner)
    before = version()
    place.runner = runner
    place.at(datetime(2025, 12, 25, 3, tzinfo=UTC))
    [run] = runs("jeton")
    assert (run["status"], run["business_date"], version()) == ("faite", str(date(2025, 12, 24)), before + 1)
