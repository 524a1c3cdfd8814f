"""Transactions: all or nothing, readers that cannot write, honest words when the storage is busy or broken."""

import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg.errors
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, TimeoutError

from database import base, transaction
from database.base import db, release
from database.models import LoginThrottle
from database.transaction import Busy, StorageUnavailable, jot, read, write
from tests.database.conftest import NOW, rows

ADD = text("INSERT INTO login_throttles (subject, failures, last_at) VALUES (:s, 0, '2025-12-24 00:00:00.000000')")
BUMP = text("UPDATE login_throttles SET failures = :f WHERE subject = 'x'")
SEEN = text("SELECT failures FROM login_throttles WHERE subject = 'x'")


@pytest.fixture
def counter(app):
    """One row to count on."""
    with write() as connection:
        connection.execute(ADD, {"s": "x"})


def failures():
    """Where the counter stands."""
    return rows("SELECT failures FROM login_throttles WHERE subject = 'x'")


def test_what_a_block_wrote_is_kept(app, counter):
    assert failures() == [(0,)]


def test_what_a_failed_block_wrote_is_undone(counter):
    def add_again():
        with write() as connection:
            connection.execute(BUMP, {"f": 5})
            connection.execute(ADD, {"s": "x"})

    with pytest.raises(DBAPIError):
        add_again()
    assert failures() == [(0,)]


def test_a_read_cannot_write(counter):
    with pytest.raises(DBAPIError, match=r"(?i)read-?only"), read() as connection:
        connection.execute(BUMP, {"f": 5})
    with pytest.raises(DBAPIError, match=r"(?i)read-?only"), read() as connection:
        connection.execute(text("DROP TABLE login_throttles"))
    with write() as connection:
        connection.execute(BUMP, {"f": 6})
    assert failures() == [(6,)]


def test_the_session_of_the_extension_cannot_write_on_sqlite(app_sqlite):
    db.session.add(LoginThrottle(subject="y", failures=0, last_at=NOW))
    with pytest.raises(DBAPIError, match="readonly"):
        db.session.flush()
    db.session.rollback()


def test_an_error_does_not_repeat_what_people_typed(counter):
    with pytest.raises(DBAPIError) as caught, write() as connection:
        connection.execute(text("INSERT INTO users (email) VALUES (:e)"), {"e": "marie.tremblay@hotel.ca"})
    assert "marie.tremblay" not in str(caught.value).partition("DETAIL")[0]


def test_no_update_is_lost(app, counter):
    def add_one(_):
        with app.app_context(), write() as connection:
            value = connection.execute(
                text(f"{SEEN} FOR UPDATE" if connection.dialect.name == "postgresql" else f"{SEEN}")
            )
            connection.execute(BUMP, {"f": value.scalar_one() + 1})

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(add_one, range(200)))
    assert failures() == [(200,)]


def test_a_reader_does_not_wait_for_a_writer(app, counter):
    with write() as connection:
        connection.execute(BUMP, {"f": 7})
        with ThreadPoolExecutor(1) as pool:
            seen = pool.submit(lambda: in_context(app, failures)).result(timeout=2)
    assert (seen, failures()) == ([(0,)], [(7,)])


def in_context(app, function):
    """Call a function from another thread."""
    with app.app_context():
        return function()


def test_a_writer_whose_turn_does_not_come_is_told(app_sqlite, monkeypatch):
    monkeypatch.setattr(transaction, "BUSY_MS", 50)
    entered, leave = threading.Event(), threading.Event()

    def hold():
        with app_sqlite.app_context(), write():
            entered.set()
            leave.wait(5)

    with ThreadPoolExecutor(1) as pool:
        holding = pool.submit(hold)
        entered.wait(5)
        try:
            with pytest.raises(Busy), write():
                raise AssertionError("two writers at once")
        finally:
            leave.set()
        holding.result()


