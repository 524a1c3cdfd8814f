"""The origin of a figure that a person types over one of the PMS or of a report: the other one stays beside it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from utils.rj.merge import IMPORTED, SYNCED


def typed_over(before: Mapping[str, Any], was: Any, typed: Any, origin: Mapping[str, Any]) -> dict[str, Any]:
    """The new origin of a cell; ``was`` and ``typed`` are JSON values. An equal figure leaves nothing beside."""
    other = before.get("ailleurs")
    if other is None and before.get("genre") in (SYNCED, IMPORTED):
        other = {"valeur": was} | {key: value for key, value in before.items() if key not in ("qui", "garde")}
    return dict(origin) if other is None or other["valeur"] == typed else {**origin, "ailleurs": other}
