"""Signed requests: the vector of the RFC itself, and a library that nobody here wrote."""

import base64

import pytest
from http_message_signatures import HTTPMessageVerifier, HTTPSignatureKeyResolver, InvalidSignature, algorithms

from utils import dates
from utils.lightspeed import transport
from utils.marsha import signing

SHARED = base64.b64decode("uzvJfB4u3N0Jy4T7NZ75MDVcr8zSTInedJtkgcu46YW4XByzNJjxBdtjUkdJPBtbmHhIDi6pcl8jsasjlTMtDQ==")
"""The key of RFC 9421, B.1.5."""

KEY = signing.Key("cle-1", bytes(range(32)))


def test_the_vector_of_the_rfc():
    parameters = '("date" "@authority" "content-type");created=1618884473;keyid="test-shared-secret"'
    values = {
        "date": "Tue, 20 Apr 2021 02:07:55 GMT",
        "@authority": "example.com",
        "content-type": "application/json",
    }
    base = signing.base_of(("date", "@authority", "content-type"), values, parameters)
    assert signing.signature(base, SHARED) == "pxcQw6G3AjtMBQjwo8XzkZf/bws5LelbaMk5rGIGtE8="


class Keys(HTTPSignatureKeyResolver):
    """The one key that is known."""

    def __init__(self, key):
        self.key = key

    def resolve_public_key(self, key_id):
        assert key_id == self.key.id
        return self.key.secret

    resolve_private_key = resolve_public_key


def prepared(method, url, body=None):
    """A request as the client sends it."""
    headers = {"Content-Type": "application/json", "Idempotency-Key": '"a-b"'} if body is not None else {}
    told = headers | signing.signed(method, url, headers, body, KEY, dates.now())
    return transport.asked(url, {}, told, "t", body)


def verified(request, body=None, key=KEY):
    """What the library covers of a request whose signature, and digest, it holds good."""
    verifier = HTTPMessageVerifier(signature_algorithm=algorithms.HMAC_SHA256, key_resolver=Keys(key))
    [result] = verifier.verify(request, body=body)
    covered = {one.split(";")[0].strip('"') for one in result.covered_components}
    return covered - {"@signature-params"}


@pytest.mark.parametrize(
    ("url", "authority"),
    [
        ("https://API.exemple.ca/api/v1/properties/YULRJ/dbrs", "api.exemple.ca"),
        ("https://api.exemple.ca:443/a", "api.exemple.ca"),
        ("http://127.0.0.1:9100/a", "127.0.0.1:9100"),
    ],
)
def test_a_submission_is_verified_by_another_library(url, authority):
    body = b'{"a": 1}'
    assert signing.derived("POST", url)["@authority"] == authority
    covered = verified(prepared("POST", url, body), body)
    wanted = {"@method", "@authority", "@path", "content-type", "content-digest", "idempotency-key"}
    assert covered == wanted


def test_a_reading_is_verified_with_its_question():
    covered = verified(prepared("GET", "https://api.exemple.ca/a?businessDate=2025-12-23"))
    assert covered == {"@method", "@authority", "@path", "@query"}


def test_another_body_under_the_same_digest_is_refused_by_the_library_too():
    request = prepared("POST", "https://a.ca/b", b"{}")
    with pytest.raises(InvalidSignature):
        verified(request, b"{ }")


def test_each_try_has_a_nonce_of_its_own():
    first, second = (prepared("POST", "https://a.ca/b", b"{}").headers["Signature-Input"] for _ in range(2))
    assert first != second


def test_without_a_key_of_its_own_the_secret_of_the_client_makes_one():
    usual = signing.key_of("", "", "rj", "secret")
    assert (usual.id, len(usual.secret)) == ("rj", 32)
    own = signing.key_of("cle-2", base64.b64encode(bytes(32)).decode(), "rj", "secret")
    assert (own.id, own.secret) == ("cle-2", bytes(32))
    assert not signing.is_key("trop court")
    assert not signing.is_key(base64.b64encode(bytes(31)).decode())
    assert signing.is_key(base64.b64encode(bytes(32)).decode())
