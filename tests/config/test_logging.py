"""What the technical log shows, and above all what it does not."""

import doctest
import io
import json
import logging
import re

import pytest
import structlog

import config.masking
from config.logging import configure, gunicorn_loggers, json_formatter
from config.masking import MASK, masked, masked_text


@pytest.fixture
def lines():
    """What a log wrote, as objects; the loggers are put back as they were."""
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(json_formatter())
    root.addHandler(handler)
    configure("INFO")
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    root.handlers[:] = before
    root.setLevel(level)
    structlog.reset_defaults()
    structlog.contextvars.clear_contextvars()


def test_a_line_is_json_with_its_request(lines):
    structlog.contextvars.bind_contextvars(request_id="abc123")
    structlog.get_logger("rj").info("nuit ouverte", date="2025-12-23")
    (line,) = lines()
    assert line["event"] == "nuit ouverte"
    assert line["date"] == "2025-12-23"
    assert line["request_id"] == "abc123"
    assert line["level"] == "info"
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT[\d:.]+Z", line["timestamp"])


def test_a_library_logger_is_masked_too(lines):
    logging.getLogger("urllib3").warning("Authorization: %s", "Bearer eyJhbGciOi.abc.def", extra={"client_secret": "x"})
    (line,) = lines()
    assert "eyJ" not in json.dumps(line)
    assert line["client_secret"] == MASK


def test_headers_that_do_not_parse_are_one_line_that_repeats_nothing_of_them(lines):
    try:
        raise ValueError("Unparsed data: 'X-Jeton abc'")
    except ValueError as error:
        said = "Failed to parse headers (url=%s): %s"
        logging.getLogger("urllib3.connection").warning(said, "https://pms/oauth?code=1", error, exc_info=True)
    (line,) = lines()
    assert line["event"] == "Les en-têtes d’une réponse ne se lisent pas."
    assert not {"exception", "exc_info"} & line.keys()
    assert "abc" not in json.dumps(line)


def test_the_clock_of_the_automation_says_nothing_while_all_is_well(lines):
    logging.getLogger("apscheduler.scheduler").info("Added job")
    logging.getLogger("apscheduler.scheduler").warning("Run time of job was missed")
    assert [line["level"] for line in lines()] == ["warning"]


def test_an_exception_is_written_and_masked(lines):
    try:
        raise ValueError("compte admin@demo.hotel refusé")
    except ValueError:
        structlog.get_logger("rj").exception("panne")
    (line,) = lines()
    assert "ValueError" in line["exception"]
    assert "admin@demo.hotel" not in line["exception"]


def test_details_under_the_level_are_not_written(lines):
    structlog.get_logger("rj").debug("détail")
    logging.getLogger("werkzeug.x").debug("détail")
    assert lines() == []


def test_asked_twice_it_writes_once(lines):
    configure("INFO")
    structlog.get_logger("rj").info("une fois")
    assert len(lines()) == 1


def test_gunicorn_writes_through_the_same_formatter():
    described = gunicorn_loggers("WARNING")
    assert described["formatters"]["json"]["()"] is json_formatter
    assert described["root"]["level"] == "WARNING"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("écrire à marie.tremblay+rj@hotel.qc.ca", f"écrire à {MASK}"),
        ("Authorization: Bearer abc.def-ghi", f"Authorization: Bearer {MASK}"),
        ("postgresql://rj:motdepasse@base/rj", f"postgresql://{MASK}@base/rj"),
        ("access_token=abc123&x=1", f"access_token={MASK}&x=1"),
        ("{'client_secret': 'a b c'}", f"{{'client_secret': {MASK}}}"),
        ("mot de passe : demo-RJ", f"mot de passe : {MASK}"),
        ("Visa 4111-1111-1111-1111 refusée", f"Visa {MASK} refusée"),
        ("Amex 378282246310005", f"Amex {MASK}"),
    ],
)
def test_what_is_masked_in_a_text(text, shown):
    assert masked_text(text) == shown


@pytest.mark.parametrize(
    "text",
    ["nuit 2025-12-23 à 03:12:07", "total 4 111 111,11 $", "identifiant 1234567890123456", "−9 609,77", "5000 0000"],
)
def test_what_a_person_needs_stays_readable(text):
    assert masked_text(text) == text


def test_any_shape_is_masked():
    value = {"password": ["x"], "personne": ("a@b.ca", 3, None, True), "autre": ValueError("jeton=abc")}
    assert masked(value) == {"password": MASK, "personne": [MASK, 3, None, True], "autre": f"jeton={MASK}"}


def test_a_long_text_is_masked_quickly():
    assert masked_text("a" * 200_000) == "a" * 200_000
    assert masked_text("a-" * 50_000) == "a-" * 50_000


def test_examples_in_the_documentation_of_the_module():
    assert doctest.testmod(config.masking).failed == 0


def test_a_link_that_resets_a_password_is_not_logged():
    assert masked_text("GET /reinitialisation/WzEsImEi.aBc-1 200") == f"GET /reinitialisation/{MASK} 200"
