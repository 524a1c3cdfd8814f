"""Nothing secret and nobody's name in clear: logs at their most talkative, errors, database files."""

import io
import logging
import traceback

import pytest

from config import logging as our_logging
from tests.externes.test_pannes import connect
from tests.utils.lightspeed.conftest import ACCOUNT, DAY, PERSON, SECRET, consent, demo_hotel, simulator
from utils.lightspeed import oauth, storage
from utils.lightspeed.errors import LightspeedError
from utils.lightspeed.night import READERS, read_night
from utils.simulators.faults import KINDS
from utils.simulators.synthetic import SyntheticHotel


@pytest.fixture
def talkative():
    """Every logger at DEBUG, into a text; as they were afterwards."""
    written, root = io.StringIO(), logging.getLogger()
    handler = logging.StreamHandler(written)
    handler.setFormatter(our_logging.json_formatter())
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield written
    root.removeHandler(handler)
    root.setLevel(level)


def test_nothing_secret_is_written_anywhere(app_sqlite, talkative, monkeypatch):
    secrets, told = [SECRET], []
    exchange = oauth.exchange_code

    def spied(connection, code, verifier):
        secrets.extend((code, verifier))
        return exchange(connection, code, verifier)

    monkeypatch.setattr(oauth, "exchange_code", spied)
    with app_sqlite.app_context(), simulator() as running:
        storage._budgets.clear()
        running.inside.buckets.enforced = False
        hotel = demo_hotel()
        storage.configure(hotel.id, running.connection())
        client = storage.client_for(hotel)
        callback = consent(client.authorization_url(PERSON))
        secrets.append(callback["state"])
        client.authenticate(callback, PERSON)
        store = storage.PropertyStore(hotel.id)
        secrets += [store.load().tokens.access_token, store.load().tokens.refresh_token]
        client.refresh_token()
        secrets += [store.load().tokens.access_token, store.load().tokens.refresh_token]
        night = read_night(client, DAY)
        told.append(repr(night) + repr(store.load()) + repr(store.load().tokens) + repr(running.connection()))
        for kind in set(KINDS) - {"latency", "drip", "throttle", "status", "reset", "cut"}:
            running.fault(kind, times=1)
            try:
                READERS[type(night.reports[next(iter(night.reports))])](client, DAY)
            except LightspeedError:
                told.append(traceback.format_exc())
            if not client.is_connected():
                connect(hotel)
    guests = SyntheticHotel(ACCOUNT).report("InHouse", DAY)["guests"]
    names = [guest["name"] for guest in guests]
    folder = app_sqlite.config["SETTINGS"].instance_dir
    files = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    assert len(files) > 100_000
    text = talkative.getvalue() + "".join(told)
    for secret in (*secrets, *names):
        assert len(secret) > 5
        assert secret not in text
        assert secret.encode() not in files
