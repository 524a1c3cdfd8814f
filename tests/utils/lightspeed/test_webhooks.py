"""A signed message: whole, from whoever has the secret, sent a short while ago; nothing else passes."""

import base64
import hmac
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest

from utils.lightspeed.webhooks import TOLERANCE_S, is_secret, plausible, verified

KEY = bytes(range(32))
SECRET = f"whsec_{base64.b64encode(KEY).decode()}"
NOW = datetime(2025, 12, 24, 8, 0, tzinfo=UTC)
BODY = b'{"type":"business_date.closed"}'


def signature(body=BODY, key=KEY, name="msg_1", at=NOW):
    signed = f"{name}.{int(at.timestamp())}.".encode() + body
    return "v1," + base64.b64encode(hmac.digest(key, signed, sha256)).decode()


def headers(at=NOW, name="msg_1", signed=None):
    given = signature(name=name, at=at) if signed is None else signed
    return {"webhook-id": name, "webhook-timestamp": str(int(at.timestamp())), "webhook-signature": given}


def test_a_message_that_was_signed_gives_its_name():
    assert verified(SECRET, headers(), BODY, NOW) == "msg_1"


def test_one_signature_among_several_is_enough_but_not_beyond_ten():
    other = signature(key=b"x" * 32)
    assert verified(SECRET, headers(signed=f"v2,abc {other} {signature()}"), BODY, NOW) == "msg_1"
    assert verified(SECRET, headers(signed=" ".join([other] * 9 + [signature()])), BODY, NOW) == "msg_1"
    assert verified(SECRET, headers(signed=" ".join([other] * 10 + [signature()])), BODY, NOW) is None


@pytest.mark.parametrize(
    "signed", ["", "v1,", signature(key=b"x" * 32), signature(body=b"{}"), signature().removeprefix("v1,"), "v1,é"]
)
def test_another_signature_is_none(signed):
    assert verified(SECRET, headers(signed=signed), BODY, NOW) is None


def test_a_message_says_nothing_of_another_body_name_or_secret():
    assert verified(SECRET, headers(), BODY + b" ", NOW) is None
    assert verified(SECRET, headers() | {"webhook-id": "msg_2"}, BODY, NOW) is None
    assert verified(SECRET.replace("whsec_", ""), headers(), BODY, NOW) is None


@pytest.mark.parametrize(
    ("seconds", "fresh"), [(0, True), (-TOLERANCE_S, True), (TOLERANCE_S, True), (-301, False), (301, False)]
)
def test_a_message_is_good_for_five_minutes_either_way(seconds, fresh):
    sent = headers(at=NOW + timedelta(seconds=seconds))
    assert plausible(sent, NOW) is fresh
    assert (verified(SECRET, sent, BODY, NOW) is not None) is fresh


@pytest.mark.parametrize(
    "odd",
    [
        {},
        {"webhook-id": "", "webhook-timestamp": "1"},
        {"webhook-id": "a b"},
        {"webhook-id": "x" * 101},
        {"webhook-timestamp": "hier"},
        {"webhook-timestamp": "1" * 13},
        {"webhook-timestamp": "-5"},
    ],
)
def test_headers_that_are_odd_are_not_looked_at_further(odd):
    assert not plausible(headers() | odd if odd else {}, NOW)


@pytest.mark.parametrize(
    ("size", "prefix", "good"),
    [(24, "whsec_", True), (64, "whsec_", True), (23, "whsec_", False), (65, "whsec_", False), (32, "sec_", False)],
)
def test_a_secret_is_of_24_to_64_bytes(size, prefix, good):
    assert is_secret(prefix + base64.b64encode(b"x" * size).decode()) is good


@pytest.mark.parametrize("text", ["", "whsec_", "whsec_pas du base64!", "whsec_é"])
def test_what_is_no_base64_is_no_secret(text):
    assert not is_secret(text)
