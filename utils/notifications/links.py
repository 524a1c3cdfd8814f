"""Signed links of the mails: one click stops a kind, without a session; nobody can make one for somebody else."""

from __future__ import annotations

from typing import Any, Final, NamedTuple

from flask import current_app
from itsdangerous import BadData, URLSafeSerializer

PATH: Final = "/notifications/desabonnement/"


class Leaving(NamedTuple):
    """Who no longer wants the mails of a kind, from which hotel."""

    property_id: int
    user_id: int
    kind: str


def public_address() -> str:
    """Where people find the application from a mail, without a final slash."""
    settings = current_app.config["SETTINGS"]
    return str(settings.adresse_publique or f"http://{settings.host}:{settings.port}").rstrip("/")


def leave_url(leaving: Leaving) -> str:
    """The link that stops the mails of a kind; it never expires, so that an old mail can still be stopped."""
    return f"{public_address()}{PATH}{_serializer().dumps(list(leaving))}"


def reset_url(token: str) -> str:
    """The link by which a new password is chosen."""
    return f"{public_address()}/reinitialisation/{token}"


def read_leaving(token: str) -> Leaving | None:
    """Whom a link speaks of, nothing when we did not sign it."""
    try:
        given: Any = _serializer().loads(token)
    except BadData:
        return None
    return Leaving(*given)


def _serializer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt="rj-natif/desabonnement")
