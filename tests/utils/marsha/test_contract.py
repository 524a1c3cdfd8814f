"""One contract, both ends: what the client sends and what the simulator answers are held to the same file."""

import json
from datetime import date

import jsonschema
import pytest
import requests
from referencing import Registry, Resource

from config.settings import ROOT
from tests.utils.demo.saisies import nights
from tests.utils.marsha.conftest import CODE
from tests.utils.marsha.test_client import KEYS
from utils.demo.hotel import DemoHotel
from utils.lightspeed import transport
from utils.marsha.transform import FIGURES, Heading, transform_rj_to_dbrs
from utils.simulators.marsha_admin import message_of

CONTRACT = json.loads((ROOT / "utils" / "marsha" / "contract" / "marsha.openapi.json").read_text(encoding="utf-8"))
DRAFT = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
REGISTRY = Registry().with_resource("urn:contrat", Resource.from_contents({**DRAFT, **CONTRACT}))
DAY = date(2025, 12, 23)


def held_to(schema, document):
    """Raise where a document is not of the contract."""
    where = {"$ref": f"urn:contrat#{schema}"}
    jsonschema.Draft202012Validator(where, registry=REGISTRY).validate(document)


@pytest.fixture(scope="module")
def dbrs():
    """The DBRS of a night of the demonstration."""
    night = next(one for _, _, one in nights(DemoHotel("DEMO"), DAY, 1))
    return transform_rj_to_dbrs(DAY, night.values, Heading(CODE, "CAD", 1, None, 3)).document


def test_what_leaves_is_of_the_contract(dbrs):
    held_to("/components/schemas/Dbrs", dbrs)


def test_the_contract_has_every_figure_that_leaves():
    properties = CONTRACT["components"]["schemas"]["Dbrs"]["properties"]
    for figure in FIGURES:
        holder = properties
        *above, last = figure.place.split(".")
        for key in above:
            holder = holder[key]["properties"]
        assert last in holder, figure


def _operation(method, path):
    """The operation of an address, by its template."""
    for template, one in CONTRACT["paths"].items():
        parts, given = template.split("/"), path.split("/")
        if len(parts) == len(given) and all(a == b or a.startswith("{") for a, b in zip(parts, given, strict=True)):
            return one[method.lower()]
    raise AssertionError(path)


@pytest.fixture
def heard(monkeypatch):
    """Every exchange of the client, held to the contract as it happens."""
    seen, alive = [], transport.exchange

    def listen(adapter, request, deadline):
        answer = alive(adapter, request, deadline)
        path = request.url.split("//", 1)[1].partition("/")[2].partition("?")[0]
        operation = _operation(request.method, f"/{path}")
        for parameter in operation["parameters"]:
            name = parameter["$ref"].rpartition("/")[2]
            told = CONTRACT["components"]["parameters"][name]
            if told["in"] == "header" and told["required"]:
                pattern = told["schema"].get("pattern")
                value = request.headers[told["name"]]
                assert pattern is None or jsonschema.Draft202012Validator({"pattern": pattern}).is_valid(value)
        answers = operation["responses"][str(answer.status)]
        if "$ref" in answers:
            answers = CONTRACT["components"]["responses"][answers["$ref"].rpartition("/")[2]]
        [content] = answers["content"].items()
        assert answer.headers["Content-Type"].startswith(content[0])
        held_to(content[1]["schema"]["$ref"][1:], json.loads(answer.body))
        seen.append((request.method, answer.status))
        return answer

    monkeypatch.setattr(transport, "exchange", listen)
    return seen


def test_every_exchange_is_of_the_contract_both_ways(marsha_server, dbrs, heard):
    client, body = marsha_server.client(), json.dumps(dbrs).encode()
    receipt = client.submit(body, KEYS[0])
    client.submit(body, KEYS[0])
    client.test()
    client.status(receipt.id)
    client.find(DAY, 1)
    client.find(DAY, 2)
    client.benchmarks(DAY)
    client.position(DAY)
    for twist in ("zero", "missing", "late", "small", "preliminary"):
        marsha_server.fault("twist", detail=twist, times=1, report="benchmarks")
        client.benchmarks(DAY)
    for body_, key in ((body + b" ", KEYS[0]), (body + b" ", KEYS[1]), (b"{}", KEYS[1])):
        with pytest.raises(Exception, match="MARSHA"):
            client.submit(body_, key)
    for status in ("500", "503"):
        marsha_server.fault("status", detail=status, times=1)
        with pytest.raises(Exception, match="MARSHA"):
            client.test()
    assert {status for _, status in heard} == {200, 201, 404, 409, 422, 500, 503}


def test_the_message_of_a_validation_is_of_the_contract(marsha_server, dbrs):
    marsha_server.client().submit(json.dumps(dbrs).encode(), KEYS[0])
    with marsha_server.inside.ledger.opened() as kept:
        [submission] = kept["submissions"].values()
    for errors in ([], [{"pointer": "/a", "code": "b", "message": "c"}]):
        held_to("/components/schemas/Validation", message_of({**submission, "errors": errors}, 1))


def test_whatever_is_not_signed_or_known_is_a_problem_of_the_contract(marsha_server):
    base = f"{marsha_server.address}/api/v1/properties/{CODE}"
    for address, status in ((base, 401), (f"{base}/ailleurs", 404), (f"{base}/dbrs/x", 401)):
        answer = requests.get(address, timeout=5)
        assert answer.status_code == status
        held_to("/components/schemas/Problem", answer.json())
