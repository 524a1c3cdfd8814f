"""What was on the books: each snapshot says for ever what it said, whatever is received after it."""

from datetime import date, timedelta
from decimal import Decimal
from hashlib import sha256

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from database import books, journal_rows, triggers
from database.books import Booked, Offered, Snapshot
from database.held import BOOKED
from database.models import Change
from database.replay import Replay
from database.transaction import migrate, read, write
from tests.database.conftest import NOW, rows

DAY = date(2025, 12, 23)
TODAY, NEXT, LATER = (DAY + timedelta(days=number) for number in range(3))


def said(as_of, rooms, pms_revision=1, **more):
    """A snapshot in which each of these nights has so many rooms of detail."""
    segments = [Booked(stay, "DETAIL", "transient", count, Decimal(100 * count), 0) for stay, count in rooms.items()]
    days = [Offered(stay, more.get("available", 252), 0, 0, 0) for stay in (TODAY, NEXT, LATER)]
    return Snapshot(
        1, as_of, pms_revision, "live", sha256(f"{as_of}|{rooms}|{more}".encode()).hexdigest(), segments, days
    )


def keep(*snapshots):
    """Keep snapshots; whether each was new."""
    with write() as connection:
        return [books.keep(connection, one, NOW) for one in snapshots]


def known(as_of):
    """Rooms by night as the book knew them at the close of a date; nothing where nothing was ever booked."""
    with read() as connection:
        found = books.segments_as_of(connection, 1, as_of, TODAY, LATER)
    return {one.stay_date: one.rooms for one in found}


def test_a_row_is_written_only_where_something_changed(app, hotel):
    assert keep(said(TODAY, {TODAY: 80, NEXT: 60}), said(NEXT, {TODAY: 80, NEXT: 75})) == [True, True]
    assert [row[0] for row in rows("SELECT changed FROM books_snapshots ORDER BY as_of")] == [5, 1]
    assert known(TODAY) == {TODAY: 80, NEXT: 60}
    assert known(NEXT) == {TODAY: 80, NEXT: 75}
    assert known(TODAY - timedelta(days=1)) == {}


ADDED = "property_id, stay_date, as_of, revision, available, out_of_order, complimentary, house_use"
CHANGES = (
    "DELETE FROM books_snapshots WHERE as_of = '2025-12-24'",
    "DELETE FROM books_segments WHERE as_of = '2025-12-24'",
    "UPDATE books_segments SET rooms = 1 WHERE as_of = '2025-12-23' AND stay_date = '2025-12-24'",
    "UPDATE books_days SET available = 1 WHERE as_of = '2025-12-23' AND stay_date = '2025-12-24'",
    "UPDATE books_snapshots SET digest = 'x'",
    f"INSERT INTO books_days ({ADDED}) SELECT 1, stay_date, '2025-12-25', 1, 1, 0, 0, 0 FROM books_days LIMIT 1",  # noqa: S608
)


@pytest.mark.parametrize("change", CHANGES)
def test_a_snapshot_that_somebody_else_wrote_or_took_away_is_named(app, hotel, change):
    keep(said(TODAY, {TODAY: 80, NEXT: 60}), said(NEXT, {TODAY: 80, NEXT: 75}), said(TODAY, {TODAY: 81, NEXT: 60}))
    with read() as connection:
        assert [gap for gap in replay_of(connection) if gap[0] == BOOKED] == []
    with migrate() as connection:
        triggers.drop(connection)
        assert connection.execute(text(change)).rowcount
        found = [gap for gap in replay_of(connection) if gap[0] == BOOKED]
        triggers.install(connection)
    assert found


def test_the_snapshots_of_a_book_of_before_are_said_with_the_first_that_follows(app, hotel):
    keep(said(TODAY, {TODAY: 80}))
    with migrate() as connection:
        triggers.drop(connection)
        connection.execute(text("DELETE FROM changes WHERE action = 'reservations'"))
        assert [gap for gap in replay_of(connection) if gap[0] == BOOKED] == []
        triggers.install(connection)
    keep(said(NEXT, {TODAY: 80, NEXT: 75}))
    assert rows("SELECT field FROM changes WHERE action = 'reservations' ORDER BY seq") == [
        ("2025-12-23.1",),
        ("2025-12-24.1",),
    ]


def replay_of(connection):
    """What the tables of the hotel say otherwise than its journal."""
    replay = Replay()
    for row in journal_rows.in_order(connection, Change.property_id == 1):
        replay.feed(row)
    return list(replay.gaps(connection, 1))


def test_unchanged_is_not_the_same_as_not_received(app, hotel):
    keep(said(TODAY, {NEXT: 60}), said(NEXT, {NEXT: 60}))
    with read() as connection:
        assert books.latest(connection, 1, NEXT).changed == 0
        assert books.latest(connection, 1, LATER) is None
    assert keep(said(NEXT, {NEXT: 60})) == [False]


def test_what_is_cancelled_is_a_row_at_zero_and_stays_in_the_snapshots_before(app, hotel):
    keep(said(TODAY, {NEXT: 60, LATER: 10}), said(NEXT, {NEXT: 60}))
    assert known(TODAY)[LATER] == 10
    assert known(NEXT)[LATER] == 0


def test_a_correction_is_a_revision_of_its_date_and_moves_nothing_of_those_that_follow(app, hotel):
    keep(said(TODAY, {NEXT: 60, LATER: 10}), said(NEXT, {NEXT: 60, LATER: 12}), said(LATER, {NEXT: 60, LATER: 14}))
    before = known(NEXT), known(LATER)
    assert keep(said(TODAY, {NEXT: 64, LATER: 11, TODAY: 5}, pms_revision=2)) == [True]
    assert known(TODAY) == {TODAY: 5, NEXT: 64, LATER: 11}
    assert {stay: count for stay, count in known(NEXT).items() if count} == before[0]
    assert {stay: count for stay, count in known(LATER).items() if count} == before[1]
    with read() as connection:
        assert books.latest(connection, 1, TODAY).revision == 2


def test_rooms_out_of_order_are_kept_beside(app, hotel):
    keep(said(TODAY, {}), said(NEXT, {}, available=250))
    with read() as connection:
        assert {one.available for one in books.days_as_of(connection, 1, TODAY, TODAY, LATER)} == {252}
        assert {one.available for one in books.days_as_of(connection, 1, LATER, TODAY, LATER)} == {250}


@pytest.mark.parametrize("table", ["books_snapshots", "books_segments", "books_days"])
def test_a_snapshot_never_changes(app, hotel, table):
    keep(said(TODAY, {NEXT: 60}))
    for statement in (f"UPDATE {table} SET revision = 9", f"DELETE FROM {table}"):  # noqa: S608 - ours
        with pytest.raises(DBAPIError, match="written once"), write() as connection:
            connection.exec_driver_sql(statement)
