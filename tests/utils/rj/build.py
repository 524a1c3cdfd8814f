"""Nights of a few figures, for tests that speak of one thing."""

from __future__ import annotations

from typing import Any

from utils.rj.calculate import Night
from utils.rj.catalogue import FIELDS
from utils.rj.night_file import read_night
from utils.rj.writing import written


def night(day: str = "2025-12-23", *, previous: Any = None, settings: Any = None, **tabs: Any) -> Night:
    """A night of these tabs: `night(recap={"cash_ls_lecture": "1.00"})`."""
    return read_night({"audit_date": day, "previous": previous, "property": settings, "tabs": tabs})


def figures(night: Night, tab: str, *keys: str) -> list[Any]:
    """Figures of a tab as the night file has them, None for one that is absent."""
    return [figure(night, f"{tab}.{key}") for key in keys]


def figure(night: Night, name: str) -> Any:
    """One figure as the night file has it, by its whole name."""
    value = night.values.get(name)
    return None if value is None else written(FIELDS[name], value)
