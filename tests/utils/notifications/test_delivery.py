"""The outbox is emptied mail by mail: what goes wrong with one is written on that one."""

from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from utils.notifications import delivery, smtp
from utils.notifications.delivery import AT_ONCE, DROPPED, PATIENCE, TRIES, Drained, drain

NOW = datetime(2025, 12, 24, 8, tzinfo=UTC)


class Box:
    """An outbox in memory, and the server that its mails go to."""

    def __init__(self):
        self.mails, self.wrote, self.outcome, self.at = [], [], {}, NOW
        self.unreachable = None

    def put(self, name, *, age=timedelta(0), attempts=1, interrupted=False, outcome=None):
        mail = SimpleNamespace(id=name, created_at=NOW - age, attempts=attempts, interrupted=interrupted)
        self.mails.append(mail)
        self.outcome[name] = outcome

    def anything_due(self, *_):
        return bool(self.mails)

    def claim(self, *_):
        return self.mails.pop(0) if self.mails else None

    def mark_sent(self, _, mail, *__):
        self.wrote.append((mail.id, "envoye"))

    def keep(self, _, mail, *__):
        self.wrote.append((mail.id, "consigne"))

    def put_back(self, _, mail, __, next_at, error):
        self.wrote.append((mail.id, "attend", next_at - self.at, error))

    def give_up(self, _, mail, __, error):
        self.wrote.append((mail.id, "echoue", error))

    def wait_after(self, attempts):
        return timedelta(minutes=attempts)

    def make_ready(self):
        """The connection is ready."""

    def deliver(self, _, mail):
        if self.outcome[mail.id]:
            raise self.outcome[mail.id]

    @contextmanager
    def opened(self):
        if self.unreachable:
            raise self.unreachable
        yield self

    def clock(self):
        return self.at


@pytest.fixture
def box(monkeypatch):
    @contextmanager
    def transaction():
        yield None

    made = Box()
    monkeypatch.setattr(delivery, "outbox", made)
    monkeypatch.setattr(delivery, "read", transaction)
    monkeypatch.setattr(delivery, "write", transaction)
    monkeypatch.setattr(smtp, "configured", lambda: True)
    monkeypatch.setattr(smtp, "opened", made.opened)
    monkeypatch.setattr(smtp, "deliver", made.deliver)
    return made


def test_nothing_is_due_and_no_server_is_asked(box, monkeypatch):
    monkeypatch.setattr(smtp, "configured", lambda: pytest.fail("asked"))
    assert drain(box.clock) == Drained()


def test_mails_leave_one_after_the_other(box):
    box.put("un")
    box.put("deux")
    assert drain(box.clock) == Drained(sent=2)
    assert box.wrote == [("un", "envoye"), ("deux", "envoye")]


def test_without_a_server_mails_are_kept_to_be_read(box, monkeypatch):
    monkeypatch.setattr(smtp, "configured", lambda: False)
    box.put("un")
    assert drain(box.clock) == Drained(kept=1)
    assert box.wrote == [("un", "consigne")]


def test_one_bad_mail_holds_back_no_other(box):
    box.put("refuse", outcome=smtp.Refused("550 non"))
    box.put("casse", outcome=ValueError("x"))
    box.put("bon")
    assert drain(box.clock) == Drained(sent=1, failed=2)
    assert box.wrote[0] == ("refuse", "echoue", "550 non")
    assert box.wrote[1][2].startswith("Ce courriel ne peut pas partir tel qu’il est écrit.")


def test_a_mail_that_is_delayed_waits_longer_each_time(box):
    box.put("tard", attempts=3, outcome=smtp.Delayed("450 plus tard"))
    assert drain(box.clock) == Drained(delayed=1)
    assert box.wrote == [("tard", "attend", timedelta(minutes=3), "450 plus tard")]


@pytest.mark.parametrize(
    ("more", "failed"),
    [
        ({"age": PATIENCE}, False),
        ({"age": PATIENCE + timedelta(seconds=1)}, True),
        ({"attempts": TRIES - 1}, False),
        ({"attempts": TRIES}, True),
    ],
)
def test_patience_ends(box, more, failed):
    box.put("tard", outcome=smtp.Delayed("450"), **more)
    assert drain(box.clock) == (Drained(failed=1) if failed else Drained(delayed=1))


def test_a_mail_that_kills_each_process_is_given_up(box):
    box.put("tueur", interrupted=True, attempts=TRIES)
    box.put("revenu", interrupted=True)
    assert drain(box.clock) == Drained(failed=1, sent=1)
    assert box.wrote[0] == ("tueur", "echoue", "L’envoi de ce courriel s’est interrompu à chaque essai.")


def test_a_server_that_is_gone_is_written_on_the_first_mail_only(box):
    box.unreachable = smtp.Unreachable("personne")
    box.put("un")
    box.put("deux")
    assert drain(box.clock) == Drained(delayed=1, unreachable=True)
    assert [mail.id for mail in box.mails] == ["deux"]


def test_a_server_that_says_to_go_ends_the_turn(box):
    box.put("un", outcome=smtp.Unreachable("421"))
    box.put("deux")
    assert drain(box.clock) == Drained(delayed=1, unreachable=True)
    assert len(box.mails) == 1


def test_a_connection_lost_three_times_in_a_row_is_the_server_s_fault(box):
    for name in range(DROPPED - 1):
        box.put(name, outcome=smtp.Dropped("coupé"))
    box.put("bon")
    for name in range(10, 10 + DROPPED):
        box.put(name, outcome=smtp.Dropped("coupé"))
    box.put("reste")
    assert drain(box.clock) == Drained(sent=1, delayed=2 * DROPPED - 1, unreachable=True)
    assert [mail.id for mail in box.mails] == ["reste"]


def test_a_turn_ends_after_so_many_mails_or_so_long_and_says_that_others_wait(box):
    for name in range(AT_ONCE + 1):
        box.put(name)
    assert drain(box.clock) == Drained(sent=AT_ONCE, more=True)
    clock = iter([NOW, NOW, NOW, NOW + timedelta(minutes=1)])
    box.put("x")
    done = drain(lambda: next(clock, NOW + timedelta(minutes=1)))
    assert (done.sent, done.more) == (1, True)
