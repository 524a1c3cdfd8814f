"""Two nights side by side: each figure that is not the same in both, and by how much."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from utils.actions.person import Person
from utils.actions.reading import night_view
from utils.actions.state import NightState
from utils.rj.catalogue import TABS
from utils.rj.declaration import CHOICE, LINES, Field


class Apart(NamedTuple):
    """A figure that two nights do not share: its tab, its field, both values; ``None`` where a night has none."""

    tab: str
    field: Field
    one: Any
    other: Any

    @property
    def difference(self) -> Decimal | int | None:
        """The second less the first, in their own unit; absent unless both are numbers."""
        both = (self.one, self.other)
        numbers = all(isinstance(value, int | Decimal) and not isinstance(value, bool) for value in both)
        return self.other - self.one if numbers else None


def compare_nights(person: Person, one: date, other: date) -> tuple[NightState, NightState, list[Apart]]:
    """Both nights, and the figures that differ in the order of the paper; raises ``NoSuchNight``.

    Lists and maps are compared by their totals, which are figures too.
    """
    first, second = night_view(person, one), night_view(person, other)
    found = []
    for tab in TABS:
        for field in tab:
            values = [state.night.values.get(f"{tab.key}.{field.key}") for state in (first, second)]
            plain = field.kind not in (LINES, CHOICE) and not any(isinstance(value, dict | tuple) for value in values)
            if plain and values[0] != values[1]:
                found.append(Apart(tab.key, field, *values))
    return first, second, found
