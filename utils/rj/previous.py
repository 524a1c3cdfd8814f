"""The block carried from the night before: read once, then known to the formulas as ``previous.…``."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, Final

from utils.rj.declaration import COUNT, DATE, MONEY, TEXT
from utils.rj.reading import ABSENT, Reader, joined
from utils.rj.settings import read_line, read_terminals
from utils.rj.tabs.jour_statistics import MONTH_SUMS, YEAR_SUMS
from utils.shapes import Values

MONEY_KEYS: Final = (
    *("jour_new_balance", "jour_guest_ledger", "jour_diff_caisse_residu"),
    *("geac_newbal_gl", "geac_ar_new_balance"),
)
SUMS: Final = {
    "mtd": {key: kind for key, _, kind, _ in MONTH_SUMS},
    "ytd_avant_mois": {key: kind for key, _, kind, _ in YEAR_SUMS},
}
_DUEBACK: Final = (("name", TEXT, ()), ("nouveau", MONEY, ()))


def read_previous(document: Any, reader: Reader, path: str = "previous") -> Values:
    """Values of the block by their key, ``mtd.room_revenue`` for a sum; problems go to the reader."""
    values = {}
    for key, given in ({} if document in ABSENT else reader.object(document, path)).items():
        if given in ABSENT:
            continue
        where = joined(path, key)
        if key in MONEY_KEYS:
            values[key] = reader.value(MONEY, given, where)
        elif key in SUMS:
            values |= _sums(key, given, reader, where)
        elif key == "audit_date":
            values[key] = reader.value(DATE, given, where)
        elif key == "dueback":
            values[key] = tuple(
                read_line(entry, _DUEBACK, reader, f"{where}[{i}]")
                for i, entry in enumerate(reader.lines(given, where, "Due backs de la veille"))
            )
        elif key == "transelect_terminals":
            values |= {key: terminals} if (terminals := read_terminals(given, reader, where)) else {}
        else:
            reader.refuse(where, "Champ inconnu.")
    return values


def _sums(period: str, given: Any, reader: Reader, path: str) -> Values:
    values = {}
    for key, value in reader.object(given, path).items():
        if key not in SUMS[period]:
            reader.refuse(joined(path, key), "Champ inconnu.")
        elif value not in ABSENT:
            kind = MONEY if SUMS[period][key] == MONEY else "whole"
            values[f"{period}.{key}"] = reader.value(kind, value, joined(path, key))
    return values


def bases(day: date, previous: Values) -> Values:
    """The block as the formulas read it tonight: on the 1st the month starts at zero, in January the year does."""
    values = {f"previous.{key}": value for key, value in previous.items()}
    for period, starts in (("mtd", day.day == 1), ("ytd_avant_mois", day.month == 1)):
        if starts:
            zeros = {MONEY: Decimal(0), COUNT: 0}
            values |= {f"previous.{period}.{key}": zeros[kind] for key, kind in SUMS[period].items()}
    return values
