"""What the direction's home reads besides the night: what its figures are compared to, who has already seen it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from database import notifications
from database.transaction import read
from utils.actions.last_year import LastYear, last_year_of
from utils.actions.notifications.facts import YEAR, DayPlan
from utils.actions.person import Person
from utils.actions.share_night import Seen, seen_by, to_sign
from utils.actions.state import NightState
from utils.shapes import Values


@dataclass(frozen=True, slots=True)
class Morning:
    """Beside a night: the projected figures of the eve, of the same weekday a week and a year before, by name.

    ``budget`` and ``month_budget`` are dollars of revenue, of the day and of the month so far; ``last_year`` is the
    same month a year ago to the same date; ``people`` how many persons are out by more than they may be.
    """

    eve: Values
    week: Values
    year: Values
    budget: Decimal | None
    month_budget: Decimal | None
    last_year: LastYear
    people: int
    seen: tuple[Seen, ...]


def morning_home(person: Person, state: NightState) -> Morning:
    """What is known beside a night; what the book does not have is absent."""
    day = state.day
    days = {"eve": day - timedelta(days=1), "week": day - timedelta(days=7), "year": day - YEAR}
    with read() as connection:
        past = notifications.figures_of_days(connection, person.property_id, [*days.values()])
        plan = DayPlan(connection, person.property_id, day)
    known: Mapping[date, Values] = {one.day: one.values for one in past}
    return Morning(
        **{name: known.get(when, {}) for name, when in days.items()},
        budget=plan.revenue,
        month_budget=plan.to_date,
        last_year=last_year_of(person, day),
        people=len({one.name for one in to_sign(state)}),
        seen=seen_by(state),
    )
