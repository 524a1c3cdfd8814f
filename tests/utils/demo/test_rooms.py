"""Rooms of a date: every room is somewhere, the segments and the types make what was sold."""

from datetime import date, timedelta

import pytest

from utils.demo.rooms import CLUB_RATE, FILMS, ROOMS, Account, Chance, Rooms

HOTEL, FIRST = Account("DEMO"), date(2025, 12, 1)
DAYS = [FIRST + timedelta(days=number) for number in range(40)]


@pytest.mark.parametrize("day", DAYS[::5])
def test_a_night_holds_in_the_house(day):
    rooms = Rooms(HOTEL, day)
    assert 0 < rooms.sold <= ROOMS - rooms.out_of_order - rooms.free
    assert sum(rooms.by_market) == sum(rooms.by_type) == rooms.sold
    assert rooms.adults >= rooms.sold
    assert sum(rooms.by_type_revenue) == rooms.revenue == sum(rooms.by_market_revenue)
    assert rooms.club_allowance == rooms.club * CLUB_RATE
    assert rooms.film_revenue == sum(price * count for price, count in zip(FILMS, rooms.films, strict=True))


def test_the_same_date_is_drawn_the_same_whatever_else_is_drawn():
    Rooms(HOTEL, DAYS[1])
    assert Rooms(HOTEL, DAYS[0]).rates == Rooms(HOTEL, DAYS[0]).rates
    assert Chance(HOTEL, FIRST, "a").random() != Chance(HOTEL, FIRST, "b").random()
    assert Chance(HOTEL, FIRST, "a").random() == Chance(Account("DEMO", "Autre nom"), FIRST, "a").random()


def test_a_day_with_nobody_has_nothing():
    rooms = Rooms(Account("DEMO", empty_days=frozenset((FIRST,))), FIRST)
    assert (rooms.empty, rooms.sold, rooms.adults, rooms.children, rooms.no_shows) == (True, 0, 0, 0, [])
    assert (rooms.revenue, rooms.film_revenue, rooms.club_allowance) == (0, 0, 0)
    assert set(rooms.others) == {0}


def test_a_test_may_fill_the_house():
    assert Rooms(Account("DEMO", guests=1234), FIRST).adults == 1234
