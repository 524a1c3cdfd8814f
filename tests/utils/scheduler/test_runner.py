"""Runs over 400 nights, deaths at every place, downtime, and what somebody is told."""

from collections import Counter
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import event

from database import job_runs
from database.base import doors
from tests.utils.scheduler.clock import (
    DAY,
    HOUR,
    MINUTE,
    Clock,
    Ledger,
    add_hotel,
    add_hotels,
    choose,
    created,
    demo_id,
    new_runner,
    runs,
    turn,
    two_jobs,
)
from utils.scheduler.runner import LostRun
from utils.scheduler.timetable import When
from utils.scheduler.work import Job, Step, given_up, wait

START = datetime(2026, 1, 15, 17, tzinfo=UTC)
NIGHT = date(2026, 1, 15)
THREE = datetime(2026, 1, 16, 8, tzinfo=UTC)
"""03:00 in Toronto, the morning after."""

ZONES = {"OUEST": "America/Vancouver", "PARIS": "Europe/Paris", "LORD": "Australia/Lord_Howe"}


class Death(BaseException):
    """The process dies: nothing catches it."""


@pytest.fixture(autouse=True)
def context(request):
    name = next(name for name in ("app_sqlite", "app_postgres", "app") if name in request.fixturenames)
    with request.getfixturevalue(name).app_context():
        created(START - 5 * DAY)
        yield


@pytest.mark.parametrize(
    ("start", "nights"),
    [
        pytest.param(datetime(2026, 3, 6, 17, tzinfo=UTC), 4, id="printemps"),
        pytest.param(datetime(2026, 10, 23, 17, tzinfo=UTC), 11, id="automne"),
        pytest.param(START, 400, id="400 nuits", marks=pytest.mark.long),
    ],
)
def test_nights_in_four_zones_one_sync_and_one_digest_a_night_at_the_local_hour(app_sqlite, start, nights):
    """The clock turns every quarter of an hour; the change of hour passes in each zone that has it."""
    zones = {demo_id(): "America/Toronto"}
    zones |= {add_hotel(code, zone, START - DAY): zone for code, zone in ZONES.items()}
    ledger, clock = Ledger(), Clock(start)
    runner = new_runner(app_sqlite, two_jobs(ledger), clock)
    while clock.at < start + nights * DAY:
        turn(runner)
        clock.at += 15 * MINUTE
    assert set(ledger.tries.values()) == {1}
    assert Counter((hotel, job) for hotel, job, _, _ in ledger.effects) == {
        (hotel, job): nights for hotel in zones for job in ("synchro", "digest")
    }
    for (hotel, job, night, _), at in ledger.effects.items():
        local = at.astimezone(ZoneInfo(zones[hotel]))
        assert (local.date() - night, local.hour, local.minute) == (DAY, {"synchro": 3, "digest": 8}[job], 0)


class Fate:
    """Counts the places where a process may die, and kills it once, at the one that is asked for."""

    def __init__(self, place=None):
        self.place, self.passed = place, 0

    def pass_by(self, *_):
        self.passed += 1
        if self.passed == self.place:
            raise Death

    def around(self, function):
        def surrounded(*given):
            self.pass_by()
            answer = function(*given)
            self.pass_by()
            return answer

        return surrounded


def three_steps(ledger, fate):
    steps = tuple(ledger.step(f"e{n}", before=fate.pass_by, after=fate.pass_by) for n in range(3))
    return {"synchro": Job("Essai", When("synchro", 24 * HOUR), steps)}


def one_night(app, monkeypatch, fate):
    """The night up to 03:00, where the process may die, then ten minutes of another one."""
    ledger, clock = Ledger(), Clock(START)
    jobs = three_steps(ledger, fate)
    first = new_runner(app, jobs, clock)
    turn(first)
    with monkeypatch.context() as patched:
        for name in ("claim", "record"):
            patched.setattr(job_runs, name, fate.around(getattr(job_runs, name)))
        clock.at = THREE
        died = False
        try:
            turn(first)
        except Death:
            died = True
        second = new_runner(app, jobs, clock)
        for _ in range(10):
            clock.at += MINUTE
            turn(second)
    return ledger, died


PLACES = 14
"""Around the claim, around the effect of three steps, around the three times that they are written."""


def test_the_places_where_one_may_die_are_all_counted(app_sqlite, monkeypatch):
    fate = Fate()
    ledger, died = one_night(app_sqlite, monkeypatch, fate)
    assert (fate.passed, died, len(ledger.effects)) == (PLACES, False, 3)


