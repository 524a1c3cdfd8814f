"""The API against its own description: whatever a program may send, the answer is one that is described."""

import shutil
from dataclasses import replace

import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as hypothesis_settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    missing_required_header,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from werkzeug.utils import import_string

from main import create_app
from routes import BLUEPRINTS
from routes.access import requires
from routes.api_description import document_of
from routes.api_formes import described as describing
from routes.api_formes import operation
from tests.applications import Browser, close, demonstration
from tests.utils.actions.nights import DAY, Person
from utils.rj.reading import MAX_COUNT

CHECKS = [
    *(not_a_server_error, status_code_conformance, content_type_conformance, response_headers_conformance),
    *(response_schema_conformance, negative_data_rejection, missing_required_header),
]
EXAMPLES = 8
EDITABLE = ("draft", "in_progress", "correcting")


@pytest.fixture(scope="module")
def administrator(sqlite_template, tmp_path_factory):
    """The administrator, signed in, in front of an open night."""
    instance = tmp_path_factory.mktemp("description")
    shutil.copy(sqlite_template, instance / "rj.db")
    app = create_app(replace(demonstration(instance), lightspeed_base_url="http://127.0.0.1:9"))
    app.test_client_class = Browser
    yield Person(app, "admin", DAY).open()
    close(app)


@pytest.fixture(scope="module")
def described(administrator):
    """The description without what it says of the session: whoever asks is signed in, refusals are told elsewhere."""
    document = administrator.client.get("/api/openapi.json").json
    schema = schemathesis.openapi.from_dict({key: value for key, value in document.items() if key != "security"})
    schema.app = administrator.app
    return schema


def addresses():
    """An application with every address, and neither base nor guard: what is described needs no more."""
    app = Flask("description")
    app.config["SETTINGS"] = demonstration("")
    for blueprint in BLUEPRINTS:
        app.register_blueprint(import_string(blueprint))
    return app


PATHS = document_of(addresses())["paths"]
OPERATIONS = [(path, method) for path, one in PATHS.items() for method in one if method != "parameters"]


NOTHING_TO_SEND = {
    (path, "get")
    for path in (
        *("/api/moi", "/api/lightspeed/status", "/api/lightspeed/callback", "/api/automatismes"),
        "/api/notifications/preferences",
    )
}

CASES = [
    pytest.param(path, method, mode, id=f"{method} {path.rpartition('}')[2] or path} {mode.value}")
    for path, method in OPERATIONS
    for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
    if mode == GenerationMode.POSITIVE or (path, method) not in NOTHING_TO_SEND
]
"""Every operation with valid requests and, when it takes anything at all, with invalid ones."""

ROUNDS = hypothesis_settings(
    max_examples=EXAMPLES,
    phases=[Phase.generate],
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)


@pytest.mark.parametrize(("path", "method", "mode"), CASES)
def test_whatever_is_sent_the_answer_is_described(described, administrator, path, method, mode):
    """Valid and invalid requests of every operation, most of them on a night that can be filled."""

    @ROUNDS
    @given(case=described[path][method].as_strategy(generation_mode=mode))
    def send(case):
        if administrator.whole()["etat"] not in EDITABLE:
            administrator.reopen()
        towards_the_night(case, administrator)
        case.call_and_validate(headers=headers_of(case, administrator), cookies=cookie(administrator), checks=CHECKS)

    send()


def towards_the_night(case, administrator):
    """A date that could be a night becomes the one that is open, a version the one that was just read."""
    if str(case.path_parameters.get("jour", "")).startswith("20") and len(case.path_parameters["jour"]) == len(DAY):
        case.path_parameters["jour"] = DAY
    version = case.body.get("version") if isinstance(case.body, dict) else None
    if isinstance(version, int) and not isinstance(version, bool) and 0 <= version <= MAX_COUNT:
        case.body["version"] = administrator.whole()["version"]


def headers_of(case, administrator):
    """The token and the hotel, wherever the request has them at all."""
    known = {"X-CSRFToken": administrator.client.token, "X-Hotel": administrator.client.hotel}
    given = {name: value for name, value in known.items() if name in (case.headers or {})}
    return given | {"Accept-Encoding": "identity"}


def cookie(administrator):
    """The cookie of the session."""
    return {"rj_session": administrator.client.get_cookie("rj_session").value}


def test_every_address_of_the_api_is_described(administrator):
    """The map and the description speak of the same addresses, one for each tab."""
    paths = administrator.client.get("/api/openapi.json").json["paths"]
    described = {(method.upper(), path) for path, one in paths.items() for method in one if method != "parameters"}
    for rule in administrator.app.url_map.iter_rules():
        if rule.rule.startswith(("/api/", "/webhooks/")) and rule.rule != "/api/openapi.json":
            path = (
                rule.rule.replace("<path:champ>", "{champ}")
                .replace("<jour>", "{jour}")
                .replace("<int:avant>", "{avant}")
                .replace("<int:apres>", "{apres}")
                .replace("<tache>", "{tache}")
                .replace("<forme>", "{forme}")
                .replace("<onglet>", "recap")
            )
            for method in rule.methods - {"HEAD", "OPTIONS"}:
                assert (method, path) in described, (method, path)
    assert len(described) == len(OPERATIONS) == 79


def test_a_view_of_the_api_that_does_not_describe_itself_is_refused():
    app = addresses()
    app.add_url_rule("/api/muette", view_func=requires("lire")(lambda: "rien"), endpoint="muette")
    with pytest.raises(LookupError, match="does not describe itself"):
        document_of(app)


def test_a_page_needs_no_description_and_a_view_brings_its_own():
    app = addresses()
    app.add_url_rule("/pages/muette", view_func=requires("lire")(lambda: "rien"), endpoint="page")
    view = requires("lire")(describing(operation("Dire", schema="Moi"))(lambda: "dit"))
    app.add_url_rule("/api/dite/<jour>", view_func=view, endpoint="dite", methods=["GET"])
    paths = document_of(app)["paths"]
    assert paths.keys() - PATHS.keys() == {"/api/dite/{jour}"}
    assert paths["/api/dite/{jour}"]["get"]["summary"] == "Dire"
    assert [part["name"] for part in paths["/api/dite/{jour}"]["parameters"]] == ["jour"]
