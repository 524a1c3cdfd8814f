"""A socket that nobody waits for, neither for its bytes nor for whoever reads ours."""

from __future__ import annotations

import socket
from typing import Any, Final

_READ: Final = 64 * 1024


class Wire(socket.socket):
    """A connection that nobody waits for: what cannot leave at once is kept, and leaves when it can.

    A thread finds what has come; where it looks for more, there is no more: it answers 400, and waits for nobody.
    """

    def __init__(self, given: socket.socket) -> None:
        super().__init__(fileno=given.detach())
        self.rest = bytearray()

    def setblocking(self, flag: bool) -> None:  # noqa: ARG002 - that of a socket
        """Never block, whoever asks for it."""
        super().settimeout(0)

    def settimeout(self, value: float | None) -> None:  # noqa: ARG002 - that of a socket
        """Neither for some seconds: gunicorn would, for the rest of a body that was not read."""
        super().settimeout(0)

    def recv(self, size: int, flags: int = 0) -> bytes:
        """What has come, as the end of it where nothing has."""
        try:
            return super().recv(size, flags)
        except BlockingIOError:
            return b""

    def arriving(self) -> bytes | None:
        """What has come, for the loop that waits: nothing yet, or an end."""
        try:
            return super().recv(_READ)
        except BlockingIOError:
            return None

    def sendall(self, data: Any, flags: int = 0) -> None:  # noqa: ANN401, ARG002 - those of a socket
        """Send what leaves at once, keep the rest."""
        self.rest += data
        self.flush()

    def send(self, data: Any, flags: int = 0) -> int:  # noqa: ANN401 - those of a socket
        """The same; all of it is taken."""
        self.sendall(data, flags)
        return len(data)

    def flush(self) -> bool:
        """Send what leaves at once; whether nothing is left."""
        while self.rest:
            try:
                sent = super().send(self.rest[:_READ], socket.MSG_DONTWAIT)
            except BlockingIOError:
                return False
            del self.rest[:sent]
        return True
