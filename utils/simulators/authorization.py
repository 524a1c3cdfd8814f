"""The OAuth 2 server of the simulator: a page in French, PKCE required, exact redirect, rotation, reuse detection.

RFC 6749, 7636, 7009, 8414, 9207, 9700. Profiles: ``v1`` (60 minutes, 14 days) and ``v2`` (25 minutes,
``refresh_expires_in: 0``, adds ``profile email``). Everything lives in memory and dies with the process.
"""

from __future__ import annotations

import base64
import hmac
import secrets
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, Final
from urllib.parse import unquote_plus, urlencode

from flask import Blueprint, Response, jsonify, redirect, render_template_string, request

from utils.shapes import Document

SCOPES: Final = ("pms.reports.read", "pms.guests.read", "offline_access")
CODE_S: Final = 60
_ENDPOINTS: Final = {
    "authorization_endpoint": "/oauth/authorize",
    "token_endpoint": "/oauth/token",
    "revocation_endpoint": "/oauth/revoke",
}
_METADATA: Final = {
    "response_types_supported": ["code"],
    "grant_types_supported": ["authorization_code", "refresh_token", "client_credentials"],
    "code_challenge_methods_supported": ["S256"],
    "authorization_response_iss_parameter_supported": True,
}
"""RFC 8414."""

_PROFILES: Final = {"v1": (3600, 14 * 86400, ""), "v2": (1500, 0, " profile email")}

PAGE: Final = """<!doctype html><html lang="fr-CA"><meta charset="utf-8"><title>Autorisation (simulateur)</title>
<h1>Autoriser l’accès</h1><p>« {{ client }} » demande de lire les données de l’hôtel <b>{{ account }}</b> :</p>
<ul>{% for one in scopes %}<li>{{ one }}</li>{% endfor %}</ul>
<form method="post"><button name="decision" value="oui">Autoriser</button>
<button name="decision" value="non">Refuser</button></form></html>"""


@dataclass
class Client:
    """An application known to the simulator, and the account that it may ask for."""

    client_id: str
    client_secret: str
    redirect_uri: str
    account: str
    credentials: bool = False
    profile: str = "v1"


@dataclass
class Grant:
    """What a person accorded once: every token of its family."""

    client: Client
    scope: str
    refresh: str | None = None
    used: set[str] = field(default_factory=set)
    access: dict[str, float] = field(default_factory=dict)
    alive: bool = True


class Authority:
    """Codes, grants and tokens, and what an administrator changes of the answers."""

    def __init__(self, clients: list[Client]) -> None:
        self.clients = {client.client_id: client for client in clients}
        self.codes: dict[str, tuple[Grant, str, str, float]] = {}
        self.grants: list[Grant] = []
        self.lock = threading.RLock()
        self.lasts: int | None = None
        self.scopes: tuple[str, ...] = SCOPES
        self.scope_change = ""
        self.refreshes = 0

    def grant_of(self, token: str) -> Grant | None:
        """The living grant of an access token that has not expired."""
        with self.lock:
            for grant in self.grants:
                if grant.alive and grant.access.get(token, 0) > time.monotonic():
                    return grant
        return None

    def kill_access(self, account: str) -> None:
        """Forget every access token of an account, as in the middle of a reading; the grants stay."""
        with self.lock:
            for grant in self.grants:
                if grant.client.account == account:
                    grant.access.clear()

    def issue(self, grant: Grant) -> Document:
        """New tokens of a grant; the former refresh token becomes a used one."""
        lasts, refresh_lasts, added = _PROFILES[grant.client.profile]
        lasts = self.lasts or lasts
        access = secrets.token_urlsafe(32)
        grant.access[access] = time.monotonic() + lasts
        scope = f"{grant.scope}{added}"
        if self.scope_change.startswith("-"):
            scope = " ".join(one for one in scope.split() if one != self.scope_change[1:])
        elif self.scope_change:
            scope = f"{scope} {self.scope_change}"
        grant.scope = " ".join(dict.fromkeys(scope.split()))
        answer: Document = {"access_token": access, "token_type": "Bearer", "expires_in": lasts, "scope": grant.scope}
        if "offline_access" in grant.scope.split():
            if grant.refresh:
                grant.used.add(grant.refresh)
            grant.refresh = secrets.token_urlsafe(32)
            answer |= {"refresh_token": grant.refresh, "refresh_expires_in": refresh_lasts}
        return answer

    def of_code(self, client: Client, form: Mapping[str, str]) -> Grant:
        """The grant of a code, once: a code that comes back revokes what it gave."""
        kept = self.codes.get(form.get("code", ""))
        if kept is None or kept[0].client is not client:
            raise Refused("invalid_grant")
        grant, expected, address, until = kept
        if grant in self.grants:
            grant.alive = False
            raise Refused("invalid_grant")
        digest = base64.urlsafe_b64encode(sha256(form.get("code_verifier", "").encode()).digest()).rstrip(b"=").decode()
        right = hmac.compare_digest(digest, expected) and form.get("redirect_uri") == address
        if not right or time.monotonic() > until:
            del self.codes[form["code"]]
            raise Refused("invalid_grant")
        self.grants.append(grant)
        return grant

    def of_refresh(self, client: Client, token: str) -> Grant:
        """The grant of a refresh token; one that was used before kills its whole family."""
        for grant in self.grants:
            if grant.client is client and grant.alive and token == grant.refresh:
                self.refreshes += 1
                return grant
            if token in grant.used:
                grant.alive = False
        raise Refused("invalid_grant")

    def revoke(self, client: Client, token: str) -> None:
        """Forget a token; a refresh token with its whole grant."""
        with self.lock:
            for grant in self.grants:
                if grant.client is client and token == grant.refresh:
                    grant.alive = False
                if grant.client is client:
                    grant.access.pop(token, None)


