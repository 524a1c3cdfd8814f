"""What a client sends of itself to the token endpoint."""

import pytest

from tests.utils.lightspeed.conftest import DAY, PERSON, consent, simulator
from utils.lightspeed import storage

ODD = ("deux:points", "plus+et%20pourcent&=/", "clé « d’accès »", "秘密-0123456789")


@pytest.mark.parametrize("secret", ODD)
def test_a_secret_may_hold_any_character(hotel, secret):
    """Connecting, renewing and cutting, each with Basic authentication as RFC 6749 2.3.1 writes it."""
    with simulator(client_id=f"rj {secret}", client_secret=secret) as running:
        storage.configure(hotel.id, running.connection(client_id=f"rj {secret}", client_secret=secret))
        client = storage.client_for(hotel)
        client.authenticate(consent(client.authorization_url(PERSON)), PERSON)
        client.refresh_token()
        assert client.get_daily_revenue(DAY).about.closed
        assert client.disconnect()
