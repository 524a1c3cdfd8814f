"""What leaves, and what is made of what the server answers: refused for ever, delayed, or the server's own fault."""

import smtplib
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from flask import Flask

from database.outbox import Mail
from utils.notifications import smtp
from utils.notifications.smtp import (
    Delayed,
    Dropped,
    Patient,
    Refused,
    Unreachable,
    carried,
    configured,
    deliver,
    one_line,
    sender_address,
    sender_domain,
    written,
)

MAIL = Mail(
    id=1,
    key="essai",
    kind="essai",
    user_id=1,
    email="eloise@exemple.ca",
    name="Éloïse Côté",
    subject="Écart de 54 $",
    body_text="Bonjour,\n" + "é" * 2000,
    body_html="<p>Bonjour</p>",
    sealed=False,
    leave_url="https://rj.exemple.ca/n/x",
    message_id="<abc@exemple.ca>",
    status="en_envoi",
    attempts=1,
    created_at=datetime(2025, 12, 24, 8, tzinfo=UTC),
    sent_at=None,
    error=None,
)


@pytest.fixture(autouse=True)
def app():
    """An installation that sends mail."""
    made = Flask(__name__)
    named = {
        "mail_server": "smtp.exemple.ca",
        "mail_port": 25,
        "mail_use_tls": False,
        "mail_username": "",
        "mail_password": "",
    }
    made.config["SETTINGS"] = SimpleNamespace(**named, mail_default_sender="RJ <rj@exemple.ca>")
    with made.app_context():
        yield made


class Host:
    """A server that answers so, and keeps what it was given."""

    def __init__(self, answer=None, extensions=()):
        self.answer, self.extensions, self.given = answer, extensions, []

    def has_extn(self, name):
        return name in self.extensions

    def sendmail(self, *given):
        if self.answer:
            raise self.answer
        self.given.append(given)

    def rset(self):
        if isinstance(self.answer, Exception):
            raise self.answer
        return (self.answer or 250, b"")

    def close(self):
        self.given.append("ferme")


def connection(host):
    made = Patient(smtp._mail())
    made.host = host
    return made


def test_a_mail_leaves_in_ascii_with_its_two_bodies_and_says_how_to_leave():
    host = Host()
    deliver(connection(host), MAIL)
    ((sender, recipients, body, options),) = host.given
    assert (sender, recipients, options) == ("rj@exemple.ca", ["eloise@exemple.ca"], ())
    assert body.isascii()
    assert max(map(len, body.splitlines())) < 998
    head = body.decode().partition("\r\n\r\n")[0]
    assert "Message-ID: <abc@exemple.ca>" in head
    assert "List-Unsubscribe: <https://rj.exemple.ca/n/x>" in head
    assert "Auto-Submitted: auto-generated" in head
    assert "text/html" in body.decode()


def test_a_mail_that_one_may_not_leave_says_nothing_of_it():
    host = Host()
    deliver(connection(host), MAIL._replace(leave_url=None))
    assert b"List-Unsubscribe" not in host.given[0][2]


@pytest.mark.parametrize(("body", "said"), [(None, "scellé ne s’ouvre plus"), ("", "est vide")])
def test_a_mail_without_a_body_never_leaves(body, said):
    with pytest.raises(Refused, match=said):
        written(MAIL._replace(body_text=body))


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("a@exemple.ca", "a@exemple.ca"),
        ("zoe@hôtel.ca", "zoe@xn--htel-vqa.ca"),
        ("éloïse@exemple.ca", "éloïse@exemple.ca"),
    ],
)
def test_the_domain_of_an_address_travels_in_ascii(address, found):
    assert carried(address) == found


@pytest.mark.parametrize(
    "address", ["", "a", "a@", "@b.ca", "a b@c.ca", "a@b.ca\nBcc: x", "a@b,c", "a@" + "x" * 191, "a@☃-.-☃"]
)
def test_what_is_no_address_is_refused(address):
    with pytest.raises(Refused, match=r"adresse du destinataire"):
        carried(address)


