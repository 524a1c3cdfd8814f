"""Whatever the token endpoint of the PMS answers, the client connects or says no in French; nothing else comes out."""

import json
import threading
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from utils.lightspeed import oauth, storage
from utils.lightspeed.errors import LightspeedAPIError, LightspeedAuthError, LightspeedError
from utils.lightspeed.oauth import Connection
from utils.lightspeed.tokens import TokenKeeper

GOOD = {"access_token": "un-jeton", "token_type": "bearer", "refresh_token": "un-autre", "scope": "pms.reports.read"}
DEEP = 10_000
HUGE = 1024 * 1024
FRENCH = (
    "La réponse de Lightspeed n’est pas un jeton.",
    "Le serveur d’autorisation de Lightspeed est en panne.",
    "Lightspeed refuse la liaison : vérifier l’identifiant et le secret.",
    "Lightspeed n’a pas accordé la lecture des rapports.",
    "La liaison avec Lightspeed est perdue : un gestionnaire doit la rétablir.",
)


def good(**changed):
    """A good answer but for these values, as the bytes that travel."""
    return json.dumps(GOOD | changed).encode()


REFUSED = {
    "une liste": b"[]",
    "une liste de jetons": json.dumps([GOOD]).encode(),
    "un texte": b'"un-jeton"',
    "un nombre": b"7",
    "vrai": b"true",
    "rien": b"null",
    "un corps vide": b"",
    "des espaces": b"   ",
    "HTML": b"<!doctype html><title>Maintenance</title><p>Revenez plus tard",
    "du JSON coupé": good()[:30],
    "des octets": bytes(range(256)),
    "UTF-16": good().decode().encode("utf-16"),
    "imbriqué": b"[" * DEEP + b"]" * DEEP,
    "imbriqué sans fin": b'{"a":' * DEEP,
    "un jeton imbriqué": good()[:-1] + b', "access_token": ' + b"[" * DEEP + b"]" * DEEP + b"}",
    "un jeton de 1 Mo": good(access_token="x" * HUGE),
    "un renouvellement de 1 Mo": good(refresh_token="x" * HUGE),
    "un jeton avec une fin de ligne": good(access_token="a\r\nX-Autre: 1"),
    "un jeton hors d’ASCII": good(access_token="jeton-é"),
    "un jeton liste": good(access_token=["a"]),
    "un jeton nombre": good(access_token=7),
    "un jeton vide": good(access_token=""),
    "un jeton nul": good(access_token=None),
    "un genre inconnu": good(token_type="mac"),
    "un genre liste": good(token_type=["bearer"]),
    "une erreur en 200": json.dumps({"error": "invalid_client"}).encode(),
    "une erreur et un jeton en 200": good(error="invalid_request"),
    "une erreur liste": json.dumps({"error": ["x"]}).encode(),
    "une erreur objet": json.dumps({"error": {"a": 1}, "error_description": 7}).encode(),
    "une erreur nombre": json.dumps({"error": 500}).encode(),
    "invalid_grant en 200": json.dumps({"error": "invalid_grant"}).encode(),
    "une portée nombre": good(scope=7),
    "une portée liste": good(scope=["pms.reports.read"]),
    "une portée liste de nombres": good(scope=[1, 2]),
    "une portée objet": good(scope={"pms.reports.read": True}),
    "un formulaire": b"access_token=a&token_type=bearer&expires_in=abc",
}
"""What is no token at all, or cannot be used as one."""

ODD_EXPIRY = {
    "négatif": b"-1",
    "zéro": b"0",
    "immense": b"1" + b"0" * 300,
    "plus long que ce qui se lit": b"9" * 5000,
    "texte": b'"3600"',
    "texte qui n’est rien": b'"bientot"',
    "NaN": b"NaN",
    "infini": b"Infinity",
    "décimal": b"3600.5",
    "immense décimal": b"1e400",
    "nul": b"null",
    "vrai": b"true",
    "liste": b"[3600]",
    "objet": b'{"a": 1}',
    "avec un expires_at": b'3600, "expires_at": "demain"',
    "avec un expires_at immense": b'3600, "expires_at": 1e400',
}
"""Values of ``expires_in``: a token that they come with is used until it is refused, or refused at once."""


class Answers(BaseHTTPRequestHandler):
    """Says the bytes of its server to whoever posts."""

    def do_POST(self):
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.send_response(self.server.status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(self.server.body)))
        self.end_headers()
        with suppress(OSError):
            self.wfile.write(self.server.body)

    def log_message(self, *_):
        """Say nothing."""


@contextmanager
def answering(body, status=200):
    """A token endpoint that answers this; the settings of a hotel that speaks to it."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    server.body, server.status = body, status
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_address[1]}"
    ends = {"authorize_url": "/a", "token_url": "/t", "revoke_url": "/r"}
    told = {"issuer": "", "redirect_uri": "https://rj.ca/r", "account": "H", "client_id": "rj", "client_secret": "s"}
    try:
        yield Connection(
            address, **{key: address + end for key, end in ends.items()}, **told, grant_type="client_credentials"
        )
    finally:
        server.shutdown()
        server.server_close()


def asked(hotel, body, status=200):
    """What asking for a token ends in: nothing, or our error."""
    with answering(body, status) as connection:
        storage.configure(hotel.id, connection)
        try:
            TokenKeeper(storage.PropertyStore(hotel.id)).connect_by_credentials()
        except LightspeedError as error:
            return error
        return None


@pytest.mark.parametrize("status", [200, 400, 500])
@pytest.mark.parametrize("body", REFUSED.values(), ids=REFUSED)
def test_what_is_no_token_is_refused_in_french(hotel, body, status):
    refused = asked(hotel, body, status)
    assert isinstance(refused, LightspeedAPIError | LightspeedAuthError)
    assert str(refused) in FRENCH
    assert storage.PropertyStore(hotel.id).load().tokens is None


@pytest.mark.parametrize("text", ODD_EXPIRY.values(), ids=ODD_EXPIRY)
def test_an_odd_expiry_never_raises_anything_else(hotel, text):
    refused = asked(hotel, good()[:-1] + b', "expires_in": ' + text + b"}")
    assert refused is None or str(refused) in FRENCH
    kept = storage.PropertyStore(hotel.id).load().tokens
    assert (kept is None) == (refused is not None)


@pytest.mark.parametrize("body", REFUSED.values(), ids=REFUSED)
def test_a_renewal_and_an_exchange_end_in_french_too(body):
    with answering(body) as connection:
        for ask in (lambda: oauth.refresh(connection, "jeton"), lambda: oauth.exchange_code(connection, "code", "v")):
            with pytest.raises(LightspeedError) as refusal:
                ask()
            assert str(refusal.value) in FRENCH
