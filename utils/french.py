"""French of Québec: how a figure or a date is shown. No-break space for thousands, comma, true minus sign."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Final

NBSP: Final = "\N{NO-BREAK SPACE}"
MINUS: Final = "\N{MINUS SIGN}"
DAYS: Final = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
MONTHS: Final = (
    *("janvier", "février", "mars", "avril", "mai", "juin"),
    *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
)
_FOREIGN: Final = str.maketrans({",": NBSP, ".": ",", "-": MINUS})


def number(value: Decimal | int, places: int = 2) -> str:
    """``1 234,56``; a value of more decimals than ``places`` keeps them, nothing is rounded."""
    exponent = value.as_tuple().exponent if isinstance(value, Decimal) else 0
    decimals = max(places, -exponent if isinstance(exponent, int) else 0)
    return f"{value or 0:,.{decimals}f}".translate(_FOREIGN)


def money(value: Decimal) -> str:
    """``1 234,56 $``."""
    return number(value) + NBSP + "$"


def percent(value: Decimal) -> str:
    """``29,37 %``, of a value in points."""
    return number(value) + NBSP + "%"


def count(value: int) -> str:
    """``1 234``."""
    return number(value, 0)


def counted(value: int, one: str, several: str) -> str:
    """``1 nuit``, ``1 234 nuits``; zero takes the singular."""
    return f"{count(value)} {several if value > 1 else one}"


def duration(minutes: int) -> str:
    """``50 min``, ``2 h``, ``2 h 05``."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{rest}{NBSP}min"
    return f"{count(hours)}{NBSP}h" + (f"{NBSP}{rest:02d}" if rest else "")


def long_date(day: date) -> str:
    """``mardi 23 décembre 2025``."""
    first = "1er" if day.day == 1 else str(day.day)
    return f"{DAYS[day.weekday()]} {first} {MONTHS[day.month - 1]} {day.year}"


def typographic(text: str) -> str:
    """The same text with the French apostrophe."""
    return text.replace("'", "’")


def clock(moment: datetime) -> str:
    """``03:12:07``, of a datetime already on the local clock."""
    return f"{moment:%H:%M:%S}"
