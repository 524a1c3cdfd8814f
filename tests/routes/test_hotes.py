"""The names under which the application answers."""

from types import SimpleNamespace

import pytest
from flask import Blueprint, Flask

from routes.erreurs import ApiError
from routes.hotes import register


@pytest.fixture
def status():
    """What is answered to a request for this name, when the application has these."""

    def run(host, *names, path="/"):
        app = Flask(__name__)
        app.config["SETTINGS"] = SimpleNamespace(hotes=names)
        register(app)
        health = Blueprint("sante", __name__)
        health.add_url_rule("/healthz", "healthz", lambda: "ok")
        app.register_blueprint(health)
        app.add_url_rule("/", "page", lambda: "ok")
        app.register_error_handler(ApiError, lambda error: ("refusé", error.code))
        return app.test_client().get(path, headers={"Host": host}).status_code

    return run


@pytest.mark.parametrize(
    ("host", "code"),
    [("rj.hotel.ca", 200), ("RJ.Hotel.CA", 200), ("autre.ca", 400), ("rj.hotel.ca.autre.ca", 400), ("192.0.2.1", 400)],
)
def test_a_name_that_is_none_of_ours_is_refused(status, host, code):
    assert status(host, "RJ.hotel.ca") == code


def test_a_supervisor_asks_the_machine_by_its_address(status):
    assert status("192.0.2.1", "rj.hotel.ca", path="/healthz") == 200


def test_an_installation_that_says_no_name_answers_under_any(status):
    assert status("192.0.2.1") == 200
