"""What a supervisor asks: `/healthz` (is the process alive?) and `/readyz` (can it work?)."""

from __future__ import annotations

import tempfile
from pathlib import Path

import structlog
from flask import Blueprint, Flask, current_app
from sqlalchemy.exc import SQLAlchemyError

from database.transaction import StorageError, read
from routes.access import public
from routes.base_connue import schema_trouble
from routes.erreurs import ApiError, FieldError
from utils.actions.soundness import known_damage
from utils.scheduler.server import troubles_of

sante = Blueprint("sante", __name__)
log = structlog.get_logger("rj.sante")


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
        failures += [FieldError("base", sentence) for sentence in (schema_trouble(), known_damage()) if sentence]
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    failures += [FieldError("automatismes", sentence) for sentence in troubles_of(app)]
    if failures:
        raise ApiError(503, "L’application n’est pas prête.", failures, headers={"Retry-After": "5"})
    return {"etat": "pret"}


def database_answers() -> bool:
    """Whether the database answers the simplest question."""
    try:
        with read() as connection:
            connection.exec_driver_sql("SELECT 1")
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