def test_letters_before_the_sign_need_a_server_that_takes_them():
    mail = MAIL._replace(email="éloïse@exemple.ca")
    with pytest.raises(Refused, match="lettres accentuées"):
        deliver(connection(Host()), mail)
    host = Host(extensions=("smtputf8",))
    deliver(connection(host), mail)
    assert host.given[0][3] == ("SMTPUTF8", "BODY=8BITMIME")


def recipient(code):
    return smtplib.SMTPRecipientsRefused({"x": (code, b"non\r\nvraiment")})


@pytest.mark.parametrize(
    ("answer", "trouble", "said"),
    [
        (recipient(550), Refused, "550 non vraiment"),
        (recipient(450), Delayed, "450 non vraiment"),
        (recipient(421), Unreachable, "421 non vraiment"),
        (smtplib.SMTPDataError(554, "pourriel"), Refused, "554 pourriel"),
        (smtplib.SMTPDataError(452, "plein"), Delayed, "452 plein"),
        (smtplib.SMTPSenderRefused(550, b"qui?", "x"), Unreachable, "550 qui?"),
        (smtplib.SMTPSenderRefused(552, b"gros", "x"), Refused, "552 gros"),
        (smtplib.SMTPSenderRefused(451, b"attendre", "x"), Delayed, "451 attendre"),
        (smtplib.SMTPServerDisconnected("parti"), Dropped, "SMTPServerDisconnected : parti"),
        (TimeoutError("lent"), Dropped, "TimeoutError : lent"),
    ],
)
def test_what_a_server_answers_is_about_the_mail_the_moment_or_the_server(answer, trouble, said):
    with pytest.raises((Refused, Delayed)) as caught:
        deliver(connection(Host(answer)), MAIL)
    assert type(caught.value) is trouble
    assert str(caught.value) == said


@pytest.mark.parametrize(
    ("text", "line"),
    [("a\r\nb", "a b"), ("a\x00b", "a b"), ("a\u2028b", "a b"), ("  x ", "x"), ("\ud83d", "?"), ("x" * 300, "x" * 200)],
)
def test_a_header_is_one_line(text, line):
    assert one_line(text) == line


def test_a_connection_is_mended_between_two_mails(monkeypatch):
    fresh, host = [], Host()
    made = connection(host)

    def again(self):
        fresh.append(self)

    monkeypatch.setattr(Patient, "reach", again)
    made.make_ready()
    made.used = True
    made.make_ready()
    assert (fresh, host.given) == ([], [])
    for answer in (smtplib.SMTPServerDisconnected("parti"), 503):
        host.answer = answer
        made.make_ready()
    assert (len(fresh), host.given) == (2, ["ferme", "ferme"])


@pytest.mark.parametrize(
    ("sender", "address", "domain"),
    [
        ("RJ <rj@exemple.ca>", "rj@exemple.ca", "exemple.ca"),
        ("rj@hôtel.ca", "rj@hôtel.ca", "xn--htel-vqa.ca"),
        ("", "rj@smtp.exemple.ca", "smtp.exemple.ca"),
        ("rj@b@c", "rj@smtp.exemple.ca", "smtp.exemple.ca"),
    ],
)
def test_mails_come_from_the_address_of_the_settings_else_from_the_server(app, sender, address, domain):
    app.config["SETTINGS"].mail_default_sender = sender
    assert (sender_address(), sender_domain()) == (address, domain)


def test_a_sender_that_no_server_takes_is_a_fault_of_the_settings(app):
    app.config["SETTINGS"].mail_default_sender = "éric@exemple.ca"
    with pytest.raises(Unreachable, match="MAIL_DEFAULT_SENDER"):
        deliver(connection(Host()), MAIL)


def test_an_installation_without_a_server_sends_nothing(app):
    assert configured()
    app.config["SETTINGS"].mail_server = ""
    assert not configured()
