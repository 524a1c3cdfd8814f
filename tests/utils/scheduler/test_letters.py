"""The whole table at work: one letter a reader and a night, whatever dies; people are told of what RJ.md says."""

from collections import Counter
from datetime import UTC, datetime

import pytest
import time_machine
from sqlalchemy import text

from database import job_runs
from database.transaction import read
from tests.utils.scheduler.clock import DAY, HOUR, MINUTE, created, runs, turn
from tests.utils.scheduler.test_runner import Death, Fate
from utils import dates
from utils.scheduler.jobs import JOBS
from utils.scheduler.letters import tell
from utils.scheduler.runner import Runner

START = datetime(2026, 1, 15, 19, tzinfo=UTC)
"""14:00 in Toronto, a Thursday."""

READERS = 3
"""gm, gsm, controller of the demonstration."""

MAILS = "SELECT kind, audit_date, user_id, status FROM outbox_messages"


@pytest.fixture
def traveller(app):
    with time_machine.travel(START, tick=False) as traveller, app.app_context():
        created(START - DAY)
        yield traveller


def mails(*kinds):
    """The mails of these kinds, by kind, night and reader."""
    with read() as connection:
        rows = connection.execute(text(MAILS)).all()
    return Counter((row.kind, str(row.audit_date), row.user_id) for row in rows if row.kind in kinds)


def walk(runner, traveller, start, hours, every=30 * MINUTE):
    at = start
    while at < start + hours * HOUR:
        traveller.move_to(at, tick=False)
        turn(runner)
        at += every


def test_ten_nights_leave_one_digest_a_night_and_one_summary_on_monday(app, traveller):
    runner = Runner(JOBS, dates.now, tell)
    walk(runner, traveller, START, 10 * 24)
    digests, weekly = mails("daily_digest"), mails("weekly_summary")
    assert set(digests.values()) == set(weekly.values()) == {1}
    assert (len(digests), len(weekly)) == (10 * READERS, READERS)
    assert {night for _, night, _ in weekly} == {"2026-01-18"}
    assert Counter(run["status"] for run in runs("digest")) == {"faite": 10}


@pytest.mark.parametrize("place", range(1, 7))
def test_a_death_about_the_digest_then_a_start_sends_it_once_to_each_reader(app, traveller, monkeypatch, place):
    jobs, fate = {"digest": JOBS["digest"]}, Fate(place)
    first = Runner(jobs, dates.now, tell)
    turn(first)
    with monkeypatch.context() as patched:
        for name in ("claim", "record"):
            patched.setattr(job_runs, name, fate.around(getattr(job_runs, name)))
        patched.setattr("utils.actions.notifications.send_digest", fate.around(_real_digest()))
        traveller.move_to(datetime(2026, 1, 16, 13, tzinfo=UTC), tick=False)
        with pytest.raises(Death):
            turn(first)
        second = Runner(jobs, dates.now, tell)
        for n in range(1, 8):
            traveller.move_to(datetime(2026, 1, 16, 13, tzinfo=UTC) + n * MINUTE, tick=False)
            turn(second)
    found = mails("daily_digest")
    assert (len(found), set(found.values())) == (READERS, {1})
    [run] = runs("digest")
    assert run["status"] == "faite"


def _real_digest():
    from utils.actions.notifications import send_digest  # noqa: PLC0415 - the name that the step calls is replaced

    return send_digest


def test_a_night_that_nobody_opens_is_told_at_0500_0600_and_0800(app, traveller):
    walk(Runner(JOBS, dates.now, tell), traveller, START, 20, every=5 * MINUTE)
    with read() as connection:
        alerts = connection.execute(text("SELECT kind, cause, raised_at FROM alerts ORDER BY raised_at, id")).all()
    said = [(row.kind, row.cause, str(row.raised_at)[11:16]) for row in alerts]
    assert said == [
        ("pms_sync_failed", "échec", "10:00"),
        ("pms_sync_failed", "abandon", "11:00"),
        ("rj_late", "retard", "11:00"),
    ]
    assert len(mails("daily_digest")) == READERS
