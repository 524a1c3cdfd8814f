"""What synchronises by itself: at the opening of a night, and when the PMS sends a signed message."""

import json
import threading
from datetime import timedelta

import pytest
from standardwebhooks import Webhook

from database.lightspeed import LONGEST, NewRun, begin_run
from database.transaction import write
from tests.utils.actions.lightspeed.synchro import WHEN, auditor, book, sync, synthetic_hotel, wait_for_all
from tests.utils.actions.nights import DAY, Person, rows
from tests.utils.lightspeed.conftest import ACCOUNT, demo_hotel
from utils import dates
from utils.actions.lightspeed import messages
from utils.actions.lightspeed.sync_night import LightspeedSync
from utils.lightspeed import storage
from utils.simulators import webhooks

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
ADDRESS = "/webhooks/lightspeed"


@pytest.fixture
def place(app):
    """A connected hotel whose messages are signed."""
    with synthetic_hotel(app) as running:
        running.inside.buckets.enforced = False
        yield app, running
        wait_for_all()


def choose(app, *, auto_sync=False, webhook_secret=SECRET):
    with app.app_context(), write() as connection:
        storage.choose(connection, demo_hotel().id, {"auto_sync": auto_sync, "webhook_secret": webhook_secret})


def message(kind="businessdate.closed", **data):
    return json.dumps({"type": kind, "data": {"accountId": ACCOUNT, "businessDate": DAY} | data}).encode()


def send(app, body, *, secret=SECRET, ago=timedelta(0), sent=None, **headers):
    """Send a message as the PMS does: no session, no token of a page; ``sent`` in the place of what was signed."""
    moment = int((dates.now() - ago).timestamp())
    signed = webhooks.signed(secret, "msg_1", moment, body) | {"X-CSRFToken": None, "X-Hotel": None} | headers
    return app.test_client().post(ADDRESS, data=sent or body, headers=signed, content_type="application/json")


def test_opening_a_night_synchronises_it_only_when_the_hotel_chose_so(place):
    app, _ = place
    auditor(app)
    wait_for_all()
    assert rows(app, "SELECT count(*) FROM sync_runs") == [(0,)]
    choose(app, auto_sync=True)
    Person(app, "auditeur", "2025-12-24").open().open()
    wait_for_all()
    assert rows(app, "SELECT cause, status FROM sync_runs") == [("ouverture", "complete")]


def test_opening_waits_for_nobody_and_fails_because_of_nobody(place, monkeypatch):
    app, running = place
    choose(app, auto_sync=True)
    may_begin, synchronise = threading.Event(), LightspeedSync.sync_session

    def held(asked, day):
        return may_begin.wait(60) and synchronise(asked, day)

    monkeypatch.setattr(LightspeedSync, "sync_session", held)
    person = Person(app, "auditeur")
    person.open()  # answered while the synchronisation has not begun
    assert rows(app, "SELECT count(*) FROM sync_runs") == [(0,)]
    may_begin.set()
    wait_for_all()
    assert rows(app, "SELECT status FROM sync_runs") == [("complete",)]
    running.fault("reset")
    assert Person(app, "auditeur", "2025-12-24", client=person.client).open()
    wait_for_all()
    assert rows(app, "SELECT status FROM sync_runs ORDER BY id DESC LIMIT 1") == [("echouee",)]


def test_a_signed_message_fills_the_night_once(place):
    app, _ = place
    choose(app)
    auditor(app)
    assert send(app, message()).status_code == 202
    wait_for_all()
    assert rows(app, "SELECT cause, status FROM sync_runs") == [("avis", "complete")]
    before = book(app)
    assert send(app, message()).status_code == 200  # the same message again
    wait_for_all()
    assert book(app) == before


def test_the_message_of_another_library_is_understood(place):
    app, _ = place
    choose(app)
    body, now = message("essai"), dates.now()
    signature = Webhook(SECRET).sign("msg_9", now, body.decode())
    headers = {"webhook-id": "msg_9", "webhook-timestamp": str(int(now.timestamp())), "webhook-signature": signature}
    answer = app.test_client().post(
        ADDRESS, data=body, headers={**headers, "X-CSRFToken": None}, content_type="application/json"
    )
    assert answer.status_code == 202  # a kind that nobody knows is received and left alone
    assert rows(app, "SELECT count(*) FROM sync_runs") == [(0,)]


AGO = timedelta(seconds=310)
SPOILED = {
    "another secret": {"secret": "whsec_" + "A" * 32},
    "too old": {"ago": AGO},
    "too early": {"ago": -AGO},
    "another account": {"body": message(accountId="AUTRE")},
    "not JSON": {"body": b"{"},
    "a list": {"body": b"[1]"},
    "another signature": {"webhook-signature": "v1,AAAA"},
    "another identifier": {"webhook-id": "msg_2"},
    "another body": {"sent": message(businessDate="2025-12-24")},
    "no secret kept": {},
}


@pytest.mark.parametrize("given", SPOILED.values(), ids=SPOILED)
def test_what_is_not_signed_hears_one_and_the_same_refusal(place, given):
    app, _ = place
    choose(app, webhook_secret=SECRET if given else "")
    before = book(app)
    answer = send(app, **{"body": message(), **given})
    assert (answer.status_code, answer.json["detail"]) == (401, "Message refusé.")
    assert book(app) == before


def test_nothing_of_a_body_is_read_before_its_signature_is_known(place, monkeypatch):
    app, _ = place
    choose(app)
    read = []
    monkeypatch.setattr(messages.mapping, "load", lambda body: read.append(body) or {})
    for given in (
        {"webhook-signature": "v1,AAAA"},
        {"secret": "whsec_" + "A" * 32},
        {"sent": message(), "body": b"{}"},
    ):
        assert send(app, **{"body": message(), **given}).status_code == 401
    assert read == []
    assert send(app, message()).status_code == 401  # signed, read, and for no account of ours
    assert read == [message()]


def test_a_message_is_neither_too_large_nor_of_another_kind(place):
    app, _ = place
    assert send(app, b'"' + b"a" * 270_000 + b'"').status_code == 413
    assert app.test_client().post(ADDRESS, data=b"a=1").status_code == 415
    assert app.test_client().get(ADDRESS).status_code == 405


def test_the_webhook_of_a_closed_night_makes_proposals(place):
    app, running = place
    choose(app)
    person = auditor(app)
    sync(app)
    assert person.submit(en_attente=True).status_code == 200
    running.admin("POST", f"accounts/{ACCOUNT}/revision", {"businessDate": DAY})
    assert send(app, message("report.revised")).status_code == 202
    wait_for_all()
    assert rows(app, "SELECT cause, status, written FROM sync_runs ORDER BY id DESC LIMIT 1") == [
        ("avis", "proposee", 0)
    ]


def test_a_run_that_died_does_not_hold_the_night_for_ever(place):
    app, _ = place
    auditor(app)
    with app.app_context(), write() as connection:
        begin_run(connection, NewRun(1, WHEN, "automatisme", None, dates.now() - 2 * LONGEST, {}))
    assert sync(app).status == "complete"
    assert rows(app, "SELECT status FROM sync_runs ORDER BY id") == [("interrompue",), ("complete",)]
