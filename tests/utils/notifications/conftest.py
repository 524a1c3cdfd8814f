"""A hotel whose mails go to a real SMTP server."""

from dataclasses import replace

import pytest

from tests.utils.notifications.smtp_server import Mailbox, free_port, smtp_server


@pytest.fixture
def mailbox():
    return Mailbox()


@pytest.fixture
def port():
    """A port that nobody listens on yet."""
    return free_port()


@pytest.fixture
def mailing(app, mailbox, port):
    """The demonstration, its mails sent to a server that accepts everything."""
    set_mail(app, port)
    with smtp_server(mailbox, port):
        yield app


def set_mail(app, port, sender="rj@hotel.example"):
    """Configure the mail of an application."""
    app.config["SETTINGS"] = replace(
        app.config["SETTINGS"],
        mail_server="127.0.0.1",
        mail_port=port,
        mail_use_tls=False,
        mail_default_sender=sender,
        adresse_publique="https://rj.hotel.example",
    )
    app.extensions.pop("mail", None)
