"""The last nights of the demonstration: closed as people close them, once, and the journal verifies."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import text

from database.transaction import read, write
from utils import dates
from utils.actions.demonstration.fill_nights import fill_nights
from utils.actions.demonstration.incidents import incident_of

NOW = datetime(2026, 3, 12, 20, tzinfo=UTC)
LATER = datetime(2026, 3, 14, 20, tzinfo=UTC)


def asked(app, query):
    """Rows of the book."""
    with app.app_context(), read() as connection:
        return [tuple(row) for row in connection.execute(text(query))]


def filled(app, now, count):
    with app.app_context():
        return fill_nights(now, count)


def test_last_nights_are_closed_once_and_the_journal_verifies(app):
    assert filled(app, NOW, 8) == 8
    assert filled(app, NOW, 8) == 0
    assert filled(app, LATER, 8) == 2
    found = asked(app, "SELECT audit_date, status FROM night_audit_sessions ORDER BY audit_date")
    assert [str(day) for day, _ in found] == [f"2026-03-{day:02}" for day in range(4, 14)]
    assert {status for _, status in found} == {"locked"}
    synced = asked(app, "SELECT audit_date, status FROM sync_runs ORDER BY audit_date")
    assert synced == [(day, "complete") for day, _ in found], "the page of Lightspeed has something to show"
    for day, began in asked(app, "SELECT audit_date, started_at FROM sync_runs"):
        here = dates.local(datetime.fromisoformat(str(began)).replace(tzinfo=UTC), "America/Toronto")
        assert (str(here.date() - timedelta(days=1)), here.hour) == (str(day), 3), "once the PMS has closed the date"
    result = app.test_cli_runner().invoke(args=["rj", "journal", "verifier"])
    assert result.exit_code == 0, result.output


def test_the_command_says_how_many_it_closed_and_nothing_when_none_is_missing(app):
    runner = app.test_cli_runner()
    with time_machine.travel(NOW, tick=True):
        said = runner.invoke(args=["demonstration", "remplir", "--nuits", "2"]).output
        assert re.fullmatch("  Démonstration\u00a0: 2 nuits fermées en [0-9]+\u00a0s\n", said)
        assert runner.invoke(args=["demonstration", "remplir", "--nuits", "2"]).output == ""


def test_nights_that_are_history_write_to_nobody(app):
    """Only the last one, just over, is told; the others keep their hours and stay silent."""
    with time_machine.travel(NOW, tick=False):
        assert filled(app, NOW, 5) == 5
    told = {str(day) for (day,) in asked(app, "SELECT DISTINCT audit_date FROM outbox_messages")}
    last = asked(app, "SELECT max(audit_date) FROM night_audit_sessions")[0][0]
    assert told == {str(last)}


@pytest.mark.long(reason="twenty nights are filled")
def test_a_few_nights_have_something_to_show(app):
    days = [date(2026, 2, day) for day in range(1, 21)]
    kinds = [incident_of(day) for day in days if incident_of(day)]
    assert len(kinds) == 3
    assert [bool(one.override) for one in kinds].count(True) == 1
    assert filled(app, datetime(2026, 2, 21, 20, tzinfo=UTC), 20) == 20
    overrides = asked(app, "SELECT count(*) FROM overrides")
    assert overrides == [(1,)]


def test_nothing_is_added_to_a_book_that_people_began_nor_to_a_real_hotel(app):
    with app.app_context(), write() as connection:
        connection.execute(text("UPDATE properties SET code = 'REEL' WHERE code = 'DEMO'"))
    assert filled(app, NOW, 3) == 0
    assert asked(app, "SELECT count(*) FROM night_audit_sessions") == [(0,)]