@pytest.mark.parametrize("place", range(1, PLACES + 1))
def test_a_death_at_every_place_then_a_start_makes_one_complete_run(app, monkeypatch, place):
    ledger, died = one_night(app, monkeypatch, Fate(place))
    assert died
    [run] = runs()
    assert run["status"] == "faite"
    assert {name[3] for name in ledger.effects} == {"e0", "e1", "e2"}
    assert sum(ledger.tries.values()) <= 4, "only the step that was cut begins again"


def test_two_processes_in_turn_make_one_run(app):
    ledger, clock = Ledger(), Clock(START)
    one, two = (new_runner(app, two_jobs(ledger), clock) for _ in range(2))
    for runner in (one, two):
        turn(runner)
    for _ in range(140):
        clock.at += 10 * MINUTE
        due = [(runner, runner.tick()) for runner in (one, two)]
        for runner, found in due:
            for each in found:
                runner.perform(each)
    assert set(ledger.tries.values()) == {1}
    assert len(ledger.effects) == 2


def test_a_machine_down_from_0250_to_0340_starts_late_and_says_so(app):
    ledger, clock, notices = Ledger(), Clock(START), []
    turn(new_runner(app, two_jobs(ledger), clock))
    clock.at = THREE - 11 * MINUTE
    turn(new_runner(app, two_jobs(ledger), clock))
    clock.at = THREE + 40 * MINUTE
    turn(new_runner(app, two_jobs(ledger), clock, notices))
    [run] = runs()
    assert (run["status"], run["cause"], run["attempts"]) == ("faite", "rattrapage", 1)
    assert list(ledger.effects.values()) == [THREE + 40 * MINUTE]
    assert [(one.kind, one.job, one.message) for one in notices] == [
        ("rattrapage", "synchro", "N’a pas démarré à son heure.")
    ]


def test_after_a_week_of_silence_each_night_has_its_row_and_only_the_last_is_still_worth_doing(app):
    ledger, clock, notices = Ledger(), Clock(START), []
    turn(new_runner(app, two_jobs(ledger), clock))
    clock.at = START + 7 * DAY
    turn(new_runner(app, two_jobs(ledger), clock, notices))
    states = Counter((run["job"], run["status"]) for run in runs())
    assert states == {(job, state): n for job in ("synchro", "digest") for state, n in (("manquee", 6), ("faite", 1))}
    assert Counter(one.kind for one in notices) == {"rattrapage": 2, "manquee": 12}


