"""A gzip body as it comes: urllib3 takes one that was cut short for a whole one, this does not."""

from __future__ import annotations

import zlib
from typing import Final

from urllib3.exceptions import DecodeError

_GZIP: Final = 16 + zlib.MAX_WBITS


class Unzip:
    """Unzips chunk after chunk; raises ``urllib3.exceptions.DecodeError`` for what is no gzip, or not all of it."""

    def __init__(self) -> None:
        self._stream = zlib.decompressobj(_GZIP)
        self._began = False

    def more(self, chunk: bytes) -> bytes:
        """What a chunk adds to the body."""
        found = bytearray()
        try:
            while chunk:
                if self._stream.eof:  # a body may be several gzip members in a row
                    self._stream = zlib.decompressobj(_GZIP)
                self._began = True
                found += self._stream.decompress(chunk)
                chunk = self._stream.unused_data
        except zlib.error as error:
            raise DecodeError(str(error)) from None
        return bytes(found)

    def finish(self) -> None:
        """The body ended: it must be whole."""
        if self._began and not self._stream.eof:
            raise DecodeError("gzip body cut short")
