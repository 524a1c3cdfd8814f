"""A MARSHA simulator that runs in this process on the loopback, a client of it, and the means to break it."""

import threading
from contextlib import contextmanager
from datetime import timedelta

import pytest
import requests

from utils.lightspeed.budget import Budget
from utils.lightspeed.trial import trial_keeper
from utils.marsha import storage
from utils.marsha.client import MarshaClient
from utils.simulators import marsha as brand
from utils.simulators import serving
from utils.simulators.authorization import Client
from utils.simulators.marsha_signature import Signatures

CODE, ADMIN, SECRET = "YULRJ", "cle-d-administration", "secret-du-client-d-essai"
RETURN = "https://rj.exemple.ca/api/marsha/callback"


class Running:
    """A simulator, its address and its insides."""

    def __init__(self, address, app):
        self.address = address
        self.inside = app.extensions["simulateur"]

    def connection(self, **changed):
        """A connection to it."""
        given = {
            "account": CODE,
            "client_id": "rj",
            "client_secret": SECRET,
            "redirect_uri": RETURN,
            "grant_type": "client_credentials",
            "tenant": "essai",
        }
        return storage.installed(self.address, "", **given | changed)

    def client(self, **changed):
        """A client of it, without a limit of its own."""
        return MarshaClient(trial_keeper(self.connection(**changed)), Budget(lambda _: (1, timedelta(0))))

    def fault(self, kind, **given):
        """Switch a fault on, by the call that an administrator makes."""
        return self.admin(f"accounts/{CODE}/faults", {"kind": kind, **given})

    def admin(self, path, body):
        """A call of the administration."""
        answer = requests.post(f"{self.address}/_admin/{path}", json=body, headers={"X-Admin-Key": ADMIN}, timeout=5)
        assert answer.status_code < 300, answer.text
        return answer

    def held(self):
        """The submissions that it holds, by date and sequence."""
        with self.inside.ledger.opened() as kept:
            known = list(kept["submissions"].values())
        return sorted((one["businessDate"], one["submissionSeq"], one["bodyDigest"]) for one in known)


@contextmanager
def simulator(code=CODE, **client):
    """Run a simulator."""
    listening = serving.listening(0)
    address = f"http://{serving.HOST}:{listening.getsockname()[1]}"
    known = Client(**{"client_id": "rj", "client_secret": SECRET, "redirect_uri": RETURN, "account": code} | client)
    known.credentials = True
    key = storage.installed(
        address,
        "",
        client_id="rj",
        client_secret=SECRET,
        account=code,
        redirect_uri="",
        grant_type="client_credentials",
    ).key()
    app = brand.create_app(
        {code: brand.Property("Hôtel d’essai", Signatures({key.id: key.secret}))}, [known], address, ADMIN
    )
    app.extensions["simulateur"].buckets.enforced = False
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
def marsha_server():
    """A simulator of its own."""
    with simulator() as running:
        yield running
