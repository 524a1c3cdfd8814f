"""The real table over the changes of hour of four zones: one digest a night and a reader, at 08:00 on the wall."""

from collections import Counter
from datetime import UTC, datetime

import pytest
import time_machine
from sqlalchemy import text, update

from bench.hotels import copy_first
from database.models import Property
from database.transaction import read, write
from tests.utils.scheduler.clock import DAY, MINUTE, created, turn
from utils import dates
from utils.dates import local
from utils.scheduler.jobs import JOBS
from utils.scheduler.mails import tell
from utils.scheduler.runner import Runner

ZONES = ("America/Toronto", "America/Vancouver", "Europe/Paris", "Australia/Lord_Howe")
READERS = 3
LETTERS = {key: JOBS[key] for key in ("digest", "hebdo")}
MAILS = "SELECT kind, property_id, audit_date, user_id, created_at FROM outbox_messages"
CHANGES = {
    "Canada, mars": (datetime(2026, 3, 7, tzinfo=UTC), 3),
    "Paris, mars": (datetime(2026, 3, 28, tzinfo=UTC), 3),
    "Lord Howe, avril": (datetime(2026, 4, 4, tzinfo=UTC), 3),
    "Lord Howe, octobre": (datetime(2026, 10, 3, tzinfo=UTC), 3),
    "Paris, octobre": (datetime(2026, 10, 24, tzinfo=UTC), 3),
    "Canada, novembre": (datetime(2026, 10, 31, tzinfo=UTC), 3),
}
LONG = pytest.param(
    datetime(2026, 1, 15, tzinfo=UTC), 400, marks=pytest.mark.long(reason="four times four hundred nights")
)


@pytest.mark.parametrize(("start", "nights"), [*(pytest.param(*one, id=name) for name, one in CHANGES.items()), LONG])
def test_each_night_has_one_digest_a_reader_at_the_local_hour(app_sqlite, start, nights):
    with time_machine.travel(start, tick=False) as traveller, app_sqlite.app_context():
        created(start - DAY)
        four_zones()
        runner, at = Runner(LETTERS, dates.now, tell), start
        while at < start + nights * DAY:
            traveller.move_to(at, tick=False)
            turn(runner)
            at += 30 * MINUTE
    with app_sqlite.app_context(), read() as connection:
        rows = connection.execute(text(MAILS)).all()
    digests = Counter((row.property_id, row.audit_date, row.user_id) for row in rows if row.kind == "daily_digest")
    assert (len(digests), set(digests.values())) == (len(ZONES) * nights * READERS, {1})
    for row in rows:
        zone = ZONES[row.property_id - 1]
        here = local(datetime.fromisoformat(row.created_at).replace(tzinfo=UTC), zone)
        assert (str(here.date() - DAY), here.hour, here.minute) == (row.audit_date, 8, 0)
        assert row.kind == "daily_digest" or here.weekday() == 0


def four_zones():
    """The demonstration in each zone, with the people who read its digest."""
    copy_first(len(ZONES))
    with write() as connection:
        for number, zone in enumerate(ZONES, 1):
            connection.execute(update(Property).where(Property.id == number).values(time_zone=zone))
