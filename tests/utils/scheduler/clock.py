"""A clock that a test turns, jobs that write what they do in a ledger, hotels of several zones."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import insert, text

from database import properties
from database.journal import Actor
from database.models import Property
from database.properties import Described
from database.transaction import read, write
from utils.scheduler.runner import Runner
from utils.scheduler.timetable import When
from utils.scheduler.work import Job, Step, done

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
ACTOR = Actor(None, "essai")


class Clock:
    """The instant, which moves only when the test says so."""

    def __init__(self, at):
        self.at = at

    def __call__(self):
        return self.at


class Ledger:
    """What was really done: an effect has a key of its own, so that doing it again is seen and harmless."""

    def __init__(self):
        self.effects, self.tries = {}, Counter()

    def step(self, key, before=None, after=None):
        """A step that writes in the ledger; ``before`` and ``after`` may kill it around its effect."""

        def action(turn):
            name = (turn.property_id, turn.job, turn.night, key)
            self.tries[name] += 1
            if before:
                before(name)
            self.effects.setdefault(name, turn.clock())
            if after:
                after(name)
            return done("Fait.")

        return Step(key, key, action)


def two_jobs(ledger):
    """A synchronisation at 03:00 and a digest at 08:00, of one step each."""
    return {
        "synchro": Job("Synchronisation", When("synchro", 24 * HOUR), (ledger.step("s"),), watched=True),
        "digest": Job("Résumé", When("digest", 24 * HOUR), (ledger.step("d"),), watched=True),
    }


def turn(runner):
    """One turn of the clock, everything that is due done at once; how many runs that was."""
    due = runner.tick()
    for one in due:
        runner.perform(one)
    return len(due)


def new_runner(app, jobs, clock, notices=None):
    """A process of its own on the same database, its first beat given."""
    told = [] if notices is None else notices
    runner = Runner(jobs, clock, told.append)
    runner.app = app
    return runner


def demo_id():
    """The hotel of the demonstration."""
    with read() as connection:
        return properties.property_by_code(connection, "DEMO").id


def created(at):
    """Have every hotel be there since an instant."""
    with write() as connection:
        connection.execute(Property.__table__.update().values(created_at=at))


def add_hotel(code, zone, at):
    """A hotel in a zone, there since an instant; its id."""
    described = Described(code, code, "CAD", zone, date(2024, 1, 1), demo=True)
    with write() as connection:
        return properties.create_property(connection, described, ACTOR, at).id


def add_hotels(count, at):
    """Many hotels at once, without a journal: only the agenda reads them."""
    row = {"name": "H", "currency": "CAD", "opening_date": date(2024, 1, 1), "demo": True, "created_at": at}
    zones = ("America/Toronto", "America/Vancouver", "Europe/Paris", "Australia/Sydney")
    with write() as connection:
        rows = [{**row, "code": f"H{n}", "time_zone": zones[n % 4]} for n in range(count)]
        connection.execute(insert(Property), rows)


def choose(property_id, **hours):
    """Change hours of the automation of a hotel, for ever."""
    with write() as connection:
        properties.write_settings(
            connection, property_id, date(2024, 1, 1), {"automatismes": hours}, ACTOR, datetime(2024, 1, 1, tzinfo=UTC)
        )


def runs(job=None):
    """The rows of the runs, in the order of their nights."""
    with read() as connection:
        rows = connection.execute(text("SELECT * FROM job_runs ORDER BY business_date, property_id, job")).mappings()
        return [dict(row) for row in rows if job in (None, row["job"])]
