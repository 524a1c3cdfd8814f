"""A request that is coming in: whether a thread may read it without waiting, told from its bytes alone."""

from __future__ import annotations

import re
import time
from typing import Final

ARRIVAL_S: Final = 10
"""Seconds in which a request must have arrived whole, its first byte, headers and body."""

HEADERS: Final = 32 * 1024
"""Bytes of the headers of a request, its first line with them."""

_LENGTH: Final = re.compile(rb"\r\ncontent-length:[ \t]*([0-9]{1,18})[ \t]*\r\n", re.IGNORECASE)
_CHUNKED: Final = re.compile(rb"\r\ntransfer-encoding:[^\r\n]*chunked", re.IGNORECASE)
_EXPECT: Final = re.compile(rb"\r\nexpect:[ \t]*100-continue", re.IGNORECASE)
_SIZE: Final = re.compile(rb"[0-9a-fA-F]{1,8}")


class Arrival:
    """A request that is coming in: its bytes so far, and whether they are all there."""

    def __init__(self, begun: bytes, longest: int) -> None:
        self.bytes, self.late_at = bytearray(begun), time.monotonic() + ARRIVAL_S
        self._longest, self._body, self._next, self._looked = longest, 0, 0, 0
        self._length: int | None = None
        self._refused, self._blank = False, 0
        self.asks = False
        """Whether the sender waits to be told to go on."""

    @property
    def too_long(self) -> bool:
        """Whether more came, or is announced, than a request may have, or what is none: it is refused as it stands."""
        if not self._refused and not self.bytes[:1].isalpha():
            # neither a letter nor blank: refused; blanks that come one by one are not read again
            blank, self._blank = self._blank, len(self.bytes)
            self._refused = bool(self.bytes[blank:].strip())
        if self._refused:
            return True
        return len(self.bytes) > (HEADERS + self._longest if self._body else HEADERS)

    @property
    def head(self) -> bytes:
        """The first line and the headers, once they are all there."""
        return bytes(self.bytes[: self._body])

    def whole(self) -> bool:
        """Whether a thread may read it without waiting."""
        if not self._body:
            end = self._blank_line(0)
            if end < 0:
                return False
            self._body, self._next, self._looked = end + 4, end + 4, 0
            headers = bytes(self.bytes[: end + 2])
            found = _LENGTH.search(headers)
            self._length = None if _CHUNKED.search(headers) else self._body + int(found[1] if found else 0)
            self.asks = _EXPECT.search(headers) is not None
            if self._length is not None and self._length > self._body + self._longest:
                self._refused = True
        return self._length <= len(self.bytes) if self._length is not None else self._chunks_end()

    def _chunks_end(self) -> bool:
        """Whether the last chunk is there, or one that is none."""
        while (end := self.bytes.find(b"\r\n", self._next, self._next + 1_000)) >= 0:
            size = bytes(self.bytes[self._next : end]).partition(b";")[0].strip()
            if _SIZE.fullmatch(size) is None:
                return True
            if int(size, 16) == 0:
                # the lines after the last chunk: no more of them than of headers are waited for
                found = 0 <= self._blank_line(end) <= end + HEADERS
                self._refused = not found and len(self.bytes) > end + HEADERS
                return found
            if end + int(size, 16) + 4 > len(self.bytes):
                return False
            self._next = end + int(size, 16) + 4
        return len(self.bytes) > self._next + 1_000

    def _blank_line(self, begun: int) -> int:
        """Where the blank line that ends some lines stands, or -1; bytes that come one by one are not read again."""
        found = self.bytes.find(b"\r\n\r\n", max(begun, self._looked - 3))
        self._looked = len(self.bytes)
        return found
