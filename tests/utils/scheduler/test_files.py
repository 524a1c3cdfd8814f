"""Each queue of the product by its name: one bad item, whatever it raises, never holds back the others."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import insert, select, update

from database import alerts, retention
from database.models import Alert, Property
from database.transaction import read, write
from tests.utils.scheduler.clock import DAY, HOUR, MINUTE, Clock, add_hotel, choose, created, demo_id, runs, turn
from utils import dates
from utils.actions import backup_book, notifications
from utils.actions import retention as traces
from utils.scheduler import mails, steps
from utils.scheduler.jobs import JOBS
from utils.scheduler.mails import tell
from utils.scheduler.runner import Runner
from utils.scheduler.server import HOTELS, WHOLE, JobServer

START = datetime(2026, 1, 15, 19, tzinfo=UTC)
EIGHT = datetime(2026, 1, 16, 13, tzinfo=UTC)
BAD = (ValueError("cassé"), UnicodeEncodeError("ascii", "é", 0, 1, "x"), KeyError("x"), RecursionError(), MemoryError())


@pytest.fixture(autouse=True)
def context(app_sqlite):
    with app_sqlite.app_context():
        created(START - DAY)
        yield


def raising_for(bad, error, answer):
    """An action that raises for one hotel and answers for the others."""

    def action(first, *_, **__):
        if getattr(first, "property_id", first) == bad:
            raise error
        return answer

    return action


@pytest.mark.parametrize("error", BAD, ids=lambda one: type(one).__name__)
def test_jobs_and_syncs_a_hotel_that_raises_leaves_the_others_their_night(monkeypatch, error):
    others = [add_hotel(code, "America/Toronto", START - DAY) for code in ("UN", "DEUX")]
    told = []
    raising = raising_for(demo_id(), error, None)

    class Sync:
        def __init__(self, property_id, *_, **__):
            self.property_id = property_id

        def sync_session(self, _):
            raising(self.property_id)
            told.append(self.property_id)
            return type("Result", (), {"final": True, "message": "Fait."})

    monkeypatch.setattr(steps, "LightspeedSync", Sync)
    clock = Clock(START)
    runner = Runner({"synchro": JOBS["synchro"]}, clock, tell)
    turn(runner)
    clock.at = EIGHT - 5 * HOUR
    turn(runner)
    assert sorted(told) == others
    assert {run["property_id"]: run["status"] for run in runs()} == dict.fromkeys(others, "faite") | {
        demo_id(): "attente"
    }


@pytest.mark.parametrize("broken", ["fuseau", "heure", "document"])
def test_agenda_a_hotel_whose_hours_cannot_be_read_leaves_the_others_and_the_mails(monkeypatch, broken):
    """Even the first hotel, whose clock the installation follows."""
    other = add_hotel("UN", "America/Toronto", START - DAY)
    if broken == "fuseau":
        with write() as connection:
            connection.execute(update(Property).where(Property.id == demo_id()).values(time_zone="Lune/Mare"))
    elif broken == "heure":
        choose(demo_id(), digest="25:99")
    else:
        choose(demo_id(), digest=["x"])
    clock = Clock(START)
    runner = Runner(JOBS, clock, tell)
    turn(runner)
    clock.at = EIGHT
    turn(runner)
    done_jobs = {(run["property_id"], run["job"]) for run in runs()}
    assert {(other, "digest"), (0, "courriels")} <= done_jobs
    clock.at = EIGHT + 5 * HOUR
    turn(runner)
    assert (0, "sauvegarde") in {(run["property_id"], run["job"]) for run in runs()}


@pytest.mark.parametrize("error", BAD, ids=lambda one: type(one).__name__)
@pytest.mark.parametrize("queue", ["escalate", "close_untrue"])
def test_reminders_one_that_raises_stops_neither_the_other_hotels_nor_the_mails(monkeypatch, queue, error):
    recalled, drained = [], []
    real = {"escalate": lambda hotel, at: recalled.append(hotel), "close_untrue": lambda *_: 0}
    failing = {"escalate": raising_for(1, error, None), "close_untrue": raising_for(EIGHT, error, None)}

    def escalate(hotel, at):
        failing["escalate"](hotel) if queue == "escalate" else None
        recalled.append(hotel)

    monkeypatch.setattr(notifications, "hotels_to_escalate", lambda _: {1, 2, 3})
    monkeypatch.setattr(notifications, "escalate", escalate)
    monkeypatch.setattr(notifications, "close_untrue", failing[queue] if queue == "close_untrue" else real[queue])
    monkeypatch.setattr(notifications, "drain", lambda clock: drained.append(clock()) or notifications.Drained())
    clock = Clock(EIGHT)
    runner = Runner({"courriels": JOBS["courriels"]}, clock, tell)
    turn(runner)
    assert recalled == ([2, 3] if queue == "escalate" else [1, 2, 3])
    assert drained == [EIGHT]


def test_reminders_one_alert_that_raises_does_not_hide_the_others_of_the_hotel(monkeypatch):
    from utils.actions.notifications import watch  # noqa: PLC0415 - the mail that it writes is what fails

    row = {"property_id": demo_id(), "kind": "rj_late", "severity": "critique", "sentence": "x", "audience": []}
    with write() as connection:
        for n in range(3):
            values = {"audit_date": date(2026, 1, n + 1), "cause": "retard", "raised_at": START - DAY}
            connection.execute(insert(Alert).values(**row, **values))
    real = watch.alert_mail

    def failing(alert_id, day, *said):
        if day == date(2026, 1, 1):
            raise ValueError("cassé")
        return real(alert_id, day, *said)

    monkeypatch.setattr(watch, "alert_mail", failing)
    notifications.escalate(demo_id(), START)
    with read() as connection:
        left = [one.audit_date for one in alerts.unanswered(connection, demo_id(), START)]
        assert connection.execute(select(Alert.id).where(Alert.escalated_at.is_not(None))).all().__len__() == 2
    assert left == [date(2026, 1, 1)]


def test_expired_traces_one_rule_that_raises_leaves_the_others_their_turn(monkeypatch):
    seen = []

    def purge(connection, rule, at, held):
        seen.append(rule.key)
        if rule is retention.RULES[0]:
            raise ValueError("cassé")
        return 0

    monkeypatch.setattr(retention, "purge", purge)
    with pytest.raises(ValueError, match="cassé"):
        traces.purge(START)
    assert seen == [rule.key for rule in retention.RULES]


def test_backups_a_file_that_cannot_go_leaves_the_others_go(tmp_path):
    """One of a night that has not come takes the name of this one; what is no date is not ours."""
    folder = tmp_path / "sauvegardes"
    folder.mkdir()
    for name in ("2026-01-01", "2026-01-02", "2026-02-31", "2027-06-01"):
        (folder / f"rj-{name}.sauvegarde").write_text("x")
    (folder / "rj-2025-12-31.sauvegarde").mkdir()
    with pytest.raises(OSError, match="2025-12-31"):
        backup_book.prune(folder, date(2026, 6, 1), 30)
    left = sorted(path.name for path in folder.iterdir())
    assert left == ["rj-2025-12-31.sauvegarde", "rj-2026-02-31.sauvegarde", "rj-2026-06-01.sauvegarde"]


def test_what_serves_the_installation_has_threads_of_its_own():
    """A PMS that hangs for many hotels holds back neither the mails nor the backup."""
    pools = {key: HOTELS if job.of_hotel else WHOLE for key, job in JOBS.items()}
    assert {key for key, pool in pools.items() if pool == WHOLE} == {
        "marsha",
        "courriels",
        "sauvegarde",
        "conservation",
    }
    assert HOTELS != WHOLE


def test_a_notice_that_cannot_be_passed_on_leaves_its_run_and_the_next_ones(monkeypatch):
    monkeypatch.setattr(mails.notifications, "report_job", raising_for(demo_id(), ValueError("cassé"), True))
    clock = Clock(START)
    turn(Runner({"digest": JOBS["digest"]}, clock, tell))
    clock.at = EIGHT + 30 * MINUTE
    turn(Runner({"digest": JOBS["digest"]}, clock, tell))
    assert [run["status"] for run in runs()] == ["faite"]


def test_a_clock_set_back_does_not_put_the_turns_of_the_server_to_sleep(app_sqlite):
    """APScheduler waits for an instant of the wall."""
    automation = JobServer(app_sqlite, Runner(JOBS))
    for job in automation._scheduler.get_jobs():
        job.modify(next_run_time=dates.now() + 365 * DAY)
    automation._scheduler.start(paused=True)
    try:
        automation.bring_back()
        assert all(job.next_run_time <= dates.now() for job in automation._scheduler.get_jobs())
    finally:
        automation.stop()


def test_the_clock_of_a_demonstration_does_not_put_the_turns_of_the_server_to_sleep(app_sqlite):
    """APScheduler waits by the clock of the machine, whatever ``HORLOGE`` says."""
    dates.set_clock("2030-01-01 02:59", "America/Toronto")
    try:
        automation = JobServer(app_sqlite, Runner(JOBS))
        automation._scheduler.start(paused=True)
        try:
            automation.bring_back()
            due = [job.next_run_time for job in automation._scheduler.get_jobs()]
        finally:
            automation.stop()
    finally:
        dates.set_clock("", "America/Toronto")
    assert due
    assert all(moment <= dates.now() for moment in due)
