"""The clock inside the server: it turns, lends its threads, and says when it is not well."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest
from flask import Flask
from structlog.testing import capture_logs

from database.transaction import Busy
from utils import dates
from utils.scheduler import server
from utils.scheduler.server import EVERY_S, EXTENSION, HOTELS, SILENCE_S, WHOLE, JobServer
from utils.scheduler.timetable import Occurrence

NOW = datetime(2026, 1, 16, 13, tzinfo=UTC)


class Runner:
    """A runner that finds this due, and notes what it is asked."""

    def __init__(self):
        self.due, self.late, self.done, self.ticked = [], [], [], 1000.0
        self.stopping = self.looked = False

    def tick(self):
        if isinstance(self.due, Exception):
            raise self.due
        return self.due

    def overdue(self, _):
        return self.late

    def perform(self, due):
        if due.property_id == 13:
            raise ValueError("cassé")
        self.done.append(due)

    def forget_what_is_known(self):
        self.looked = True


class Scheduler:
    """A scheduler that starts nothing."""

    running = True

    def __init__(self):
        self.added, self.jobs = [], []

    def add_job(self, action, args, executor, **_):
        self.added.append((action, args[0], executor))

    def get_jobs(self):
        return self.jobs

    def shutdown(self, *, wait):
        self.running = wait


@pytest.fixture
def made(monkeypatch):
    """An automation that is running, its clock at a thousand seconds."""
    monkeypatch.setattr(server.time, "monotonic", lambda: 1000.0)
    app = Flask(__name__)
    automation = JobServer(app, Runner())
    automation._scheduler = Scheduler()
    app.extensions[EXTENSION] = automation
    return app, automation


def occurrence(job, property_id=1):
    return Occurrence(NOW, property_id, job, date(2026, 1, 15))


def test_what_is_due_goes_to_its_pool(made):
    _, automation = made
    automation.runner.due = [occurrence("synchro"), occurrence("courriels", 0)]
    automation._tick()
    assert [([due.job for due in together], pool) for _, together, pool in automation._scheduler.added] == [
        (["courriels"], WHOLE),
        (["synchro"], HOTELS),
    ]


def test_what_a_hotel_missed_is_done_in_its_order_by_one_thread(made):
    _, automation = made
    later = occurrence("rj_attendu")._replace(at=NOW + timedelta(hours=3))
    automation.runner.due = [later, occurrence("synchro"), occurrence("synchro", 2)]
    automation._tick()
    assert [[(due.property_id, due.job) for due in together] for _, together, _ in automation._scheduler.added] == [
        [(1, "synchro"), (1, "rj_attendu")],
        [(2, "synchro")],
    ]


def test_a_turn_that_fails_stops_no_clock(made):
    _, automation = made
    automation.runner.due = ValueError("base occupée")
    automation._tick()
    assert automation._scheduler.added == []


def test_a_job_that_raises_takes_nothing_with_it(made):
    _, automation = made
    automation._perform([occurrence("synchro", 13), occurrence("synchro", 1)])
    assert [due.property_id for due in automation.runner.done] == [1]


def test_the_automation_is_well_until_it_is_silent_late_or_stopped(made):
    app, automation = made
    assert server.troubles_of(app) == []
    automation.runner.late = [occurrence("synchro"), occurrence("digest"), occurrence("digest"), occurrence("ancien")]
    assert server.troubles_of(app) == ["N’a pas démarré à son heure : Bilan du matin, Synchronisation de la nuit."]
    automation.runner.ticked = 1000.0 - SILENCE_S - 1
    assert server.troubles_of(app) == ["Les automatismes ne donnent plus signe de vie."]
    automation._scheduler.running = False
    assert server.troubles_of(app) == ["Les automatismes sont arrêtés."]


def test_what_was_put_far_ahead_by_a_clock_set_back_is_brought_back(made, monkeypatch):
    _, automation = made
    monkeypatch.setattr(dates, "machine_now", lambda: NOW)
    moved = []
    for seconds in (EVERY_S, 3600):
        job = SimpleNamespace(next_run_time=NOW + timedelta(seconds=seconds))
        job.modify = lambda next_run_time, seconds=seconds: moved.append((seconds, next_run_time))
        automation._scheduler.jobs.append(job)
    automation.bring_back()
    assert moved == [(3600, NOW)]


def test_stopping_begins_nothing_more(made):
    app, automation = made
    server.stop(app)
    assert (automation.runner.stopping, automation._scheduler.running) == (True, False)
    assert EXTENSION not in app.extensions
    server.stop(app)
    server.stop(object())
    assert server.troubles_of(app) == []


def test_a_person_who_changes_a_run_has_the_runs_read_again(made):
    app, automation = made
    server.wake(app)
    assert automation.runner.looked
    app.extensions.clear()
    server.wake(app)


@pytest.mark.parametrize("wanted", [True, False])
def test_a_server_starts_it_only_where_the_installation_wants_it(monkeypatch, wanted):
    started = []
    monkeypatch.setattr(server, "JobServer", lambda *_: SimpleNamespace(start=lambda: started.append(1)))
    app = Flask(__name__)
    server.start(app)
    app.config["SETTINGS"] = SimpleNamespace(automatismes=wanted)
    server.start(app)
    server.start(object())
    assert bool(started) is wanted
    assert (EXTENSION in app.extensions) is wanted


@pytest.mark.parametrize(("error", "level"), [(Busy(), "warning"), (ValueError("cassé"), "error")])
def test_a_turn_for_which_others_held_the_book_is_put_off_without_alarm(made, error, level):
    _, automation = made

    def refuse():
        raise error

    automation.runner.tick = refuse
    with capture_logs() as lines:
        automation._tick()
    assert [(one["log_level"], "exc_info" in one) for one in lines] == [(level, level == "error")]
    assert automation._scheduler.added == []


@pytest.mark.parametrize(("error", "level"), [(Busy(), "warning"), (ValueError("cassé"), "error")])
def test_a_job_for_which_others_held_the_book_is_put_off_without_alarm(made, error, level):
    _, automation = made

    def refuse(_):
        raise error

    automation.runner.perform = refuse
    with capture_logs() as lines:
        automation._perform([Occurrence(NOW, 0, "marsha", NOW.date())])
    assert [(one["log_level"], "exc_info" in one) for one in lines] == [(level, level == "error")]
