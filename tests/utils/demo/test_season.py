"""How full the hotel is: months, weekdays, the holidays of Québec."""

from datetime import date, timedelta

import pytest

from utils.demo.season import demand, is_holiday, is_weekend, occasion


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2025, 1, 1), "Jour de l’An"),
        (date(2025, 4, 18), "Vendredi saint"),
        (date(2025, 4, 20), "Pâques"),
        (date(2024, 3, 31), "Pâques"),
        (date(2026, 4, 5), "Pâques"),
        (date(2025, 5, 19), "Journée nationale des patriotes"),
        (date(2026, 5, 18), "Journée nationale des patriotes"),
        (date(2025, 6, 24), "Fête nationale"),
        (date(2025, 9, 1), "Fête du Travail"),
        (date(2025, 10, 13), "Action de grâces"),
        (date(2025, 12, 25), "Noël"),
        (date(2025, 3, 3), "Relâche scolaire"),
        (date(2025, 7, 21), "Vacances de la construction"),
    ],
)
def test_a_day_has_its_holiday_or_its_event(day, name):
    assert occasion(day)[0] == name


def test_an_ordinary_day_has_none():
    assert occasion(date(2025, 11, 12)) is None
    assert occasion(date(2025, 3, 2)) is None
    assert occasion(date(2025, 3, 10)) is None


@pytest.mark.parametrize(
    ("day", "closed"),
    [(date(2025, 12, 25), True), (date(2025, 2, 14), False), (date(2025, 3, 3), False), (date(2025, 11, 12), False)],
)
def test_banks_close_for_a_holiday_and_for_no_event(day, closed):
    assert is_holiday(day) is closed


def test_the_hotel_is_never_quite_empty_nor_quite_full():
    days = [date(2024, 1, 1) + timedelta(days=number) for number in range(731)]
    found = [demand(day) for day in days]
    assert 18 <= min(found) < max(found) <= 96
    assert demand(date(2025, 8, 16)) > demand(date(2025, 1, 12))
    assert demand(date(2025, 12, 25)) < demand(date(2025, 12, 18))


@pytest.mark.parametrize(("day", "weekend"), [(19, True), (20, True), (21, False), (22, False)])
def test_people_travel_for_themselves_on_friday_and_saturday(day, weekend):
    assert is_weekend(date(2025, 12, day)) is weekend
