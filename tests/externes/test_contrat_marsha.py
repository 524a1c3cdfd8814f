"""The contract of MARSHA attacked: Schemathesis invents requests of it, which are signed, and judges every answer."""

import json

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from schemathesis import GenerationMode

from config.settings import ROOT
from tests.utils.marsha.conftest import SECRET, simulator
from utils import dates
from utils.marsha import signing

CONTRACT = ROOT / "utils" / "marsha" / "contract" / "marsha.openapi.json"
SCHEMA = schemathesis.openapi.from_dict(json.loads(CONTRACT.read_text(encoding="utf-8")))
SCHEMA.config.generation.update(modes=[GenerationMode.POSITIVE])
ATTEMPTS = 15


class Signed(requests.auth.AuthBase):
    """What the client does of each request before it leaves: a token, a signature of the very bytes."""

    def __init__(self, token, key):
        self.token, self.key = token, key

    def __call__(self, request):
        told = signing.signed(request.method, request.url, request.headers, request.body, self.key, dates.now())
        request.headers.update({**told, "Authorization": f"Bearer {self.token}"})
        return request


@pytest.fixture(scope="module")
def attacked():
    """A simulator without a rate limit, and what signs for its hotel."""
    with simulator() as running:
        given = {"grant_type": "client_credentials"}
        answer = requests.post(f"{running.address}/oauth/token", data=given, auth=("rj", SECRET), timeout=5)
        yield running.address, Signed(answer.json()["access_token"], running.connection().key())


@SCHEMA.parametrize()
@settings(
    max_examples=ATTEMPTS,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.generate],
    derandomize=True,
    database=None,
)
def test_the_simulator_keeps_the_contract(attacked, case):
    address, signed = attacked
    case.call_and_validate(base_url=address, auth=signed, timeout=20)
