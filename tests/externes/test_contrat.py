"""One contract, both ends: Schemathesis attacks the simulator, Prism answers the client, from the same file."""

import json

import jsonschema
import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from referencing import Registry, Resource
from sqlalchemy import text

from database.transaction import write
from tests.externes.conftest import CONTRACT
from tests.externes.test_pannes import connect, hurried
from tests.utils.lightspeed.conftest import ACCOUNT, DAY, demo_hotel, simulator
from utils.lightspeed import storage
from utils.lightspeed.errors import LightspeedAPIError
from utils.lightspeed.night import METHODS, read_report
from utils.simulators.lightspeed import PATHS

DOCUMENT = json.loads(CONTRACT.read_text(encoding="utf-8"))
SCHEMA = schemathesis.openapi.from_dict(DOCUMENT)
ATTEMPTS = 15


@pytest.fixture(scope="module")
def attacked():
    """A simulator without a rate limit, and a token of the account."""
    with simulator(credentials=True) as running:
        running.inside.buckets.enforced = False
        answer = requests.post(
            f"{running.address}/oauth/token",
            data={"grant_type": "client_credentials"},
            auth=("rj", running.connection().client_secret),
            timeout=5,
        )
        yield running.address, answer.json()["access_token"]


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
    address, token = attacked
    case.call_and_validate(base_url=address, headers={"Authorization": f"Bearer {token}"}, timeout=20)


@pytest.mark.parametrize("report", PATHS.values())
def test_every_report_of_the_synthetic_hotel_is_in_the_contract(report, attacked):
    address, token = attacked
    path = next(path for path, name in PATHS.items() if name == report)
    answer = requests.get(
        f"{address}/accounts/{ACCOUNT}{path}",
        params={"businessDate": DAY.isoformat()},
        headers={"Authorization": f"Bearer {token}"},
        timeout=10,
    )
    resource = Resource.from_contents({"$schema": "https://json-schema.org/draft/2020-12/schema", **DOCUMENT})
    registry = Registry().with_resource("urn:contrat", resource)
    schema = {"$ref": f"urn:contrat#/components/schemas/{report}"}
    jsonschema.Draft202012Validator(schema, registry=registry).validate(answer.json())


def test_the_contract_names_every_report_that_the_client_reads():
    assert len(METHODS) == len(PATHS)
    assert {f"/accounts/{{accountID}}{path}" for path in PATHS} < set(DOCUMENT["paths"])


@pytest.fixture
def before_prism(app_sqlite, prism):
    """A client whose reports come from Prism; its tokens, from a simulator."""
    with app_sqlite.app_context(), simulator() as running:
        storage._budgets.clear()
        storage.configure(demo_hotel().id, running.connection())
        connect(demo_hotel())
        with write() as connection:
            connection.execute(text("UPDATE property_integrations SET base_url = :url"), {"url": prism})
        yield hurried(demo_hotel(), seconds=20), prism


def test_the_client_speaks_the_contract_and_prism_finds_nothing_to_say(before_prism):
    client, _ = before_prism
    # Prism invents the account and the date: an answer about something else is not believed. A request that broke the
    # contract would have come back as 400, 401 or 422.
    said = {kind: refused(kind, client) for kind in METHODS}
    assert {(error.kind, error.status) for error in said.values()} == {("inattendu", 200)}
    places = {str(error).partition("(")[2].rstrip(").") for error in said.values()}
    assert places <= {"businessDate", "accountId", "currency"}


def refused(kind, client):
    """The error of a reading."""
    with pytest.raises(LightspeedAPIError) as refusal:
        read_report(client, kind, DAY)
    return refusal.value


def test_prism_refuses_what_the_client_never_sends(before_prism):
    _, address = before_prism
    url = f"{address}/accounts/{ACCOUNT}/rooms"
    assert requests.get(url, params={"businessDate": "2025-12-23"}, timeout=10).status_code == 401
    headers = {"Authorization": "Bearer x"}
    assert requests.get(url, params={"businessDate": "hier"}, headers=headers, timeout=10).status_code in (400, 422)
