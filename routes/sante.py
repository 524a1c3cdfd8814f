"""What a supervisor asks, `/healthz` (is the process alive?) and `/readyz` (can it work?); where to tell of a flaw."""

from __future__ import annotations

import tempfile
from datetime import timedelta
from pathlib import Path
from typing import Final

import structlog
from flask import Blueprint, Flask, Response, abort, current_app
from sqlalchemy.exc import SQLAlchemyError

from database import soundness
from database.transaction import StorageError, read
from routes.access import public
from routes.base_connue import schema_trouble, unprepared
from routes.erreurs import ApiError, FieldError
from utils import dates
from utils.actions.soundness import known_damage
from utils.scheduler.server import troubles_of

sante = Blueprint("sante", __name__)
log = structlog.get_logger("rj.sante")

_GOOD_FOR: Final = timedelta(days=180)
"""How long the contact may be believed: it is read again from the settings at each answer."""


@sante.get("/healthz")
@public
def healthz() -> dict[str, str]:
    """The process answers; nothing else is asked."""
    return {"etat": "vivant"}


@sante.get("/readyz")
@public
def readyz() -> dict[str, str]:
    """The database answers, the disk can be written, what runs by itself does; 503 names what does not."""
    checks = {
        "base": ("La base de données ne répond pas.", database_answers()),
        "disque": ("Le dossier des données ne peut pas être écrit.", disk_writable(Path(current_app.instance_path))),
    }
    failures = [FieldError(name, sentence) for name, (sentence, well) in checks.items() if not well]
    if checks["base"][1]:
        failures += [
            FieldError("base", sentence) for sentence in (schema_trouble(), unprepared(), known_damage()) if sentence
        ]
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    failures += [FieldError("automatismes", sentence) for sentence in troubles_of(app)]
    if failures:
        raise ApiError(503, "L’application n’est pas prête.", failures, headers={"Retry-After": "5"})
    return {"etat": "pret"}


@sante.get("/.well-known/security.txt")
@public
def security_txt() -> Response:
    """Where to tell of a flaw (RFC 9116); nothing when the installation says nobody."""
    contact = current_app.config["SETTINGS"].contact_securite
    if not contact:
        abort(404)
    until = (dates.now() + _GOOD_FOR).strftime("%Y-%m-%dT%H:%M:%SZ")
    text = f"Contact: {contact}\nExpires: {until}\nPreferred-Languages: fr, en\n"
    return Response(text, content_type="text/plain; charset=utf-8")


def database_answers() -> bool:
    """Whether the database answers the simplest question."""
    try:
        with read() as connection:
            soundness.answer(connection)
    except (StorageError, SQLAlchemyError):
        log.exception("base injoignable")
        return False
    return True


def disk_writable(directory: Path) -> bool:
    """Whether a file can be written where the data lie."""
    try:
        with tempfile.TemporaryFile(dir=directory) as file:
            file.write(b"\0")
    except OSError:
        log.exception("disque non inscriptible")
        return False
    return True
