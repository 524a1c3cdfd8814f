"""The hotels as the agenda reads them, and the clock of what is done once for all of them."""

from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest

from database.models.jobs import INSTALLATION
from utils.scheduler import hotels
from utils.scheduler.hotels import read_hotels
from utils.scheduler.timetable import HOURS

OLD, NEW = datetime(2024, 1, 1, tzinfo=UTC), datetime(2025, 6, 1, tzinfo=UTC)


def row(property_id, zone="America/Toronto", since=OLD, start=None, document=None):
    return SimpleNamespace(id=property_id, time_zone=zone, created_at=since, effective_from=start, document=document)


@pytest.fixture
def read(monkeypatch):
    """The hotels of these rows."""

    def run(*rows):
        monkeypatch.setattr(hotels.job_runs, "hotels", lambda _: rows)
        return read_hotels(None)

    return run


def test_a_book_without_hotels_has_none_to_look_after(read):
    assert read() == {}


def test_each_hotel_has_its_zone_and_its_dated_settings(read):
    one, other = {"automatismes": {"digest": "07:00"}}, {"automatismes": {"digest": "09:00"}}
    found = read(
        row(1, start=date(2024, 1, 1), document=one),
        row(1, start=date(2025, 1, 1), document=other),
        row(2, "Europe/Paris"),
    )
    assert set(found) == {1, 2, INSTALLATION}
    assert found[1].documents == ((date(2024, 1, 1), one), (date(2025, 1, 1), other))
    assert (found[2].zone, found[2].documents) == ("Europe/Paris", ())


def test_the_installation_follows_the_first_hotel_since_the_oldest_one(read):
    found = read(row(1, "Europe/Paris", NEW), row(2, since=OLD))
    assert (found[INSTALLATION].zone, found[INSTALLATION].since) == ("Europe/Paris", OLD)
    assert found[INSTALLATION].property_id == INSTALLATION


def test_a_hotel_that_cannot_be_read_lends_its_clock_to_nobody(read):
    found = read(row(1, "Nulle/Part"), row(2, "Ailleurs"), row(3, "America/Vancouver"))
    assert found[INSTALLATION].zone == "America/Vancouver"
    assert found[1].zone == "Nulle/Part"


def test_what_is_no_hour_leaves_the_usual_one(read):
    odd = {"automatismes": {"digest": "25:99", "synchro": "04:00"}}
    found = read(row(2, start=date(2024, 1, 1), document=odd))
    assert found[2].timetable(date(2024, 1, 2)).hours == HOURS | {"synchro": "04:00"}
    assert found[INSTALLATION].zone == "America/Toronto"


def test_without_any_hotel_that_can_be_read_the_clock_is_universal(read):
    found = read(row(1, "Nulle/Part", NEW))
    assert (found[INSTALLATION].zone, found[INSTALLATION].since) == ("UTC", NEW)
