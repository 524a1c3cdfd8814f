"""Who answers for a hotel: its PMS, the demonstration, or nobody."""

from datetime import date

import pytest

from database.properties import Hotel
from utils.lightspeed import clients
from utils.lightspeed.clients import client_for, demo_hotel
from utils.lightspeed.demo import DemoClient
from utils.lightspeed.errors import LightspeedConfigError


class Live:
    """A client that has credentials, or not."""

    def __init__(self, configured):
        self.configured = configured

    def is_configured(self):
        return self.configured


def hotel(demo):
    return Hotel(1, "DEMO", "Hôtel Démo", "CAD", "America/Toronto", date(2024, 1, 1), demo)


@pytest.fixture
def live(monkeypatch):
    """What the storage answers; whether the installation allows the PMS is noted."""
    made, told = Live(configured=False), []
    monkeypatch.setattr(clients.storage, "client_for", lambda _, *, enabled: told.append(enabled) or made)
    return made, told


@pytest.mark.parametrize("demo", [True, False])
def test_a_hotel_with_credentials_is_answered_by_its_pms_were_it_a_demonstration(live, demo):
    made, told = live
    made.configured = True
    assert client_for(hotel(demo)) is made
    assert told == [True]


def test_a_demonstration_without_credentials_is_made_up(live):
    found = client_for(hotel(demo=True), enabled=False)
    assert isinstance(found, DemoClient)
    assert found.get_account().name == "Hôtel Démo"
    assert live[1] == [False]


def test_nothing_is_made_up_for_a_real_hotel(live):
    with pytest.raises(LightspeedConfigError, match="n’est pas configuré"):
        client_for(hotel(demo=False))
    with pytest.raises(LightspeedConfigError, match="jamais à un hôtel réel"):
        demo_hotel(hotel(demo=False))


def test_the_hotel_that_is_made_up_is_known_by_its_code():
    made = demo_hotel(hotel(demo=True))
    assert (made.account, made.property_code, made.currency, made.time_zone) == (
        "DEMO",
        "DEMO",
        "CAD",
        "America/Toronto",
    )
