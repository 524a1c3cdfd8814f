"""Each date leaves exactly once a sequence and its receipt is kept, whatever dies, repeats, answers late or not."""

import subprocess
import sys
import threading
from datetime import timedelta
from types import SimpleNamespace

import pytest

from config.settings import ROOT
from database import integrations, marsha
from database.models.marsha import ACCEPTED, RECEIVED, REFUSED, REJECTED, SENDING, SUPERSEDED, WAITING
from database.transaction import write
from tests.utils.marsha.conftest import CODE
from utils.actions.marsha import documents, send
from utils.actions.marsha.events import say_standing
from utils.actions.marsha.submit import submit_dbrs
from utils.actions.state import need_night
from utils.marsha import client
from utils.marsha.client import MarshaClient
from utils.marsha.storage import PER_MINUTE, RATE

TABLE = []


class Death(BaseException):
    """The process dies here."""


def dies(monkeypatch, owner, name, *, after):
    """Die the first time that a function is called, before or after it did what it does."""
    alive = getattr(owner, name)
    left = [1]

    def deadly(*args, **more):
        if left and not after:
            left.clear()
            raise Death
        done = alive(*args, **more)
        if left:
            left.clear()
            raise Death
        return done

    monkeypatch.setattr(owner, name, deadly)


def told(brand, name):
    """A row of the table: how the night ended, how many the server holds, how many times it was asked."""
    held = brand.running.held()
    one = brand.one()
    tries = [row[0] for row in brand.rows("SELECT status FROM marsha_sync_log WHERE what = 'dbrs' ORDER BY id")]
    TABLE.append((brand.app.config["SQLALCHEMY_DATABASE_URI"][:6], name, one.status, len(held), ", ".join(tries)))
    return held, one


def is_whole(brand, name, status=ACCEPTED):
    """Exactly one submission is there, and its receipt is ours."""
    held, one = told(brand, name)
    assert held == [(one.business_date.isoformat(), one.sequence, one.digest)], name
    assert (one.status, bool(one.marsha_id)) == (status, True), name
    night = brand.rows("SELECT marsha_status, marsha_submission_id FROM night_audit_sessions")
    assert night == [(status, one.marsha_id)], name


def died(brand):
    """A turn of the worker; whether it died."""
    try:
        brand.round()
    except Death:
        return 1
    brand.clock.pass_by(minutes=2)
    return 0


PLACES = [
    ("après la réclamation", marsha, "claim", True),
    ("avant de sortir", MarshaClient, "submit", False),
    ("une fois accepté, avant de l’apprendre", MarshaClient, "submit", True),
    ("avant de garder le reçu", marsha, "settle", False),
    ("au milieu de la garde", marsha, "settle", True),
    ("avant d’écrire sur la nuit", send, "write_on_night", False),
    ("avant le journal des échanges", marsha, "log", False),
    ("avant de demander la validation", MarshaClient, "status", False),
    ("après avoir appris la validation", MarshaClient, "status", True),
    ("au milieu de la validation", marsha, "validate", True),
]


@pytest.mark.parametrize(("name", "owner", "function", "after"), PLACES, ids=[one[0] for one in PLACES])
def test_a_death_at_each_step_then_a_start_sends_once(brand, monkeypatch, name, owner, function, after):
    with monkeypatch.context() as deadly:
        dies(deadly, owner, function, after=after)
        assert 1 in [died(brand) for _ in range(3)]
    brand.clock.pass_by(minutes=3)
    brand.rounds(4)
    is_whole(brand, f"mort {name}")


FAULTS = [
    ("réponse perdue après l’acceptation", {"kind": "lost", "times": 1}),
    ("clé en cours de réception (409)", {"kind": "in-flight", "times": 2}),
    ("429, secondes", {"kind": "throttle", "detail": "seconds", "times": 2}),
    ("429, date", {"kind": "throttle", "detail": "date", "times": 2}),
    ("429, sans délai", {"kind": "throttle", "detail": "absent", "times": 2}),
    ("429, délai énorme", {"kind": "throttle", "detail": "huge", "times": 1}),
    ("500", {"kind": "status", "detail": "500", "times": 2}),
    ("502", {"kind": "status", "detail": "502", "times": 2}),
    ("503", {"kind": "status", "detail": "503", "times": 2}),
    ("jeton tué (401)", {"kind": "unauthorized", "times": 1}),
    ("page HTML", {"kind": "html", "times": 1}),
    ("réponse coupée", {"kind": "cut", "times": 1}),
    ("liaison rompue", {"kind": "reset", "times": 2}),
    ("redirection", {"kind": "redirect", "times": 1}),
]


@pytest.mark.parametrize(("name", "fault"), FAULTS, ids=[one[0] for one in FAULTS])
def test_a_fault_puts_off_and_sends_once(brand, name, fault):
    brand.running.fault(**fault)
    brand.rounds(30 if "énorme" in name else 6)
    is_whole(brand, name)


def test_a_gateway_down_for_a_day(brand):
    brand.running.fault("status", detail="503")
    brand.rounds(24)
    assert brand.one().status == WAITING
    brand.running.inside.faults.clear(CODE)
    brand.rounds(3)
    is_whole(brand, "passerelle en panne une journée")


