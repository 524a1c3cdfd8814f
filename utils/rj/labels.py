"""The French name of what a line of the journal, a reason or a remark speaks of: never its raw key."""

from __future__ import annotations

from typing import Final

from utils.rj.catalogue import BY_KEY, FIELDS
from utils.rj.declaration import Field

_SUMMARY: Final = "sommaire"


def place(tab: str, field: str) -> tuple[str, str]:
    """The tab and the cell that a reason given at the Sommaire answers for; any other as it is."""
    inner, _, rest = field.partition(".")
    return (inner, rest) if tab == _SUMMARY and inner in BY_KEY else (tab, field)


def declared_at(tab: str, cell: str) -> Field | None:
    """The field, or the column, that a cell speaks of; a line stands in its name by its id, or not at all."""
    name = f"{tab}.{cell}"
    if name in FIELDS:
        return FIELDS[name]
    whole, _, part = name.rpartition(".")
    lines = whole if whole in FIELDS else whole.rpartition(".")[0]
    if lines not in FIELDS:
        return None
    return next((column for column in FIELDS[lines].columns if column.key == part), FIELDS[lines])


def label_of(tab: str, field: str) -> str | None:
    """The label of a field, of an entry of a map, of a column of a line by its id; ``None`` for what is none."""
    tab, field = place(tab, field)
    name = f"{tab}.{field}"
    if name in FIELDS:
        return FIELDS[name].label
    whole, _, part = name.rpartition(".")
    lines = whole if whole in FIELDS else whole.rpartition(".")[0]
    if lines not in FIELDS:
        return None
    column = next((column.label for column in FIELDS[lines].columns if column.key == part), part)
    return f"{FIELDS[lines].label} — {column}"
