"""What is expected of nights: learnt from a date until what is learnt differs."""

from datetime import date

from sqlalchemy import insert

from database import expectations
from database.expectations import Awaited
from database.models import Expectation
from database.transaction import read, write

MONDAY, TUESDAY, WEDNESDAY = (date(2025, 12, day) for day in (22, 23, 24))
BAR, CAFE = Awaited("terminal", "bar_a", 14, 14), Awaited("caisse", "cafe", 9, 14)


def learn(day, *found):
    with write() as connection:
        expectations.learn(connection, 1, day, found)


def known(day):
    with read() as connection:
        return expectations.in_force(connection, 1, day)


def since():
    with read() as connection:
        return expectations.learnt_since(connection, 1)


def test_nothing_is_expected_before_anything_is_learnt(app):
    with app.app_context():
        assert (known(TUESDAY), since()) == ([], None)


def test_what_is_learnt_holds_from_its_date_until_it_differs(app):
    with app.app_context():
        learn(MONDAY, BAR, CAFE)
        learn(TUESDAY, BAR, CAFE._replace(seen=8))
        learn(WEDNESDAY, BAR)
        assert known(MONDAY) == [BAR, CAFE]
        assert known(TUESDAY) == [BAR, CAFE._replace(seen=8)]
        assert known(WEDNESDAY) == [BAR]
        assert (known(date(2025, 12, 1)), since()) == ([], MONDAY)


def test_what_somebody_said_is_expected_and_never_unlearnt(app):
    said = {"property_id": 1, "kind": "papier", "key": "Contrat", "hour": "02:00", "said": True, "seen": 0, "nights": 0}
    with app.app_context():
        with write() as connection:
            connection.execute(insert(Expectation).values(**said, from_date=MONDAY, to_date=WEDNESDAY))
        learn(MONDAY, BAR)
        learn(TUESDAY)
        assert [one.key for one in known(TUESDAY)] == ["Contrat"]
        assert (known(WEDNESDAY), since()) == ([], MONDAY)
