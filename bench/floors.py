"""The floors: what the tools themselves cost on this machine, now. Nothing of ours can be faster."""

from __future__ import annotations

import sqlite3
import tempfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from time import perf_counter
from typing import Final

from flask import Flask

from bench.load import INSTANCE, get, serve
from bench.measure import Measure
from config.settings import Settings

CONCURRENCIES: Final = (1, 8)
COMMITS: Final = 400


def bare() -> Flask:
    """An application with one view that answers two letters."""
    app = Flask("bare", static_folder=None)
    app.config["SETTINGS"] = Settings.from_env()
    app.add_url_rule("/", "view", lambda: "ok")
    return app


def bare_view() -> dict[int, Measure]:
    """(a) A bare Flask view under our gunicorn."""
    with serve("bench.floors:bare()", prepare=False) as server:
        return {concurrency: server.under(get("/"), concurrency) for concurrency in CONCURRENCIES}


def durable_commit() -> dict[int, Measure]:
    """(c) One row written in SQLite and on the disk: WAL, synchronous FULL, BEGIN IMMEDIATE."""
    INSTANCE.mkdir(exist_ok=True)
    return {concurrency: _commits(concurrency) for concurrency in CONCURRENCIES}


def _commits(concurrency: int) -> Measure:
    with tempfile.TemporaryDirectory(dir=INSTANCE, prefix="bench-") as directory:
        path = Path(directory) / "floor.db"
        create(path)
        start = perf_counter()
        with ThreadPoolExecutor(concurrency) as pool:
            runs = list(pool.map(lambda _: commits(path, COMMITS // concurrency), range(concurrency)))
        return Measure.of([one for run in runs for one in run], perf_counter() - start)


def create(path: Path) -> None:
    """A database of one table, where the commits go."""
    with closing(_open(path)) as connection:
        connection.execute("CREATE TABLE row (id INTEGER PRIMARY KEY, text TEXT NOT NULL)")


def commits(path: Path, count: int) -> list[float]:
    """The durations of so many durable commits, in seconds."""
    durations = []
    with closing(_open(path)) as connection:
        for _ in range(count):
            begun = perf_counter()
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("INSERT INTO row (text) VALUES ('12,34')")
            connection.execute("COMMIT")
            durations.append(perf_counter() - begun)
    return durations


def _open(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=30, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    return connection
