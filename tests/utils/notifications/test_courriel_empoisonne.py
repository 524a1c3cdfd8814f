"""Nothing stops the post: whatever is wrong with a mail, it alone fails with its sentence and the next ones leave."""

from contextlib import suppress
from datetime import timedelta

import pytest
from aiosmtpd.controller import Controller
from sqlalchemy import update

from database import outbox, properties, users
from database.models import OutboxMessage
from database.transaction import write
from tests.saisie import rows
from tests.utils.notifications.conftest import set_mail
from tests.utils.notifications.mails import mail
from tests.utils.notifications.smtp_server import smtp_server
from utils import dates
from utils.accounts import passwords
from utils.actions import notifications
from utils.actions.notifications import Drained, drain
from utils.actions.notifications import watch as alerts
from utils.notifications import mails, smtp

UNREADABLE = "Ce courriel ne peut pas partir tel qu’il est écrit. Le journal technique dit pourquoi."
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def posted(app, at, **poison):
    """Three mails of one instant, the middle one poisoned."""
    with app.app_context(), write() as connection:
        hotel = properties.property_by_code(connection, "DEMO").id
        for key, more in (("avant", {}), ("poison", poison), ("apres", {})):
            address = {"email": f"{key}@demo.hotel", "message_id": f"<{key}@b>"}
            assert outbox.add(connection, mail(hotel, key, at, **(address | more)))


def found(app, key="poison"):
    """State, error, lease and tries of a mail."""
    [row] = rows(app, "SELECT status, error, lease_owner, attempts FROM outbox_messages WHERE key = :k", k=key)
    return tuple(row)


def turn(app, at):
    with app.app_context():
        return drain(lambda: at)


@pytest.fixture
def server(app_sqlite, mailbox, port):
    """A server without SMTPUTF8."""
    set_mail(app_sqlite, port)
    controller = Controller(mailbox, "127.0.0.1", port, enable_SMTPUTF8=False, data_size_limit=20_000)
    controller.start()
    yield app_sqlite
    controller.stop()


POISONS = {
    "une adresse accentuée": ({"email": "élise@exemple.ca"}, "accentuées avant le « @ »"),
    "un domaine impossible": ({"email": "zoe@hô--tel☃︎\u0378.ca"}, "domaine de l’adresse"),
    "un domaine trop long": ({"email": f"zoe@{'é' * 70}.ca"}, "domaine de l’adresse"),
    "une adresse vide": ({"email": ""}, "n’en est pas une"),
    "une adresse de deux lignes": ({"email": "x@demo.hotel\r\nRCPT TO:<y@z.ca>"}, "n’en est pas une"),
    "deux adresses": ({"email": "x@demo.hotel>,<y@z.ca"}, "n’en est pas une"),
    "un sceau qui ne s’ouvre pas": ({"late": {"sealed": True}}, "scellé ne s’ouvre plus"),
    "un corps effacé": ({"body_text": ""}, "est vide"),
    "un courriel trop gros": ({"body_text": "x" * 30_000}, "552"),
}


@pytest.mark.parametrize("poison", POISONS)
def test_a_poisoned_mail_fails_alone_and_the_others_leave(server, mailbox, poison):
    at, (values, sentence) = dates.now(), POISONS[poison]
    late = values.get("late")
    posted(server, at, **{name: value for name, value in values.items() if name != "late"})
    if late:
        with server.app_context(), write() as connection:
            connection.execute(update(OutboxMessage).where(OutboxMessage.key == "poison").values(**late))
    assert turn(server, at) == Drained(sent=2, failed=1)
    status, error, owner, tries = found(server)
    assert (status, owner, tries) == ("echoue", None, 1)
    assert sentence in error
    assert [one["Message-ID"] for one in mailbox.messages] == ["<avant@b>", "<apres@b>"]
    assert turn(server, at + 72 * HOUR) == Drained()


