"""What `/` finds: the tabs by their number, the fields by their name."""

from __future__ import annotations

from functools import lru_cache
from operator import itemgetter
from typing import Any

from utils.presentation.words import typographic
from utils.rj.catalogue import TABS
from utils.rj.declaration import LINES


@lru_cache(maxsize=1)
def searched() -> tuple[tuple[str, str], ...]:
    """Every field that has a place on a page, with its label: what can be typed comes before what is calculated."""
    found: list[tuple[bool, str, str]] = []
    for tab in TABS:
        for field in tab:
            hidden = field.key.startswith(("statuts.", "onglets.")) or field.items
            if not hidden or field.kind == LINES:
                found.append((not field.typed, f"{tab.key}.{field.key}", typographic(field.label)))
    return tuple((name, label) for _, name, label in sorted(found, key=itemgetter(0)))


def as_json() -> list[Any]:
    """The same, as the page asks for it."""
    return [list(one) for one in searched()]
