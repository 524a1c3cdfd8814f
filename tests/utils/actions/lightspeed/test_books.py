"""What is on the books is kept at the close of a date: once, revised when the PMS corrects, never invented."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest

from database import books, properties
from database.transaction import read
from tests.database.conftest import rows
from utils.actions.lightspeed.books import KEPT, UNCHANGED, keep_books
from utils.demo.hotel import DemoHotel
from utils.lightspeed.demo import DemoClient
from utils.lightspeed.errors import LightspeedAPIError

DAY = date(2025, 12, 23)
LATER = datetime(2026, 2, 1, tzinfo=UTC)


@pytest.fixture
def hotel(app):
    """The demonstration hotel, in its application."""
    with app.app_context(), read() as connection:
        yield properties.property_by_code(connection, "DEMO")


def client(code="DEMO", now=LATER):
    """The PMS of a demonstration."""
    return DemoClient(DemoHotel(code, property_code=code), now)


def test_a_date_is_kept_once_and_its_night_is_what_was_sold(hotel):
    assert [keep_books(hotel, client(), DAY) for _ in range(2)] == [KEPT, UNCHANGED]
    with read() as connection:
        tonight = books.segments_as_of(connection, hotel.id, DAY, DAY, DAY)
        head = books.latest(connection, hotel.id, DAY)
    segments = client().get_market_segments(DAY)
    assert sum(one.rooms for one in tonight) == segments.totals.rooms
    assert sum(one.revenue for one in tonight) == segments.totals.revenue
    assert (head.source, head.revision, head.last_stay) == ("demo", 1, DAY + timedelta(days=365))


def test_the_next_date_writes_only_what_moved(hotel):
    keep_books(hotel, client(), DAY)
    keep_books(hotel, client(), DAY + timedelta(days=1))
    first, second = (row[0] for row in rows("SELECT changed FROM books_snapshots ORDER BY as_of"))
    assert second < first // 4


def test_what_the_pms_corrects_is_a_revision(hotel):
    keep_books(hotel, client(), DAY)
    assert keep_books(hotel, client("CORRIGE"), DAY) == KEPT
    with read() as connection:
        assert books.latest(connection, hotel.id, DAY).revision == 2


def test_figures_of_a_demonstration_never_enter_a_real_hotel(hotel):
    with pytest.raises(LightspeedAPIError, match="jamais dans un hôtel réel"):
        keep_books(hotel._replace(demo=False), client(), DAY)


def test_a_move_of_more_than_25_rooms_in_one_night_asks_to_be_looked_at(hotel):
    keep_books(hotel, client(), DAY)
    report = client().get_on_the_books(DAY + timedelta(days=1))
    days = list(report.days)
    group = replace(days[40].segments[0], rooms=days[40].segments[0].rooms + 60)
    days[40] = replace(days[40], segments=(group, *days[40].segments[1:]))
    moved = SimpleNamespace(get_on_the_books=lambda day, etag: replace(report, days=tuple(days)))
    keep_books(hotel, moved, DAY + timedelta(days=1))
    with read() as connection:
        [note] = books.latest(connection, hotel.id, DAY + timedelta(days=1)).notes
    assert re.fullmatch(rf"{days[40].stay_date} : \+6\d chambres en une nuit, à vérifier\.", note)
