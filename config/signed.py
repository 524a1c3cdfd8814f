"""Requests of people who are signed in: threads are kept for them, which no stranger takes."""

from __future__ import annotations

import re
import time
from hashlib import blake2b
from typing import Final

SESSION_COOKIE: Final = "rj_session"

LASTING_S: Final = 15 * 60
"""Seconds after her last request in which somebody signed in is still known to be."""

MOST: Final = 5_000
"""Sessions that are known at once; the one that asked longest ago is forgotten first."""

_COOKIE: Final = re.compile(rb"\r\ncookie:[^\r\n]*?\b" + SESSION_COOKIE.encode() + rb"=([^;\r\n ]{20,2000})", re.I)


class RecentSessions:
    """The sessions whose requests the application let pass lately, by the digest of their cookie.

    It says who is served first, never what anybody may do.
    """

    def __init__(self) -> None:
        self._seen: dict[bytes, float] = {}

    def note(self, cookie: str) -> None:
        """A request with this cookie was let pass."""
        key = _digest(cookie.encode())
        self._seen.pop(key, None)
        self._seen[key] = time.monotonic()
        while len(self._seen) > MOST:
            self._seen.pop(next(iter(self._seen)), None)

    def bears(self, head: bytes) -> bool:
        """Whether the headers of a request bear a cookie that was noted lately."""
        found = _COOKIE.search(head)
        return found is not None and self._seen.get(_digest(found[1]), 0) > time.monotonic() - LASTING_S


def _digest(cookie: bytes) -> bytes:
    return blake2b(cookie, digest_size=16).digest()


RECENT: Final = RecentSessions()
"""Of this process: the application notes, the worker asks."""
