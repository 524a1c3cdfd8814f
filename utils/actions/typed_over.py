"""The origin of a figure that a person types over one of the PMS or of a report: the other one stays beside it."""

from __future__ import annotations

from typing import Any

from database.origins import Beside, Origin
from utils.rj.merge import IMPORTED, SYNCED


def typed_over(before: Origin | None, was: Any, typed: Any, origin: Origin) -> Origin:
    """The new origin of a cell; ``was`` and ``typed`` are JSON values. An equal figure leaves nothing beside."""
    other = before.beside if before else None
    if before and other is None and before.kind in (SYNCED, IMPORTED):
        other = Beside(was, before.kind, before.at, before.report, before.revision)
    return origin if other is None or other.value == typed else origin._replace(beside=other)
