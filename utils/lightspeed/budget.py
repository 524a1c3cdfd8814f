"""The rate at which one account may be asked, shared by every process through the database.

A process draws a few requests at a time and loses those that it did not use within five seconds: that never exceeds the
rate, and spares a durable write a request. The 429 of the server stays the authority.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Final

from utils.lightspeed.errors import LightspeedAPIError
from utils.lightspeed.transport import Deadline

BLOCK: Final = 10
GOOD_FOR_S: Final = 5.0


class Budget:
    """Requests drawn and not yet used, for one account in one process."""

    def __init__(self, draw: Callable[[int], tuple[int, timedelta]], block: int = BLOCK) -> None:
        self._draw = draw
        self._block = block
        self._lock = threading.Lock()
        self._left = 0
        self._until = 0.0

    def acquire(self, deadline: Deadline) -> None:
        """Wait for one's turn; raises ``LightspeedAPIError`` (``occupe``) when it comes after the deadline."""
        while (wait := self._take()).total_seconds() > 0:
            seconds = wait.total_seconds()
            if seconds >= deadline.left():
                message = "Trop de demandes à Lightspeed en une minute."
                raise LightspeedAPIError(message, "occupe", retry_after=int(seconds) + 1)
            time.sleep(seconds)

    def _take(self) -> timedelta:
        """Zero when one request was taken, otherwise how long to wait before asking again."""
        with self._lock:
            if time.monotonic() > self._until:
                self._left = 0
            if not self._left:
                self._left, wait = self._draw(self._block)
                self._until = time.monotonic() + GOOD_FOR_S
                if not self._left:
                    return max(wait, timedelta(milliseconds=10))
            self._left -= 1
            return timedelta(0)