def test_after_a_day_in_doubt_the_receipt_is_asked_for_before_anything_is_sent(brand):
    brand.running.fault("lost", times=1)
    brand.round()
    served = dict(brand.running.inside.served)
    brand.clock.pass_by(minutes=25 * 60)
    brand.rounds(2)
    assert brand.running.inside.served["dbrs"] == served["dbrs"]
    is_whole(brand, "24 h dans le doute")


def test_a_key_that_the_server_forgot_is_found_by_asking_for_the_receipt(brand):
    brand.running.fault("lost", times=1)
    brand.round()
    with brand.running.inside.ledger.opened() as kept:
        kept["keys"].clear()
    brand.clock.pass_by(minutes=2)
    brand.rounds(3)
    is_whole(brand, "clé oubliée (409)")


def test_a_date_that_is_final_with_something_else_waits_for_a_person(brand):
    brand.running.admin(f"accounts/{CODE}/final", {"businessDate": brand.day.isoformat()})
    brand.rounds(3)
    held, one = told(brand, "date fermée (409), autre contenu")
    assert (held, one.status) == ([], REFUSED)
    assert brand.rows("SELECT kind FROM alerts") == [("marsha_rejected",)]


def test_what_is_not_understood_waits_for_a_person(brand):
    brand.running.fault("status", detail="422", times=1)
    brand.rounds(3)
    _, one = told(brand, "422")
    assert one.status == REFUSED
    with write() as connection:
        assert marsha.retry(connection, one, brand.clock())
        say_standing(connection, brand.hotel.id, (one,), WAITING, brand.clock())
    brand.rounds(3)
    is_whole(brand, "422, puis renvoyé par une personne")


def test_two_workers_at_once_send_once(brand):
    gate, done = threading.Barrier(4), []

    def work():
        with brand.app.app_context():
            gate.wait(10)
            done.append(send.send_due(brand.clock))

    workers = [threading.Thread(target=work) for _ in range(4)]
    for one in workers:
        one.start()
    for one in workers:
        one.join(60)
    assert sum(one.received for one in done) == 1
    brand.rounds(3)
    is_whole(brand, "quatre travailleurs à la fois")


PROCESS = """
import sys
from main import create_app
from tests.applications import demonstration
from utils import dates
from utils.actions.marsha import send

with create_app(demonstration(sys.argv[1], sys.argv[2])).app_context():
    print("pret", flush=True)
    sys.stdin.readline()
    print(send.send_due(dates.now).received, flush=True)
"""


def test_two_processes_at_once_send_once(brand):
    settings = brand.app.config["SETTINGS"]
    words = [sys.executable, "-c", PROCESS, settings.instance_path, settings.database_url]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    both = [subprocess.Popen(words, cwd=ROOT, **pipes) for _ in range(2)]
    try:
        assert [one.stdout.readline() for one in both] == ["pret\n"] * 2
        for one in both:
            one.stdin.write("\n")
            one.stdin.flush()
        assert sorted(one.communicate(timeout=60)[0] for one in both) == ["0\n", "1\n"]
    finally:
        for one in both:
            one.kill()
            one.wait()
    brand.rounds(3)
    is_whole(brand, "deux processus à la fois")


def test_a_double_click_is_one_submission(brand):
    person = SimpleNamespace(property_id=brand.hotel.id, user_id=1, label="Essai", role="gm", may=lambda *_: True)
    gate, said = threading.Barrier(2), []

    def click():
        with brand.app.app_context():
            gate.wait(10)
            said.append(submit_dbrs(person, brand.day, brand.clock()))

    for clicks in (2, 2):
        hands = [threading.Thread(target=click) for _ in range(clicks)]
        for one in hands:
            one.start()
        for one in hands:
            one.join(60)
        brand.round()
        brand.clock.pass_by(minutes=2)
    brand.rounds(2)
    assert {(one.sequence, one.idempotency_key) for one in said} == {(1, brand.one().idempotency_key)}
    is_whole(brand, "double clic, avant et après l’envoi")


def test_a_timeout_after_the_server_accepted(brand, monkeypatch):
    brand.running.fault("latency", detail="3000", times=1, report="dbrs")
    with monkeypatch.context() as hurried:
        hurried.setattr(client, "CALL_S", 1.5)
        brand.round()
    assert (brand.one().status, brand.one().error) == (WAITING, "MARSHA met trop de temps à répondre.")
    assert len(brand.running.held()) == 1
    brand.clock.pass_by(minutes=2)
    brand.rounds(2)
    is_whole(brand, "délai passé après l’acceptation")


def test_a_worker_whose_lease_ran_out_changes_nothing_of_what_the_other_kept(brand):
    with write() as connection:
        claimed = marsha.claim(connection, "lent", brand.clock())
    assert claimed.status == SENDING
    brand.clock.pass_by(minutes=3)
    brand.rounds(2)
    with write() as connection:
        assert not marsha.settle(connection, claimed, "lent", status=WAITING)
    is_whole(brand, "bail échu")


