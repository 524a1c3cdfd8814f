"""A real SMTP server for what the jobs send."""

from tests.utils.notifications.conftest import mailbox, port

__all__ = ["mailbox", "port"]
