"""Who has a night open: the others are named, and forgotten after a minute and a half."""

from datetime import UTC, date, datetime, timedelta

from flask import Flask

from utils.actions.night_presence import STAYS, Presence, presence
from utils.actions.person import Machine

NOW, DAY = datetime(2025, 12, 24, 8, tzinfo=UTC), date(2025, 12, 23)
ZOE, ERIC, ANNE = Machine(1, "Zoé", 1), Machine(1, "éric", 2), Machine(1, "Anne", 3)


def test_one_sees_the_others_in_alphabetical_order_and_never_oneself():
    seen = Presence()
    assert seen.note(ZOE, DAY, NOW) == ()
    assert seen.note(ANNE, DAY, NOW) == ("Zoé",)
    assert seen.note(ERIC, DAY, NOW) == ("Anne", "Zoé")
    assert seen.note(ZOE, DAY, NOW) == ("Anne", "éric")


def test_who_is_not_seen_any_more_is_forgotten():
    seen = Presence()
    seen.note(ZOE, DAY, NOW)
    assert seen.note(ANNE, DAY, NOW + STAYS - timedelta(seconds=1)) == ("Zoé",)
    assert seen.note(ANNE, DAY, NOW + STAYS) == ()


def test_another_night_or_another_hotel_is_another_place():
    seen = Presence()
    seen.note(ZOE, DAY, NOW)
    assert seen.note(ANNE, DAY - timedelta(days=1), NOW) == ()
    assert seen.note(Machine(2, "Anne", 3), DAY, NOW) == ()


def test_a_clock_set_back_keeps_nobody_there():
    seen = Presence()
    seen.note(ZOE, DAY, NOW + timedelta(hours=3))
    assert seen.note(ANNE, DAY, NOW) == ()


def test_a_process_remembers_in_one_place():
    with Flask(__name__).app_context():
        assert presence() is presence()