def test_a_rejection_is_told_with_its_line_and_its_place(brand):
    brand.running.fault("reject", detail="/form/grandTotal|Grand total refusé par la marque", times=1)
    brand.rounds(3)
    held, one = told(brand, "rejeté")
    assert (len(held), one.status) == (1, REJECTED)
    assert [fault["pointer"] for fault in one.errors] == ["/form/grandTotal"]
    [(sentence,)] = brand.rows("SELECT sentence FROM alerts WHERE kind = 'marsha_rejected'")
    assert "Grand total refusé par la marque (/form/grandTotal)" in sentence


def write_again(brand):
    """A corrected night: a new sequence of its date."""
    with write() as connection:
        state = need_night(connection, brand.hotel.id, brand.day)
        return documents.write_down(connection, state, brand.clock())


def test_a_corrected_night_is_a_new_sequence_that_supersedes(brand):
    brand.rounds(2)
    second = write_again(brand)
    assert (second.sequence, second.status) == (2, WAITING)
    assert f'"supersedes":"{brand.all()[0].idempotency_key}"' in second.body
    brand.rounds(3)
    assert [(one.sequence, one.status) for one in brand.all()] == [(1, SUPERSEDED), (2, ACCEPTED)]
    assert [row[1] for row in brand.running.held()] == [1, 2]


def test_the_earlier_sequence_of_a_date_goes_first(brand):
    brand.running.fault("status", detail="500", times=1)
    brand.round()
    assert (brand.one().status, brand.one().attempts) == (WAITING, 1)
    second = write_again(brand)
    assert brand.round().received == 0
    brand.clock.pass_by(minutes=2)
    brand.rounds(3)
    assert [row[1] for row in brand.running.held()] == [1, 2]
    assert brand.one().id == second.id


def test_what_nobody_tried_to_send_is_withdrawn_by_the_next(brand):
    write_again(brand)
    brand.rounds(3)
    assert [(one.sequence, one.status) for one in brand.all()] == [(1, "retire"), (2, ACCEPTED)]
    assert [row[1] for row in brand.running.held()] == [2]


def test_a_validation_that_never_comes_is_asked_for_less_and_less_often(brand):
    brand.running.fault("stuck", times=1)
    before = brand.running.inside.served.get("status", 0)
    for _ in range(60):
        brand.round()
        brand.clock.pass_by(minutes=1)
    assert brand.one().status == RECEIVED
    assert 15 < brand.running.inside.served["status"] - before < 60


def forgotten(brand):
    """The server loses what it received, and the keys."""
    with brand.running.inside.ledger.opened() as kept:
        kept["submissions"].clear()
        kept["keys"].clear()


def test_a_receipt_that_the_server_denies_for_a_day_waits_for_a_person_who_sends_again(brand):
    brand.running.fault("stuck", times=1)
    brand.round()
    forgotten(brand)
    brand.rounds(23)
    assert (brand.one().status, brand.rows("SELECT kind FROM alerts")) == (RECEIVED, [])
    brand.rounds(3)
    asked = brand.running.inside.served["status"]
    brand.rounds(6)
    assert brand.running.inside.served["status"] == asked
    assert (brand.one().status, brand.one().error) == (REFUSED, send.DENIED)
    assert brand.rows("SELECT kind FROM alerts") == [("marsha_rejected",)]
    with write() as connection:
        assert marsha.retry(connection, brand.one(), brand.clock())
        say_standing(connection, brand.hotel.id, (brand.one(),), WAITING, brand.clock())
    brand.rounds(3)
    is_whole(brand, "reçu nié (404) un jour, puis renvoyé par une personne")
    assert brand.rows("SELECT kind FROM alerts WHERE resolved_at IS NULL") == []


def test_what_is_never_decided_is_asked_for_a_week_then_only_awaited(brand):
    brand.running.fault("stuck", times=1)
    brand.round()
    brand.rounds(170)
    asked = brand.running.inside.served["status"]
    brand.rounds(6)
    assert brand.running.inside.served["status"] == asked
    assert (brand.one().status, brand.one().error) == (RECEIVED, send.UNDECIDED)
    assert brand.rows("SELECT kind FROM alerts") == [("marsha_rejected",)]
    with write() as connection:
        assert send.decide(connection, brand.one(), ACCEPTED, [], brand.clock())
    is_whole(brand, "validée après une semaine, par son avis")


def test_the_rate_of_a_property_is_eight_a_minute_for_every_process_together(brand):
    start, drawn = brand.clock(), []
    with write() as connection:
        for second in range(600):
            at = start + timedelta(seconds=second)
            while integrations.draw(connection, "essai", 5, at, RATE)[0]:
                drawn.append(second)
    busiest = max(sum(first <= one < first + 60 for one in drawn) for first in range(540))
    assert busiest <= PER_MINUTE
    assert len(drawn) >= 60


def test_the_table_of_what_was_tried(capsys):
    with capsys.disabled():
        print("\n    base    épreuve, fin, au serveur, échanges")  # noqa: T201 - the table of the contract
        for row in TABLE:
            print("   ", *row, sep=" | ")  # noqa: T201
    assert all(row[3] <= 1 for row in TABLE)
