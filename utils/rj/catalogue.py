"""The fourteen tabs in the order of the paper, and the catalogue of their fields generated from them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from utils.rj.declaration import Field, Tab
from utils.rj.tabs.sommaire import SHEETS, SOMMAIRE

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
    seen: set[tuple[str, str]] = set()
    for tab in TABS:
        for field in tab:
            for row in _rows_of(tab, field):
                if (tab.key, row.key) not in seen:
                    seen.add((tab.key, row.key))
                    yield row


def _rows_of(tab: Tab, field: Field) -> Iterator[Row]:
    key = field.listed if field.listed is not None else field.key + "[]" * bool(field.columns)
    if key:
        yield Row(tab.key, key, field.listed_label or field.label, field.kind, field.role, field, field.cell)
    for column in field.columns:
        yield Row(tab.key, f"{field.key}[].{column.key}", column.label, column.kind, column.role, column, column.cell)
