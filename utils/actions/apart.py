"""One item of a queue, apart from the others: what it raises is written down and holds nobody back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import structlog

log = structlog.get_logger("rj.automatismes")


@contextmanager
def apart(what: str, failures: list[Exception] | None = None, **said: object) -> Iterator[None]:
    """Do something that must not stop what follows; its failure is logged, and added to ``failures``.

    ``said`` tells which item it was, without anything secret or personal.
    """
    try:
        yield
    except Exception as error:
        log.exception("élément en échec, les autres continuent", file=what, **said)
        if failures is not None:
            failures.append(error)
