"""What leaves by SMTP, to a real server: what it receives, what is tried again, what fails, each message once."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from database import outbox, properties
from database.models import Property, User
from database.transaction import read, write
from tests.saisie import opened, person, rows, save
from tests.utils.notifications.conftest import set_mail
from tests.utils.notifications.mails import mail
from tests.utils.notifications.smtp_server import smtp_server
from utils import dates
from utils.actions.notifications import Drained, drain

SOON = timedelta(minutes=1)


class Clock:
    """A clock that a test moves."""

    def __init__(self):
        self.at = dates.now()

    def __call__(self):
        return self.at

    def forward(self, **step):
        self.at += timedelta(**step)


def variance(app, amount="138.00", name="Éloïse Côté-Bélanger"):
    """An auditor types a line of the SD: 200.00 declared, less counted."""
    auditor = person(app)
    opened(auditor)
    line = {"name": name, "department": "reception", "amount": "200.00", "verified": amount}
    save(auditor, "sd", {"sd_entries": [line]})
    return auditor


def states(app):
    return [row[0] for row in rows(app, "SELECT status FROM outbox_messages ORDER BY id")]


def test_a_variance_of_62_dollars_leaves_within_the_minute(mailing, mailbox):
    variance(mailing)
    clock = Clock()
    clock.forward(seconds=45)
    with mailing.app_context():
        done = drain(clock)
    assert done == Drained(sent=2)
    assert sorted(message["To"].addresses[0].addr_spec for message in mailbox.messages) == [
        "comptable@demo.hotel",
        "superviseur@demo.hotel",
    ]
    message = mailbox.to("comptable@demo.hotel")[0]
    text = message.get_body(("plain",)).get_content()
    html = message.get_body(("html",)).get_content()
    assert message["Subject"] == "[DEMO démo] Écart d’une personne, nuit du 2025-12-23"
    for body in (text, html):
        assert "Éloïse Côté-Bélanger" in body
        assert "62,00\u00a0$" in body
    assert str(message["From"]) == "RJ Natif <rj@hotel.example>"
    assert message["Message-ID"].endswith("@hotel.example>")
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message["List-Unsubscribe"].startswith("<https://rj.hotel.example/notifications/desabonnement/")
    assert set(states(mailing)) == {"envoye"}


def test_the_second_turn_sends_nothing(mailing, mailbox):
    variance(mailing)
    clock = Clock()
    clock.forward(seconds=45)
    with mailing.app_context():
        drain(clock)
        assert drain(clock) == Drained()
    assert len(mailbox.received) == 2


def test_a_figure_corrected_at_once_tells_nobody(mailing, mailbox):
    auditor = variance(mailing)
    line = rows(mailing, "SELECT line_id FROM night_lines")[0][0]
    save(auditor, "sd", {"sd_entries": [{"id": line, "verified": "200.00"}]})
    clock = Clock()
    clock.forward(minutes=5)
    with mailing.app_context():
        assert drain(clock) == Drained()
    save(auditor, "sd", {"sd_entries": [{"id": line, "verified": "130.00"}]})
    clock.forward(minutes=5)
    with mailing.app_context():
        assert drain(clock).sent == 2
    assert "70,00" in mailbox.messages[0].get_body(("plain",)).get_content()


def test_no_header_is_made_of_a_name(mailing, mailbox):
    """The name of the reader, of the receptionist, of the hotel: none becomes a header or a recipient."""
    evil = "Marc\r\nBcc: voleur@ailleurs.example\r\n\r\nCoucou"
    with mailing.app_context(), write() as connection:
        connection.execute(update(User).where(User.email == "comptable@demo.hotel").values(name=evil))
        connection.execute(update(Property).values(name=evil))
    variance(mailing, name="Zoé <script>alert(1)</script>")
    clock = Clock()
    clock.forward(seconds=45)
    with mailing.app_context():
        drain(clock)
    assert {address for one in mailbox.received for address in one.rcpt_tos} == {
        "comptable@demo.hotel",
        "superviseur@demo.hotel",
    }
    for message in mailbox.messages:
        assert "Coucou" not in message
        assert message["Bcc"] is None
        assert message["Cc"] is None
        assert len(message["To"].addresses) == 1
        assert "<script>" not in message.get_body(("html",)).get_content()
    assert len(mailbox.messages) == 2


def test_a_temporary_refusal_is_tried_again(mailing, mailbox):
    variance(mailing)
    mailbox.reply = lambda envelope: "451 4.7.1 Revenez plus tard" if mailbox.tries <= 2 else "250 OK"
    clock = Clock()
    clock.forward(seconds=45)
    with mailing.app_context():
        assert drain(clock) == Drained(delayed=2)
        assert states(mailing) == ["en_attente", "en_attente"]
        errors = rows(mailing, "SELECT error, attempts FROM outbox_messages")
        assert {tuple(row) for row in errors} == {("451 4.7.1 Revenez plus tard", 1)}
        clock.forward(seconds=30)
        assert drain(clock) == Drained()
        clock.forward(seconds=31)
        assert drain(clock) == Drained(sent=2)
    assert len(mailbox.received) == 2


def test_a_refusal_for_ever_is_reported_and_never_tried_again(mailing, mailbox):
    variance(mailing)
    mailbox.reply_recipient = lambda address: "550 5.1.1 Inconnu" if "comptable" in address else "250 OK"
    clock = Clock()
    clock.forward(seconds=45)
    with mailing.app_context():
        assert drain(clock) == Drained(sent=1, failed=1)
        clock.forward(days=3)
        assert drain(clock) == Drained()
    failed = rows(mailing, "SELECT status, error FROM outbox_messages WHERE email LIKE 'comptable%'")
    assert [tuple(row) for row in failed] == [("echoue", "550 5.1.1 Inconnu")]


def test_a_refusal_of_the_whole_message_is_for_ever(mailing, mailbox):
    variance(mailing)
    mailbox.reply = lambda envelope: "554 5.6.0 Refusé"
    clock = Clock()
    clock.forward(seconds=45)
    with mailing.app_context():
        assert drain(clock) == Drained(failed=2)
        clock.forward(hours=2)
        assert drain(clock) == Drained()
    assert {row[0] for row in rows(mailing, "SELECT error FROM outbox_messages")} == {"554 5.6.0 Refusé"}


def test_a_mailbox_that_is_busy_makes_its_reader_wait_and_not_the_others(mailing, mailbox):
    variance(mailing)
    mailbox.reply_recipient = lambda address: "450 4.2.0 Occupée" if "comptable" in address else "250 OK"
    clock = Clock()
    clock.forward(seconds=45)
    with mailing.app_context():
        assert drain(clock) == Drained(sent=1, delayed=1)
        mailbox.reply_recipient = lambda address: "250 OK"
        clock.forward(minutes=2)
        assert drain(clock) == Drained(sent=1)
    assert len(mailbox.received) == len({message["Message-ID"] for message in mailbox.messages}) == 2


def test_a_server_that_closes_in_the_middle_is_left_alone_then_has_each_message_once(mailing, mailbox):
    """421: the server is going away; the mail in hand and those behind it wait, none is to blame."""
    variance(mailing)
    mailbox.reply = lambda envelope: "421 4.3.2 Arrêt" if mailbox.tries == 1 else "250 OK"
    clock = Clock()
    clock.forward(seconds=45)
    with mailing.app_context():
        assert drain(clock) == Drained(delayed=1, unreachable=True)
        clock.forward(minutes=2)
        assert drain(clock) == Drained(sent=2)
    assert len({message["Message-ID"] for message in mailbox.messages}) == len(mailbox.received) == 2


def test_a_slow_server_lets_the_turn_end_so_that_reminders_are_not_kept_waiting(mailing, mailbox):
    variance(mailing)
    clock = Clock()
    clock.forward(seconds=45)

    def slowly(envelope):
        clock.forward(seconds=40)
        return "250 OK"

    mailbox.reply = slowly
    with mailing.app_context():
        assert drain(clock) == Drained(sent=1, more=True)
        assert drain(clock) == Drained(sent=1, more=True)
        assert drain(clock) == Drained()


def test_names_with_accents_are_read_whole_and_travel_in_ascii(mailing, mailbox):
    with mailing.app_context(), write() as connection:
        connection.execute(update(User).values(name="Zoé L’Écuyer-Nguyễn"))
    variance(mailing)
    clock = Clock()
    clock.forward(seconds=45)
    with mailing.app_context():
        drain(clock)
    for envelope, message in zip(mailbox.received, mailbox.messages, strict=True):
        assert message["To"].addresses[0].display_name == "Zoé L’Écuyer-Nguyễn"
        assert message["Subject"].startswith("[DEMO démo] Écart d’une personne")
        assert envelope.content.partition(b"\r\n\r\n")[0].isascii()


def test_a_server_down_an_hour_then_back(app, mailbox, port, record_property):
    """Each message exactly once, and the error was there to be seen meanwhile."""
    set_mail(app, port)
    variance(app)
    clock = Clock()
    clock.forward(seconds=45)
    turns = 0
    with app.app_context():
        for _ in range(60):
            done = drain(clock)
            turns += done.unreachable
            assert done.sent == 0
            clock.forward(minutes=1)
        assert "Refused" in rows(app, "SELECT error FROM outbox_messages WHERE error IS NOT NULL")[0][0]
        with smtp_server(mailbox, port):
            for _ in range(35):
                drain(clock)
                clock.forward(minutes=1)
    assert set(states(app)) == {"envoye"}
    assert len(mailbox.received) == len({message["Message-ID"] for message in mailbox.messages}) == 4
    assert turns > 10
    record_property("tries while down", turns)


def test_two_processes_never_take_the_same_mail(mailing):
    variance(mailing)
    at = dates.now() + SOON
    with mailing.app_context():
        with write() as connection:
            first = outbox.claim(connection, "un", at)
        with write() as connection:
            second = outbox.claim(connection, "deux", at)
        with write() as connection:
            assert outbox.claim(connection, "trois", at) is None
        assert first.id != second.id
        with write() as connection:
            assert not outbox.mark_sent(connection, first, "deux", at)
            assert outbox.mark_sent(connection, first, "un", at)


def test_a_process_that_dies_between_the_server_and_the_book(mailing, mailbox, monkeypatch):
    """The mail goes again under the same Message-ID, by which a mailbox drops the second one; none is lost."""
    variance(mailing)
    clock = Clock()
    clock.forward(seconds=45)

    def die(*_):
        raise SystemExit

    with mailing.app_context():
        with monkeypatch.context() as patch:
            patch.setattr(outbox, "mark_sent", die)
            with pytest.raises(SystemExit):
                drain(clock)
        assert sorted(states(mailing)) == ["en_attente", "en_envoi"]
        drain(clock)
        assert sorted(states(mailing)) == ["en_envoi", "envoye"]
        clock.forward(minutes=4)
        assert drain(clock) == Drained(sent=1)
    assert len(mailbox.received) == 3
    assert len({message["Message-ID"] for message in mailbox.messages}) == 2


def test_without_a_server_mails_are_kept(app):
    variance(app)
    clock = Clock()
    clock.forward(seconds=45)
    with app.app_context():
        assert drain(clock) == Drained(kept=4)
        with read() as connection:
            hotel = properties.property_by_code(connection, "DEMO")
            kept = outbox.one(connection, hotel.id, outbox.listed(connection, hotel.id)[0].id)
    assert kept.status == "consigne"
    assert "62,00" in kept.body_html


def test_a_sealed_mail_lies_closed_and_is_emptied_once_gone(mailing, mailbox):
    with mailing.app_context():
        at = dates.now()
        with write() as connection:
            hotel = properties.property_by_code(connection, "DEMO")
            secret = {"body_text": "le lien secret", "body_html": "<p>le lien secret</p>", "sealed": True}
            values = mail(hotel.id, "clé", at, **secret)
            assert outbox.add(connection, values)
            assert not outbox.add(connection, values)
        stored = rows(mailing, "SELECT body_text, body_html FROM outbox_messages")[0]
        assert "secret" not in "".join(stored)
        assert drain(dates.now) == Drained(sent=1)
        assert tuple(rows(mailing, "SELECT body_text, body_html FROM outbox_messages")[0]) == ("", "")
    assert "le lien secret" in mailbox.messages[0].get_body(("plain",)).get_content()
