"""What the rules need to know of a night, read from the book."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from sqlalchemy import Connection

from database import notifications
from database.models.night import PROJECTIONS
from database.models.notification import DAY, MONTH
from utils import dates, french
from utils.actions.state import LOCKED, SUBMITTED, NightState
from utils.actions.verdicts import given_of
from utils.money import r2
from utils.notifications.rules import Facts
from utils.rj.calculate import Night
from utils.rj.check import SEVERITIES
from utils.rj.history import whole
from utils.rj.summary import check_results
from utils.rj.verdict import CASH
from utils.shapes import Values

YEAR: Final = timedelta(days=364)
"""A year of whole weeks: the same day of the week."""

WEEKS: Final = 52
TOTAL: Final = "total_revenue"
TAX_CHECKS: Final = ("chk_tvq_tps", "chk_taxe_heb")
_COMPLETE: Final = {"name", "amount", "verified"}
_HUNDRED: Final = Decimal(100)


class DayPlan:
    """What is planned for a day: its own figures, else its part of the month; and the labour that was paid."""

    def __init__(self, connection: Connection, property_id: int, day: date) -> None:
        """Read the month and the day."""
        self.day = day
        first = day.replace(day=1)
        rows = notifications.budgets_between(connection, property_id, first, day)
        month, own = rows.get((MONTH, first)), rows.get((DAY, day))
        length = dates.days_in_month(day)

        def planned(name: str) -> Decimal | None:
            direct: Decimal | None = getattr(own, name, None)
            whole: Decimal | None = getattr(month, name, None)
            return direct if direct is not None else None if whole is None else r2(whole / length)

        self.month_revenue = month.revenue if month else None
        self.to_date = None if self.month_revenue is None else r2(self.month_revenue * day.day / length)
        self.revenue = planned("revenue")
        self.labour_budget = planned("labour_budget")
        self.labour_cost = own.labour_cost if own else None

    @property
    def labour_share(self) -> Decimal | None:
        """What labour was to cost, in points of the revenue that was planned."""
        if not self.revenue or self.labour_budget is None:
            return None
        return r2(self.labour_budget / self.revenue * _HUNDRED)


def facts_of(connection: Connection, state: NightState) -> Facts:
    """What is known of a night."""
    day, hotel = state.day, state.hotel.id
    plan = DayPlan(connection, hotel, day)
    weeks = [day - timedelta(weeks=number) for number in range(1, WEEKS + 1)]
    past = notifications.figures_of_days(connection, hotel, weeks)
    year = next((whole(TOTAL, night.values) for night in past if night.day == day - YEAR), None)
    values = state.night.values
    figures = _to_compare({projection.column: values.get(projection.path) for projection in PROJECTIONS})
    cash = given_of(state).reasons.get(CASH)
    return Facts(
        cash_reason=cash.quoted if cash else "",
        values={**values, f"jour.jour_{TOTAL}": figures[TOTAL]},
        people=people_of(state.night),
        budget=plan.revenue,
        last_year=year,
        labour_cost=plan.labour_cost,
        labour_budget_share=plan.labour_share,
        history=[_to_compare(night.values) for night in past if night.status in (SUBMITTED, LOCKED)],
        taxes=[
            french.typographic(one.sentence())
            for one in check_results(state.night)
            if one.check.key in TAX_CHECKS and one.standing(settled=not state.editable) in SEVERITIES
        ],
        figures=figures,
    )


def _to_compare(figures: Values) -> Values:
    """The figures of a night without a total of revenue that lacks a part, as sums to date have it."""
    return {**figures, TOTAL: whole(TOTAL, figures)}


def people_of(night: Night) -> tuple[tuple[str, Decimal], ...]:
    """Name and variance of each complete line of the SD; one without its name or an amount waits."""
    lines, variances = night.values.get("sd.sd_entries", ()), night.values.get("sd.sd_entries[].variance") or ()
    return tuple(
        (line["name"], variance)
        for line, variance in zip(lines, variances, strict=False)
        if variance is not None and line.keys() >= _COMPLETE
    )