HARMLESS = {
    "une personne de deux lignes": {"name": "Marc\r\nBcc: voleur@ailleurs.example"},
    "une personne vide": {"name": ""},
    "un nom d’émojis": {"name": "🛎️" * 40},
    "un objet de dix mille caractères": {"subject": "É" * 10_000},
    "un objet de deux lignes": {"subject": "RJ\r\nBcc: voleur@ailleurs.example\r\n\r\nCoucou"},
    "un corps de tous les signes": {"body_text": "".join(map(chr, range(1, 0x1000)))},
    "un lien de deux lignes": {"leave_url": "https://x\r\n\r\nBcc: voleur@ailleurs.example"},
}


@pytest.mark.parametrize("odd", HARMLESS)
def test_an_odd_text_leaves_to_its_one_reader(server, mailbox, odd):
    at = dates.now()
    posted(server, at, **HARMLESS[odd])
    assert turn(server, at) == Drained(sent=3)
    assert [one.rcpt_tos for one in mailbox.received] == [[f"{key}@demo.hotel"] for key in ("avant", "poison", "apres")]
    assert [one["Bcc"] for one in mailbox.messages] == [None] * 3


@pytest.mark.parametrize("error", [RecursionError, MemoryError, ValueError, UnicodeEncodeError("a", "b", 0, 1, "c")])
def test_whatever_a_mail_raises_it_alone_fails(app_sqlite, port, mailbox, monkeypatch, error):
    set_mail(app_sqlite, port)
    at, deliver = dates.now(), smtp.deliver

    def raising(connection, one):
        if one.key == "poison":
            connection.host.docmd("MAIL", "FROM:<rj@hotel.example>")
            connection.used = True
            raise error
        deliver(connection, one)

    monkeypatch.setattr(smtp, "deliver", raising)
    posted(app_sqlite, at)
    with smtp_server(mailbox, port):
        assert turn(app_sqlite, at) == Drained(sent=2, failed=1)
    assert found(app_sqlite)[:3] == ("echoue", UNREADABLE, None)


def test_accented_addresses_leave_when_the_server_takes_them(mailing, mailbox):
    """SMTPUTF8 before the « @ », IDNA after it."""
    at = dates.now()
    posted(mailing, at, email="élise@hôtel.ca", name="Élise")
    assert turn(mailing, at) == Drained(sent=3)
    sent = mailbox.received[1]
    assert sent.rcpt_tos == ["élise@xn--htel-vqa.ca"]
    assert "<élise@xn--htel-vqa.ca>".encode() in sent.content
    assert [one.rcpt_tos for one in mailbox.received[::2]] == [["avant@demo.hotel"], ["apres@demo.hotel"]]


def test_an_international_domain_needs_nothing_of_the_server(server, mailbox):
    at = dates.now()
    posted(server, at, email="zoe@hôtel.ca")
    assert turn(server, at) == Drained(sent=3)
    assert mailbox.received[1].rcpt_tos == ["zoe@xn--htel-vqa.ca"]
    assert mailbox.messages[1]["To"].addresses[0].addr_spec == "zoe@xn--htel-vqa.ca"


def test_the_orphan_of_an_older_version_no_longer_blocks_the_queue(server, mailbox):
    """What F0 left behind: claimed, its lease over, tried again and again; the others had never been tried."""
    at = dates.now()
    posted(server, at - 10 * MINUTE, email="élise@exemple.ca")
    with server.app_context(), write() as connection:
        stuck = {"status": "en_envoi", "lease_owner": "mort", "lease_until": at - MINUTE, "attempts": 3}
        connection.execute(update(OutboxMessage).where(OutboxMessage.key == "poison").values(**stuck))
    assert turn(server, at) == Drained(sent=2, failed=1)
    assert found(server)[0] == "echoue"


