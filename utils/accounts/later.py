"""What must not lengthen an answer: how long it takes would say whether an account exists.

A thread of its own does it at a random instant soon after, so that the next answer on the same connection says nothing
either. However many wait, none waits much longer than the farthest instant: a crowd of strangers delays nobody's mail.
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

_MOST: Final = 1000
"""How many things may wait; beyond, they are dropped: nobody fills the memory by asking."""

_WORKER: Final = ThreadPoolExecutor(max_workers=1, thread_name_prefix="plus-tard")
log = structlog.get_logger("rj.securite")


def later(act: Callable[[], None]) -> None:
    """Do it a moment later, with the application of now; what goes wrong is logged."""
    app = cast("Flask", current_app._get_current_object())  # type: ignore[attr-defined]
    if _WORKER._work_queue.qsize() >= _MOST:
        log.error("suite abandonnée : trop attendent")
        return
    due = time.monotonic() + (SHORTEST_MS + secrets.randbelow(SPREAD_MS)) / 1000
    _WORKER.submit(_do, app, act, due)


def _do(app: Flask, act: Callable[[], None], due: float) -> None:
    time.sleep(max(0.0, due - time.monotonic()))
    run(app, act)


def run(app: Flask, act: Callable[[], None]) -> None:
    """Do it now."""
    try:
        with app.app_context():
            act()
    except Exception:
        log.exception("suite impossible à donner")
