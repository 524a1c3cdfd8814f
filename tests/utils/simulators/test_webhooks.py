"""What a simulator signs is what the product verifies."""

import base64
from datetime import UTC, datetime

import pytest

from utils import dates
from utils.lightspeed.webhooks import verified
from utils.simulators import webhooks
from utils.simulators.webhooks import send, signed

SECRET = f"whsec_{base64.b64encode(bytes(range(32))).decode()}"
NOW = datetime(2025, 12, 24, 8, tzinfo=UTC)


def test_a_message_that_is_signed_is_verified():
    headers = signed(SECRET, "msg_1", int(NOW.timestamp()), b"{}")
    assert verified(SECRET, headers, b"{}", NOW) == "msg_1"
    assert verified(SECRET, headers, b"{ }", NOW) is None


@pytest.mark.parametrize("secret", ["whsec_pas du base64!", "whsec_abc"])
def test_a_secret_that_is_none_signs_nothing(secret):
    with pytest.raises(ValueError, match="a secret is whsec_ and base64"):
        signed(secret, "msg_1", 0, b"")


def test_a_message_is_sent_once_signed(monkeypatch):
    sent = []
    monkeypatch.setattr(dates, "now", lambda: NOW)
    monkeypatch.setattr(webhooks.transport, "post", lambda *given: sent.append(given) or type("A", (), {"status": 202}))
    assert send("https://rj.exemple.ca", SECRET, "business_date.closed", {"nuit": "é"}) == 202
    ((url, body, headers),) = sent
    assert url == "https://rj.exemple.ca"
    assert '"nuit": "é"' in body.decode()
    assert verified(SECRET, headers, body, NOW).startswith("msg_")
