"""The whole table at work: one letter a reader and a night, whatever dies; people are told of what RJ.md says."""

from collections import Counter
from datetime import UTC, datetime

import pytest
import time_machine
from sqlalchemy import text

from database import alerts, job_runs, outbox
from database.transaction import read, write
from tests.saisie import opened, person, save, whole
from tests.utils.notifications.conftest import set_mail
from tests.utils.notifications.smtp_server import smtp_server
from tests.utils.scheduler.clock import DAY, HOUR, MINUTE, add_hotel, choose, created, demo_id, runs, turn
from tests.utils.scheduler.test_runner import Death, Fate
from utils import dates
from utils.actions import notifications
from utils.notifications import smtp
from utils.scheduler import server
from utils.scheduler.jobs import JOBS
from utils.scheduler.mails import tell
from utils.scheduler.runner import Runner
from utils.scheduler.steps import NOT_OPENED

START = datetime(2026, 1, 15, 19, tzinfo=UTC)
"""14:00 in Toronto, a Thursday."""

READERS = 3
"""gm, gsm, controller of the demonstration."""

MAILS = "SELECT kind, audit_date, user_id, status FROM outbox_messages"


@pytest.fixture
def traveller(app):
    with time_machine.travel(START, tick=False) as traveller, app.app_context():
        created(START - DAY)
        yield traveller


@pytest.fixture
def traveller_sqlite(app_sqlite):
    with time_machine.travel(START, tick=False) as traveller, app_sqlite.app_context():
        created(START - DAY)
        yield traveller


def mails(*kinds):
    """The mails of these kinds, by kind, night and reader."""
    with read() as connection:
        rows = connection.execute(text(MAILS)).all()
    return Counter((row.kind, str(row.audit_date), row.user_id) for row in rows if row.kind in kinds)


def walk(runner, traveller, start, hours, every=30 * MINUTE):
    at = start
    while at < start + hours * HOUR:
        traveller.move_to(at, tick=False)
        turn(runner)
        at += every


def test_five_nights_leave_one_digest_a_night_and_one_summary_on_monday(app, traveller):
    runner = Runner(JOBS, dates.now, tell)
    walk(runner, traveller, START, 5 * 24)
    digests, weekly = mails("daily_digest"), mails("weekly_summary")
    assert set(digests.values()) == set(weekly.values()) == {1}
    assert (len(digests), len(weekly)) == (5 * READERS, READERS)
    assert {night for _, night, _ in weekly} == {"2026-01-18"}
    assert Counter(run["status"] for run in runs("digest")) == {"faite": 5}


@pytest.mark.parametrize("place", range(1, 13))
def test_a_death_about_the_digest_then_a_start_sends_it_once_to_each_reader(app, traveller, monkeypatch, place):
    """Around the claim of the run, its step, the letter to each of three readers, what is written of the run."""
    dies_then_starts(traveller, monkeypatch, TOLD["digest"], place)


TOLD = {
    "digest": ("digest", "send_digest", datetime(2026, 1, 16, 13, tzinfo=UTC), "daily_digest", 3),
    "hebdo": ("hebdo", "send_weekly", datetime(2026, 1, 19, 13, tzinfo=UTC), "weekly_summary", 3),
    "rj_attendu": ("rj_attendu", "report_late", datetime(2026, 1, 16, 11, tzinfo=UTC), "rj_late", 3),
    "synchro_avis": ("synchro_avis", "report_sync", datetime(2026, 1, 16, 10, tzinfo=UTC), "pms_sync_failed", 2),
}
"""Each job that tells people: the action of its step, when, the kind of its mails, how many readers."""

PLACES = [(job, place) for job in ("hebdo", "rj_attendu", "synchro_avis") for place in range(1, 7 + 2 * TOLD[job][4])]


@pytest.mark.parametrize(("job", "place"), PLACES)
def test_a_death_at_every_place_of_what_tells_people_then_a_start_tells_each_once(
    app, traveller, monkeypatch, job, place
):
    dies_then_starts(traveller, monkeypatch, TOLD[job], place)


def dies_then_starts(traveller, monkeypatch, told, place):
    """The process dies there; another one leaves one complete run and one mail a reader."""
    job, action, when, kind, readers = told
    jobs, fate = {job: JOBS[job]}, Fate(place)
    first = Runner(jobs, dates.now, tell)
    traveller.move_to(when - HOUR, tick=False)
    turn(first)
    with monkeypatch.context() as patched:
        for module, name in ((job_runs, "claim"), (job_runs, "record"), (outbox, "add"), (notifications, action)):
            patched.setattr(module, name, fate.around(getattr(module, name)))
        traveller.move_to(when, tick=False)
        with pytest.raises(Death):
            turn(first)
        second = Runner(jobs, dates.now, tell)
        for n in range(1, 8):
            traveller.move_to(when + n * MINUTE, tick=False)
            turn(second)
    found = mails(kind)
    assert (len(found), set(found.values())) == (readers, {1})
    [run] = runs(job)
    assert run["status"] == "faite"


