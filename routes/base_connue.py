"""Nothing is served from a database that this version does not know: what it would read or write could be false."""

from __future__ import annotations

from typing import Final

from flask import Flask, current_app, request
from sqlalchemy.exc import SQLAlchemyError

from database import schema
from database.transaction import StorageError, read
from routes.erreurs import ApiError

_EXTENSION: Final = "rj_base_connue"
_NO_BOOK: Final = (
    "La base de données ne contient aucun livre : lancer « flask base preparer », ou restaurer une sauvegarde."
)
_ALWAYS: Final = frozenset({"sante.healthz", "sante.readyz", "metriques.metrics", "static"})


def register(app: Flask) -> None:
    """Ask before every view, until the database was found to be ours."""
    app.before_request(refuse_unknown_base)


def refuse_unknown_base() -> None:
    """Refuse everything but health while the schema is that of another version."""
    if current_app.extensions.get(_EXTENSION) or request.endpoint in _ALWAYS:
        return
    try:
        trouble = schema_trouble()
    except (StorageError, SQLAlchemyError):
        return  # whoever needs the database says that it does not answer
    if trouble:
        raise ApiError(503, trouble, headers={"Retry-After": "60"})
    current_app.extensions[_EXTENSION] = True


def schema_trouble() -> str:
    """Why the database cannot be served, in French; empty when it can."""
    with read() as connection:
        return schema.trouble(connection)


def unprepared() -> str:
    """Why the database has nothing to serve, in French: it has no schema yet, or lost its book; empty when it has."""
    with read() as connection:
        return _NO_BOOK if schema.current(connection) is None else ""
