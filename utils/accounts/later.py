"""What must not lengthen an answer: how long it takes would say whether an account exists.

A thread of its own does it a random moment later, so that the next answer on the same connection says nothing either.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Final, cast

import structlog
from flask import Flask, current_app

SHORTEST_MS, SPREAD_MS = 500, 2500
"""How long it waits, at random: from the first on, over the second."""

EVEN_S = 0.4
"""How long what follows an answer holds its connection, whatever it does."""

_MOST: Final = 1000
"""How many things may wait; beyond, they are dropped: nobody fills the memory by asking."""

_WORKER: Final = ThreadPoolExecutor(max_workers=1, thread_name_prefix="plus-tard")
log = structlog.get_logger("rj.securite")


def later(act: Callable[[], None]) -> None:
    """Do it a moment later, with the application of now; what goes wrong is logged."""
    app = cast("Flask", current_app._get_current_object())  # type: ignore[attr-defined]
    if _WORKER._work_queue.qsize() < _MOST:
        _WORKER.submit(_do, app, act)


def evenly(app: Flask, act: Callable[[], None]) -> None:
    """Do it now, for a time that does not depend on what there was to do: the next answer here waits for it."""
    begun = time.monotonic()
    run(app, act)
    time.sleep(max(0.0, EVEN_S - (time.monotonic() - begun)))


def settle() -> None:
    """Wait until what was put off is done."""
    _WORKER.submit(lambda: None).result()


def _do(app: Flask, act: Callable[[], None]) -> None:
    time.sleep((SHORTEST_MS + secrets.randbelow(SPREAD_MS)) / 1000)
    run(app, act)


def run(app: Flask, act: Callable[[], None]) -> None:
    """Do it now."""
    try:
        with app.app_context():
            act()
    except Exception:
        log.exception("suite impossible à donner")
