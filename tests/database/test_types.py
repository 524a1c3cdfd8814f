"""Column types: exact, aware, canonical, on both engines."""

from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from sqlalchemy import Column, Integer, MetaData, Table, func, insert, select, text
from sqlalchemy.exc import StatementError

from database.transaction import migrate, write
from database.types import Cents, JsonText, Points, UtcDateTime, canonical

ESSAI = Table(
    "essai",
    MetaData(),
    Column("id", Integer, primary_key=True),
    Column("amount", Cents),
    Column("rate", Points),
    Column("at", UtcDateTime),
    Column("document", JsonText),
)


@pytest.fixture
def store(app):
    """Write one value and read it back, as Python and as the table holds it."""
    with migrate() as connection:
        ESSAI.create(connection)

    def through(column, value):
        with write() as connection:
            connection.execute(insert(ESSAI), [{"id": 1, column: value}])
            back = connection.execute(select(ESSAI.c[column])).scalar_one()
            stored = connection.execute(text(f"SELECT {column} FROM essai")).scalar_one()  # noqa: S608
            connection.execute(ESSAI.delete())
        return back, stored

    return through


@pytest.mark.parametrize("amount", ["0.00", "0.01", "-0.01", "12.30", "90071992547409.93", "-3554670.64"])
def test_money_comes_back_to_the_cent(store, amount):
    back, stored = store("amount", Decimal(amount))
    assert (str(back), stored) == (amount, int(amount.replace(".", "")))


def test_sums_are_exact(app, store):
    with write() as connection:
        connection.execute(insert(ESSAI), [{"amount": Decimal("0.10")} for _ in range(1000)])
        total = connection.execute(select(func.sum(ESSAI.c.amount))).scalar_one()
        assert str(total) == "100.00"
        connection.execute(ESSAI.delete())
        connection.execute(insert(ESSAI), [{"amount": Decimal(one)} for one in ("0.10", "0.20", "-0.30")])
        assert connection.execute(select(func.sum(ESSAI.c.amount))).scalar_one() == 0


@pytest.mark.parametrize("wrong", [0.1, 1, True, "1.00", Decimal("0.001"), Decimal("NaN"), Decimal("Infinity")])
def test_what_is_not_an_amount_is_refused(store, wrong):
    with pytest.raises((StatementError, TypeError)):
        store("amount", wrong)


def test_a_percent_is_kept_in_hundredths(store):
    assert store("rate", Decimal("29.37")) == (Decimal("29.37"), 2937)


def test_an_instant_is_kept_in_utc(store):
    montreal = timezone(timedelta(hours=-5))
    back, _ = store("at", datetime(2025, 12, 23, 22, 15, 30, 123456, tzinfo=montreal))
    assert back == datetime(2025, 12, 24, 3, 15, 30, 123456, tzinfo=UTC)
    assert back.tzinfo is UTC


def test_a_naive_instant_is_refused(store):
    with pytest.raises((StatementError, TypeError), match="aware"):
        store("at", datetime(2025, 12, 23))  # noqa: DTZ001


def test_json_is_the_same_text_on_both_engines(store):
    back, stored = store("document", {"é": ["1.00", 2, True], "a": {"z": "", "b": "x"}})
    assert stored == '{"a":{"b":"x","z":""},"é":["1.00",2,true]}'
    assert canonical(back) == stored


@pytest.mark.parametrize("wrong", [{"a": 0.1}, {"a": [{"b": 1.0}]}, [float("nan")]])
def test_a_float_never_enters_a_document(store, wrong):
    with pytest.raises((StatementError, TypeError), match="float"):
        store("document", wrong)


@pytest.mark.parametrize("column", ["amount", "rate", "at", "document"])
def test_nothing_stays_nothing(store, column):
    assert store(column, None) == (None, None)
