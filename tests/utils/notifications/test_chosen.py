"""What a hotel chose, over what the kinds say by themselves; and the hours when nobody is disturbed."""

from datetime import UTC, datetime, time, timedelta
from decimal import Decimal

import pytest

from utils.notifications.chosen import read_chosen
from utils.notifications.kinds import ESCALATION_MINUTES, ESCALATION_ROLES, KINDS

ZONE = "America/Toronto"


def kind(key="receptionist_variance", **given):
    """A kind as a hotel that chose so has it."""
    return read_chosen({"kinds": {key: given}}).kinds[key]


def spoken(at, start, end):
    """When people are told of what happens at this local instant."""
    chosen = read_chosen({"silence": {"de": start, "a": end}})
    moment = datetime.fromisoformat(at).astimezone(UTC)
    return chosen.spoken_at(moment, ZONE).astimezone(datetime.fromisoformat(at).tzinfo).isoformat()


def test_a_hotel_that_chose_nothing_has_what_the_kinds_say():
    chosen = read_chosen({})
    assert set(chosen.kinds) == set(KINDS)
    for key, choice in chosen.kinds.items():
        assert (choice.active, choice.threshold, choice.critical) == (True, KINDS[key].threshold, KINDS[key].critical)
        assert (choice.roles, choice.people) == (frozenset(KINDS[key].roles), frozenset())
    assert chosen.silence is None
    assert chosen.escalation_roles == frozenset(ESCALATION_ROLES)
    assert chosen.escalation_after == timedelta(minutes=ESCALATION_MINUTES)


def test_what_a_hotel_chose_replaces_each_part_by_itself():
    choice = kind(actif=False, seuil="75.00", roles=["gm"], personnes=[3, 5])
    assert (choice.active, choice.threshold, choice.critical) == (False, Decimal("75.00"), Decimal("100.00"))
    assert (choice.roles, choice.people) == ({"gm"}, {3, 5})
    assert kind(roles=[]).roles == frozenset()


@pytest.mark.parametrize(
    ("given", "threshold"), [({"seuil": None}, "50.00"), ({"seuil": "0.00"}, "0.00"), ({}, "50.00")]
)
def test_a_threshold_that_is_nil_is_one(given, threshold):
    assert kind(**given).threshold == Decimal(threshold)


def test_a_kind_without_threshold_has_none_whatever_was_written():
    choice = kind("rj_late", seuil="5.00", critique="9.00")
    assert (choice.threshold, choice.critical) == (None, None)


def test_a_kind_that_exists_no_more_is_left_out():
    assert "ancien" not in read_chosen({"kinds": {"ancien": {"actif": False}}}).kinds


def test_the_hours_and_the_second_warning_are_read():
    chosen = read_chosen({"silence": {"de": "23:00", "a": "06:30"}, "escalade": {"roles": ["admin"], "minutes": 15}})
    assert chosen.silence == (time(23), time(6, 30))
    assert (chosen.escalation_roles, chosen.escalation_after) == ({"admin"}, timedelta(minutes=15))
    assert read_chosen({"silence": None}).silence is None


@pytest.mark.parametrize(
    ("at", "told"),
    [
        ("2025-12-23T22:59:00-05:00", "2025-12-23T22:59:00-05:00"),
        ("2025-12-23T23:00:00-05:00", "2025-12-24T06:00:00-05:00"),
        ("2025-12-24T03:00:00-05:00", "2025-12-24T06:00:00-05:00"),
        ("2025-12-24T05:59:59-05:00", "2025-12-24T06:00:00-05:00"),
        ("2025-12-24T06:00:00-05:00", "2025-12-24T06:00:00-05:00"),
    ],
)
def test_a_silence_over_midnight_ends_in_the_morning(at, told):
    assert spoken(at, "23:00", "06:00") == told


@pytest.mark.parametrize(
    ("at", "told"),
    [
        ("2025-12-23T12:59:00-05:00", "2025-12-23T12:59:00-05:00"),
        ("2025-12-23T13:00:00-05:00", "2025-12-23T15:00:00-05:00"),
        ("2025-12-23T15:00:00-05:00", "2025-12-23T15:00:00-05:00"),
    ],
)
def test_a_silence_of_the_day_ends_the_same_day(at, told):
    assert spoken(at, "13:00", "15:00") == told


def test_a_silence_follows_the_clock_of_the_hotel_when_it_changes():
    assert spoken("2026-03-08T01:00:00-05:00", "23:00", "06:00") == "2026-03-08T05:00:00-05:00"


def test_without_silence_people_are_told_at_once():
    at = datetime(2025, 12, 24, 8, tzinfo=UTC)
    assert read_chosen({}).spoken_at(at, ZONE) == at
