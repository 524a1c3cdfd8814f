"""Total revenue night by night, as bars: the best night has them all, an absent one is a dash."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from database.notifications import Figures
from tests.utils.presentation.shown import fr
from utils.actions.notifications import chart as module
from utils.actions.notifications.chart import ABSENT, BARS, CHART_NIGHTS, chart

DAY = date(2025, 12, 23)


@pytest.fixture
def bars(monkeypatch):
    """The bars of nights that sold so much, by how many days ago."""

    def run(nights=3, **sold):
        rows = [
            Figures(
                DAY - timedelta(days=int(back[1:])), "locked", {"total_revenue": None if one is None else Decimal(one)}
            )
            for back, one in sold.items()
        ]
        monkeypatch.setattr(module.notifications, "figures_of_days", lambda *_: rows)
        return [(bar.day.day, bar.figure, bar.steps, bar.tonight) for bar in chart(None, 1, DAY, nights)]

    return run


def test_nights_go_to_this_one_and_the_best_has_all_the_steps(bars):
    assert bars(d0="1000.00", d1="2000.00", d2="999.99") == [
        (21, fr("999,99 $"), 9, False),
        (22, fr("2 000,00 $"), BARS, False),
        (23, fr("1 000,00 $"), BARS // 2, True),
    ]


def test_a_night_that_is_not_known_is_a_dash_and_one_without_revenue_has_no_bar(bars):
    assert bars(d0="0.00", d1=None) == [(21, ABSENT, 0, False), (22, ABSENT, 0, False), (23, fr("0,00 $"), 0, True)]
    assert bars(d0="-5.00", d1="10.00")[2][1:3] == (fr("-5,00 $"), 0)


def test_a_chart_has_two_weeks_unless_it_is_asked_otherwise(bars):
    assert len(bars(CHART_NIGHTS)) == CHART_NIGHTS == 14
    assert len(bars(1)) == 1
