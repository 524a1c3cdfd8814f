"""The engine: how a connection to SQLite or PostgreSQL is set up, and the base of the tables."""

from __future__ import annotations

import sqlite3
import time
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Final, cast

from flask import Flask, current_app
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Connection, Engine, MetaData, create_engine, event, make_url
from sqlalchemy.orm import DeclarativeBase

from database.keys import journal_keys

BUSY_MS: Final = 5000
"""How long a transaction waits for another writer before it is refused."""

MODE: Final = "rj_mode"
"""Execution option that says what a transaction may do: ``read`` (the default), ``write``, ``jot`` or ``migrate``."""

KEYS: Final = "rj_keys"
"""Execution option that holds the keys of the journal, the current one first."""

_NAMES: Final = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
_PRAGMAS: Final = {
    "read": ("PRAGMA query_only=1", "PRAGMA foreign_keys=1"),
    "write": ("PRAGMA query_only=0", "PRAGMA foreign_keys=1", "PRAGMA synchronous=FULL"),
    "jot": ("PRAGMA query_only=0", "PRAGMA foreign_keys=1", "PRAGMA synchronous=NORMAL"),
    "migrate": ("PRAGMA query_only=0", "PRAGMA foreign_keys=0", "PRAGMA synchronous=FULL"),
}
_BEGIN: Final = {"read": "BEGIN"}
_EXTENSION: Final = "rj_doors"


class Base(DeclarativeBase):
    """What every table shares: the names of its constraints, so that a migration can speak of them."""

    metadata = MetaData(naming_convention=_NAMES)


db = SQLAlchemy(model_class=Base)


@dataclass(frozen=True, slots=True)
class Doors:
    """The ways into one database: engines that read, write, jot down and migrate, and a queue of writers."""

    reader: Engine
    writer: Engine
    jotter: Engine
    migrator: Engine
    turn: Lock | None


def connect(app: Flask) -> None:
    """Bind the application to the database of ``SQLALCHEMY_DATABASE_URI``; opens no connection."""
    backend = make_url(app.config["SQLALCHEMY_DATABASE_URI"]).get_backend_name()
    given = app.config.get("SQLALCHEMY_ENGINE_OPTIONS", {})
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = {**engine_options(backend), **given}
    db.init_app(app)
    with app.app_context():
        app.extensions[_EXTENSION] = doors_of(db.engine, app)


def files(app: Flask) -> tuple[Path, ...]:
    """The files that an SQLite database has, the one that holds it first; none of PostgreSQL or of memory.

    An application without a database is a floor of the measures, not the product.
    """
    if _EXTENSION not in app.extensions:
        return ()
    url = app.extensions[_EXTENSION].reader.url
    if url.get_backend_name() != "sqlite" or url.database in (None, "", ":memory:"):
        return ()
    return tuple(Path(f"{url.database}{suffix}") for suffix in ("", "-wal", "-shm"))


def emptied(app: Flask) -> str:
    """Why the database is a book no more, in French: its file has no byte, and a new book in it would hide that.

    The file that another process is creating has none for an instant: only one that stays empty is emptied.
    """
    file, deadline = next(iter(files(app)), None), time.monotonic() + _BEING_BORN
    while file is not None and file.is_file() and file.stat().st_size == 0:
        if time.monotonic() > deadline:
            return _EMPTIED.format(file.name)
        time.sleep(0.02)
    return ""


# Seconds that a process takes at most, between creating a file and writing its first page, on a machine that is busy.
_BEING_BORN: Final = 3
_EMPTIED: Final = (
    "Le fichier {} est vide (0 octet) : ce n’est plus un livre. Restaurer la dernière sauvegarde; "
    "pour commencer un livre neuf, supprimer d’abord ce fichier."
)


def release() -> None:
    """Close the idle connections of the current application."""
    for door in (doors().reader, doors().writer):
        door.dispose()


def doors() -> Doors:
    """The doors of the current application."""
    return cast("Doors", current_app.extensions[_EXTENSION])


def engine_options(backend: str) -> dict[str, object]:
    """Options of ``create_engine``: enough connections for the threads of a worker, and waits that end."""
    options: dict[str, object] = {
        "pool_size": 16,
        "max_overflow": 16,
        "pool_timeout": BUSY_MS / 1000,
        "hide_parameters": True,  # an error that is logged must not carry what people typed
    }
    if backend == "postgresql":
        waits = f"-c lock_timeout={BUSY_MS} -c idle_in_transaction_session_timeout=60000"
        return options | {"connect_args": {"options": waits, "connect_timeout": 5}}
    return options | {"connect_args": {"timeout": BUSY_MS / 1000}}


def doors_of(engine: Engine, app: Flask) -> Doors:
    """Teach an engine its rules and open its doors.

    On SQLite those who write have connections of their own: a pragma that changes makes a connection forget every
    statement it has prepared, so one that served readers and writers in turn would prepare them all again each time.
    """
    sqlite = engine.dialect.name == "sqlite"
    writing = create_engine(engine.url, **app.config["SQLALCHEMY_ENGINE_OPTIONS"]) if sqlite else engine
    for each in {engine, writing} if sqlite else ():
        event.listen(each, "connect", _open_sqlite)
        event.listen(each, "begin", _begin_sqlite)
    keys = {KEYS: journal_keys(app.config["SECRET_KEY"], *app.config.get("FORMER_KEYS", ()))}
    only = {} if sqlite else {"postgresql_readonly": True}
    return Doors(
        reader=engine.execution_options(**keys, **{MODE: "read"}, **only),
        writer=writing.execution_options(**keys, **{MODE: "write"}),
        jotter=writing.execution_options(**{MODE: "jot"}),
        migrator=writing.execution_options(**keys, **{MODE: "migrate"}),
        turn=Lock() if sqlite else None,
    )


def _open_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    """Settings of a new connection: the books survive a power cut, readers and the writer do not wait.

    WAL is asked for again while another process does the same: SQLite does not wait by itself there.
    """
    connection.isolation_level = None
    deadline = time.monotonic() + BUSY_MS / 1000
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            break
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
            time.sleep(0.02)
    connection.execute("PRAGMA synchronous=FULL")


def _begin_sqlite(connection: Connection) -> None:
    """Begin as the mode says: a read cannot write, a write has its place from its first statement.

    Straight on the driver: this runs in every transaction, and a statement through SQLAlchemy costs ten times more.
    """
    mode = connection.get_execution_options().get(MODE, "read")
    raw = cast("sqlite3.Connection", connection.connection.dbapi_connection)
    if connection.info.get(MODE) != mode:
        for pragma in _PRAGMAS[mode]:
            raw.execute(pragma)
        connection.info[MODE] = mode
    raw.execute(_BEGIN.get(mode, "BEGIN IMMEDIATE"))