SEND = {"courriels": JOBS["courriels"]}
UNSURE = (6, 7, 8, 12, 13, 14)
"""From the yes of the server to the commit that says so: nobody can tell, and the same message leaves again."""


@pytest.mark.parametrize("place", range(1, 15))
def test_a_death_at_every_place_of_the_delivery_then_a_start_loses_none(
    app, traveller, monkeypatch, place, mailbox, port
):
    """Around the claim of the run, then for each mail around its claim, the server and the book."""
    set_mail(app, port)
    fate, first = Fate(place), Runner(SEND, dates.now, tell)
    turn(first)
    notifications.report_sync(demo_id(), START.date(), "Essai.", dates.now())
    with smtp_server(mailbox, port), monkeypatch.context() as patched:
        patched.setattr(job_runs, "claim", fate.around(job_runs.claim))
        for module, name in ((outbox, "claim"), (smtp, "deliver"), (outbox, "mark_sent")):
            patched.setattr(module, name, fate.around(getattr(module, name)))
        traveller.move_to(START + MINUTE, tick=False)
        with pytest.raises(Death):
            turn(first)
        second = Runner(SEND, dates.now, tell)
        for n in range(2, 12):
            traveller.move_to(START + n * MINUTE, tick=False)
            turn(second)
    messages = Counter(message["Message-ID"] for message in mailbox.messages)
    assert len(messages) == 2
    assert sum(messages.values()) == 2 + (place in UNSURE)
    with read() as connection:
        assert set(connection.execute(text("SELECT status FROM outbox_messages")).scalars()) == {"envoye"}


@pytest.mark.parametrize("place", range(1, 7))
def test_a_death_while_an_alert_is_raised_undoes_the_save_and_the_next_one_tells_each_once(
    app_sqlite, monkeypatch, place
):
    """Around the alert and the mail to the first of four readers, in the transaction of the save."""
    auditor, fate = person(app_sqlite), Fate(place)
    opened(auditor)
    short = {"sd_entries": [{"id": "ligne-aa", "name": "Zoé", "amount": "200.00", "verified": "138.00"}]}
    with monkeypatch.context() as patched:
        patched.setattr(alerts, "raise_alert", fate.around(alerts.raise_alert))
        patched.setattr(outbox, "add", fate.around(outbox.add))
        with pytest.raises(Death):
            save(auditor, "sd", short)
        assert whole(auditor)["tabs"]["sd"]["values"] == {}
        save(auditor, "sd", short)
    with app_sqlite.app_context():
        found = mails("receptionist_variance")
        assert (len(found), set(found.values())) == (4, {1})


def test_after_a_restart_at_0630_what_was_late_runs_first_and_one_fact_is_one_mail(app, traveller):
    """Down at 03:00, 05:00 and 06:00: the night is filled, then judged; only the RJ is late, not the automation."""
    turn(Runner(JOBS, dates.now, tell))
    traveller.move_to(datetime(2026, 1, 16, 11, 30, tzinfo=UTC), tick=False)
    runner = Runner(JOBS, dates.now, tell)
    for _, together in server.in_order(runner.tick()):
        for due in together:
            runner.perform(due)
    with read() as connection:
        said = connection.execute(text("SELECT kind, sentence FROM alerts")).all()
    assert [tuple(one) for one in said] == [("rj_late", "Le RJ du 2026-01-15 n’est pas soumis.")]
    assert {kind for kind, _, _ in mails("rj_late", "automation", "pms_sync_failed")} == {"rj_late"}
    assert {run["cause"] for run in runs() if run["job"] in ("synchro", "synchro_avis", "rj_attendu")} == {"rattrapage"}


def started_again(traveller, at):
    """A server that starts at an instant and does all that is due, in its order."""
    traveller.move_to(at, tick=False)
    runner = Runner(JOBS, dates.now, tell)
    for _, together in server.in_order(runner.tick()):
        for due in together:
            runner.perform(due)
    return runner


def automation():
    with read() as connection:
        query = "SELECT property_id, audit_date, sentence, resolved_at FROM alerts WHERE kind = 'automation'"
        return [tuple(row) for row in connection.execute(text(f"{query} ORDER BY property_id")).all()]


STOPPED = "Serveur ou automatismes arrêtés du 2026-01-15 à 14:00 au 2026-01-18 à 05:30. Manqué : "
BACK = datetime(2026, 1, 18, 10, 30, tzinfo=UTC)
"""05:30 in Toronto: two mornings went by, and what is done at noon for two nights."""


