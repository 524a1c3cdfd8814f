"""The browser that asks: a signed cookie that outlives sessions, and what an attempt is counted on."""

from __future__ import annotations

import secrets
from contextlib import suppress
from datetime import timedelta
from typing import Final

from flask import Flask, Response, current_app, g, request
from itsdangerous import BadData, URLSafeSerializer

from routes.securite import cookie_name, cookies_are_secure
from utils.accounts import heard
from utils.accounts.attempts import Origin
from utils.actions.notifications import security

COOKIE: Final = "rj_poste"
_LASTS: Final = timedelta(days=400)


def register(app: Flask) -> None:
    """Give the cookie to a browser in which an account opened; let accounts tell people of what befalls them."""
    app.extensions[heard.TELLING] = security
    app.after_request(_give)


def origin() -> Origin:
    """Where this request comes from; a browser without a token has a fresh one, kept if an account opens in it."""
    if "poste" not in g:
        known = ""
        with suppress(BadData):
            known = str(_serializer().loads(request.cookies.get(cookie_name(current_app, COOKIE), "")))
        g.poste = known or secrets.token_urlsafe(32)
    return Origin(request.remote_addr or "", g.poste)


def keep() -> None:
    """Have this browser keep its token: an account was opened in it, or is about to be."""
    origin()
    g.poste_kept = True


def _give(response: Response) -> Response:
    if g.get("poste_kept"):
        signed = _serializer().dumps(g.poste)
        name, secure = cookie_name(current_app, COOKIE), cookies_are_secure(current_app)
        response.set_cookie(name, signed, max_age=_LASTS, secure=secure, httponly=True, samesite="Lax")
    return response


def _serializer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt="rj-natif/poste")
