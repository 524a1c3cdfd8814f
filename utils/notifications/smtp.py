"""The way out: Flask-Mail over SMTP, with patience that ends, certificates that are checked and errors sorted.

Nothing of a mail can become a header: names and subjects lose their line breaks, and Flask-Mail encodes the rest.
"""

from __future__ import annotations

import re
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email.charset import BASE64, SHORTEST, add_charset
from email.header import Header
from email.policy import SMTP, SMTPUTF8
from email.utils import parseaddr
from typing import Any, Final

import idna
from flask import current_app
from flask_mail import Connection, Mail, Message

from database.outbox import Mail as Waiting
from utils.text import normal

add_charset("utf-8", SHORTEST, BASE64, "utf-8")  # as Python has it: Flask-Mail lets bodies leave in lines of any length

PATIENCE: Final = 20
"""Seconds that a server may stay silent."""

SENDER_NAME: Final = "RJ Natif"
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]+")
_FOR_EVER: Final = range(500, 600)
_OF_THIS_MAIL: Final = (552, 555)
"""What a server refuses at « MAIL FROM » for the mail and not for its sender: its size, its letters."""

_READY: Final = 250
_ADDRESS: Final = re.compile(r"[^\s@<>,;:\"()\[\]\\]{1,64}@[^\s@<>,;:\"()\[\]\\]{1,190}")


class Refused(Exception):
    """The server will never take this mail; its words say why."""


class Delayed(Exception):
    """The server did not take this mail now; asking again later will do."""


class Dropped(Delayed):
    """The server hung up, or stopped answering, in the middle of this mail: perhaps because of it."""


class Unreachable(Delayed):
    """No server answers, or it refuses to talk to us: every mail waits, this one is not to blame."""


def configured() -> bool:
    """Whether this installation sends mail."""
    return bool(_settings().mail_server)


@contextmanager
def opened() -> Iterator[Patient]:
    """A connection to the server of the settings; raises ``Unreachable``."""
    connection = Patient(_mail())
    connection.reach()
    try:
        yield connection
    finally:
        with suppress(OSError, smtplib.SMTPException):
            connection.host.quit()


def deliver(connection: Patient, mail: Waiting) -> None:
    """Hand one mail of the outbox over; returns once the server took it, else raises ``Refused`` or ``Delayed``."""
    letter, sender = written(mail), _carried_sender()
    accented = not letter.address.isascii()
    if accented and not connection.host.has_extn("smtputf8"):
        raise Refused("Le serveur de courriel ne prend pas les lettres accentuées avant le « @ » d’une adresse.")
    options = ("SMTPUTF8", "BODY=8BITMIME") if accented else ()
    connection.used = True
    try:
        connection.host.sendmail(sender, [letter.address], letter.as_bytes(), options)
    except smtplib.SMTPRecipientsRefused as error:
        code, words = next(iter(error.recipients.values()))
        raise _sorted(code, words) from error
    except smtplib.SMTPSenderRefused as error:
        trouble = _sorted(error.smtp_code, error.smtp_error)
        if isinstance(trouble, Refused) and error.smtp_code not in _OF_THIS_MAIL:
            trouble = Unreachable(str(trouble))  # all mails have the same sender, and none is lost for it
        raise trouble from error
    except smtplib.SMTPServerDisconnected as error:
        raise Dropped(said(error)) from error
    except smtplib.SMTPResponseException as error:
        raise _sorted(error.smtp_code, error.smtp_error) from error
    except (OSError, smtplib.SMTPException) as error:
        raise Dropped(said(error)) from error


