"""The words of what runs by itself: a job, its last run, what waits and what was interrupted."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest

from utils.presentation.jobs import CAUSES, GOING_ON, NEVER, STATES, duration, job_line, run_line

DUE = datetime(2025, 12, 24, 8, 0, tzinfo=UTC)
NEXT = DUE + timedelta(days=1)


@dataclass
class Job:
    """A job of the table."""

    label: str = "Bilan de l'hôtel"
    help: str = "Part à l'heure."
    of_hotel: bool = True
    goes_on: bool = False


@dataclass
class Standing:
    """Where a job stands."""

    last: SimpleNamespace | None = None
    job: Job = None
    refusal: str | None = None
    key: str = "bilan"
    next_at: datetime = NEXT


def run(status="faite", **more):
    """A run of the book."""
    row = {
        "business_date": date(2025, 12, 23),
        "status": status,
        "due_at": DUE,
        "started_at": DUE,
        "ended_at": DUE + timedelta(seconds=2),
        "next_at": NEXT,
        "duration_ms": 2134,
        "attempts": 1,
        "actor": None,
        "cause": "heure",
        "message": "8 rapports lus : c'est tout.",
    }
    return SimpleNamespace(**row | more)


@pytest.mark.parametrize(
    ("milliseconds", "said"),
    [
        (0, "0,0\u00a0s"),
        (99, "0,0\u00a0s"),
        (430, "0,4\u00a0s"),
        (59_999, "59,9\u00a0s"),
        (60_000, "1\u00a0min 0\u00a0s"),
        (125_900, "2\u00a0min 5\u00a0s"),
        (3_600_000, "60\u00a0min 0\u00a0s"),
    ],
)
def test_a_duration_is_told_in_seconds_then_in_minutes(milliseconds, said):
    assert duration(milliseconds) == said


def test_a_job_that_never_ran_says_so():
    line = job_line(Standing(job=Job()), running=False)
    assert line.state == NEVER
    assert (line.message, line.night, line.ended, line.duration, line.waits_until, line.refusal) == (
        *("", None, None, "", None, ""),
    )
    assert (line.label, line.help, line.next_at) == ("Bilan de l’hôtel", "Part à l’heure.", NEXT)


def test_a_job_tells_its_last_run():
    line = job_line(Standing(run(), Job(), "La base n'est pas prête."), running=False)
    assert line.state == STATES["faite"]
    assert (line.message, line.night) == ("8 rapports lus : c’est tout.", date(2025, 12, 23))
    assert (line.duration, line.ended) == ("2,1\u00a0s", DUE + timedelta(seconds=2))
    assert line.refusal == "La base n’est pas prête."


def test_a_run_that_did_not_end_counts_from_its_beginning():
    assert job_line(Standing(run("en_cours", ended_at=None), Job()), running=True).ended == DUE
    assert job_line(Standing(run(message=None), Job()), running=False).message == ""


def test_only_a_job_that_waits_says_until_when():
    assert job_line(Standing(run("attente"), Job()), running=False).waits_until == NEXT
    assert job_line(Standing(run("echouee"), Job()), running=False).waits_until is None


@pytest.mark.parametrize(
    ("status", "running", "goes_on", "state"),
    [
        ("en_cours", True, False, STATES["en_cours"]),
        ("en_cours", False, False, STATES["interrompue"]),
        ("attente", False, False, STATES["attente"]),
        ("attente", False, True, GOING_ON),
        ("echouee", False, True, STATES["echouee"]),
        ("manquee", True, False, STATES["manquee"]),
    ],
)
def test_a_run_that_nobody_runs_was_interrupted_and_what_goes_on_is_not_waiting(status, running, goes_on, state):
    assert job_line(Standing(run(status), Job(goes_on=goes_on)), running=running).state == state


@pytest.mark.parametrize(
    ("more", "who"),
    [
        ({"actor": "Contrôleuse"}, "Contrôleuse"),
        ({"cause": "heure"}, "à son heure"),
        ({"cause": "rattrapage"}, "rattrapé"),
        ({"cause": "personne"}, "à la main"),
    ],
)
def test_a_run_says_who_asked_for_it(more, who):
    assert run_line(run(**more), Job(), "America/Toronto").who == who


@pytest.mark.parametrize(("seconds", "late"), [(0, ""), (59, ""), (-120, ""), (60, "dû à 03:00"), (7200, "dû à 03:00")])
def test_a_run_that_began_late_says_when_it_was_due_on_the_clock_of_the_hotel(seconds, late):
    line = run_line(run(started_at=DUE + timedelta(seconds=seconds)), Job(), "America/Toronto")
    assert line.late == late


def test_a_run_of_the_history_tells_how_it_went():
    line = run_line(run("echouee", attempts=3, message=None), Job(of_hotel=False), "America/Toronto")
    assert (line.label, line.of_hotel, line.attempts, line.message) == ("Bilan de l’hôtel", False, 3, "")
    assert (line.state, line.duration, line.started) == (STATES["echouee"], "2,1\u00a0s", DUE)
    assert set(CAUSES) == {"heure", "rattrapage", "personne"}
