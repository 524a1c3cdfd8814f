"""Every address that a document names answers: it is one of the map, and asking for it is neither 404, 405 nor 500."""

import re

from config.settings import Settings
from tests.documentation.lines import PAGES, addresses, text_of
from tests.utils.actions.nights import DAY, Person
from utils.simulators import lightspeed as pms
from utils.simulators import marsha as brand

PLACES = ("/srv/", "/var/", "/etc/")
"""Files of a server, not addresses of the application."""

SIMULATOR = "/_admin/"
"""Addresses of the simulator, an application of its own."""

FILLED = {
    "<date>": DAY,
    "<onglet>.<champ>": "recap.surplus_deficit_net",
    "<onglet>": "recap",
    "<version>": "0",
    "<compte>": "DEMO",
    "<forme>": "csv",
    "…": "page.js",
}
SESSION = "/api/rj/native/session"
ELSEWHERE = {
    "/.well-known/security.txt": "answers once CONTACT_SECURITE is set: tests/documentation/test_reglages.py",
    "/api/rj/native/exports/csv": "answers once a night of the month holds something: tests/routes/test_api_exports.py",
    f"{SESSION}/{DAY}/revisions/1/2": "answers once corrected: tests/utils/actions/test_compare_revisions.py",
}
"""What does not answer as it is, and where it does."""


def whole(path):
    """A path with a date of its own; those of api.md begin where the page says."""
    path = SESSION + path if path.startswith("/<date>") else path
    for name, value in FILLED.items():
        path = path.replace(name, value)
    return path


NAMED = sorted(
    {(method or "", whole(path)) for method, path in addresses() if not path.startswith((*PLACES, SIMULATOR))}
)


def test_the_documents_name_addresses():
    assert len(NAMED) > 30


def test_an_address_is_one_of_the_map(bare_app):
    adapter = bare_app.url_map.bind("localhost")
    for method, path in NAMED:
        methods = [method] if method else ["GET", "POST"]
        assert any(adapter.test(path, method=one) for one in methods), path


def test_those_of_the_simulator_are_of_its_map():
    made = (one.create_app({}, [], "http://127.0.0.1", "clé") for one in (pms, brand))
    adapters = [one.url_map.bind("localhost") for one in made]
    named = [(method, whole(path)) for method, path in addresses() if path.startswith(SIMULATOR)]
    assert named
    assert all(any(one.test(path, method=method) for one in adapters) for method, path in named)


def test_each_answers_the_administration(app_sqlite):
    """Read, or written with nothing: refused in French at most."""
    person = Person(app_sqlite, "admin").open()
    for method, path in NAMED:
        if path not in ELSEWHERE:
            given = {} if method in ("", "GET") else {"json": {}}
            answer = person.client.open(path, method=method or "GET", **given)
            assert answer.status_code not in (404, 405), (method, path, answer.text)
            assert answer.status_code < 500, (method, path, answer.text)


def test_the_addresses_of_the_machine_are_those_where_the_server_listens():
    """Those of a whole address, `http://127.0.0.1:5000/…`: its port is the usual one or that of a simulator."""
    ports = {port for page in PAGES for port in re.findall(r"http://(?:127\.0\.0\.1|localhost):(\d+)", text_of(page))}
    assert ports <= {str(Settings().port), "9000", "9100"}
