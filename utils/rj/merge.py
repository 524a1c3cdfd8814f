"""Who wins when two writers give the same field: typed by a person > imported report > PMS > carried.

A losing value is not lost: it is kept beside the winner and shown until somebody takes or dismisses it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

TYPED: Final = "saisi"
IMPORTED: Final = "importe"
SYNCED: Final = "lightspeed"
CARRIED: Final = "repris"
ERASED: Final = "compte effacé"
"""Who typed a value, once the account is gone."""

RANK: Final = {TYPED: 4, IMPORTED: 3, SYNCED: 2, CARRIED: 1}


@dataclass(frozen=True, slots=True)
class Given:
    """A value with the kind of its writer."""

    value: Any
    kind: str


@dataclass(frozen=True, slots=True)
class Merged:
    """What is written, and what stands beside because a stronger writer was there first."""

    written: dict[str, Any]
    beside: dict[str, Any]


def wins(present: Given | None, incoming: Given) -> bool:
    """True when the incoming value may be written: nothing is there, or its writer is not weaker."""
    return present is None or RANK[incoming.kind] >= RANK[present.kind]


def merge(present: Mapping[str, Given], incoming: Mapping[str, Any], kind: str) -> Merged:
    """Merge what a report, the PMS or the night before gives into what is there, field by field."""
    written: dict[str, Any] = {}
    beside: dict[str, Any] = {}
    for name, value in incoming.items():
        there = present.get(name)
        if there is not None and there.value == value:
            continue
        (written if wins(there, Given(value, kind)) else beside)[name] = value
    return Merged(written, beside)
