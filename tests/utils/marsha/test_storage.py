"""Where a connection with MARSHA is kept: sealed, apart from that of the PMS, under its own rate."""

import base64
from datetime import timedelta

import pytest
from sqlalchemy import text

from database import properties
from database.transaction import read
from utils.lightspeed.storage import PropertyStore
from utils.marsha import storage
from utils.marsha.storage import PER_MINUTE, RATE, MarshaStore


@pytest.fixture
def hotel(app):
    """The demonstration hotel."""
    with app.app_context():
        with read() as connection:
            found = properties.property_by_code(connection, "DEMO")
        yield found


def link(**changed):
    """A connection to somewhere of this machine."""
    given = {"account": "YULRJ", "client_id": "rj", "client_secret": "tres-secret", "redirect_uri": ""}
    return storage.installed("http://127.0.0.1:9100", "", grant_type="client_credentials", **given | changed)


def test_it_is_kept_sealed_and_apart_from_that_of_the_pms(hotel):
    storage.configure(hotel.id, link(tenant="essai"))
    with read() as connection:
        assert storage.is_set(connection, hotel.id)
        assert storage.code_of(connection, hotel.id) == "YULRJ"
        rows = str(connection.execute(text("SELECT * FROM property_integrations")).all())
    assert "tres-secret" not in rows
    kept = MarshaStore(hotel.id).load()
    assert (kept.connection.client_secret, kept.connection.tenant) == ("tres-secret", "essai")
    assert PropertyStore(hotel.id).load() is None


def test_a_hotel_without_one_has_no_code(hotel):
    with read() as connection:
        assert not storage.is_set(connection, hotel.id)


def test_its_key_is_the_one_given_or_one_that_the_secret_of_the_client_makes():
    given = base64.b64encode(bytes(range(32))).decode()
    assert link(signing_key=given, signing_key_id="cle-1").key().id == "cle-1"
    assert link(signing_key=given).key().secret == bytes(range(32))
    assert link().key().secret == link().key().secret != link(client_secret="autre").key().secret
    assert "secret" not in repr(link())


def test_its_rate_never_exceeds_eight_in_a_minute():
    assert RATE.burst + timedelta(minutes=1) / RATE.every <= PER_MINUTE
    assert MarshaStore.rate == RATE
