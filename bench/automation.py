"""What a minute of the automation costs, and how that grows with the number of hotels."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import Final

from flask import Flask
from sqlalchemy import insert, update

from bench.hotels import copy_first
from config.settings import Settings
from database import outbox, setup
from database.base import release
from database.models import Property, PropertySettings
from database.transaction import read, write
from main import create_app
from utils.actions.demonstration.fill_nights import fill_nights
from utils.actions.notifications import evaluate_alerts, send_digest
from utils.scheduler.jobs import JOBS
from utils.scheduler.runner import Runner
from utils.scheduler.timetable import When
from utils.scheduler.work import Job, Step, done

SIZES: Final = (1, 10, 100, 1000)
TICKS: Final = 60
START: Final = datetime(2026, 1, 15, 17, tzinfo=UTC)
ZONES: Final = ("America/Toronto", "America/Vancouver", "Europe/Paris", "Australia/Sydney")
DIGEST: Final = datetime(2026, 1, 16, 13, tzinfo=UTC)
"""08:00 in Toronto."""

NIGHT: Final = date(2026, 1, 15)
READERS: Final = 3
_DAY: Final = timedelta(days=1)


def figures() -> dict[str, float]:
    """For each size: a minute in which nothing is due, the agenda made again, and a night's runs, by hotel."""
    found: dict[str, float] = {}
    for size in SIZES:
        with _hotels(size):
            clock = [START]
            runner = Runner(_jobs(), lambda: clock[0])  # noqa: B023 - used in this turn only
            found[f"Agenda de {size} hôtels (ms)"] = _timed(runner.tick)
            minutes = []
            for _ in range(TICKS):
                clock[0] += timedelta(minutes=1)
                minutes.append(_timed(runner.tick))
            found[f"Minute calme, {size} hôtels (ms)"] = median(minutes)
            clock[0] = START + _DAY
            wall, cpu = perf_counter(), process_time()
            due = _turn(runner)
            found[f"Passages dus, {size} hôtels (ms par passage)"] = (perf_counter() - wall) * 1000 / due
            found[f"dont processeur, {size} hôtels (ms par passage)"] = (process_time() - cpu) * 1000 / due
    return found


def letters() -> dict[str, float]:
    """For each size, all hotels on one clock: the digests of 08:00, and in a book of its own the alerts of a night.

    The first round only warms what is compiled once a process; the next one of its size takes its place.
    """
    found: dict[str, float] = {}
    for size in (SIZES[1], *SIZES):
        for name, work in (("Bilans du matin", _write_digests), ("Alertes de la nuit", _look_at_nights)):
            with _closed_nights(size):
                spent = _timed(partial(work, size))
            found[f"{name}, {size} hôtels (ms par hôtel)"] = spent / size
            found[f"{name}, {size} hôtels (s)"] = spent / 1000
    return found


def _write_digests(size: int) -> None:
    """A minute before 08:00, then 08:00: every hotel has its digest, written to its three readers."""
    clock = [DIGEST - timedelta(minutes=1)]
    runner = Runner({"digest": JOBS["digest"]}, lambda: clock[0])
    _turn(runner)
    clock[0] = DIGEST
    _turn(runner)
    with read() as connection:
        mails = [outbox.written_for(connection, hotel, "daily_digest", NIGHT) for hotel in (1, size)]
    if mails != [READERS] * 2:
        raise RuntimeError(f"bilans écrits au premier hôtel et au dernier : {mails}")


def _look_at_nights(size: int) -> None:
    """Every rule of every night."""
    for hotel in range(1, size + 1):
        evaluate_alerts(hotel, NIGHT, DIGEST)


def _turn(runner: Runner) -> int:
    """Everything that is due, one after the other; how many runs that was."""
    due = runner.tick()
    for one in due:
        runner.perform(one)
    return len(due)


@contextmanager
def _closed_nights(count: int) -> Iterator[Flask]:
    """A book of so many hotels on one clock, each with a closed night and those who read its digest."""
    with tempfile.TemporaryDirectory() as directory:
        settings = Settings(demo=True, secret_key="x" * 40, instance_path=directory, log_level="ERROR")
        app = create_app(settings)
        setup.prepare(app, START - _DAY, lambda text: text)
        with app.app_context():
            fill_nights(DIGEST + _DAY / 2, 1)
            with write() as connection:
                connection.execute(update(Property).values(created_at=START - _DAY))
            copy_first(count)
            send_digest(1, NIGHT - _DAY, DIGEST)  # the templates are compiled
            yield app
            release()


def _jobs() -> dict[str, Job]:
    """Seven jobs that do nothing: what remains is the cost of claiming and writing."""
    hours = ("jeton", "synchro", "synchro_avis", "rj_attendu", "digest", "sauvegarde", "conservation")
    step = Step("rien", "Rien", lambda _turn: done("Fait."))
    return {hour: Job(hour, When(hour, _DAY), (step,)) for hour in hours}


def _timed(action: Callable[[], object]) -> float:
    begun = perf_counter()
    action()
    return (perf_counter() - begun) * 1000


@contextmanager
def _hotels(count: int) -> Iterator[Flask]:
    """A book of so many hotels, each with a setting of its own."""
    with tempfile.TemporaryDirectory() as directory:
        settings = Settings(demo=False, secret_key="x" * 40, instance_path=directory, log_level="ERROR")
        Path(directory).mkdir(exist_ok=True)
        app = create_app(settings)
        setup.prepare(app, START - _DAY, lambda text: text)
        with app.app_context():
            _fill(count)
            yield app
            release()


def _fill(count: int) -> None:
    row = {"name": "Hôtel", "currency": "CAD", "opening_date": date(2024, 1, 1), "demo": True}
    hotels = [
        {**row, "id": n, "code": f"H{n}", "time_zone": ZONES[n % 4], "created_at": START - _DAY}
        for n in range(1, count + 1)
    ]
    chosen = {"automatismes": {"digest": "07:45"}}
    documents = [
        {"property_id": n, "effective_from": date(2024, 1, 1), "document": chosen, "created_at": START - _DAY}
        for n in range(1, count + 1)
    ]
    with write() as connection:
        connection.execute(insert(Property), hotels)
        connection.execute(insert(PropertySettings), documents)
