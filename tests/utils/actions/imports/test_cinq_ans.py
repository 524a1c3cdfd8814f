"""Five years at once: sixty workbooks made after the real one, read, accepted, and a history that asks as little."""

import time
from calendar import monthrange
from datetime import date

import pytest
from sqlalchemy import event

from database import imports
from database.base import doors
from database.transaction import read
from tests.utils.actions.imports.test_enter import machine, verified
from tests.utils.imports.classeurs import rj_grids, written
from utils import dates
from utils.actions import reading
from utils.actions.imports.enter import enter_month
from utils.actions.imports.propose import Sent, propose

MONTHS = [date(year, month, 1) for year in range(2021, 2026) for month in range(1, 13)]


def asked(work):
    """How many statements a work asks of the book."""
    seen = []
    engine = doors().reader

    def count(*given):
        seen.append(given[2])

    event.listen(engine, "before_cursor_execute", count)
    try:
        work()
    finally:
        event.remove(engine, "before_cursor_execute", count)
    return len(seen)


@pytest.mark.long
def test_sixty_workbooks_enter_in_a_row(app_sqlite, capsys):
    files = [
        Sent(f"{month:%Y-%m}", written(rj_grids(month, monthrange(month.year, month.month)[1], 1 + number / 100)))
        for number, month in enumerate(MONTHS)
    ]
    with app_sqlite.app_context():
        began, worked = time.monotonic(), time.process_time()
        for one in files:
            assert propose(machine(), [one], dates.now()).refused == []
        with read() as connection:
            waiting = sorted(imports.list_of(connection, 1), key=lambda one: one.month)
        count = sum(enter_month(machine(), one.id, dates.now()) for one in waiting)
        spent, cpu = time.monotonic() - began, time.process_time() - worked
        with capsys.disabled():
            print(f"\n    {count} nuits en {spent:.0f} s, {cpu:.0f} s de calcul", end="")  # noqa: T201 - a measure is told
        assert count == 1826
        one_month = asked(lambda: reading.nights_between(machine(), date(2025, 1, 1), date(2025, 1, 31)))
        five_years = asked(lambda: reading.nights_between(machine(), date(2021, 1, 1), date(2025, 12, 31)))
        assert one_month == five_years
        assert verified() == []