def written(mail: Waiting) -> Sent:
    """A mail of the outbox as it leaves; raises ``Refused`` for an address that is none, a seal that does not open."""
    if mail.body_text is None:
        raise Refused("Ce courriel scellé ne s’ouvre plus : la clé de l’installation a changé.")
    if not mail.body_text:
        raise Refused("Ce courriel est vide : il n’a pas pu être composé, ou nommait une personne effacée depuis.")
    headers = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}
    if mail.leave_url:
        headers |= {
            "List-Unsubscribe": f"<{one_line(mail.leave_url)}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        }
    _mail()
    letter = Sent(
        one_line(mail.subject),
        body=mail.body_text,
        html=mail.body_html,
        sender=(SENDER_NAME, _carried_sender()),
        date=mail.created_at.timestamp(),
        extra_headers=headers,
    )
    letter.name, letter.address = one_line(mail.name), carried(mail.email)
    letter.msgId = mail.message_id
    return letter


def carried(email: str) -> str:
    """An address as SMTP carries it, its domain in ASCII (IDNA); raises ``Refused`` for one that is none.

    >>> carried("zoe@hôtel.ca")
    'zoe@xn--htel-vqa.ca'
    """
    if not _ADDRESS.fullmatch(email):
        raise Refused("L’adresse du destinataire n’en est pas une.")
    local, at, domain = normal(email).rpartition("@")
    if domain.isascii():
        return f"{local}{at}{domain}"
    try:
        return f"{local}{at}{idna.encode(domain, uts46=True).decode()}"
    except UnicodeError:
        raise Refused("Le domaine de l’adresse du destinataire ne peut pas exister.") from None


def sender_address() -> str:
    """The address mails come from."""
    settings = _settings()
    return parseaddr(settings.mail_default_sender)[1] or f"rj@{settings.mail_server}"


def sender_domain() -> str:
    """The domain that a ``Message-ID`` of ours ends with."""
    try:
        return carried(sender_address()).rpartition("@")[2]
    except Refused:
        return "rj"


def _carried_sender() -> str:
    """The sender as SMTP carries it; one that cannot be carried is a fault of the settings, not of the mail."""
    with suppress(Refused):
        address = carried(sender_address())
        if address.isascii():
            return address
    raise Unreachable("L’adresse de l’expéditeur (MAIL_DEFAULT_SENDER) n’en est pas une que tout serveur prend.")


def one_line(text: str) -> str:
    """The text as a header may hold it: no line break, no control character, no half of a letter, not too long."""
    return _CONTROL.sub(" ", text).encode(errors="replace").decode().strip()[:200]


def said(error: BaseException) -> str:
    """What the outside said, on one line."""
    return one_line(f"{type(error).__name__} : {error}")


class Sent(Message):
    """A message to one person whose headers leave as they were written.

    An address or a link that Flask-Mail folds or encodes leads nowhere; one with accents before the « @ » it refuses.
    """

    name: str
    address: str

    def as_bytes(self) -> bytes:
        """The message as it goes through SMTP."""
        built = self._message()
        name = Header(self.name, "utf-8").encode().replace("\n", "")
        built.replace_header("To", f"{name} <{self.address}>".strip())
        policy = SMTP if self.address.isascii() else SMTPUTF8
        return built.as_bytes(policy=policy.clone(refold_source="none", max_line_length=998))


class Patient(Connection):
    """A connection of Flask-Mail that does not wait for ever, checks who answers, and mends itself between two mails.

    ``used``: a mail went through it, and may have left anything behind.
    """

    host: smtplib.SMTP
    used: bool = False

    def reach(self) -> None:
        """Reach the server; raises ``Unreachable``."""
        try:
            self.host = self.configure_host()
        except (OSError, smtplib.SMTPException) as error:
            raise Unreachable(said(error)) from error
        self.used = False

    def configure_host(self) -> smtplib.SMTP:
        """Connect, encrypt, sign in."""
        host = smtplib.SMTP(self.mail.server, self.mail.port, timeout=PATIENCE)
        try:
            if self.mail.use_tls:
                host.starttls(context=ssl.create_default_context())
            if self.mail.username and self.mail.password:
                host.login(self.mail.username, self.mail.password)
            host.ehlo_or_helo_if_needed()
        except BaseException:
            host.close()
            raise
        return host

    def make_ready(self) -> None:
        """Bring the conversation back to its start after a mail; connect again when the server hung up."""
        if not self.used:
            return
        with suppress(OSError, smtplib.SMTPException):
            if self.host.rset()[0] == _READY:
                return
        self.host.close()
        self.reach()


def _sorted(code: int, words: bytes | str) -> Delayed | Refused:
    """A reply of the server as one of our errors: 421 is about the server, 5xx is for ever, any other about now."""
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    sentence = one_line(f"{code} {text}")
    if code == 421:  # noqa: PLR2004 - « service not available, closing »
        return Unreachable(sentence)
    return Refused(sentence) if code in _FOR_EVER else Delayed(sentence)


def _mail() -> Any:  # noqa: ANN401 - the state of Flask-Mail
    """Flask-Mail as the settings of the installation have it."""
    if "mail" not in current_app.extensions:
        names = ("mail_server", "mail_port", "mail_use_tls", "mail_username", "mail_password", "mail_default_sender")
        current_app.config.update({name.upper(): getattr(_settings(), name) for name in names})
        Mail().init_app(current_app)
    return current_app.extensions["mail"]


def _settings() -> Any:  # noqa: ANN401 - the settings of the installation, which this part does not import
    return current_app.config["SETTINGS"]
