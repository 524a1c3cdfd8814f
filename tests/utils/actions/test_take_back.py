"""A night just submitted: taken back by whoever submitted it, let leave at once; nothing leaves before."""

from datetime import UTC, datetime

import pytest

from database import outbox, verification
from database.journal import TAKING_BACK
from database.transaction import read, write
from tests.utils.actions.nights import Person, after, good, rows, set_policy, tamper
from utils import dates
from utils.actions import notifications

GREEN = {"cash_ls_lecture": "100.00", "cash_pos_lecture": "1.00", "deposit_cdn": "101.00"}
TAKE_BACK, SEND = "/reprendre-soumission", "/envoyer"
DAY = "2026-01-14"


def morning(hour):
    """An hour of the morning that ends the night, on the hotel's clock."""
    return f"{after(DAY)}T{hour}-05:00"


@pytest.fixture
def at(monkeypatch):
    """Set the product's clock at an hour of that morning."""

    def strike(hour):
        moment = datetime.fromisoformat(morning(hour)).astimezone(UTC)
        monkeypatch.setattr(dates, "now", lambda: moment)

    strike("05:00:00")
    return strike


@pytest.fixture
def anne(app, at):
    """The auditor, in front of a night of a winter of her own, with her cash in balance."""
    anne = Person(app, day=DAY).open()
    anne.save("recap", GREEN)
    at("05:10:00")
    return anne


def waiting(app):
    """Each mail of the night that waits: its kind, and when it leaves on the hotel's clock."""
    where = "audit_date = :d AND status = 'en_attente' ORDER BY next_at, kind"
    found = rows(app, f"SELECT kind, next_at FROM outbox_messages WHERE {where}", d=DAY)  # noqa: S608
    return {kind: hour_of(moment) for kind, moment in found}


def hour_of(stored):
    """An instant as the engine gives it, on the hotel's clock."""
    moment = stored if isinstance(stored, datetime) else datetime.fromisoformat(stored).replace(tzinfo=UTC)
    return f"{dates.local(moment, 'America/Toronto'):%H:%M:%S}"


def problems_of(app):
    """What verifying the whole book finds."""
    with app.app_context(), read() as connection:
        return [problem.message for problem in verification.verify(connection, 1)]


def test_the_minutes_begin_with_the_submission_and_the_answer_says_when_they_end(anne):
    answer = good(anne.submit())
    assert (answer["etat"], answer["part_a"]) == ("locked", morning("05:15:00"))


def test_the_night_is_filled_again_in_the_same_revision_and_locked_again(app, at, anne):
    anne.lock()
    at("05:14:59")
    answer = good(anne.post(TAKE_BACK))
    assert (answer["etat"], answer["revision"], answer["modifiable"]) == ("in_progress", 0, True)
    assert "part_a" not in answer
    at("05:16:00")
    anne.save("recap", {"cash_pos_lecture": "2.00", "deposit_cdn": "102.00"})
    assert good(anne.submit())["part_a"] == morning("05:21:00")
    moves = ["verrouillage", TAKING_BACK, "verrouillage"]
    assert [one for one in anne.actions() if one in moves] == moves
    assert problems_of(app) == []


def test_a_snapshot_of_a_revision_that_was_locked_twice_cannot_vanish(app, anne):
    anne.lock()
    good(anne.post(TAKE_BACK))
    anne.lock()
    last = "(SELECT max(id) FROM night_revisions)"
    assert tamper(app, f"DELETE FROM night_revisions WHERE id = {last}") == 1  # noqa: S608
    assert problems_of(app) == ["L’instantané du verrouillage a disparu."]


def test_once_the_minutes_are_over_only_a_correction_opens_the_night(at, anne):
    anne.lock()
    at("05:15:00")
    answer = anne.post(TAKE_BACK)
    assert (answer.status_code, answer.json["detail"]) == (
        409, "La nuit ne se reprend plus : elle est partie à 05:15:00. Une correction demande son motif.",
    )  # fmt: skip


def test_nobody_else_takes_it_back_whatever_the_role(app, anne):
    anne.lock()
    director = Person(app, "directeur", DAY)
    assert [director.post(what).status_code for what in (TAKE_BACK, SEND)] == [403, 403]
    assert anne.whole()["etat"] == "locked"


def test_what_is_open_has_nothing_to_take_back_nor_to_send(anne):
    assert good(anne.post(TAKE_BACK))["etat"] == "in_progress"
    assert anne.post(SEND).status_code == 409


def test_a_correction_that_is_taken_back_stays_a_correction(app, at, anne):
    anne.lock()
    at("05:20:00")
    accountant = Person(app, "comptable", DAY).reopen()
    accountant.lock()
    answer = good(accountant.post(TAKE_BACK))
    assert (answer["etat"], answer["revision"]) == ("correcting", 1)
    assert problems_of(app) == []


def test_nothing_is_mailed_nor_shown_before_the_minutes_are_over(app, at, anne):
    anne.lock()
    assert waiting(app)["rj_submitted"] == "05:15:00"
    told = rows(app, "SELECT raised_at FROM alerts WHERE kind = 'rj_submitted' AND audit_date = :d", d=DAY)
    assert [hour_of(one.raised_at) for one in told] == ["05:15:00"]
    taken = []
    for hour in ("05:14:59", "05:15:00"):
        at(hour)
        with app.app_context(), write() as connection:
            mail = outbox.claim(connection, "essai", dates.now())
            taken.append(mail and mail.kind)
    assert taken[0] is None
    assert taken[1] is not None


def test_what_was_taken_back_tells_nobody_and_is_told_once_submitted_again(app, at, anne):
    anne.lock()
    at("05:11:00")
    good(anne.post(TAKE_BACK))
    assert waiting(app) == {}
    assert rows(app, "SELECT id FROM alerts WHERE audit_date = :d", d=DAY) == []
    at("05:12:00")
    anne.lock()
    assert waiting(app)["rj_submitted"] == "05:17:00"


def test_sent_at_once_it_leaves_and_is_taken_back_no_more(app, at, anne):
    anne.lock()
    at("05:11:30")
    answer = good(anne.post(SEND))
    assert answer["part_a"] == morning("05:11:30")
    assert set(waiting(app).values()) == {"05:11:30"}
    at("05:12:00")
    assert anne.post(TAKE_BACK).status_code == 409
    assert anne.whole()["part_a"] == answer["part_a"]
    assert problems_of(app) == []


def test_without_minutes_it_leaves_at_once(app, anne):
    set_policy(app, reprise_minutes=0)
    assert good(anne.submit())["part_a"] == morning("05:10:00")
    assert anne.post(TAKE_BACK).status_code == 409


def test_taken_back_after_it_was_due_the_night_is_late_again(app, at, anne):
    at("05:58:00")
    anne.lock()
    at("06:00:00")
    with app.app_context():
        assert notifications.report_late(1, dates.read_date(DAY), dates.now()) is False
    at("06:01:00")
    good(anne.post(TAKE_BACK))
    assert "rj_late" in waiting(app)
    at("06:02:00")
    anne.lock()
    assert "rj_late" not in waiting(app)


def test_a_submission_that_waits_for_an_override_is_taken_back_too(anne):
    anne.save("recap", {"deposit_cdn": "90.00"})
    assert good(anne.submit(en_attente=True))["etat"] == "submitted"
    assert good(anne.post(TAKE_BACK))["etat"] == "in_progress"
