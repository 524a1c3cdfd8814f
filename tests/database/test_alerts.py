"""An alert is raised once, taken in charge by one, told further only when nobody answers."""

from datetime import timedelta

import pytest

from database import alerts
from database.alerts import NewAlert
from database.transaction import write
from tests.database.conftest import DAY, NOW

CRITICAL = {"kind": "rj_late", "severity": "critique", "sentence": "Le RJ manque."}


@pytest.fixture
def connection(app_sqlite):
    with app_sqlite.app_context(), write() as found:
        yield found


def raised(connection, cause="retard", **values):
    row = {"property_id": 1, "audit_date": DAY, "cause": cause, "raised_at": NOW, "audience": []}
    return alerts.raise_alert(connection, NewAlert(**{**row, **CRITICAL, **values}))


def test_the_same_one_is_raised_once(connection):
    first = raised(connection)
    assert first
    assert raised(connection) is None
    assert raised(connection, "autre") not in (None, first)
    assert alerts.of_night(connection, 1, DAY)[0].id == first
    assert alerts.of_night(connection, 2, DAY) == []


def test_one_person_takes_it_in_charge(connection):
    alert = raised(connection)
    assert alerts.acknowledge(connection, 1, alert, 3, NOW)
    assert not alerts.acknowledge(connection, 1, alert, 4, NOW)
    assert not alerts.acknowledge(connection, 2, alert, 3, NOW)
    (row,) = alerts.latest(connection, 1)
    assert (row.alert.acknowledged_by, bool(row.by)) == (3, True)
    assert alerts.one(connection, 2, alert) is None
    assert alerts.one(connection, 1, alert).sentence == "Le RJ manque."


def test_a_critical_one_that_nobody_answers_is_waited_for(connection):
    late = raised(connection)
    raised(connection, "petit", severity="avertissement")
    raised(connection, "neuf", raised_at=NOW + timedelta(hours=2))
    before = NOW + timedelta(hours=1)
    assert [one.id for one in alerts.unanswered(connection, 1, before)] == [late]
    assert alerts.waiting(connection, before) == {1}
    assert alerts.waiting(connection, NOW - timedelta(seconds=1)) == set()


@pytest.mark.parametrize("settled", ["taken", "told", "resolved"])
def test_what_is_settled_waits_no_more(connection, settled):
    alert = raised(connection)
    if settled == "taken":
        alerts.acknowledge(connection, 1, alert, 3, NOW)
    elif settled == "told":
        assert alerts.mark_escalated(connection, alert, {5, 4}, NOW)
        assert not alerts.mark_escalated(connection, alert, {6}, NOW)
        assert alerts.one(connection, 1, alert).audience == [4, 5]
    else:
        alerts.resolve(connection, alert, NOW)
    assert alerts.unanswered(connection, 1, NOW) == []


def test_what_is_true_again_is_the_same_alert_and_what_never_was_leaves_nothing(connection):
    alert = raised(connection)
    alerts.resolve(connection, alert, NOW)
    alerts.raise_again(connection, alert, "Il manque encore.", NOW + timedelta(hours=1))
    row = alerts.one(connection, 1, alert)
    assert (row.resolved_at, row.sentence, row.raised_at) == (
        None,
        "Il manque encore.",
        NOW + timedelta(hours=1),
    )
    alerts.erase(connection, alert)
    assert alerts.latest(connection, 1) == []