class Refused(Exception):
    """An error of RFC 6749, section 5.2."""

    def __init__(self, error: str, status: int = 400) -> None:
        super().__init__(error)
        self.error, self.status = error, status


def blueprint(authority: Authority, issuer: str, scopes: Sequence[str] = SCOPES) -> Blueprint:
    """The pages and endpoints; ``issuer`` is the address of the server."""
    pages = Blueprint("authorization", __name__)
    authority.scopes = tuple(scopes)

    pages.add_url_rule("/oauth/authorize", "authorize", lambda: _authorize(authority, issuer), methods=["GET", "POST"])

    @pages.post("/oauth/token")
    def token() -> Any:  # noqa: ANN401
        try:
            with authority.lock:
                answer = jsonify(_token(authority, request.form, _client(authority)))
        except Refused as refusal:
            answer = jsonify({"error": refusal.error})
            answer.status_code = refusal.status
        answer.headers["Cache-Control"] = "no-store"
        return answer

    @pages.post("/oauth/revoke")
    def revoke() -> Any:  # noqa: ANN401
        try:
            client = _client(authority)
        except Refused as refusal:
            return jsonify({"error": refusal.error}), refusal.status
        authority.revoke(client, request.form.get("token", ""))
        return "", 200

    own = {"issuer": issuer, "scopes_supported": authority.scopes}
    metadata = _METADATA | own | {name: f"{issuer}{path}" for name, path in _ENDPOINTS.items()}
    pages.add_url_rule("/.well-known/oauth-authorization-server", "metadata", lambda: jsonify(metadata))
    return pages


def _authorize(authority: Authority, issuer: str) -> Any:  # noqa: ANN401 - what Flask takes
    """The page where a person decides."""
    given = request.args
    client = authority.clients.get(given.get("client_id", ""))
    if client is None or given.get("redirect_uri") != client.redirect_uri:
        return Response("Application ou adresse de retour inconnue.", 400, mimetype="text/plain")
    back = {"state": given.get("state", ""), "iss": issuer}
    coded, challenge = given.get("response_type") == "code", given.get("code_challenge", "")
    if not coded or given.get("code_challenge_method") != "S256" or len(challenge) != 43 or not back["state"]:  # noqa: PLR2004
        problem = "invalid_request" if coded else "unsupported_response_type"
        return redirect(f"{client.redirect_uri}?{urlencode({'error': problem, **back})}", 303)
    scopes = [one for one in given.get("scope", authority.scopes[0]).split() if one in authority.scopes]
    if request.method == "GET":
        return render_template_string(PAGE, client=client.client_id, account=client.account, scopes=scopes)
    if request.form.get("decision") != "oui":
        return redirect(f"{client.redirect_uri}?{urlencode({'error': 'access_denied', **back})}", 303)
    code = secrets.token_urlsafe(32)
    kept = (Grant(client, " ".join(scopes)), given["code_challenge"], client.redirect_uri)
    authority.codes[code] = (*kept, time.monotonic() + CODE_S)
    return redirect(f"{client.redirect_uri}?{urlencode({'code': code, **back})}", 303)


def _client(authority: Authority) -> Client:
    given = request.authorization
    client = authority.clients.get(unquote_plus((given.username or "") if given else ""))
    password = unquote_plus((given.password or "") if given else "")
    if client is None or not hmac.compare_digest(password.encode(), client.client_secret.encode()):
        raise Refused("invalid_client", 401)
    return client


def _token(authority: Authority, form: Mapping[str, str], client: Client) -> Document:
    kind = form.get("grant_type")
    if kind == "authorization_code":
        return authority.issue(authority.of_code(client, form))
    if kind == "refresh_token":
        return authority.issue(authority.of_refresh(client, form.get("refresh_token", "")))
    if kind == "client_credentials" and client.credentials:
        grant = Grant(client, " ".join(authority.scopes[:2]))
        authority.grants.append(grant)
        return authority.issue(grant)
    raise Refused("unauthorized_client" if kind == "client_credentials" else "unsupported_grant_type")
