"""When to ask a GET again, and how long to wait; a POST is never asked again here."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Final

import requests
from urllib3.exceptions import HTTPError

from utils import dates
from utils.lightspeed.errors import LightspeedAPIError
from utils.lightspeed.transport import Answer, Deadline

ATTEMPTS: Final = 3
LONGEST_WAIT: Final = 30
"""Seconds: a longer wait is for a job to make, not for a page; it is told in ``retry_after``."""

_BUSY: Final = (429, 503)
_PASSING: Final = (408, 500, 502, 504)
_FIRST_PAUSE: Final = 0.2
_FARTHEST: Final = 86_400


def persistent(send: Callable[[], Answer], deadline: Deadline) -> Answer:
    """The answer of a GET, asked up to three times; raises ``LightspeedAPIError`` when it never came.

    Any status that waiting cannot cure is returned as it is.
    """
    for attempt in range(1, ATTEMPTS + 1):
        failure, wait = _attempt(send, attempt)
        if isinstance(failure, Answer):
            return failure
        if attempt == ATTEMPTS or wait > LONGEST_WAIT or wait >= deadline.left():
            raise failure
        time.sleep(wait)
    raise AssertionError("unreachable")


def _attempt(send: Callable[[], Answer], attempt: int) -> tuple[Answer | LightspeedAPIError, float]:
    """An answer, or an error and how many seconds to wait before asking again."""
    pause = _FIRST_PAUSE * 2 ** (attempt - 1) * (1 + secrets.randbelow(100) / 200)
    try:
        answer = send()
    except (requests.RequestException, HTTPError, OSError) as error:
        kind = "delai" if isinstance(error, requests.Timeout) else "reseau"
        return LightspeedAPIError("Lightspeed ne répond pas.", kind), pause
    request_id = answer.headers.get("X-Request-Id")
    if answer.status in _BUSY:
        asked = retry_after(answer.headers.get("Retry-After"), dates.now())
        wait = pause if asked is None else max(asked, pause)
        busy = LightspeedAPIError(
            "Lightspeed demande d’attendre.", "occupe", status=answer.status, request_id=request_id, retry_after=asked
        )
        return busy, wait
    if answer.status in _PASSING:
        message = "Lightspeed est en panne pour le moment."
        return LightspeedAPIError(message, "serveur", status=answer.status, request_id=request_id), pause
    return answer, 0


def retry_after(text: str | None, now: datetime) -> int | None:
    """The seconds that a server asks to wait, from seconds or an HTTP date; nothing when absent or malformed.

    At most a day, so that an odd header cannot put a job off for ever.
    """
    if text is None:
        return None
    text = text.strip()
    if text.isascii() and text.isdigit():
        return min(int(text[:9]), _FARTHEST)
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, IndexError, TypeError):
        return None
    if moment.tzinfo is None:
        return None
    return min(max(int((moment - now).total_seconds()), 0), _FARTHEST)
