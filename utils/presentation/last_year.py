"""The table of the RJ that sets tonight and the month beside the same month a year ago."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, Final, NamedTuple

from utils import french
from utils.money import r2
from utils.rj.calculate import Night
from utils.shapes import Values

COUNT, MONEY, PERCENT = "compte", "montant", "pourcent"
_ROWS: Final = (
    ("Chambres", "room_revenue", MONEY),
    ("Nourriture et boisson", "total_fb", MONEY),
    ("Total des revenus", "total_revenue", MONEY),
    ("Différence de caisse", "diff_caisse", MONEY),
    ("Chambres louées", "rooms_louees", COUNT),
    ("Chambres occupées", "rooms_occupees", COUNT),
    ("Chambres disponibles", "rooms_disponibles", COUNT),
    ("Clients", "nb_clients", COUNT),
)
_RATIOS: Final = (
    ("% louées", "occupancy_rate", "rooms_louees", "rooms_disponibles", PERCENT),
    ("Moyenne par chambre (ADR)", "adr", "room_revenue", "rooms_louees", MONEY),
    ("REVCD", "revpar", "room_revenue", "rooms_disponibles", MONEY),
)
_UNCOMPARED: Final = frozenset({"diff_caisse", "rooms_disponibles"})
"""Of a difference that should be nil, or of an inventory, a progress says nothing."""


class Row(NamedTuple):
    """A line of the table, each figure as a person reads it, empty when it is absent."""

    label: str
    tonight: str
    month: str
    last_year: str
    gap: str


class Beside(NamedTuple):
    """The table: what heads the column of the year before, and its lines; none when that year has nothing."""

    title: str
    rows: list[Row]


def beside(night: Night, day: date, before: Values) -> Beside:
    """The table of a night; ``before`` are the sums of the month of a year ago, to the date ``day``."""
    values, found = night.values, list[Row]()
    for label, key, kind in _ROWS:
        month, past = values.get(f"jour.jour_mtd_{key}"), before.get(key)
        gap = "" if key in _UNCOMPARED else _gap(month, past)
        tonight = _said(kind, values.get(f"jour.jour_{key}"))
        found.append(Row(label, tonight, _said(kind, month), _said(kind, past), gap))
    for label, key, over, under, kind in _RATIOS:
        month, past = values.get(f"jour.jour_mtd_{key}"), ratio(before, over, under, kind)
        tonight = _said(kind, values.get(f"jour.jour_{key}"))
        found.append(Row(label, tonight, _said(kind, month), _said(kind, past), _gap(month, past)))
    return Beside(title_of(day), found if before else [])


def title_of(day: date) -> str:
    """What the column says: « Décembre 2025, au 23 ».

    >>> title_of(date(2025, 12, 23))
    'Décembre 2025, au 23'
    """
    return f"{french.MONTHS[day.month - 1].capitalize()} {day.year}, au {day.day}"


def ratio(sums: Values, over: str, under: str, kind: str) -> Decimal | None:
    """A figure of a period made of two of its sums, rounded once; nothing when one of them is absent."""
    if over not in sums or not sums.get(under):
        return None
    return r2(Decimal(sums[over]) / Decimal(sums[under]) * (100 if kind == PERCENT else 1))


def _gap(month: Any, past: Any) -> str:  # noqa: ANN401 - figures, or none
    if month is None or not past or past < 0:
        return ""
    return french.percent(r2((Decimal(month) - Decimal(past)) / Decimal(past) * 100))


def _said(kind: str, value: Any) -> str:  # noqa: ANN401 - a figure, or none
    if value is None:
        return ""
    if kind == COUNT:
        return french.count(int(value))
    return french.percent(value) if kind == PERCENT else french.money(value)
