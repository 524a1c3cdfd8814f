"""Month and year to date from the sums of the closed nights, never copied from one night to the next."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final

from utils.money import money_text
from utils.rj.declaration import MONEY
from utils.rj.previous import SUMS

FIGURES: Final = {key: f"jour.jour_{key}" for key in SUMS["mtd"]}


def sums_before(
    day: date, nights: Iterable[tuple[date, Mapping[str, Any]]], opening: Mapping[str, Mapping[str, Any]]
) -> dict[str, dict[str, Any]]:
    """``mtd`` and ``ytd_avant_mois`` of the ``previous`` block of ``day`` from the figures of the nights before it.

    ``nights`` gives figures by key (``room_revenue`` …) of each earlier night; a night without rooms sold is an
    empty day and counts for nothing. ``opening`` holds the sums typed at the *reprise*, for what lies before them.
    """
    counted = [(d, figures) for d, figures in nights if d < day and figures.get("rooms_louees") is not None]
    month = [f for d, f in counted if (d.year, d.month) == (day.year, day.month)]
    year = [f for d, f in counted if d.year == day.year and d.month < day.month]
    return {
        "mtd": _added("mtd", month, opening.get("mtd", {})),
        "ytd_avant_mois": _added("ytd_avant_mois", year, opening.get("ytd_avant_mois", {})),
    }


def _added(period: str, nights: list[Mapping[str, Any]], opening: Mapping[str, Any]) -> dict[str, Any]:
    """Sums of a period; a figure missing on one of its nights is left out rather than understated."""
    sums: dict[str, Any] = {}
    for key, kind in SUMS[period].items():
        parts = [opening[key]] if key in opening else []
        parts += [figures.get(key) for figures in nights]
        if parts and None not in parts:
            total = sum(parts[1:], parts[0])
            sums[key] = money_text(total) if kind == MONEY else total
    return sums
