"""The table of what the product does by itself: each job has an hour that exists, and says what it does."""

from datetime import timedelta

import pytest

from utils.scheduler.jobs import JOBS
from utils.scheduler.timetable import HOURS, When


@pytest.mark.parametrize("key", JOBS)
def test_a_job_has_an_hour_a_label_a_help_and_steps(key):
    job = JOBS[key]
    assert job.when.hour in HOURS
    assert job.when.catch_up >= timedelta(hours=4)
    assert job.label
    assert job.help.endswith(".")
    assert job.steps
    assert all(callable(step.action) and step.label for step in job.steps)
    assert len({step.key for step in job.steps}) == len(job.steps)


def test_jobs_are_told_apart():
    labels = [job.label for job in JOBS.values()]
    assert len(labels) == len(set(labels))


def test_what_tells_people_is_not_done_twice_for_a_night():
    once = {key for key, job in JOBS.items() if not job.again}
    assert once == {"synchro_avis", "rj_attendu", "digest", "marsha_recus", "hebdo"}


def test_what_must_be_done_in_time_is_watched():
    assert {key for key, job in JOBS.items() if job.watched} == {
        "synchro",
        "rj_attendu",
        "digest",
        "hebdo",
        "sauvegarde",
    }


def test_what_concerns_every_hotel_is_done_once():
    whole = {"marsha", "courriels", "sauvegarde", "conservation"}
    assert {key for key, job in JOBS.items() if not job.of_hotel} == whole


def test_only_what_waits_to_leave_goes_on_all_day_and_only_one_letter_is_weekly():
    assert [key for key, job in JOBS.items() if job.goes_on] == ["marsha", "courriels"]
    assert [key for key, job in JOBS.items() if job.when.weekly] == ["hebdo"]


def test_a_backup_is_pruned_only_once_it_was_written_and_the_base_read():
    assert [step.key for step in JOBS["sauvegarde"].steps] == ["ecrire", "relire", "elaguer"]


def test_an_hour_that_the_settings_do_not_have_is_refused_where_the_job_is_declared():
    with pytest.raises(ValueError, match=r"Heure « statistiques » inconnue.*utils/actions/settings/fields\.py"):
        When("statistiques", catch_up=timedelta(hours=4))
