"""Text travels compressed when the browser can read it and there is something to save."""

import gzip

import pytest
from flask import Flask, Response

from routes.compression import SMALLEST, register

LONG = "é" * SMALLEST


@pytest.fixture
def answer():
    """What comes of an answer, asked by a browser that accepts this."""

    def run(body=LONG, mimetype="text/html", accepts="gzip", **headers):
        app = Flask(__name__)
        register(app)
        app.add_url_rule("/", "x", lambda: Response(body, mimetype=mimetype, headers=headers))
        return app.test_client().get("/", headers={"Accept-Encoding": accepts})

    return run


@pytest.mark.parametrize(
    "mimetype", ["text/html", "application/json", "application/problem+json", "image/svg+xml", "text/csv"]
)
def test_a_long_text_is_compressed_and_read_back_whole(answer, mimetype):
    response = answer(mimetype=mimetype)
    assert response.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(response.data).decode() == LONG
    assert len(response.data) < 200
    assert "Accept-Encoding" in response.headers["Vary"]


@pytest.mark.parametrize("accepts", ["", "br", "gzip;q=0"])
def test_a_browser_that_cannot_read_it_gets_it_as_it_is(answer, accepts):
    response = answer(accepts=accepts)
    assert "Content-Encoding" not in response.headers
    assert response.text == LONG
    assert "Accept-Encoding" in response.headers["Vary"]


def test_what_is_short_is_left_as_it_is(answer):
    assert "Content-Encoding" not in answer("x" * (SMALLEST - 1)).headers
    assert answer("x" * SMALLEST).headers["Content-Encoding"] == "gzip"


def test_what_is_no_text_or_was_compressed_already_is_left_as_it_is(answer):
    assert "Content-Encoding" not in answer(mimetype="image/png").headers
    assert answer(**{"Content-Encoding": "br"}).headers["Content-Encoding"] == "br"


def test_an_answer_that_is_streamed_is_left_as_it_is(answer):
    assert "Content-Encoding" not in answer(iter(["x" * 3000])).headers