def test_a_mail_that_kills_its_process_passes_last_waits_longer_and_fails_at_last(app, mailbox, port, monkeypatch):
    set_mail(app, port)
    start, deliver, died = dates.now(), smtp.deliver, []

    def deadly(connection, one):
        if one.key == "poison":
            died.append(clock())
            raise SystemExit
        deliver(connection, one)

    monkeypatch.setattr(smtp, "deliver", deadly)
    posted(app, start)
    at = start

    def clock():
        return at

    with smtp_server(mailbox, port), app.app_context():
        while at < start + 60 * HOUR:
            with suppress(SystemExit):
                drain(clock)
            at += 10 * MINUTE
    assert [one["Message-ID"] for one in mailbox.messages] == ["<avant@b>", "<apres@b>"]
    assert len(died) < 60
    assert found(app)[:2] == ("echoue", "L’envoi de ce courriel s’est interrompu à chaque essai.")


def test_a_server_that_hangs_up_on_one_mail_is_called_again_for_the_next(mailing, mailbox):
    at = dates.now()
    posted(mailing, at)
    mailbox.hang_up = lambda address: address == "poison@demo.hotel"
    assert turn(mailing, at) == Drained(sent=2, delayed=1)
    assert found(mailing)[0] == "en_attente"
    mailbox.hang_up = lambda address: False
    assert turn(mailing, at + MINUTE) == Drained(sent=1)


def test_a_server_that_hangs_up_after_each_mail_has_them_all_in_one_turn(mailing, mailbox):
    at = dates.now()
    posted(mailing, at)
    mailbox.hang_up_after = True
    assert turn(mailing, at) == Drained(sent=3)
    assert len(mailbox.received) == 3


def test_a_server_that_hangs_up_on_everybody_is_left_alone(mailing, mailbox):
    at = dates.now()
    posted(mailing, at)
    posted_more(mailing, at)
    mailbox.hang_up = lambda address: True
    assert turn(mailing, at) == Drained(delayed=3, unreachable=True)
    mailbox.hang_up = lambda address: False
    assert turn(mailing, at + MINUTE) == Drained(sent=5)


def posted_more(app, at):
    with app.app_context(), write() as connection:
        hotel = properties.property_by_code(connection, "DEMO").id
        for key in ("un", "deux"):
            outbox.add(connection, mail(hotel, key, at, email=f"{key}@demo.hotel", message_id=f"<{key}@b>"))


def test_each_recipient_has_the_answer_that_is_theirs(mailing, mailbox):
    at = dates.now()
    posted(mailing, at)
    posted_more(mailing, at)
    answers = {"avant": "451 4.3.0 Plus tard", "poison": "550 5.1.1 Inconnu", "un": "452 4.2.2 Pleine"}
    mailbox.reply_recipient = lambda address: answers.get(address.partition("@")[0], "250 OK")
    assert turn(mailing, at) == Drained(sent=2, delayed=2, failed=1)
    assert [found(mailing, key)[0] for key in ("avant", "poison", "apres", "un")] == [
        "en_attente",
        "echoue",
        "envoye",
        "en_attente",
    ]


def test_a_refused_sender_loses_no_mail(mailing, mailbox):
    """Every mail has that sender: the fault is not theirs, and once it is mended they leave."""
    at = dates.now()
    posted(mailing, at)
    mailbox.reply_sender = "550 5.7.1 Expéditeur refusé"
    assert turn(mailing, at) == Drained(delayed=1, unreachable=True)
    assert found(mailing, "avant")[1].startswith("550")
    mailbox.reply_sender = None
    assert turn(mailing, at + MINUTE) == Drained(sent=3)


def test_a_sender_that_is_no_address_loses_no_mail_and_stops_no_alert(app_sqlite, port, mailbox):
    set_mail(app_sqlite, port, sender="Réception")
    at = dates.now()
    with app_sqlite.app_context(), smtp_server(mailbox, port):
        hotel = rows(app_sqlite, "SELECT id FROM properties")[0][0]
        notifications.report_sync(hotel, at.date(), "Essai.", at)
        assert drain(lambda: at).unreachable
        assert {row[0] for row in rows(app_sqlite, "SELECT status FROM outbox_messages")} == {"en_attente"}


