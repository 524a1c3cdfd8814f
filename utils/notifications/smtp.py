"""The way out: Flask-Mail over SMTP, with patience that ends, certificates that are checked and errors sorted.

Nothing of a mail can become a header: names and subjects lose their line breaks, and Flask-Mail encodes the rest.
"""

from __future__ import annotations

import re
import smtplib
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from email.mime.base import MIMEBase
from email.policy import SMTP
from email.utils import parseaddr
from typing import Any, Final

from flask import current_app
from flask_mail import Connection, Mail, Message

PATIENCE: Final = 20
"""Seconds that a server may stay silent."""

SENDER_NAME: Final = "RJ Natif"
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]+")
_TEMPORARY: Final = range(400, 500)
_ADDRESS: Final = re.compile(r"[^\s@<>,;:\"()\[\]\\]{1,64}@[^\s@<>,;:\"()\[\]\\]{1,190}")


class Refused(Exception):
    """The server will never take this mail; its words say why."""


class Delayed(Exception):
    """The server did not take this mail now; asking again later will do."""


class Unreachable(Delayed):
    """No server answers, or it refuses to talk to us: every mail waits, this one is not to blame."""


def configured() -> bool:
    """Whether this installation sends mail."""
    return bool(_settings().mail_server)


@contextmanager
def opened() -> Iterator[_Patient]:
    """A connection to the server of the settings; raises ``Unreachable``."""
    connection = _Patient(_extension())
    try:
        connection.host = connection.configure_host()
    except (OSError, smtplib.SMTPException) as error:
        raise Unreachable(said(error)) from error
    try:
        yield connection
    finally:
        with suppress(OSError, smtplib.SMTPException):
            connection.host.quit()


def deliver(connection: _Patient, mail: Mapping[str, Any]) -> None:
    """Hand one mail of the outbox over; returns once the server took it, else raises ``Refused`` or ``Delayed``."""
    message = written(mail)
    try:
        connection.host.sendmail(sender_address(), [mail["email"]], message.as_bytes())
    except smtplib.SMTPRecipientsRefused as error:
        code, words = next(iter(error.recipients.values()))
        raise _sorted(code, words) from error
    except smtplib.SMTPServerDisconnected as error:
        raise Unreachable(said(error)) from error
    except smtplib.SMTPResponseException as error:
        raise _sorted(error.smtp_code, error.smtp_error) from error
    except (OSError, smtplib.SMTPException) as error:
        raise Unreachable(said(error)) from error


def written(mail: Mapping[str, Any]) -> Message:
    """A mail of the outbox as it leaves; raises ``Refused`` for an address that is none, a seal that does not open."""
    if mail["body_text"] is None:
        raise Refused("Ce courriel scellé ne s’ouvre plus : la clé de l’installation a changé.")
    if not _ADDRESS.fullmatch(mail["email"]):
        raise Refused("L’adresse du destinataire n’en est pas une.")
    headers = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}
    if mail["leave_url"]:
        headers |= {
            "List-Unsubscribe": f"<{mail['leave_url']}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        }
    _extension()
    message = _Letter(
        one_line(mail["subject"]),
        recipients=[(one_line(mail["name"]), mail["email"])],
        body=mail["body_text"],
        html=mail["body_html"],
        sender=(SENDER_NAME, sender_address()),
        date=mail["created_at"].timestamp(),
        extra_headers=headers,
    )
    message.msgId = mail["message_id"]
    return message


def sender_address() -> str:
    """The address mails come from."""
    settings = _settings()
    return parseaddr(settings.mail_default_sender)[1] or f"rj@{settings.mail_server}"


def one_line(text: str) -> str:
    """The text as a header may hold it: no line break, no control character, not too long."""
    return _CONTROL.sub(" ", text).strip()[:200]


def said(error: BaseException) -> str:
    """What the outside said, on one line."""
    return one_line(f"{type(error).__name__} : {error}")


class _Letter(Message):
    """A message whose headers leave as they were written: an address that is folded or encoded leads nowhere."""

    def _message(self) -> MIMEBase:
        built: MIMEBase = super()._message()
        built.policy = SMTP.clone(refold_source="none", max_line_length=998)
        return built


class _Patient(Connection):
    """A connection of Flask-Mail that does not wait for ever and checks who answers."""

    host: smtplib.SMTP

    def configure_host(self) -> smtplib.SMTP:
        """Connect, encrypt, sign in."""
        host = smtplib.SMTP(self.mail.server, self.mail.port, timeout=PATIENCE)
        try:
            if self.mail.use_tls:
                host.starttls(context=ssl.create_default_context())
            if self.mail.username and self.mail.password:
                host.login(self.mail.username, self.mail.password)
        except BaseException:
            host.close()
            raise
        return host


def _sorted(code: int, words: bytes | str) -> Exception:
    """A reply of the server as one of our errors: 421 is about the server, other 4xx about now, 5xx is for ever."""
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    sentence = one_line(f"{code} {text}")
    if code == 421:  # noqa: PLR2004 - « service not available, closing »
        return Unreachable(sentence)
    return Delayed(sentence) if code in _TEMPORARY else Refused(sentence)


def _extension() -> Any:  # noqa: ANN401 - the state of Flask-Mail
    """Flask-Mail as the settings of the application have it."""
    if "mail" not in current_app.extensions:
        settings = _settings()
        names = ("mail_server", "mail_port", "mail_use_tls", "mail_username", "mail_password", "mail_default_sender")
        current_app.extensions["mail"] = Mail().init_mail({name.upper(): getattr(settings, name) for name in names})
    return current_app.extensions["mail"]


def _settings() -> Any:  # noqa: ANN401 - the settings of the installation, which this part does not import
    return current_app.config["SETTINGS"]