def test_a_stop_of_two_nights_is_one_mail_a_reader_that_says_what_was_missed(app, traveller):
    """Two hotels: each has its own, and the first one that of the installation."""
    second = add_hotel("DEUX", "America/Toronto", START - DAY)
    turn(Runner(JOBS, dates.now, tell))
    started_again(traveller, BACK)
    nights = "(les nuits du 2026-01-15 et du 2026-01-16)"
    both = f"Synchronisation de la nuit {nights}; RJ attendu {nights}; Bilan du matin {nights}"
    first, other = automation()
    assert (first[0], other[0]) == (demo_id(), second)
    assert first[2] == f"{STOPPED}{both}; Sauvegarde du livre (la nuit du 2026-01-15)."
    assert other[2] == f"{STOPPED}{both}."
    found = mails("automation")
    assert set(found.values()) == {1}
    assert len(found) == len({reader for _, _, reader in found})


def test_a_stop_is_over_with_the_next_digest_and_its_mail_left(app, traveller):
    turn(Runner(JOBS, dates.now, tell))
    runner = started_again(traveller, BACK)
    notifications.close_untrue(BACK)
    assert [row[3] for row in automation()] == [None]
    walk(runner, traveller, BACK + 30 * MINUTE, 3)
    [(_, _, _, resolved)] = automation()
    assert resolved is not None


def test_a_second_process_after_a_stop_tells_nothing_again(app, traveller):
    """The first one gave a sign of life, then died before it did anything; or did a part of it."""
    turn(Runner(JOBS, dates.now, tell))
    traveller.move_to(BACK, tick=False)
    first = Runner(JOBS, dates.now, tell)
    [*_, (_, of_hotel)] = server.in_order(first.tick())
    for due in of_hotel[:2]:
        first.perform(due)
    started_again(traveller, BACK + MINUTE)
    [(_, _, sentence, _)] = automation()
    assert sentence.startswith("Serveur ou automatismes arrêtés")


def test_what_one_hotel_missed_is_done_in_its_order_and_holds_back_no_other(app, traveller):
    second = add_hotel("DEUX", "America/Toronto", START - DAY)
    turn(Runner(JOBS, dates.now, tell))
    traveller.move_to(datetime(2026, 1, 16, 11, 30, tzinfo=UTC), tick=False)
    found = server.in_order(Runner(JOBS, dates.now, tell).tick())
    together = [(pool, [one.job for one in due], {one.property_id for one in due}) for pool, due in found]
    missed = ["jeton", "synchro", "synchro_reservations", "synchro_avis", "rj_attendu", "marsha_reperes"]
    assert [one for one in together if one[0] == server.HOTELS] == [
        (server.HOTELS, missed, {demo_id()}),
        (server.HOTELS, missed, {second}),
    ]
    assert all(len(jobs) == 1 for pool, jobs, _ in together if pool == server.WHOLE)


def test_a_night_that_nobody_may_open_is_told_once_a_cause(app, traveller):
    choose(demo_id(), ouvrir_nuit=False)
    walk(Runner(JOBS, dates.now, tell), traveller, START, 20, every=5 * MINUTE)
    with read() as connection:
        alerts = connection.execute(text("SELECT kind, sentence, raised_at FROM alerts ORDER BY raised_at, id")).all()
    said = [(row.kind, row.sentence, str(row.raised_at)[11:16]) for row in alerts]
    given_up = f"Synchronisation de la nuit du 2026-01-15 abandonnée : {NOT_OPENED}"
    assert said == [
        ("pms_sync_failed", given_up, "10:00"),
        ("rj_late", "Le RJ du 2026-01-15 manque : la nuit n’a pas été ouverte.", "11:00"),
    ]
    assert set(mails("pms_sync_failed").values()) == {1}
    assert len(mails("daily_digest")) == READERS


def test_a_hotel_whose_reminder_fails_holds_back_neither_the_others_nor_the_mails(
    app_sqlite, traveller_sqlite, monkeypatch, mailbox, port
):
    set_mail(app_sqlite, port)
    recalled, first = [], demo_id()
    runner = Runner(SEND, dates.now, tell)
    turn(runner)
    notifications.report_sync(first, START.date(), "Essai.", dates.now())

    def escalate(property_id, at):
        recalled.append(property_id)
        if property_id == first:
            raise ZeroDivisionError

    monkeypatch.setattr(notifications, "hotels_to_escalate", lambda at: {first, first + 1})
    monkeypatch.setattr(notifications, "escalate", escalate)
    traveller_sqlite.move_to(START + MINUTE, tick=False)
    with smtp_server(mailbox, port):
        turn(runner)
    assert (recalled[:2], len(mailbox.received)) == ([first, first + 1], 2)


def test_a_hotel_whose_zone_means_nothing_does_not_stop_the_clock_of_the_others(app_sqlite, traveller_sqlite):
    add_hotel("PERDU", "America/Toronto", START - DAY)
    with write() as connection:
        connection.execute(text("UPDATE properties SET time_zone = 'Mars/Olympus' WHERE code = 'PERDU'"))
    walk(Runner(JOBS, dates.now, tell), traveller_sqlite, START, 24)
    assert len(mails("daily_digest")) == READERS
