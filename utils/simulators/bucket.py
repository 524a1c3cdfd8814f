"""The rate of a simulator: for each account a leaky bucket, of 60 requests that drain one a second unless told."""

from __future__ import annotations

import threading
import time
from typing import Final

SIZE: Final = 60


class Buckets:
    """The buckets, by account."""

    def __init__(self, size: int = SIZE, every_s: float = 1.0) -> None:
        self._size, self._every_s = size, every_s
        self._full: dict[str, tuple[float, float]] = {}
        self._lock = threading.Lock()
        self.enforced = True

    def draw(self, account: str) -> int:
        """Take one request: zero, or how many seconds to wait when the bucket is full."""
        with self._lock:
            level = self._level(account)
            if self.enforced and level + 1 > self._size:
                return int((level + 1 - self._size) * self._every_s) + 1
            self._full[account] = (level + 1, time.monotonic())
            return 0

    def headers(self, account: str) -> dict[str, str]:
        """What is left, as drafts and older servers tell it."""
        with self._lock:
            level = int(self._level(account))
        return {
            "RateLimit-Policy": f'"account";q={self._size};w=60',
            "RateLimit": f'"account";r={max(self._size - level, 0)};t={max(level, 1)}',
            "X-LS-API-Bucket-Level": f"{level}/{self._size}",
            "X-LS-API-Drip-Rate": "1",
        }

    def _level(self, account: str) -> float:
        level, at = self._full.get(account, (0.0, time.monotonic()))
        return max(0.0, level - (time.monotonic() - at) / self._every_s)
