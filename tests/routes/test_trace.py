"""Each request has a number, which its answer and its line in the technical journal carry."""

from types import SimpleNamespace

import pytest
from flask import Blueprint, Flask

from routes import trace


@pytest.fixture
def lines(monkeypatch):
    """The lines that were written."""
    found = []
    monkeypatch.setattr(trace, "log", SimpleNamespace(log=lambda level, event, **told: found.append((level, told))))
    return found


@pytest.fixture
def client(lines):
    app = Flask(__name__)
    app.config["DEMO"] = False
    trace.register(app)
    health = Blueprint("sante", __name__)
    health.add_url_rule("/healthz", "healthz", lambda: "ok")
    app.register_blueprint(health)
    app.add_url_rule("/page", "page", lambda: ("non", 404))
    return app.test_client()


@pytest.mark.parametrize("given", ["abcdef12", "a.b-c_d-12345678"])
def test_the_number_of_a_proxy_is_kept(client, given):
    assert client.get("/page", headers={"X-Request-ID": given}).headers["X-Request-ID"] == given


@pytest.mark.parametrize("given", ["", "court", "x" * 65, "a b c d e f", "é" * 10])
def test_any_other_is_replaced(client, given):
    number = client.get("/page", headers={"X-Request-ID": given}).headers["X-Request-ID"]
    assert number != given
    assert len(number) == 16


def test_a_request_is_one_line_without_its_parameters(client, lines):
    client.get("/page?jeton=secret")
    ((_, told),) = lines
    assert (told["method"], told["path"], told["status"]) == ("GET", "/page", 404)
    assert "secret" not in str(told)


def test_what_a_supervisor_asks_is_numbered_but_not_written(client, lines):
    assert client.get("/healthz").headers["X-Request-ID"]
    assert lines == []


def test_in_a_demonstration_lines_are_quieter(client, lines):
    client.get("/page")
    client.application.config["DEMO"] = True
    client.get("/page")
    assert lines[1][0] < lines[0][0]
