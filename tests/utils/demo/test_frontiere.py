"""Demonstration figures never enter a real hotel: each way is tried."""

from datetime import date

import pytest

from database import properties
from database.transaction import read
from utils.actions.demonstration.night_papers import night_papers
from utils.actions.lightspeed.read_reports import FAILED, Reports
from utils.actions.person import Machine
from utils.actions.refusals import NoSuchNight
from utils.demo.hotel import DemoHotel
from utils.lightspeed import reports as r
from utils.lightspeed.clients import client_for, demo_hotel
from utils.lightspeed.demo import DemoClient
from utils.lightspeed.errors import LightspeedConfigError

DAY = date(2026, 3, 8)


@pytest.fixture
def hotel(app_sqlite):
    """The demonstration hotel, in the context of its application."""
    with app_sqlite.app_context():
        with read() as connection:
            found = properties.property_by_code(connection, "DEMO")
        yield found


def test_a_demonstration_without_credentials_is_answered_by_the_generator(hotel):
    about = client_for(hotel).get_daily_revenue(DAY).about
    assert (about.source, about.property_code, about.final) == ("demo", "DEMO", True)


@pytest.mark.parametrize("enabled", [True, False])
def test_a_real_hotel_without_credentials_is_answered_by_nobody(hotel, enabled):
    with pytest.raises(LightspeedConfigError):
        client_for(hotel._replace(demo=False), enabled=enabled)
    with pytest.raises(LightspeedConfigError):
        demo_hotel(hotel._replace(demo=False))


def test_a_sync_that_is_handed_the_demonstration_refuses_it_for_a_real_hotel(hotel):
    reports = Reports(hotel._replace(demo=False), DemoClient(DemoHotel("DEMO")), DAY, lambda _: None)
    for kind in (r.DailyRevenue, r.CashierReport, r.ArBalance):
        reading = reports.get(kind)
        assert (reading.state, reading.figures) == (FAILED, {})
        assert "démonstration" in reading.message


def test_there_are_no_papers_of_a_real_hotel(hotel, monkeypatch):
    real = hotel._replace(demo=False)
    monkeypatch.setattr(properties, "property_by_id", lambda *_: real)
    with pytest.raises(NoSuchNight):
        night_papers(Machine(hotel.id), DAY)