def test_what_waits_is_tried_again_and_what_is_given_up_is_told(app):
    clock, tries, notices = Clock(START), [], []

    def ask(turn_):
        tries.append(turn_.clock())
        limit = turn_.morning("synchro_fin")
        return given_up("Renoncé.") if turn_.clock() >= limit else wait("Pas encore.", turn_.clock() + turn_.every)

    jobs = {"synchro": Job("Essai", When("synchro", 24 * HOUR), (Step("s", "s", ask),))}
    choose(demo_id(), synchro_minutes=10)
    runner = new_runner(app, jobs, clock, notices)
    turn(runner)
    clock.at = THREE
    for _ in range(300):
        turn(runner)
        clock.at += MINUTE
    assert [(at - THREE) // MINUTE for at in tries] == list(range(0, 181, 10))
    [run] = runs()
    assert (run["status"], run["attempts"], run["message"]) == ("abandonnee", 19, "Renoncé.")
    assert [(one.kind, one.message) for one in notices] == [("abandonnee", "Renoncé.")]


def test_a_step_that_raises_is_tried_again_with_longer_pauses_then_said_failed(app):
    clock, tries, notices = Clock(START), [], []

    def fail(turn_):
        tries.append(turn_.clock())
        raise ValueError("cassé")

    jobs = {"synchro": Job("Essai", When("synchro", 3 * HOUR), (Step("s", "Étape", fail),))}
    runner = new_runner(app, jobs, clock, notices)
    turn(runner)
    clock.at = THREE
    for _ in range(400):
        turn(runner)
        clock.at += MINUTE
    assert [(at - THREE) // MINUTE for at in tries] == [0, 1, 3, 7, 15, 31, 61, 91, 121, 151]
    [run] = runs()
    assert (run["status"], run["message"]) == ("echouee", "Étape : échec, 10 essais.")
    assert [one.kind for one in notices] == ["echouee"]


def test_a_run_whose_lease_was_lost_writes_nothing_more(app):
    """A process held still for an hour finds, when it wakes, that another one has done its run."""
    ledger, clock = Ledger(), Clock(START)
    second = new_runner(app, {}, clock)

    def sleep_an_hour(name):
        clock.at += HOUR
        second.jobs = {"synchro": Job("Essai", When("synchro", 24 * HOUR), (ledger.step("s"),))}
        turn(second)

    slow = {"synchro": Job("Essai", When("synchro", 24 * HOUR), (ledger.step("s", before=sleep_an_hour),))}
    first = new_runner(app, slow, clock)
    turn(first)
    clock.at = THREE
    with pytest.raises(LostRun):
        turn(first)
    [run] = runs()
    assert (run["status"], run["attempts"]) == ("faite", 2)


def test_a_long_run_keeps_its_lease_while_its_process_lives(app):
    ledger, clock = Ledger(), Clock(START)
    other = new_runner(app, two_jobs(ledger), clock)

    def ten_minutes(name):
        for _ in range(10):
            clock.at += MINUTE
            first.tick()
            turn(other)

    slow = {"synchro": Job("Essai", When("synchro", 24 * HOUR), (ledger.step("s", before=ten_minutes),))}
    first = new_runner(app, slow, clock)
    turn(first)
    turn(other)
    clock.at = THREE
    turn(first)
    [run] = runs("synchro")
    assert (run["status"], run["attempts"], sum(ledger.tries.values())) == ("faite", 1, 1)


def test_a_setting_changed_today_moves_what_is_to_come(app):
    ledger, clock = Ledger(), Clock(START)
    runner = new_runner(app, two_jobs(ledger), clock)
    turn(runner)
    choose(demo_id(), synchro="04:30")
    clock.at = THREE
    assert turn(runner) == 0
    clock.at = THREE + 90 * MINUTE
    assert turn(runner) == 1


def test_what_does_not_start_is_seen(app):
    clock = Clock(START)
    runner = new_runner(app, two_jobs(Ledger()), clock)
    turn(runner)
    clock.at = THREE + 9 * MINUTE
    runner.tick()
    assert runner.overdue(clock.at) == []
    clock.at = THREE + 11 * MINUTE
    assert [one.job for one in runner.overdue(clock.at)] == ["synchro"]


def test_a_server_that_has_just_started_is_not_late_for_what_it_was_not_there_to_do(app):
    clock = Clock(START)
    turn(new_runner(app, two_jobs(Ledger()), clock))
    clock.at = THREE + 40 * MINUTE
    runner = new_runner(app, two_jobs(Ledger()), clock)
    runner.tick()
    assert runner.overdue(clock.at) == []
    clock.at += 11 * MINUTE
    assert [one.job for one in runner.overdue(clock.at)] == ["synchro"]


def test_a_late_run_that_fails_at_once_is_said_late_with_its_failure(app):
    clock, notices = Clock(START), []

    def fail(turn_):
        raise ValueError("cassé")

    jobs = {"digest": Job("Essai", When("digest", 24 * HOUR), (Step("s", "Étape", fail),), watched=True)}
    turn(new_runner(app, jobs, clock))
    clock.at = START + DAY
    turn(new_runner(app, jobs, clock, notices))
    said = [(one.kind, one.message) for one in notices]
    assert said == [("retard", "N’a pas démarré à son heure. Étape : échec, 1 essai.")]


def test_what_goes_on_all_day_has_no_hour_to_be_late_for(app):
    """A server installed in the afternoon, then started again the next one: the mails are at their hour."""
    clock, ledger = Clock(START), Ledger()
    when = When("minuit", 24 * HOUR, same_day=True, all_day=True)
    jobs = {"courriels": Job("Essai", when, (ledger.step("s"),), of_hotel=False)}
    turn(new_runner(app, jobs, clock))
    clock.at = START + DAY
    turn(new_runner(app, jobs, clock))
    assert [(run["status"], run["cause"]) for run in runs()] == [("faite", "heure")] * 2


def test_a_tick_asks_as_much_for_a_thousand_hotels_as_for_one(app):
    counted = []

    def count(*_):
        counted.append(1)

    def statements(runner):
        for engine in {doors().reader, doors().writer}:
            event.listen(engine, "before_cursor_execute", count)
        counted.clear()
        runner.tick()
        for engine in {doors().reader, doors().writer}:
            event.remove(engine, "before_cursor_execute", count)
        return len(counted)

    clock, figures = Clock(START), []
    for more in (0, 999):
        add_hotels(more, START - DAY) if more else None
        runner = new_runner(app, two_jobs(Ledger()), clock)
        runner.tick()
        clock.at += MINUTE
        figures.append(statements(runner))
    assert figures[0] == figures[1] <= 5
