"""The client against the simulator: signed, idempotent; swapped, replayed, old or foreign requests are refused."""

import json
from datetime import date, timedelta
from hashlib import sha256

import pytest
import requests

from tests.utils.demo.saisies import nights
from tests.utils.marsha.conftest import CODE
from tests.utils.marsha.test_signing import verified
from utils import dates
from utils.demo.hotel import DemoHotel
from utils.lightspeed import transport
from utils.marsha import signing
from utils.marsha.errors import MarshaError
from utils.marsha.transform import Heading, transform_rj_to_dbrs

DAY = date(2025, 12, 23)
KEYS = ("11111111-1111-4111-8111-111111111111", "22222222-2222-4222-8222-222222222222")


@pytest.fixture(scope="module")
def body():
    """The bytes of a DBRS that foots."""
    night = next(one for _, _, one in nights(DemoHotel("DEMO"), DAY, 1))
    document = transform_rj_to_dbrs(DAY, night.values, Heading(CODE, "CAD", 1, None, None)).document
    return json.dumps(document, ensure_ascii=False).encode()


def test_a_submission_has_a_receipt_and_the_same_one_again(marsha_server, body):
    client = marsha_server.client()
    first, second = client.submit(body, KEYS[0]), client.submit(body, KEYS[0])
    assert (first.status, first.replayed, second.replayed) == ("queued", False, True)
    assert first.id == second.id
    assert first.digest == sha256(body).hexdigest()
    assert len(marsha_server.held()) == 1
    assert client.find(DAY, 1).id == client.status(first.id).id == first.id
    assert client.find(DAY, 2) is None
    assert client.test() == "Hôtel d’essai"


def test_its_benchmarks_come_with_it_and_by_themselves(marsha_server, body):
    client = marsha_server.client()
    found = client.submit(body, KEYS[0]).benchmarks
    assert found == client.benchmarks(DAY)
    assert found.size == 5
    assert found.received.agree
    rank, among, metric = client.position(DAY)
    assert 1 <= rank <= among == 6
    assert metric == "revpar"


def test_another_document_under_the_same_key_or_sequence_is_a_conflict(marsha_server, body):
    client = marsha_server.client()
    client.submit(body, KEYS[0])
    for key in KEYS:
        with pytest.raises(MarshaError) as refusal:
            client.submit(body + b" ", key)
        assert refusal.value.kind == "conflit"
    assert len(marsha_server.held()) == 1


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        ({"kind": "throttle", "detail": "seconds"}, "occupe"),
        ({"kind": "status", "detail": "503"}, "occupe"),
        ({"kind": "status", "detail": "500"}, "serveur"),
        ({"kind": "status", "detail": "422"}, "requete"),
        ({"kind": "html"}, "inattendu"),
        ({"kind": "truncated"}, "inattendu"),
        ({"kind": "redirect"}, "redirection"),
        ({"kind": "reset"}, "reseau"),
        ({"kind": "lost"}, "reseau"),
        ({"kind": "in-flight"}, "occupe"),
    ],
)
def test_each_fault_is_told_by_its_kind(marsha_server, body, fault, kind):
    marsha_server.fault(**fault)
    with pytest.raises(MarshaError) as refusal:
        marsha_server.client().submit(body, KEYS[0])
    assert refusal.value.kind == kind
    assert str(refusal.value).endswith(".")


def test_a_token_that_was_killed_is_renewed_once(marsha_server, body):
    marsha_server.fault("unauthorized", times=1)
    assert marsha_server.client().submit(body, KEYS[0]).id


def test_every_request_of_the_client_is_verified_by_another_library(marsha_server, body, monkeypatch):
    key, heard, alive = marsha_server.connection().key(), [], transport.exchange

    def listen(adapter, request, deadline):
        heard.append(verified(request, request.body, key))
        return alive(adapter, request, deadline)

    monkeypatch.setattr(transport, "exchange", listen)
    client = marsha_server.client()
    receipt = client.submit(body, KEYS[0])
    client.test()
    client.status(receipt.id)
    client.find(DAY, 1)
    client.benchmarks(DAY)
    client.position(DAY)
    assert len(heard) == 6
    assert all({"@method", "@authority", "@path"} <= covered for covered in heard)
    assert ["@query" in covered for covered in heard] == [False, False, False, True, True, True]


def test_another_key_of_signature_is_refused(marsha_server, body):
    with pytest.raises(MarshaError) as refusal:
        marsha_server.client(signing_key_id="rj", signing_key="QUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUE=").submit(
            body, KEYS[0]
        )
    assert refusal.value.kind == "signature"
    assert marsha_server.held() == []


class Raw:
    """Requests made by hand, spoiled on the way."""

    def __init__(self, running):
        self.running = running
        answer = requests.post(
            f"{running.address}/oauth/token",
            data={"grant_type": "client_credentials"},
            auth=("rj", running.connection().client_secret),
            timeout=5,
        )
        self.token = answer.json()["access_token"]
        self.url = f"{running.address}/api/v1/properties/{CODE}/dbrs"

    def signed(self, body, at=None):
        """The headers of a submission."""
        plain = {"Content-Type": "application/json", "Idempotency-Key": f'"{KEYS[0]}"'}
        key = self.running.connection().key()
        added = signing.signed("POST", self.url, plain, body, key, at or dates.now())
        return plain | added | {"Authorization": f"Bearer {self.token}"}

    def post(self, headers, body):
        """Send it; the status."""
        return requests.post(self.url, data=body, headers=headers, timeout=5).status_code


def test_a_swapped_body_a_replay_an_old_date_and_a_bare_request_are_refused(marsha_server, body):
    raw = Raw(marsha_server)
    assert raw.post(raw.signed(body), body.replace(b"2025-12-23", b"2025-12-24")) == 401
    assert raw.post(raw.signed(body, dates.now() - timedelta(seconds=301)), body) == 401
    assert raw.post(raw.signed(body, dates.now() + timedelta(minutes=6)), body) == 401
    headers = raw.signed(body)
    unsigned = {name: value for name, value in headers.items() if not name.startswith("Signature")}
    assert raw.post(unsigned, body) == 401
    assert raw.post(headers | {"Idempotency-Key": f'"{KEYS[1]}"'}, body) == 401
    assert marsha_server.held() == []
    assert raw.post(headers, body) == 201
    assert raw.post(headers, body) == 401


def test_a_signature_that_covers_less_is_refused(marsha_server, body):
    raw = Raw(marsha_server)
    headers = raw.signed(body)
    headers["Signature-Input"] = headers["Signature-Input"].replace(' "content-digest"', "")
    assert raw.post(headers, body) == 401


def test_a_spoiled_set_never_divides(marsha_server, body):
    client = marsha_server.client()
    client.submit(body, KEYS[0])
    for twist in ("zero", "missing", "late"):
        marsha_server.fault("twist", detail=twist, times=1, report="benchmarks")
        assert client.benchmarks(DAY).received == (None, None, None)
