"""The tabs in the order of the paper, and the catalogue of their fields generated from them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from utils.rj.declaration import Field, Tab
from utils.rj.sheets import SHEETS
from utils.rj.tabs.sommaire import SOMMAIRE

TABS: Final[tuple[Tab, ...]] = (*SHEETS, SOMMAIRE)
BY_KEY: Final[dict[str, Tab]] = {tab.key: tab for tab in TABS}
NUMBERS: Final = {tab.key: number for number, tab in enumerate(TABS, 1)}
"""The number of each tab on the paper."""

FIELDS: Final[dict[str, Field]] = {f"{tab.key}.{field.key}": field for tab in TABS for field in tab}


class Row(NamedTuple):
    """One row of the catalogue."""

    tab: str
    key: str
    label: str
    kind: str
    role: str
    field: Field
    cell: str


def rows() -> Iterator[Row]:
    """Every field once, several that share a row of the paper under their common key."""
    found: dict[tuple[str, str], Row] = {}
    for tab in TABS:
        for field in tab:
            key = field.listed if field.listed is not None else field.key + "[]" * bool(field.columns)
            named = [(key, field.listed_label or field.label, field)] if key else []
            named += [(f"{field.key}[].{column.key}", column.label, column) for column in field.columns]
            for name, label, one in named:
                found.setdefault((tab.key, name), Row(tab.key, name, label, one.kind, one.role, one, one.cell))
    yield from found.values()
