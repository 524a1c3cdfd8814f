"""A hotel connected to a simulator of its own, and the words to synchronise it in a test."""

import threading
from contextlib import contextmanager
from datetime import date

from sqlalchemy import text

from config.settings import ROOT
from database.base import db
from database.transaction import read, write
from tests.utils.actions.nights import DAY, Person
from tests.utils.lightspeed.conftest import ACCOUNT, demo_hotel, simulator
from utils.actions.lightspeed import LightspeedSync
from utils.lightspeed import storage
from utils.simulators.nights import read_folder

NIGHTS = ROOT / "tests" / "fixtures" / "nuits"
WHEN = date.fromisoformat(DAY)
LOGS = ("sync_runs", "sync_requests", "integration_budgets")
"""What every synchronisation moves: its own log, and the rate at which it may ask."""


def wait_for_all():
    """Wait until every synchronisation that nobody waits for ended."""
    for thread in threading.enumerate():
        if thread.name == "synchronisation":
            thread.join(150)


@contextmanager
def golden_hotel(app, **client):
    """The demonstration connected to a simulator that serves the nights of the workbook."""
    with simulator({ACCOUNT: read_folder(NIGHTS)}, credentials=True, **client) as running:
        connect(app, running)
        yield running


@contextmanager
def synthetic_hotel(app, **client):
    """The demonstration connected to a simulator whose every report is whole."""
    with simulator(credentials=True, **client) as running:
        connect(app, running)
        yield running


def connect(app, running, property_id=None, **changed):
    """Connect a hotel to a simulator, without a page."""
    storage._budgets.clear()
    with app.app_context():
        hotel = property_id or demo_hotel().id
        storage.configure(hotel, running.connection(grant_type="client_credentials", **changed))
        storage.client_for(demo_hotel()).authenticate()


def sync(app, day=WHEN, person=None, **more):
    """One synchronisation, the rate of the account being full again."""
    with app.app_context():
        with write() as connection:
            connection.execute(text("DELETE FROM integration_budgets"))
        return LightspeedSync(demo_hotel().id, person, **more).sync_session(day)


def book(app, *without):
    """Every row of every table but those of the log."""
    left_out = {*LOGS, "user_sessions", *without}
    with app.app_context(), read() as connection:
        tables = [table for table in db.metadata.sorted_tables if table.name not in left_out]
        return {table.name: sorted(map(repr, connection.execute(table.select()).all())) for table in tables}


def auditor(app, day=DAY, name="auditeur"):
    """Somebody in front of an open night."""
    return Person(app, name, day).open()
