"""The whole connection against oidc-provider, a certified provider: what our own server cannot prove about itself."""

import re
import time
from contextlib import contextmanager
from urllib.parse import parse_qsl, urljoin

import pytest
import requests

from database.transaction import write
from tests.externes.conftest import free_port, running
from tests.utils.lightspeed.conftest import PERSON, RETURN, SECRET, demo_hotel
from utils.lightspeed import oauth, storage
from utils.lightspeed.errors import LightspeedAuthError
from utils.lightspeed.oauth import Connection, GrantLost


@contextmanager
def provider(tmp_path, lasts=3600, profile="v1"):
    """Run the provider; tokens last this many seconds."""
    port = free_port()
    command = ["node", "fournisseur.mjs", str(port), RETURN, str(lasts), profile]
    with running(command, port, tmp_path / "fournisseur.txt") as address:
        yield address


def connection(address, **changed):
    """The settings of a hotel that connects to it."""
    values = {
        "base_url": address,
        "authorize_url": f"{address}/auth",
        "token_url": f"{address}/token",
        "revoke_url": f"{address}/token/revocation",
        "issuer": address,
        "redirect_uri": RETURN,
        "account": "HOTEL_1",
        "client_id": "rj",
        "client_secret": SECRET,
        "grant_type": "authorization_code",
    }
    return Connection(**values | changed)


def consent(url):
    """Sign in and consent on the provider's own pages; returns the parameters of the return."""
    session = requests.Session()
    answer = session.get(url, allow_redirects=False, timeout=10)
    for _ in range(12):
        if location := answer.headers.get("Location"):
            url = urljoin(url, location)
            if url.startswith(RETURN):
                return dict(parse_qsl(url.partition("?")[2]))
            answer = session.get(url, allow_redirects=False, timeout=10)
            continue
        action = re.search(r'action="([^"]+)"', answer.text)[1]
        prompt = re.search(r'name="prompt" value="(\w+)"', answer.text)[1]
        form = {"prompt": prompt, "login": "directrice", "password": "x"}
        answer = session.post(urljoin(url, action), data=form, allow_redirects=False, timeout=10)
    raise AssertionError(answer.text)


def renewals(address):
    """How many renewals the provider made."""
    return requests.get(f"{address}/etat", timeout=5).json()["renewals"]


@pytest.fixture
def in_app(app_sqlite):
    """The context of an application."""
    storage._budgets.clear()
    with app_sqlite.app_context():
        yield


def connected_to(address):
    """A client of the demonstration's hotel, connected."""
    hotel = demo_hotel()
    storage.configure(hotel.id, connection(address))
    client = storage.client_for(hotel)
    client.authenticate(consent(client.authorization_url(PERSON)), PERSON)
    return client


def test_the_whole_flow(in_app, tmp_path):
    with provider(tmp_path) as address:
        client = connected_to(address)
        store = storage.PropertyStore(demo_hotel().id)
        first = store.load().tokens
        client.refresh_token()
        second = store.load().tokens
        assert first.refresh_token != second.refresh_token
        assert client.get_account().name == "Hôtel"
        # the former refresh token comes back: the provider revokes the family, and we ask for a person, once
        with pytest.raises(GrantLost):
            oauth.refresh(connection(address), first.refresh_token)
        with pytest.raises(LightspeedAuthError):
            client.get_account()
        assert not client.is_connected()
        client = connected_to(address)
        tokens = store.load().tokens
        assert client.disconnect()
        with pytest.raises(GrantLost):
            oauth.refresh(connection(address), tokens.refresh_token)


def test_pkce_state_and_issuer_are_required(in_app, tmp_path):
    with provider(tmp_path) as address:
        hotel = demo_hotel()
        storage.configure(hotel.id, connection(address))
        client = storage.client_for(hotel)
        callback = consent(client.authorization_url(PERSON))
        assert callback["iss"] == address
        with pytest.raises(LightspeedAuthError) as refusal:
            client.authenticate({**callback, "state": "autre"}, PERSON)
        assert refusal.value.kind == "etat"
        with pytest.raises(GrantLost):
            oauth.exchange_code(connection(address), callback["code"], oauth.new_verifier())
        url = client.authorization_url(PERSON)
        without = re.sub(r"&code_challenge(_method)?=[^&]*", "", url)
        refused = requests.get(without, allow_redirects=False, timeout=5).headers["Location"]
        assert "error=invalid_request" in refused
        other = url.replace("lightspeed%2Fretour", "lightspeed%2Fautre")
        assert requests.get(other, allow_redirects=False, timeout=5).status_code == 400


def test_a_server_that_adds_scopes_and_says_zero(in_app, tmp_path):
    with provider(tmp_path, profile="v2") as address:
        client = connected_to(address)
        client.refresh_token()
        assert client.get_account().account_id == "HOTEL_1"
        scope = storage.PropertyStore(demo_hotel().id).load().tokens.scope.split()
        assert {"profile", "email", "pms.reports.read"} <= set(scope)


def test_expired_tokens_are_renewed_once(in_app, tmp_path):
    with provider(tmp_path, lasts=92) as address:
        client = connected_to(address)
        time.sleep(2.2)
        client.get_account()
        assert renewals(address) == 1


def test_without_a_page(in_app, tmp_path):
    with provider(tmp_path) as address:
        hotel = demo_hotel()
        mine = connection(address, client_id="rj-sans-page", grant_type="client_credentials")
        storage.configure(hotel.id, mine)
        client = storage.client_for(hotel)
        assert client.authenticate().account_id == "HOTEL_1"
        client.refresh_token()
        assert client.is_connected()


def test_a_wrong_secret_is_told_and_changes_nothing(in_app, tmp_path):
    with provider(tmp_path) as address:
        client = connected_to(address)
        hotel = demo_hotel()
        store = storage.PropertyStore(hotel.id)
        with write() as database:
            stored = storage.integrations.integration(database, hotel.id, "lightspeed")
            at = stored.values["updated_at"]
            storage.integrations.change(database, stored.id, {"client_secret": "un autre"}, at)
        with pytest.raises(LightspeedAuthError) as refusal:
            client.refresh_token()
        assert refusal.value.kind == "refus"
        assert client.is_connected()
        assert store.load().lease_until is None
