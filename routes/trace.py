"""One line in the technical log for each request, under a number that the answer carries too."""

from __future__ import annotations

import logging
import re
import secrets
from time import perf_counter
from typing import Final

import structlog
from flask import Flask, Response, current_app, g, request

_SILENT: Final = frozenset({"static", "sante.healthz", "sante.readyz"})
_GIVEN: Final = re.compile(r"[\w.-]{8,64}", re.ASCII)

log = structlog.get_logger("rj.requete")


def register(app: Flask) -> None:
    """Follow every request of the application."""
    app.before_request(begin)
    app.after_request(end)


def begin() -> None:
    """Number the request: the number a trusted proxy gave, or a new one."""
    given = request.headers.get("X-Request-ID", "")
    g.started = perf_counter()
    g.request_id = given if _GIVEN.fullmatch(given) else secrets.token_hex(8)
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(request_id=g.request_id)


def end(response: Response) -> Response:
    """Write the line, and give the number back so that a person can quote it."""
    if request.endpoint != "static":
        response.headers["X-Request-ID"] = g.request_id
    if request.endpoint not in _SILENT:
        milliseconds = round(1000 * (perf_counter() - g.started), 1)
        level = logging.DEBUG if current_app.config["DEMO"] else logging.INFO  # there, the address must stay on screen
        log.log(
            level, "requete", method=request.method, path=request.path, status=response.status_code, ms=milliseconds
        )
    return response
