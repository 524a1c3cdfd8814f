"""The words of a job: what a step answers, what it is told of its hotel."""

from datetime import UTC, date, datetime, timedelta

import pytest

from utils.scheduler.timetable import ScheduledHotel, When
from utils.scheduler.work import Job, Outcome, Turn, done, given_up, needless, wait

NOW = datetime(2025, 12, 24, 8, tzinfo=UTC)
NIGHT = date(2025, 12, 23)


def turn(**chosen):
    """A turn of a hotel that chose so."""
    documents = ((date(2024, 1, 1), {"automatismes": chosen}),) if chosen else ()
    house = ScheduledHotel(7, "America/Toronto", NOW - timedelta(days=900), documents)
    return Turn(house, "synchro", NIGHT, NOW, lambda: NOW)


@pytest.mark.parametrize(
    ("outcome", "status", "next_at"),
    [
        (done("Fait."), "faite", None),
        (needless("Rien."), "sans_objet", None),
        (wait("Pas encore.", NOW), "attente", NOW),
        (given_up("Trop tard."), "abandonnee", None),
    ],
)
def test_a_step_answers_with_a_state_and_a_sentence(outcome, status, next_at):
    assert outcome == Outcome(status, outcome.message, next_at)
    assert outcome.message.endswith(".")
    assert not outcome.raised


def test_the_morning_of_a_night_is_that_which_ends_it_on_the_clock_of_the_hotel():
    assert turn().property_id == 7
    assert turn().morning("minuit") == datetime(2025, 12, 24, 5, tzinfo=UTC)
    assert turn(digest="07:30").morning("digest") == datetime(2025, 12, 24, 12, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("chosen", "opens"), [({}, True), ({"ouvrir_nuit": True}, True), ({"ouvrir_nuit": False}, False)]
)
def test_a_night_is_opened_by_itself_unless_the_hotel_says_otherwise(chosen, opens):
    assert turn(**chosen).opens is opens


@pytest.mark.parametrize(("chosen", "minutes"), [({}, 5), ({"synchro_minutes": 20}, 20), ({"synchro_minutes": "3"}, 5)])
def test_the_pms_is_asked_again_as_often_as_the_hotel_wants(chosen, minutes):
    assert turn(**chosen).every == timedelta(minutes=minutes)


def test_settings_are_those_of_the_morning_and_not_of_the_evening():
    documents = tuple(
        (day, {"automatismes": {"ouvrir_nuit": opens}})
        for day, opens in ((date(2024, 1, 1), True), (date(2025, 12, 24), False))
    )
    house = ScheduledHotel(7, "America/Toronto", NOW - timedelta(days=900), documents)
    assert not Turn(house, "synchro", NIGHT, NOW, lambda: NOW).opens
    assert Turn(house, "synchro", NIGHT - timedelta(days=1), NOW, lambda: NOW).opens


@pytest.mark.parametrize("all_day", [True, False])
def test_a_job_goes_on_when_it_is_due_all_day(all_day):
    assert Job("x", When("minuit", timedelta(hours=1), all_day=all_day), ()).goes_on is all_day
