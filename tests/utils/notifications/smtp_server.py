"""A real SMTP server for the tests: it keeps what it accepts, and refuses as it is told."""

import email
import email.policy
import socket
from contextlib import contextmanager

from aiosmtpd.controller import Controller


class Mailbox:
    """What the server received; ``replies`` says what it answers: by default everything is accepted."""

    def __init__(self):
        self.received = []
        self.tries = 0
        self.reply = lambda envelope: "250 OK"
        self.reply_recipient = lambda address: "250 OK"
        self.reply_sender = None
        self.hang_up = lambda address: False
        self.hang_up_after = False

    async def handle_MAIL(self, server, session, envelope, address, options):  # noqa: N802
        if self.reply_sender:
            return self.reply_sender
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802 - the name of aiosmtpd
        if self.hang_up(address):
            server.transport.abort()
        answer = self.reply_recipient(address)
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        self.tries += 1
        answer = self.reply(envelope)
        if answer.startswith("250"):
            self.received.append(envelope)
        if self.hang_up_after:
            await server.push(answer)
            server.transport.close()
        return answer

    @property
    def messages(self):
        """The messages, read as a mailbox reads them."""
        return [email.message_from_bytes(one.content, policy=email.policy.default) for one in self.received]

    def to(self, address):
        """Those of one recipient."""
        return [message for message in self.messages if address in message["To"]]


def free_port():
    """A port that nobody listens on yet."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def smtp_server(mailbox, port=None):
    """The server, for the length of a test; its port."""
    controller = Controller(mailbox, hostname="127.0.0.1", port=port or free_port(), ready_timeout=10)
    controller.start()
    try:
        yield controller.port
    finally:
        controller.stop()
