"""The same month a year ago, to the same date: what the RJ shows beside the month to date."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from database import nights
from database.transaction import read
from utils.actions.notifications.morning import same_date
from utils.actions.person import Person
from utils.rj.history import days_between, lacking
from utils.rj.previous import SUMS
from utils.shapes import Values


class LastYear(NamedTuple):
    """The month of a year ago to the same date: its last day and its sums, one that lacks a night being absent."""

    day: date
    sums: Values


def last_year_of(person: Person, day: date) -> LastYear:
    """The sums of the month of a year ago, in dollars and units, by the keys of ``mtd``."""
    last = same_date(day)
    first, end = last.replace(day=1), last + timedelta(days=1)
    with read() as connection:
        figures = nights.figures_between(connection, person.property_id, first, end)
    days = days_between(first, end)
    whole = [key for key in SUMS["mtd"] if figures and not lacking(days, figures, key)]
    return LastYear(last, {key: sum(one[key] for _, one in figures) for key in whole})
