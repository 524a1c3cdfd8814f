"""Many hotels in one process, at the same 08:00: each has its digest once a reader, and its alert, which it tells."""

import re
from collections import Counter
from datetime import UTC, date, datetime
from time import perf_counter

import pytest
from sqlalchemy import func, select

from bench.hotels import copy_first
from database.models import Alert
from database.transaction import read
from tests.utils.notifications.conftest import set_mail
from tests.utils.notifications.smtp_server import Mailbox, smtp_server
from tests.utils.scheduler.clock import DAY, HOUR, MINUTE, Clock, created, runs, turn
from utils.actions.demonstration.fill_nights import fill_nights
from utils.notifications import delivery
from utils.scheduler.jobs import JOBS
from utils.scheduler.mails import tell
from utils.scheduler.runner import Runner

NIGHT = date(2026, 1, 15)
EIGHT = datetime(2026, 1, 16, 13, tzinfo=UTC)
"""08:00 in Toronto."""

DIGEST, ALERT = "Bilan du", "Occupation faible"
READERS = {DIGEST: {"directeur@demo.hotel", "adjoint@demo.hotel", "controleur@demo.hotel"}}
"""Of mails: whoever has the digest is not told in the same minute of an alert that it says."""

SUBJECT = re.compile(rf"\[(\w+) démo\] ({DIGEST}|{ALERT})")


@pytest.mark.parametrize(
    "count", [70, pytest.param(1000, marks=pytest.mark.long(reason="five thousand mails and as many runs"))]
)
def test_each_hotel_has_its_digest_once_a_reader_with_its_alert_inside(app_sqlite, count):
    clock, mailbox = Clock(EIGHT - HOUR), Mailbox()
    with app_sqlite.app_context(), smtp_server(mailbox) as port:
        set_mail(app_sqlite, port)
        hotels(count)
        runner = Runner(JOBS, clock, tell)
        turn(runner)
        received = []
        for instant in (EIGHT, EIGHT + MINUTE, EIGHT + HOUR, EIGHT + 3 * HOUR):
            clock.at, began = instant, perf_counter()
            turn(runner)
            received.append(len(mailbox.received))
            print(f"{count} hôtels, {instant:%H:%M} : {perf_counter() - began:.1f} s, {received[-1]} courriels")  # noqa: T201
        digests = runs("digest")
        with read() as connection:
            raised = connection.execute(
                select(func.count()).where(Alert.kind == "occupation_low").select_from(Alert)
            ).scalar()
    assert received[1] > delivery.AT_ONCE, "one turn after another, without a pause"
    told = Counter(subject_of(message) for message in kept(mailbox))
    assert set(told.values()) == {1}
    assert Counter(kind for _, kind, _ in told) == {kind: count * len(people) for kind, people in READERS.items()}
    assert {kind: {who for _, one, who in told if one == kind} for kind in READERS} == READERS
    assert len({code for code, _, _ in told}) == raised == count
    assert Counter(run["status"] for run in digests if str(run["business_date"]) == str(NIGHT)) == {"faite": count}


def hotels(count):
    """So many hotels on one clock, each with its closed night."""
    assert fill_nights(EIGHT + 12 * HOUR, 1) == 1
    created(EIGHT - 5 * DAY)
    copy_first(count)


def kept(mailbox):
    """What a mailbox keeps: a busy machine may let a yes of the server come too late, and the same message twice."""
    return {message["Message-ID"]: message for message in mailbox.messages}.values()


def subject_of(message):
    """Hotel, kind and reader of a mail."""
    code, kind = SUBJECT.match(message["Subject"]).groups()
    return code, kind, message["To"].addresses[0].addr_spec
