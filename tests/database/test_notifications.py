"""What is chosen about notifications, and the budgets: the last word stays, a row without figure goes."""

from datetime import date
from decimal import Decimal

import pytest

from database import notifications
from database.notifications import Planned
from database.transaction import write
from tests.database.conftest import DAY, NOW

D = Decimal


@pytest.fixture
def connection(app_sqlite):
    with app_sqlite.app_context(), write() as found:
        yield found


def test_a_hotel_that_chose_nothing_has_an_empty_document(connection):
    assert notifications.config(connection, 1) == {}
    for document in ({"a": 1}, {"b": 2}):
        notifications.write_config(connection, 1, document, None, NOW)
    assert notifications.config(connection, 1) == {"b": 2}
    assert notifications.config(connection, 2) == {}


def test_a_person_has_one_preference_a_kind(connection):
    row = {"property_id": 1, "user_id": 1, "kind": "anomaly", "channel": "courriel", "threshold": None}
    row |= {"updated_at": NOW}
    notifications.write_preference(connection, row)
    notifications.write_preference(connection, row | {"channel": "aucun", "threshold": D("75.00")})
    assert notifications.preferences(connection, 1) == {(1, "anomaly"): ("aucun", D("75.00"))}
    assert notifications.preferences(connection, 2) == {}


def budget(connection, span, day, **figures):
    values = {"span": span, "day": day, "updated_at": NOW, **dict.fromkeys(Planned._fields), **figures}
    notifications.write_budget(connection, 1, values)


def test_a_budget_is_kept_until_it_is_emptied(connection):
    month = date(2025, 12, 1)
    budget(connection, "mois", month, revenue=D("1000000.00"))
    budget(connection, "jour", DAY, labour_cost=D("0.00"))
    found = notifications.budgets_between(connection, 1, month, DAY)
    assert found == {
        ("mois", month): Planned(D("1000000.00"), None, None),
        ("jour", DAY): Planned(None, None, D("0.00")),
    }
    assert notifications.budgets_between(connection, 1, DAY, DAY) == {("jour", DAY): found["jour", DAY]}
    budget(connection, "mois", month, revenue=D("5.00"))
    budget(connection, "jour", DAY)
    assert notifications.budgets_between(connection, 1, month, DAY) == {("mois", month): Planned(D("5.00"), None, None)}


def test_nights_that_are_not_in_the_book_have_no_figures(connection):
    assert notifications.figures_of_days(connection, 1, [DAY]) == []
    assert notifications.figures_of_days(connection, 1, []) == []
