"""The only place that opens a transaction and the only place that commits.

    with write() as connection:
        append(connection, ...)

A read cannot write, whatever it runs: the engine refuses it. On SQLite the writers of this process queue here for
their turn rather than poll the file; those of other processes wait at ``BEGIN IMMEDIATE``.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Final

from sqlalchemy import Connection
from sqlalchemy.exc import TimeoutError

from database.base import BUSY_MS, doors


class StorageError(Exception):
    """The book cannot be read or written just now; nothing of this transaction was kept."""

    retry_after = 2
    sentence = "La base de données est prise par d’autres écritures : recommencer dans un moment."
    """What whoever types a command reads."""


class Busy(StorageError):
    """Other writers hold the book: asking again shortly will do."""


class StorageUnavailable(StorageError):
    """The disk is full, the file read-only, the server gone: somebody must look."""

    retry_after = 30
    sentence = (
        "La base de données ne se lit pas, ou ne s’écrit pas : fichier endommagé ou absent, disque plein, serveur "
        "arrêté. En garder une copie; si elle est endommagée, restaurer la dernière sauvegarde."
    )


_BUSY_SQLITE: Final = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_UNAVAILABLE_SQLITE: Final = {
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_CORRUPT,
    sqlite3.SQLITE_NOTADB,
    sqlite3.SQLITE_PERM,
}
_BUSY_POSTGRESQL: Final = {"40001", "40P01", "55P03", "57014", "53300"}
_UNAVAILABLE_POSTGRESQL: Final = ("08", "53", "57P", "58", "25006", "XX")


@contextmanager
def write() -> Iterator[Connection]:
    """A transaction that may write; kept when the block ends, undone when it raises.

    Raises ``Busy`` when its turn does not come in time, ``StorageUnavailable`` when the storage refuses.
    """
    ways = doors()
    with _turn(ways.turn), _honest(writing=True), ways.writer.begin() as connection:
        yield connection


@contextmanager
def jot() -> Iterator[Connection]:
    """A write that a power cut may take back, and nothing else: for what guides the work, never for the book."""
    ways = doors()
    with _turn(ways.turn), _honest(writing=True), ways.jotter.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql("SET LOCAL synchronous_commit TO off")
        yield connection


@contextmanager
def read() -> Iterator[Connection]:
    """A transaction that only reads; on SQLite all its statements see one state."""
    with _honest(writing=False), doors().reader.begin() as connection:
        yield connection


@contextmanager
def snapshot() -> Iterator[Connection]:
    """A long read whose statements all see one state, on both engines; writers go on meanwhile."""
    reader = doors().reader
    if reader.dialect.name == "postgresql":
        reader = reader.execution_options(isolation_level="REPEATABLE READ")
    with _honest(writing=False), reader.begin() as connection:
        yield connection


@contextmanager
def migrate() -> Iterator[Connection]:
    """A transaction that may change the schema: alone, and with foreign keys off on SQLite.

    With them on, rebuilding a table there would delete or refuse its children.
    """
    ways = doors()
    with _turn(ways.turn), _honest(writing=True), ways.migrator.begin() as connection:
        yield connection


@contextmanager
def _turn(lock: Lock | None) -> Iterator[None]:
    """Wait in line with the other writers of this process."""
    if lock is None:
        yield
        return
    if not lock.acquire(timeout=BUSY_MS / 1000):
        raise Busy("Too many writers in line.")
    try:
        yield
    finally:
        lock.release()


@contextmanager
def _honest(*, writing: bool) -> Iterator[None]:
    """Turn what the driver says of waiting and of broken storage into our two errors; the rest passes as it is."""
    try:
        yield
    except TimeoutError as error:
        raise Busy("No connection is free.") from error
    except Exception as error:
        cause = getattr(error, "orig", None) or error
        kind = _kind(cause, writing=writing)
        if kind is None:
            raise
        raise kind(str(cause)) from error


def _kind(error: BaseException, *, writing: bool) -> type[StorageError] | None:
    """Which of our errors a driver's error is; a write inside a read is a fault of ours and none of them."""
    if isinstance(error, sqlite3.Error):
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if code in _BUSY_SQLITE:
            return Busy
        refused = code in _UNAVAILABLE_SQLITE and (writing or code != sqlite3.SQLITE_READONLY)
        return StorageUnavailable if refused else None
    if not type(error).__module__.startswith("psycopg"):
        return None
    state: str | None = getattr(error, "sqlstate", None)
    if state in _BUSY_POSTGRESQL:
        return Busy
    if state is None:
        return StorageUnavailable if type(error).__name__ == "OperationalError" else None
    refused = state.startswith(_UNAVAILABLE_POSTGRESQL) and (writing or state != "25006")
    return StorageUnavailable if refused else None
