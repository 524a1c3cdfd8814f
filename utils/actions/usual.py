"""What a tab usually takes from a person: the cells of the last nights, and what names the lines of the one before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from database import earlier_inputs
from database.transaction import read
from utils.actions.state import NightState
from utils.rj.catalogue import BY_KEY
from utils.rj.declaration import LINES, TEXT
from utils.rj.merge import TYPED
from utils.shapes import Document

NIGHTS: Final = 14
_TEXTS: Final = 40
"""Of one column, the texts that are offered, at most."""


@dataclass(frozen=True, slots=True)
class Usual:
    """What is usual in a tab.

    ``cells`` are names inside the tab that a person filled in at least half of the last nights where one typed in it; a
    column of a list is named without its line. ``lines`` are, by list, the values that name its lines on the latest
    night that had some, in their order. ``texts`` are, by column of a list without its line, what was written in it,
    the most frequent first; names of staff have their own list.
    """

    cells: tuple[str, ...] = ()
    lines: Mapping[str, tuple[Document, ...]] = field(default_factory=dict)
    texts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def usual_of(state: NightState, tab: str) -> Usual:
    """Learnt from the last fourteen nights of the book before this one; one query."""
    with read() as connection:
        known = earlier_inputs.given_before(connection, state.hotel.id, state.day, tab, NIGHTS)
    lists = {one.key: one for one in BY_KEY[tab] if one.kind == LINES}
    filled: Counter[str] = Counter()
    typed_in = 0
    for _, origins in known:
        typed = [cell for cell, origin in origins.items() if origin.get("genre") == TYPED]
        typed_in += bool(typed)
        # `sd_entries.<id>.amount` counts as `sd_entries.amount`; another cell as it is
        parts = {cell: cell.split(".", 2) for cell in typed}
        filled.update({f"{part[0]}.{''.join(part[2:])}" if part[0] in lists else cell for cell, part in parts.items()})
    named = {}
    for key, declared in lists.items():
        naming = [column.key for column in declared.columns if column.again]
        latest: list[Document] = next((inputs[key] for inputs, _ in known if inputs.get(key)), []) if naming else []
        named[f"{tab}.{key}"] = tuple({part: line[part] for part in naming if part in line} for line in latest)
    texts = {
        f"{key}.{column.key}": tuple(text for text, _ in said.most_common(_TEXTS))
        for key, declared in lists.items()
        for column in declared.columns
        if column.kind == TEXT
        and not column.staff
        and (
            said := Counter(
                line[column.key] for typed, _ in known for line in typed.get(key) or () if line.get(column.key)
            )
        )
    }
    return Usual(tuple(sorted(cell for cell, found in filled.items() if 2 * found >= typed_in)), named, texts)
