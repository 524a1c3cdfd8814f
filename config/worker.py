"""The worker of gunicorn, with a limit on how long a request may take to arrive: one who dribbles holds no thread."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from typing import Any, Final

from gunicorn.workers.gthread import ThreadWorker  # type: ignore[import-untyped]

ARRIVAL_S: Final = 10
"""Seconds in which a request must have arrived whole, headers and body."""

_LOOK_EVERY_S: Final = 0.5


class PunctualWorker(ThreadWorker):  # type: ignore[misc]
    """Stops listening to whoever is late; an answer that takes long to make still leaves by the other half."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - those of gunicorn
        super().__init__(*args, **kwargs)
        self._arriving: dict[socket.socket, float] = {}

    def run(self) -> None:
        """Serve, watched."""
        threading.Thread(target=self._watch, name="ponctualite", daemon=True).start()
        super().run()

    def handle(self, conn: Any) -> Any:  # noqa: ANN401 - a connection of gunicorn
        """Serve one request of a connection."""
        begun = conn.sock
        self._arriving[begun] = time.monotonic() + ARRIVAL_S
        try:
            return super().handle(conn)
        finally:
            self._arriving.pop(begun, None)

    def _watch(self) -> None:
        while self.alive:
            now = time.monotonic()
            for late in [one for one, limit in list(self._arriving.items()) if limit < now]:
                self._arriving.pop(late, None)
                with contextlib.suppress(OSError):
                    late.shutdown(socket.SHUT_RD)
            time.sleep(_LOOK_EVERY_S)
