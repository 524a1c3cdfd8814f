"""A demonstration hotel connected to a MARSHA simulator on the loopback, with a night that was just locked."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from database import marsha, properties
from database.models.marsha import WAITING
from database.transaction import read, write
from tests.utils.marsha.conftest import CODE, simulator
from utils import dates
from utils.actions.demonstration.fill_nights import fill_nights
from utils.actions.marsha import send
from utils.actions.marsha.events import say_standing
from utils.marsha import storage

MINUTE = timedelta(minutes=1)


class Clock:
    """The hour of a worker: it moves when the test says so."""

    def __init__(self):
        self.at = dates.now()

    def __call__(self):
        return self.at

    def pass_by(self, *, minutes):
        """Let time go by."""
        self.at += minutes * MINUTE


class Brand:
    """The hotel, its simulator, and the words to send and to look."""

    def __init__(self, app, running):
        self.app, self.running, self.clock = app, running, Clock()
        running.inside.clock = self.clock
        with read() as connection:
            self.hotel = properties.property_by_code(connection, "DEMO")
        storage.configure(self.hotel.id, running.connection())
        fill_nights(dates.now(), 1)
        [self.sent] = self.all()
        self.day = self.sent.business_date

    def all(self):
        """Every submission of the hotel, oldest first."""
        today = dates.now().date()
        with read() as connection:
            return marsha.between(connection, self.hotel.id, today - 900 * timedelta(days=1), today)[::-1]

    def one(self):
        """The latest submission of the night."""
        return self.all()[-1]

    def round(self, **more):
        """One turn of the worker, its rate being full again."""
        with write() as connection:
            connection.execute(text("DELETE FROM integration_budgets"))
        return send.send_due(self.clock, **more)

    def rounds(self, count=12):
        """As many turns as a day of the worker."""
        for _ in range(count):
            self.round()
            self.clock.pass_by(minutes=61)

    def anew(self):
        """Forget what left, as if the night had just been locked; the server forgets too."""
        self.running.inside.faults.clear(CODE)
        with self.running.inside.ledger.opened() as kept:
            for part in kept.values():
                part.clear()
        values = "status = 'a_envoyer', attempts = 0, marsha_id = NULL, received_at = NULL, settled_at = NULL"
        values += ", error = NULL, errors = '[]', lease_owner = NULL, lease_until = NULL, message_sequence = 0"
        with write() as connection:
            connection.execute(text(f"UPDATE marsha_submissions SET {values} WHERE sequence = 1"))  # noqa: S608 - ours
            connection.execute(text("DELETE FROM marsha_submissions WHERE sequence > 1"))
            connection.execute(text("DELETE FROM marsha_sync_log"))
            connection.execute(text("DELETE FROM outbox_messages"))
            connection.execute(text("DELETE FROM alerts"))
        with write() as connection:  # only what the journal says to be waiting leaves
            say_standing(connection, self.hotel.id, self.all(), WAITING, dates.now())
        self.clock = self.running.inside.clock = Clock()

    def rows(self, statement):
        """Rows of the book."""
        with read() as connection:
            return [tuple(row) for row in connection.execute(text(statement))]


@pytest.fixture(scope="module")
def brand_of_module(shared):
    """The hotel of a module, on each engine."""
    with shared.app_context(), simulator() as running:
        yield Brand(shared, running)


@pytest.fixture
def brand(brand_of_module):
    """The same, its night as if it had just been locked."""
    brand_of_module.anew()
    return brand_of_module
