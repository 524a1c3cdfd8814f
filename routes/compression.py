"""Text answers travel compressed when the browser can read it.

The session cookie is SameSite=Lax, so no other site can make a signed-in browser repeat a request here and measure
the length of the answers: compressing pages that hold a CSRF token gives nothing away.
"""

from __future__ import annotations

import gzip
from typing import Final

from flask import Flask, Response, request

SMALLEST: Final = 1000
"""Below this many bytes a packet is saved by nobody."""

LEVEL: Final = 5
"""Nearly all of what level 9 saves, for a third of its time."""

QUICK: Final = 1
"""For answers to programs, made anew each time: two thirds of what level 5 saves, for a third of its time."""

_TEXT: Final = frozenset(
    {
        "application/javascript",
        "application/json",
        "application/manifest+json",
        "application/problem+json",
        "image/svg+xml",
        "text/css",
        "text/csv",
        "text/html",
        "text/javascript",
        "text/plain",
    }
)


def register(app: Flask) -> None:
    """Compress the answers of the application."""
    app.after_request(compress)


def compress(response: Response) -> Response:
    """Compress a text answer in place, when it is worth it and the caller accepts it."""
    if response.mimetype not in _TEXT or response.is_streamed or response.direct_passthrough:
        return response
    response.vary.add("Accept-Encoding")
    is_large, is_plain = (response.content_length or 0) >= SMALLEST, "Content-Encoding" not in response.headers
    if is_large and is_plain and request.accept_encodings["gzip"] > 0:
        response.set_data(gzip.compress(response.get_data(), QUICK if response.is_json else LEVEL, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
    return response
