"""A hotel whose mails go to a real SMTP server."""

from dataclasses import replace

import pytest

from database import notifications
from database.transaction import write
from tests.utils.notifications.smtp_server import Mailbox, free_port, smtp_server
from utils import dates


@pytest.fixture
def mailbox():
    return Mailbox()


@pytest.fixture
def port():
    """A port that nobody listens on yet."""
    return free_port()


@pytest.fixture
def mailing(app, mailbox, port):
    """The demonstration, its mails sent to a server that accepts everything; two people told of a variance."""
    set_mail(app, port)
    roles = {"kinds": {"receptionist_variance": {"roles": ["front_desk_supervisor", "accounting"]}}}
    with app.app_context(), write() as connection:
        notifications.write_config(connection, 1, roles, None, dates.now())
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
