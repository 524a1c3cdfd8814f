"""Our application at rest, and its empty signed-in view: what a page costs before it shows anything."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import urlencode

from flask import Flask

from bench.floors import CONCURRENCIES
from bench.load import Client, get, serve
from bench.measure import Measure
from main import create_app
from routes.access import requires

EMAIL: Final = "auditeur@demo.hotel"
PASSWORD: Final = "demo-RJ-2026"  # noqa: S105 - the public password of the demonstration
EMPTY: Final = "/banc/vide"


def with_empty_view() -> Flask:
    """The whole application, and a view that a person must be signed in to read and that says nothing."""
    app = create_app()
    app.add_url_rule(EMPTY, "empty", requires()(lambda: "ok"))
    return app


def sign_in(client: Client) -> None:
    """Sign in as the night auditor of the demonstration; later writes carry the token of the page."""
    token = _token(client.send("GET", "/connexion").body)
    form = urlencode({"csrf_token": token, "email": EMAIL, "password": PASSWORD}).encode()
    answer = client.send("POST", "/connexion", form, Content_Type="application/x-www-form-urlencoded")
    if answer.status not in (302, 303):
        raise RuntimeError(f"/connexion : {answer.status}")
    client.headers["X-CSRFToken"] = _token(client.send("GET", "/").body)


def empty_view() -> dict[int, Measure]:
    """(b) The empty signed-in view."""
    with serve("bench.application:with_empty_view()") as server:
        return {each: server.under(get(EMPTY), each, sign_in=sign_in) for each in CONCURRENCIES}


def at_rest() -> dict[str, float]:
    """How soon the server answers, and what its worker weighs once it has shown a page."""
    with serve() as server:
        server.under(get("/"), 1, seconds=0.5, sign_in=sign_in)
        return {"Prêt à répondre (s)": server.ready_s, "Mémoire du travailleur (Mo)": server.worker_mb()}


def _token(page: bytes) -> str:
    found = re.search(rb'name="csrf-token" content="([^"]+)"', page)
    if found is None:
        raise RuntimeError("la page ne porte pas de jeton")
    return found[1].decode()
