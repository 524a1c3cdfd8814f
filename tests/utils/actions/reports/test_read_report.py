"""The report of a night of the book, and those of a period: locked nights are read together."""

from datetime import date

import pytest
from sqlalchemy import event

from database.base import doors
from tests.utils.actions.imports.test_enter import machine
from tests.utils.imports.classeurs import rj_grids, written
from utils import dates
from utils.actions.imports.enter import enter_month
from utils.actions.imports.propose import Sent, propose
from utils.actions.refusals import NoSuchNight
from utils.actions.reports.read_report import month_of, report_of, reports_between

JUNE = date(2025, 6, 1)
pytestmark = pytest.mark.usefixtures("filled")


@pytest.fixture
def filled(app_sqlite):
    """A hotel that imported five nights of June."""
    with app_sqlite.app_context():
        propose(machine(), [Sent("juin.xlsx", written(rj_grids(JUNE, 5)))], dates.now())
        enter_month(machine(), 1, dates.now())
        yield


def asked(work):
    """How many statements a work asks of the book."""
    seen, engine = [], doors().reader
    event.listen(engine, "before_cursor_execute", lambda *given: seen.append(given[2]))
    work()
    return len(seen)


def test_the_report_says_who_printed_it_and_where_the_night_stands():
    found = report_of(machine(), date(2025, 6, 3), dates.now())
    assert (found.head.night, found.head.state, found.head.by) == (date(2025, 6, 3), "Importée", machine().label)
    assert ":" in found.head.chain
    assert found.given.origins["jour.jour_tvq"].startswith("classeur")


def test_a_month_has_its_nights_in_order_each_with_its_figures():
    found = month_of(machine(), JUNE, dates.now())
    assert [one.head.night.day for one in found] == [1, 2, 3, 4, 5]
    for one in found:
        assert one.night.values == report_of(machine(), one.night.day, dates.now()).night.values


def test_more_nights_ask_no_more_of_the_book():
    short = asked(lambda: reports_between(machine(), JUNE, date(2025, 6, 2), dates.now()))
    assert asked(lambda: reports_between(machine(), JUNE, date(2025, 6, 5), dates.now())) == short


def test_a_month_without_any_night_is_refused():
    with pytest.raises(NoSuchNight, match="du 2025-07-01 au 2025-07-31"):
        month_of(machine(), date(2025, 7, 1), dates.now())
