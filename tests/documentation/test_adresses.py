"""Every address that a document names answers: it is one of the map, and reading it is neither 404 nor 405."""

import pytest

from tests.documentation.lines import addresses
from tests.utils.actions.nights import DAY, Person

PLACES = ("/srv/", "/var/", "/etc/")
"""Files of a server, not addresses of the application."""

SIMULATOR = "/_admin/"
"""Addresses of the simulator: tests/utils/simulators and tests/documentation/test_commandes.py call them."""

FILLED = {"<date>": DAY, "<onglet>.<champ>": "recap.surplus_deficit_net", "<onglet>": "recap"}
SESSION = "/api/rj/native/session"
ELSEWHERE = {"/api/lightspeed/callback", "/metrics", "/.well-known/security.txt"}
"""Read elsewhere: a return that nobody expects is sent to the page; /metrics is for machines, and a contact is a
setting: tests/routes."""


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


@pytest.mark.parametrize(("method", "path"), NAMED)
def test_an_address_is_one_of_the_map(bare_app, method, path):
    adapter = bare_app.url_map.bind("localhost")
    methods = [method] if method else ["GET", "POST"]
    assert any(adapter.test(path, method=one) for one in methods), path


def test_what_is_read_answers(app_sqlite):
    person = Person(app_sqlite, "admin").open()
    for method, path in NAMED:
        if method in ("", "GET") and path not in ELSEWHERE:
            assert person.client.get(path).status_code in (200, 302, 304), path
