"""A job that a person asks for now: for the last night it was due for, once, and only by whom it concerns."""

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from tests.utils.scheduler.clock import DAY, HOUR, created, runs
from utils import dates
from utils.actions.person import Machine
from utils.actions.refusals import Conflict, Forbidden
from utils.scheduler import launch
from utils.scheduler.jobs import JOBS
from utils.scheduler.launch import history, is_running, standing
from utils.scheduler.timetable import When
from utils.scheduler.work import Job, Step, done

AT = datetime(2026, 1, 16, 13, tzinfo=UTC)
PERSON, ADMIN = Machine(1, "Directrice"), Machine(1, "Admin", role="admin")


@pytest.fixture(autouse=True)
def context(app_sqlite, monkeypatch):
    """A Friday morning in a hotel of five days, and three jobs of a step each."""
    calls = []
    step = (Step("s", "s", lambda turn: calls.append(turn.night) or done("Fait.")),)
    table = {
        "digest": Job("Bilan", When("digest", 24 * HOUR), step),
        "synchro": Job("Synchro", When("synchro", 24 * HOUR), step, again=True),
        "sauvegarde": Job("Sauvegarde", When("sauvegarde", 24 * HOUR), step, of_hotel=False, again=True),
    }
    monkeypatch.setattr(launch, "JOBS", table)
    monkeypatch.setattr(dates, "now", lambda: AT)
    with app_sqlite.app_context():
        created(AT - 5 * DAY)
        yield calls


def stands(key, person=PERSON):
    return next(one for one in standing(person, AT) if one.key == key)


def test_a_job_that_never_ran_says_when_it_is_due():
    one = stands("digest")
    assert (one.last, one.refusal, one.job.label) == (None, None, "Bilan")
    assert one.next_at > AT
    assert [found.key for found in standing(PERSON, AT)] == ["digest", "synchro", "sauvegarde"]


def test_a_job_is_done_for_the_last_night_it_was_due_for(context):
    outcome = launch.launch(PERSON, "digest")
    assert outcome.message == "Fait."
    assert [night.isoformat() for night in context] == ["2026-01-15"]
    assert stands("digest").last.status == "faite"
    assert history(PERSON)[0].cause == "personne"


def test_what_tells_people_is_done_once_a_night(context):
    launch.launch(PERSON, "digest")
    assert stands("digest").refusal == "C’est déjà fait pour la nuit du 2026-01-15."
    with pytest.raises(Conflict, match="déjà fait"):
        launch.launch(PERSON, "digest")
    assert len(context) == 1


def test_what_may_be_done_again_is(context):
    launch.launch(PERSON, "synchro")
    launch.launch(PERSON, "synchro")
    assert len(context) == 2
    assert len(runs("synchro")) == 1


def test_what_was_never_due_waits_for_its_hour():
    created(AT + HOUR)
    assert stands("digest").refusal == "Ce travail n’a encore jamais été dû : il se fera à son heure."
    with pytest.raises(Conflict, match="jamais été dû"):
        launch.launch(PERSON, "digest")


def test_what_concerns_every_hotel_is_asked_by_whom_administers(context):
    with pytest.raises(Forbidden, match="tous les hôtels"):
        launch.launch(PERSON, "sauvegarde")
    assert launch.launch(ADMIN, "sauvegarde").message == "Fait."
    assert runs("sauvegarde")[0]["property_id"] == 0


def test_what_goes_on_is_not_begun_twice(monkeypatch):
    monkeypatch.setattr(launch.job_runs, "claim", lambda *_: None)
    with pytest.raises(Conflict, match="déjà en cours") as caught:
        launch.launch(PERSON, "digest")
    assert caught.value.more == {"retry_in_minutes": 1}


@pytest.mark.parametrize(
    ("row", "running"),
    [
        (None, False),
        ({"status": "faite", "lease_until": AT + HOUR / 60}, False),
        ({"status": "en_cours", "lease_until": AT}, False),
        ({"status": "en_cours", "lease_until": AT + HOUR / 3600}, True),
        ({"status": "en_cours", "lease_until": AT + 30 * DAY}, False),
    ],
)
def test_a_run_left_by_a_process_that_died_does_not_go_on(row, running):
    assert is_running(row and SimpleNamespace(**row), AT) is running


def test_the_jobs_of_the_product_are_those_of_the_table():
    assert SimpleNamespace(**JOBS).digest.label == "Bilan du matin"
