"""How the simulator checks a request: label, components, digest of the body, date, key, nonce; no header is trusted."""

import base64
from datetime import timedelta

import pytest
from flask import Flask

from utils import dates
from utils.marsha import signing
from utils.marsha.signing import Key
from utils.simulators.marsha_signature import Signatures, read_key

KEY, OTHER = Key("cle-1", bytes(range(32))), Key("cle-2", bytes(32))
URL, BODY = "http://127.0.0.1/api/v1/properties/YULRJ/dbrs", b'{"a": 1}'
HEADERS = {"Content-Type": "application/json", "Idempotency-Key": '"11111111-1111-4111-8111-111111111111"'}


def fault_of(signatures, *, url=URL, body=BODY, key=KEY, at=None, sent=None, **changed):
    """What is found wrong with a request that was signed, then changed on its way."""
    method = "POST" if body else "GET"
    headers = HEADERS if body else {}
    given = {**headers, **signing.signed(method, url, headers, body, key, at or dates.now()), **changed}
    sent = body if sent is None else sent
    with Flask("essai").test_request_context(url, method=method, data=sent, headers=given) as context:
        return signatures.fault(context.request)


@pytest.fixture
def signatures():
    """Two keys at once, as while one replaces the other."""
    return Signatures({KEY.id: KEY.secret, OTHER.id: OTHER.secret})


def test_either_key_is_good_with_a_body_or_a_query(signatures):
    assert fault_of(signatures) is None
    assert fault_of(signatures, key=OTHER) is None
    assert fault_of(signatures, url=f"{URL}?businessDate=2025-12-23", body=None) is None


def test_a_body_swapped_under_a_good_signature_is_seen(signatures):
    assert fault_of(signatures, sent=b'{"a": 2}') == "digest"
    assert fault_of(signatures, sent=b'{"a": 2}', **{"Content-Digest": signing.digest(b'{"a": 2}')}) == "wrong"


@pytest.mark.parametrize("minutes", [-6, 6])
def test_a_date_more_than_five_minutes_away_is_refused(signatures, minutes):
    assert fault_of(signatures, at=dates.now() + timedelta(minutes=minutes)) == "expired"


def test_a_key_that_is_unknown_or_that_lies_about_its_name_is_refused(signatures):
    assert fault_of(signatures, key=Key("cle-3", KEY.secret)) == "wrong"
    assert fault_of(signatures, key=Key("cle-1", OTHER.secret)) == "wrong"


def test_what_carries_no_signature_or_covers_too_little_is_refused(signatures):
    assert fault_of(signatures, Signature="marsha=:abc:") == "missing"
    covered = f'marsha=("@method");created=1;expires=2;nonce="{"n" * 20}";keyid="cle-1";alg="hmac-sha256"'
    assert fault_of(signatures, **{"Signature-Input": covered}) == "uncovered"
    sha1 = covered.replace("hmac-sha256", "hmac-sha1")
    assert fault_of(signatures, **{"Signature-Input": sha1}) == "missing"


def test_a_replay_is_refused(signatures):
    given = {**HEADERS, **signing.signed("POST", URL, HEADERS, BODY, KEY, dates.now())}
    assert [fault_of(signatures, **given) for _ in range(2)] == [None, "replayed"]


def test_a_key_is_read_in_base64_and_nothing_else():
    assert read_key(base64.b64encode(b"cle").decode()) == b"cle"
    with pytest.raises(ValueError, match="base64"):
        read_key("pas du tout")
