"""Month and year to date from the sums of the closed nights, never copied from one night to the next."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final, NamedTuple

from utils.money import money_text
from utils.rj.declaration import MONEY
from utils.rj.previous import SUMS
from utils.rj.tabs.jour import SUM_PARTS
from utils.rj.tabs.jour_statistics import MONTH_LABELS, MONTH_PARTS
from utils.shapes import Document, Values

NO_BASE: Final = "il manque le cumul de la veille"
"""Of a month of which the book does not know the beginning."""

_NAMED: Final = 3
"""Dates named before the others are counted."""


def sums_before(
    day: date, nights: Iterable[tuple[date, Values]], bases: Mapping[str, Values | None]
) -> dict[str, Document]:
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


class Gap(NamedTuple):
    """A night that a sum lacks, and what is missing in it; without parts, the night is not there or is empty."""

    day: date
    parts: tuple[str, ...] = ()


def absent_parts(keys: Iterable[str], figures: Values) -> tuple[str, ...]:
    """What a night lacks for these sums: a part of the figure, or else the figure itself."""
    found: dict[str, None] = {}
    for key in keys:
        absent = [part for part in SUM_PARTS.get(key, ()) if figures.get(part) is None]
        found |= dict.fromkeys(absent or ([key] if figures.get(key) is None else []))
    return tuple(found)


def whole(key: str, figures: Values) -> Any:
    """A figure to hold against another one; nothing when a part of it lacks, and it is smaller than the truth."""
    return None if absent_parts((key,), figures) else figures[key]


def whole_tonight(key: str, values: Values) -> Any:
    """The same of a figure of tonight."""
    return whole(key, {**_tonight(values), key: values.get(f"jour.jour_{key}")})


def lacking(days: Iterable[date], nights: Iterable[tuple[date, Values]], *keys: str) -> tuple[Gap, ...]:
    """The dates whose night is not there, is empty, or lacks a figure of these sums or one of its parts."""
    known = {day: figures for day, figures in nights if figures.get("rooms_louees") is not None}
    gaps = (Gap(day, absent_parts(keys, known[day]) if day in known else ()) for day in days)
    return tuple(gap for gap in gaps if gap.parts or gap.day not in known)


def days_between(start: date, end: date) -> list[date]:
    """The dates from ``start`` to the eve of ``end``."""
    return [start + timedelta(days=number) for number in range((end - start).days)]


def lacking_words(gaps: Iterable[Gap], tonight: Sequence[str] = ()) -> str:
    """« il manque la nuit du 2025-12-02; « nourriture et boisson » la nuit du 2025-12-03 et cette nuit ».

    ``tonight``: the parts that this night lacks itself.
    """
    alike: dict[tuple[str, ...], list[date]] = {}
    for day, parts in gaps:
        alike.setdefault(parts, []).append(day)
    said = {parts: nights_words(days) for parts, days in alike.items()}
    if own := tuple(tonight):
        said[own] = f"{said[own]} et cette nuit" if own in said else "cette nuit"
    lacks = (
        f"{_listed([f'« {MONTH_LABELS[part]} »' for part in parts])} {nights}".strip()
        for parts, nights in sorted(said.items())
    )
    return f"il manque {'; '.join(lacks)}"


def nights_words(days: Sequence[date]) -> str:
    """« les nuits du 2025-12-02 et du 2025-12-03 »; the first ones are named, then counted."""
    named = [f"du {day.isoformat()}" for day in days[:_NAMED]]
    if len(days) == 1:
        return f"la nuit {named[0]}"
    rest = len(days) - _NAMED
    others = [f"{rest} autre{'s' if rest > 1 else ''}"] if rest > 0 else []
    return f"les nuits {_listed([*named, *others])}"


def _listed(said: list[str]) -> str:
    return " et ".join((", ".join(said[:-1]), said[-1])) if len(said) > 1 else "".join(said)


def month_lacks(key: str, values: Values, missing: Mapping[str, Sequence[Gap]]) -> str:
    """Why a figure of the month to date is not known: « il manque la nuit du 2025-12-02 ».

    ``missing`` holds the nights that each sum lacks (``mtd.room_revenue``); nothing is said of a figure that is known.
    """
    sums = MONTH_PARTS[key]
    if f"jour.jour_mtd_{key}" in values:
        return ""
    if gaps := _together(gap for one in sums for gap in missing.get(f"mtd.{one}", ())):
        return lacking_words(gaps, tonight_lacks(sums, values))
    if any(f"previous.mtd.{one}" not in values for one in sums):
        return NO_BASE
    return tonight_words(tonight_lacks(sums, values))


def tonight_lacks(keys: Iterable[str], values: Values) -> tuple[str, ...]:
    """What tonight lacks for these sums; nothing of a night that is still empty: it counts for nothing yet."""
    tonight = _tonight(values)
    return () if tonight["rooms_louees"] is None else absent_parts(keys, tonight)


def tonight_words(parts: Iterable[str]) -> str:
    """« il manque « nourriture et boisson » cette nuit », nothing when nothing lacks."""
    own = tuple(parts)
    return lacking_words((), own) if own else ""


def _tonight(values: Values) -> Values:
    return {key: values.get(f"jour.jour_{key}") for key in SUM_PARTS}


def _together(gaps: Iterable[Gap]) -> list[Gap]:
    """The gaps of several sums, by date: a night that is not there lacks nothing more."""
    found: dict[date, dict[str, None]] = {}
    whole = set()
    for day, parts in gaps:
        found.setdefault(day, {}).update(dict.fromkeys(parts))
        whole |= set() if parts else {day}
    return [Gap(day, () if day in whole else tuple(parts)) for day, parts in sorted(found.items())]


def _added(period: str, nights: list[Values], base: Values) -> Document:
    """Sums of a period; a figure that lacks, or lacks a part, on one of its nights or in its base is left out."""
    sums = {}
    for key, kind in SUMS[period].items():
        zero = Decimal(0) if kind == MONEY else 0
        known = (None if absent_parts((key,), figures) else figures[key] for figures in nights)
        parts = [base.get(key) if base else zero, *known]
        if None not in parts:
            total: Any = sum(parts, zero)  # type: ignore[arg-type]
            sums[key] = money_text(total) if kind == MONEY else total
    return sums
