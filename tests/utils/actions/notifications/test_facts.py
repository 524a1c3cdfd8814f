"""What the rules know of a night: what was planned for its day, and the complete lines of its SD."""

from datetime import date
from decimal import Decimal

import pytest

from database.notifications import Planned
from tests.utils.rj.build import night
from utils.actions.notifications import facts
from utils.actions.notifications.facts import DayPlan, people_of

DAY, MONTH = date(2025, 12, 23), date(2025, 12, 1)
D = Decimal


@pytest.fixture
def plan(monkeypatch):
    """What is planned for the day, of a budget with these rows."""

    def run(month=None, own=None):
        rows = {("mois", MONTH): month, ("jour", DAY): own}
        found = {key: row for key, row in rows.items() if row}
        monkeypatch.setattr(facts.notifications, "budgets_between", lambda *_: found)
        return DayPlan(None, 1, DAY)

    return run


def test_a_day_has_its_part_of_the_month(plan):
    found = plan(Planned(D("310000.00"), D("62000.00"), D("5.00")))
    assert (found.revenue, found.labour_budget) == (D("10000.00"), D("2000.00"))
    assert (found.month_revenue, found.to_date) == (D("310000.00"), D("230000.00"))
    assert found.labour_cost is None
    assert found.labour_share == D("20.00")


def test_the_figures_of_the_day_come_before_those_of_the_month(plan):
    found = plan(Planned(D("310000.00"), D("62000.00"), None), Planned(D("0.00"), None, D("1500.00")))
    assert (found.revenue, found.labour_budget, found.labour_cost) == (D("0.00"), D("2000.00"), D("1500.00"))
    assert found.labour_share is None


def test_without_a_budget_nothing_is_planned(plan):
    found = plan()
    assert (found.revenue, found.to_date, found.labour_budget, found.labour_cost, found.labour_share) == (None,) * 5


def test_only_a_complete_line_is_somebody_s_variance():
    lines = [
        {"name": "A", "amount": "10.00", "verified": "9.00"},
        {"name": "B", "amount": "10.00"},
        {"amount": "10.00", "verified": "9.00"},
        {"name": "C", "amount": "10.00", "verified": "12.50"},
    ]
    assert people_of(night(sd={"sd_entries": lines})) == (("A", D("-1.00")), ("C", D("2.50")))
    assert people_of(night()) == ()