def test_another_process_that_writes_makes_us_busy(app_sqlite):
    with read() as connection:
        connection.exec_driver_sql("PRAGMA busy_timeout=50")
    other = sqlite3.connect(db.engine.url.database, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(Busy), write():
        raise AssertionError("two writers at once")
    other.execute("ROLLBACK")
    other.close()
    with write() as connection:
        connection.execute(ADD, {"s": "x"})


def test_a_lock_that_does_not_come_makes_us_busy(app_postgres):
    def add_impatiently():
        with write() as second:
            second.execute(text("SET LOCAL lock_timeout = 50"))
            second.execute(BUMP, {"f": 2})

    with write() as connection:
        connection.execute(ADD, {"s": "x"})
    with write() as first:
        first.execute(BUMP, {"f": 1})
        with pytest.raises(Busy):
            add_impatiently()
    assert failures() == [(1,)]


def test_no_free_connection_makes_us_busy():
    with pytest.raises(Busy), transaction._honest(writing=True):
        raise TimeoutError("QueuePool limit")


def driver_error(code):
    """An error of SQLite with this code."""
    error = sqlite3.OperationalError("as SQLite says it")
    error.sqlite_errorcode = code
    return error


@pytest.mark.parametrize(
    ("code", "writing", "kind"),
    [
        (sqlite3.SQLITE_BUSY, True, Busy),
        (sqlite3.SQLITE_BUSY_SNAPSHOT, False, Busy),
        (sqlite3.SQLITE_FULL, True, StorageUnavailable),
        (sqlite3.SQLITE_IOERR_WRITE, True, StorageUnavailable),
        (sqlite3.SQLITE_READONLY, True, StorageUnavailable),
        (sqlite3.SQLITE_READONLY, False, None),
        (sqlite3.SQLITE_CANTOPEN, False, StorageUnavailable),
        (sqlite3.SQLITE_CONSTRAINT_UNIQUE, True, None),
    ],
)
def test_what_sqlite_says_is_translated(code, writing, kind):
    assert transaction._kind(driver_error(code), writing=writing) is kind


@pytest.mark.parametrize(
    ("error", "writing", "kind"),
    [
        (psycopg.errors.SerializationFailure(), True, Busy),
        (psycopg.errors.DeadlockDetected(), True, Busy),
        (psycopg.errors.LockNotAvailable(), True, Busy),
        (psycopg.errors.TooManyConnections(), False, Busy),
        (psycopg.errors.DiskFull(), True, StorageUnavailable),
        (psycopg.errors.ReadOnlySqlTransaction(), True, StorageUnavailable),
        (psycopg.errors.ReadOnlySqlTransaction(), False, None),
        (psycopg.errors.AdminShutdown(), False, StorageUnavailable),
        (psycopg.OperationalError("connection refused"), False, StorageUnavailable),
        (psycopg.errors.UniqueViolation(), True, None),
        (psycopg.ProgrammingError("ours"), True, None),
        (ValueError("ours"), True, None),
    ],
)
def test_what_postgresql_says_is_translated(error, writing, kind):
    assert transaction._kind(error, writing=writing) is kind


@pytest.fixture
def counter_sqlite(app_sqlite):
    """One row to count on, on SQLite."""
    with write() as connection:
        connection.execute(ADD, {"s": "x"})


def test_a_file_made_read_only_is_said_and_nothing_is_lost(counter_sqlite):
    with write() as connection:
        connection.exec_driver_sql("PRAGMA query_only=1")
        with pytest.raises(StorageUnavailable), transaction._honest(writing=True):
            connection.execute(BUMP, {"f": 9})
        connection.exec_driver_sql("PRAGMA query_only=0")
    assert failures() == [(0,)]


def test_a_full_disk_is_said_and_the_next_write_passes(counter_sqlite):
    def fill():
        with write() as connection:
            connection.execute(ADD, [{"s": f"{number:064}"} for number in range(2000)])

    with write() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")
    with pytest.raises(StorageUnavailable, match="full"):
        fill()
    with write() as connection:
        connection.execute(BUMP, {"f": 3})
    assert failures() == [(3,)]
    assert len(rows("SELECT 1 FROM login_throttles")) == 1


def test_a_file_that_is_not_a_database_is_said(app_sqlite):
    release()
    Path(db.engine.url.database).write_bytes(b"ceci n'est pas une base" * 1000)
    with pytest.raises(StorageUnavailable), read() as connection:
        connection.execute(SEEN)


def test_a_server_that_is_gone_is_said(app_postgres, postgres):
    name = db.engine.url.database

    def lose_the_server():
        with read() as connection:
            postgres.run(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")  # noqa: S608
            connection.execute(SEEN)

    with pytest.raises(StorageUnavailable):
        lose_the_server()
    assert rows("SELECT count(*) FROM users") == [(7,)]


def test_sqlite_is_set_up_for_the_books(app_sqlite):
    with write() as connection:
        pragmas = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout", "query_only")
        }
    assert pragmas == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "busy_timeout": base.BUSY_MS,
        "query_only": 0,
    }


def test_only_what_is_jotted_down_does_not_wait_for_the_disk(app, counter):
    asked = {"sqlite": "PRAGMA synchronous", "postgresql": "SHOW synchronous_commit"}[db.engine.dialect.name]
    said = []
    for way in (write, jot, write):
        with way() as connection:
            connection.execute(BUMP, {"f": len(said) + 1})
            said.append(str(connection.exec_driver_sql(asked).scalar_one()))
    assert said[1] in ("1", "off")
    assert said[0] == said[2]
    assert failures() == [(3,)]


def test_a_row_that_others_point_to_cannot_go(app):
    with pytest.raises(DBAPIError), write() as connection:
        connection.execute(text("DELETE FROM users"))
    assert rows("SELECT count(*) FROM users") == [(7,)]
