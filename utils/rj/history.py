"""Month and year to date from the sums of the closed nights, never copied from one night to the next."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

from utils.money import money_text
from utils.rj.declaration import MONEY
from utils.rj.previous import SUMS
from utils.rj.tabs.jour_statistics import MONTH_PARTS

NO_BASE: Final = "il manque le cumul de la veille"
"""Of a month of which the book does not know the beginning."""

_NAMED: Final = 3
"""Dates named before the others are counted."""


def sums_before(
    day: date, nights: Iterable[tuple[date, Mapping[str, Any]]], bases: Mapping[str, Mapping[str, Any] | None]
) -> dict[str, dict[str, Any]]:
    """``mtd`` and ``ytd_avant_mois`` of the ``previous`` block of ``day`` from the figures of the nights before it.

    ``nights`` gives figures by key (``room_revenue`` …) of each earlier night; a night without rooms sold is an
    empty day and counts for nothing. ``bases`` holds what a period already had when the book began: empty when the
    book reaches back to its start, ``None`` when that is not known, and then the period is left out.
    """
    counted = [(d, figures) for d, figures in nights if d < day and figures.get("rooms_louees") is not None]
    month = [f for d, f in counted if (d.year, d.month) == (day.year, day.month)]
    year = [f for d, f in counted if d.year == day.year and d.month < day.month]
    found = {"mtd": (month, bases["mtd"]), "ytd_avant_mois": (year, bases["ytd_avant_mois"])}
    return {period: _added(period, nights, base) for period, (nights, base) in found.items() if base is not None}


def lacking(
    start: date, end: date, nights: Iterable[tuple[date, Mapping[str, Any]]], key: str = "rooms_louees"
) -> tuple[date, ...]:
    """The dates from ``start`` to the eve of ``end`` whose night is not there, is empty, or lacks a figure."""
    needed = {"rooms_louees", key}
    known = {d for d, figures in nights if all(figures.get(one) is not None for one in needed)}
    days = (start + timedelta(days=number) for number in range((end - start).days))
    return tuple(one for one in days if one not in known)


def lacking_words(days: Sequence[date]) -> str:
    """« il manque la nuit du 2025-12-02 », of one date or of several."""
    said = [f"du {one.isoformat()}" for one in days[:_NAMED]]
    rest = len(days) - len(said)
    parts = [*said, f"{rest} autre{'s' if rest > 1 else ''}"] if rest else said
    listed = " et ".join((", ".join(parts[:-1]), parts[-1])) if len(parts) > 1 else parts[0]
    return f"il manque la nuit {listed}" if len(days) == 1 else f"il manque les nuits {listed}"


def month_lacks(key: str, values: Mapping[str, Any], missing: Mapping[str, Sequence[date]]) -> str:
    """Why a figure of the month to date is not known, tonight's apart: « il manque la nuit du 2025-12-02 ».

    ``missing`` holds the nights that each sum lacks (``mtd.room_revenue``); nothing is said of a figure that is known.
    """
    parts = MONTH_PARTS[key]
    if f"jour.jour_mtd_{key}" in values:
        return ""
    if days := sorted({day for part in parts for day in missing.get(f"mtd.{part}", ())}):
        return lacking_words(days)
    return NO_BASE if any(f"previous.mtd.{part}" not in values for part in parts) else ""


def _added(period: str, nights: list[Mapping[str, Any]], base: Mapping[str, Any]) -> dict[str, Any]:
    """Sums of a period; a figure missing on one of its nights, or in its base, is left out rather than understated."""
    sums: dict[str, Any] = {}
    for key, kind in SUMS[period].items():
        zero = Decimal(0) if kind == MONEY else 0
        parts = [base.get(key) if base else zero, *(figures.get(key) for figures in nights)]
        if None not in parts:
            total: Any = sum(parts, zero)  # type: ignore[arg-type]
            sums[key] = money_text(total) if kind == MONEY else total
    return sums
