"""The names under which the application answers, when the installation says them: any other Host is refused."""

from __future__ import annotations

from typing import Final

from flask import Flask, current_app, request
from werkzeug.sansio.utils import host_is_trusted

from routes.erreurs import ApiError

_ALWAYS: Final = frozenset({"sante.healthz", "sante.readyz", "metriques.metrics"})
"""What a supervisor asks of the machine itself, by its address; nothing there is made of the Host."""


def register(app: Flask) -> None:
    """Look at the name of every request."""
    app.before_request(refuse_foreign_host)


def refuse_foreign_host() -> None:
    """Refuse a request sent to a name that is none of ours."""
    names = [name.lower() for name in current_app.config["SETTINGS"].hotes]
    if names and request.endpoint not in _ALWAYS and not host_is_trusted(request.host.lower(), names):
        raise ApiError(400, "L’application ne répond pas sous ce nom. Reprendre l’adresse donnée par l’administration.")
