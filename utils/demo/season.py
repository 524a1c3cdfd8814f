"""How full the hotel is on a date: months, weekdays, holidays of Québec and a few events of the region."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from typing import Final

_MONTHS: Final = (50, 54, 60, 62, 70, 80, 88, 90, 82, 77, 62, 50)
_WEEKDAYS: Final = (-4, 2, 4, 2, 6, 9, -12)
_EMPTIEST, _FULLEST = 18, 96
_SATURDAY: Final = 5

_FIXED: Final = {
    (1, 1): ("Jour de l’An", -8),
    (2, 14): ("Saint-Valentin", 10),
    (6, 24): ("Fête nationale", 8),
    (7, 1): ("Fête du Canada", 8),
    (12, 24): ("Veille de Noël", -22),
    (12, 25): ("Noël", -25),
    (12, 26): ("Lendemain de Noël", -10),
    (12, 31): ("Veille du jour de l’An", 30),
}


@lru_cache(maxsize=1024)
def occasion(day: date) -> tuple[str, int] | None:
    """The holiday or event of a date and what it adds to the occupancy, in points."""
    easter = _easter(day.year)
    moving = {
        easter - timedelta(days=2): ("Vendredi saint", 8),
        easter: ("Pâques", 5),
        _monday_before(date(day.year, 5, 25)): ("Journée nationale des patriotes", 6),
        _first_monday(day.year, 9): ("Fête du Travail", 8),
        _first_monday(day.year, 10) + timedelta(days=7): ("Action de grâces", 8),
    }
    if found := _FIXED.get((day.month, day.day)) or moving.get(day):
        return found
    school = _first_monday(day.year, 3)
    race = _first_monday(day.year, 6) + timedelta(days=4)
    builders = _monday_before(date(day.year, 7, 25))
    congress = _first_monday(day.year, 9) + timedelta(days=15)
    periods = ((school, 7, 8), (race, 3, 16), (builders, 14, 4), (congress, 3, 14))
    for name, (first, length, lift) in zip(_EVENTS, periods, strict=True):
        if first <= day < first + timedelta(days=length):
            return name, lift
    return None


def is_holiday(day: date) -> bool:
    """Whether the banks are closed for a holiday."""
    found = occasion(day)
    return found is not None and found[0] not in ("Saint-Valentin", *_EVENTS)


def demand(day: date) -> int:
    """The share of the rooms that is wanted on a date, in points."""
    found = occasion(day)
    asked = _MONTHS[day.month - 1] + _WEEKDAYS[day.weekday()] + (found[1] if found else 0)
    return min(max(asked, _EMPTIEST), _FULLEST)


def is_weekend(day: date) -> bool:
    """Whether people travel for themselves: the nights of Friday and Saturday."""
    return day.weekday() in (4, _SATURDAY)


_EVENTS: Final = ("Relâche scolaire", "Grand Prix", "Vacances de la construction", "Congrès de la rentrée")


def _first_monday(year: int, month: int) -> date:
    return _monday_before(date(year, month, 8))


def _monday_before(day: date) -> date:
    """The last Monday strictly before a date."""
    return day - timedelta(days=day.weekday() or 7)


def _easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (anonymous algorithm)."""
    a, b, c = year % 19, year // 100, year % 100
    d = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    e = (32 + 2 * (b % 4) + 2 * (c // 4) - d - c % 4) % 7
    f = d + e - 7 * ((a + 11 * d + 22 * e) // 451) + 114
    return date(year, f // 31, f % 31 + 1)
