"""The hotel's own workbook with a night of the book in it; nothing is kept here."""

from __future__ import annotations

from datetime import date
from typing import Final, NamedTuple

from utils.actions.person import Person
from utils.actions.reading import night_view
from utils.actions.reports.export import XLSX_TYPE, File
from utils.imports.flaws import UnusableBook as Refused
from utils.reports.hotel_book import Filled, fill

__all__ = ["Refused", "fill_hotel_book"]

_MACROS: Final = "application/vnd.ms-excel.sheet.macroEnabled.12"


class Given(NamedTuple):
    """The file to give back, and what was written in it."""

    file: File
    filled: Filled


def fill_hotel_book(person: Person, day: date, name: str, data: bytes) -> Given:
    """The file with the input cells of the night; raises ``NoSuchNight`` and ``Refused``, which names each cell.

    It keeps the ending of its name: a workbook with macros is not given back as one without.
    """
    filled = fill(data, night_view(person, day).night)
    ending = "xlsm" if name.lower().endswith(".xlsm") else "xlsx"
    kind = _MACROS if ending == "xlsm" else XLSX_TYPE
    return Given(File(f"rj-{day.isoformat()}.{ending}", kind, filled.content), filled)
