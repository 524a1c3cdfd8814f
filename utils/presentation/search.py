"""What `/` finds: the tabs by their number, the fields by their name."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from utils.presentation.words import typographic
from utils.rj.catalogue import TABS
from utils.rj.declaration import LINES


@lru_cache(maxsize=1)
def searched() -> tuple[tuple[str, str], ...]:
    """Every field that has a place on a page, with its label."""
    found: list[tuple[str, str]] = []
    for tab in TABS:
        for field in tab:
            hidden = field.key.startswith(("statuts.", "onglets.")) or field.items
            if not hidden or field.kind == LINES:
                found.append((f"{tab.key}.{field.key}", typographic(field.label)))
    return tuple(found)


def as_json() -> list[Any]:
    """The same, as the page asks for it."""
    return [list(one) for one in searched()]
