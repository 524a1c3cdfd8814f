"""A simulator that runs in this process, a hotel connected to it, and the means to break it."""

import threading
from contextlib import contextmanager
from datetime import date
from urllib.parse import parse_qsl

import pytest
import requests

from database import properties
from database.transaction import read
from utils.lightspeed import storage
from utils.lightspeed.oauth import Connection
from utils.simulators import lightspeed as pms
from utils.simulators import serving
from utils.simulators.authorization import Client
from utils.simulators.synthetic import SyntheticHotel

DAY = date(2025, 12, 23)
SECRET = "secret-du-client-d-essai-0123456789"
RETURN = "https://rj.exemple.ca/lightspeed/retour"
ADMIN = "cle-d-administration-d-essai"
ACCOUNT = "HOTEL_1"
PERSON = "session-de-la-directrice"


class Running:
    """A simulator, its address and its insides."""

    def __init__(self, address, app):
        self.address = address
        self.inside = app.extensions["simulateur"]

    def connection(self, **changed):
        """The settings of a hotel that connects to it."""
        values = {
            "base_url": self.address,
            "authorize_url": f"{self.address}/oauth/authorize",
            "token_url": f"{self.address}/oauth/token",
            "revoke_url": f"{self.address}/oauth/revoke",
            "issuer": self.address,
            "redirect_uri": RETURN,
            "account": ACCOUNT,
            "client_id": "rj",
            "client_secret": SECRET,
            "grant_type": "authorization_code",
        }
        return Connection(**values | changed)

    def fault(self, kind, **given):
        """Switch a fault on, by the call that an administrator makes."""
        self.admin("POST", f"accounts/{ACCOUNT}/faults", {"kind": kind, **given})

    def admin(self, method, path, body=None):
        """A call of the administration."""
        answer = requests.request(
            method, f"{self.address}/_admin/{path}", json=body, headers={"X-Admin-Key": ADMIN}, timeout=5
        )
        assert answer.status_code < 300, answer.text
        return answer


@contextmanager
def simulator(hotels=None, **client):
    """Run a simulator; ``client`` changes what the application may do."""
    listening = serving.listening(0)
    address = f"http://{serving.HOST}:{listening.getsockname()[1]}"
    known = Client(**{"client_id": "rj", "client_secret": SECRET, "redirect_uri": RETURN, "account": ACCOUNT} | client)
    app = pms.create_app(hotels or {ACCOUNT: SyntheticHotel(ACCOUNT)}, [known], address, ADMIN)
    server = serving.server(app, listening)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield Running(address, app)
    finally:
        server.shutdown()
        server.server_close()
        listening.close()
        thread.join(5)


@pytest.fixture
def pms_server():
    """A simulator of its own."""
    with simulator() as running:
        yield running


def consent(url, decision="oui"):
    """Do what a person does on the authorization page; returns the parameters of the return."""
    answer = requests.post(url, data={"decision": decision}, allow_redirects=False, timeout=5)
    assert answer.status_code == 303, answer.text
    address, _, query = answer.headers["Location"].partition("?")
    assert address == RETURN
    return dict(parse_qsl(query))


def demo_hotel():
    """The hotel of the demonstration."""
    with read() as connection:
        return properties.property_by_code(connection, "DEMO")


@pytest.fixture
def hotel(app_sqlite):
    """The hotel, in the context of its application."""
    storage._budgets.clear()
    with app_sqlite.app_context():
        yield demo_hotel()


@pytest.fixture
def client(hotel, pms_server):
    """A client that is configured and not yet connected."""
    storage.configure(hotel.id, pms_server.connection())
    return storage.client_for(hotel)


@pytest.fixture
def connected(client):
    """A client that is connected."""
    client.authenticate(consent(client.authorization_url(PERSON)), PERSON)
    return client