def test_a_greylisting_that_lasts_is_refused_after_48_hours_and_holds_nobody_back(mailing, mailbox):
    start = dates.now()
    posted(mailing, start)
    mailbox.reply_recipient = lambda address: "451 4.7.1 Liste grise" if "poison" in address else "250 OK"
    at = start
    while at < start + 50 * HOUR:
        turn(mailing, at)
        at += 30 * MINUTE
    assert found(mailing)[:2] == ("echoue", "451 4.7.1 Liste grise")
    assert len(mailbox.received) == 2


AHEAD = timedelta(days=400)


def test_a_clock_set_back_lets_every_mail_leave_within_the_hour(app, mailbox, port):
    """Written, put back, claimed by a clock 400 days ahead: each leaves once the clock is right."""
    set_mail(app, port)
    at = dates.now()
    far = at + AHEAD
    posted(app, far)
    with app.app_context(), write() as connection:
        for key, values in (
            ("avant", {"created_at": at, "attempts": 1, "next_at": far}),
            ("apres", {"created_at": at, "status": "en_envoi", "lease_owner": "x", "lease_until": far, "attempts": 1}),
        ):
            connection.execute(update(OutboxMessage).where(OutboxMessage.key == key).values(**values))
    with smtp_server(mailbox, port):
        assert turn(app, at) == Drained(sent=3)


def test_a_mail_of_the_future_that_is_refused_keeps_its_back_off(mailing, mailbox):
    at = dates.now()
    posted(mailing, at, created_at=at + AHEAD, next_at=at + AHEAD)
    mailbox.reply_recipient = lambda address: "451 Plus tard" if "poison" in address else "250 OK"
    assert turn(mailing, at) == Drained(sent=2, delayed=1)
    assert turn(mailing, at + MINUTE / 2) == Drained()
    assert found(mailing)[3] == 1


def test_hours_of_silence_are_no_clock_set_back(mailing, mailbox):
    at = dates.now()
    posted(mailing, at, next_at=at + 20 * HOUR)
    assert turn(mailing, at) == Drained(sent=2)
    assert found(mailing)[0] == "en_attente"


def test_a_letter_that_cannot_be_composed_fails_alone_with_its_sentence(mailing, mailbox, monkeypatch):
    """The alert is raised all the same; the other letters leave."""
    rendered = mails.rendered

    def broken(template, shown):
        if shown["personne"].email == "comptable@demo.hotel":
            raise ZeroDivisionError
        return rendered(template, shown)

    monkeypatch.setattr(mails, "rendered", broken)
    at = dates.now()
    with mailing.app_context():
        hotel = rows(mailing, "SELECT id FROM properties")[0][0]
        assert alerts.report_sync(hotel, at.date(), "Essai.", at)
        told = {row[0]: row[1] for row in rows(mailing, "SELECT email, status FROM outbox_messages")}
        assert "en_attente" in told.values()
        drain(lambda: at)
    after = {row[0]: row[1] for row in rows(mailing, "SELECT email, status FROM outbox_messages")}
    assert {after[one] for one, was in told.items() if was == "en_attente"} == {"envoye"}
    assert {row[0] for row in rows(mailing, "SELECT error FROM outbox_messages WHERE status = 'echoue'")} <= {
        "Ce courriel n’a pas pu être composé. Le journal technique dit pourquoi."
    }


def test_an_accented_account_gets_its_test_and_its_link(mailing, mailbox):
    """F0 from end to end: the address is that of an account, and a plain one is written after it."""
    at = dates.now()
    with mailing.app_context():
        with write() as connection:
            hotel = properties.property_by_code(connection, "DEMO").id
            for address in ("élise@exemple.ca", "zoe@exemple.ca"):
                hashed = passwords.hashed("Motdepasse-2026-xyz")
                number = users.create_account(connection, address, "É", hashed, at, must_change_password=False)
                users.give_role(connection, number, hotel, "gm")
        alerts.report_late(hotel, at.date(), at)
        assert drain(lambda: at).failed == 0
    assert {"élise@exemple.ca", "zoe@exemple.ca"} <= {one for sent in mailbox.received for one in sent.rcpt_tos}
