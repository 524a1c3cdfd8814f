"""Nothing secret and nobody's name in clear: logs at their most talkative, errors, database and its files."""

import io
import logging
import traceback

import pytest

from config import logging as our_logging
from tests.externes.test_pannes import connect
from tests.utils.actions.lightspeed.synchro import auditor, book, sync
from tests.utils.lightspeed.conftest import ACCOUNT, DAY, PERSON, SECRET, consent, demo_hotel, simulator
from utils.lightspeed import oauth, storage
from utils.lightspeed import reports as r
from utils.lightspeed.errors import LightspeedError
from utils.lightspeed.night import METHODS, read_report
from utils.simulators.faults import KINDS
from utils.simulators.synthetic import SyntheticHotel

CARDS = ("4111 1111 1111 1111", "4111111111111111", "5555555555554444")
HARMLESS = set(KINDS) - {"latency", "drip", "throttle", "status", "reset", "cut"}
"""Faults that answer at once."""


class TalkativeHotel(SyntheticHotel):
    """A PMS that writes card numbers where none should be: in fields of its own, and in its descriptions."""

    def report(self, name, day):
        """The report, with cards in every object of its lists."""
        document = super().report(name, day)
        lists = (items for items in document.values() if isinstance(items, list))
        for one in (one for items in lists for one in items if isinstance(one, dict)):
            one |= {"cardNumber": CARDS[1], "note": f"payé par {CARDS[0]}"}
            if "description" in one:
                one["description"] = CARDS[2]
        return document


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


def written(app):
    """All that is kept: each row of each table, and each file of the installation."""
    files = b"".join(path.read_bytes() for path in app.config["SETTINGS"].instance_dir.rglob("*") if path.is_file())
    rows = repr(book(app)).encode()
    assert len(rows) > 20_000
    return files + rows


def worked(running, told):
    """Connect, renew, read, meet every fault; the secrets that were there on the way."""
    storage._budgets.clear()
    running.inside.buckets.enforced = False
    hotel = demo_hotel()
    storage.configure(hotel.id, running.connection())
    client = storage.client_for(hotel)
    callback = consent(client.authorization_url(PERSON))
    client.authenticate(callback, PERSON)
    store = storage.PropertyStore(hotel.id)
    secrets = [SECRET, callback["state"], *kept(store)]
    client.refresh_token()
    secrets += kept(store)
    night = {kind: read_report(client, kind, DAY) for kind in METHODS}
    told += map(repr, (night[r.HouseGuests], night[r.NoShows], store.load(), store.load().tokens))
    for kind in HARMLESS:
        running.fault(kind, times=1)
        try:
            client.get_daily_revenue(DAY)
        except LightspeedError:
            told.append(traceback.format_exc())
        if not client.is_connected():
            connect(hotel)
    return secrets + kept(store)


def kept(store):
    """The tokens of the moment."""
    tokens = store.load().tokens
    return [tokens.access_token, tokens.refresh_token]


def test_nothing_secret_is_written_anywhere(app, talkative, monkeypatch, capsys):
    flows, told, exchange = [], [], oauth.exchange_code

    def spied(connection, code, verifier):
        flows.extend((code, verifier))
        return exchange(connection, code, verifier)

    monkeypatch.setattr(oauth, "exchange_code", spied)
    hotel = TalkativeHotel(ACCOUNT)
    with simulator({ACCOUNT: hotel}) as running:
        with app.app_context():
            secrets = {*worked(running, told), *flows}
        auditor(app)
        assert sync(app).written > 0
    names = {guest["name"] for guest in hotel.report("InHouse", DAY)["guests"]}
    kept_now, said = written(app), talkative.getvalue() + "".join(told)
    for secret in (*secrets, *names, *CARDS):
        assert len(secret) > 5
        assert secret not in said
        assert secret.encode() not in kept_now
    with capsys.disabled():
        sizes = f"{len(said)} caractères dits, {len(kept_now)} octets gardés"
        print(f"\n    {len(secrets)} secrets, {len(names)} noms, {len(CARDS)} cartes cherchés : {sizes}, 0 trouvé")  # noqa: T201
