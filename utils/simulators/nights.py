"""A folder of night files served as a PMS: only what the files say. What they lack is a 404, never invented.

Several files of one date merge tab by tab, field by field; the same field said two ways stops the start.
Amounts of the files are text. The reports are made in ``night_reports``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from utils import dates
from utils.shapes import Document
from utils.simulators.night_reports import BUILDERS

PREVIOUS: Final = "previous"
"""Beside its tabs, what a file says of the night before."""

SEGMENTS: Final = "segments"
"""And the segments that the brand's form adds up."""


class NightFilesError(Exception):
    """The folder cannot be served; a French sentence says which file and why."""


@dataclass(frozen=True)
class NightsHotel:
    """A hotel whose every figure comes from its night files."""

    nights: Mapping[date, Document]
    name: str = "Hôtel des fichiers de nuit"
    property_code: str = "NUITS"
    currency: str = "CAD"
    time_zone: str = "America/Toronto"
    invented: bool = False

    def current_date(self) -> date:
        """The day after the last night."""
        return dates.next_day(max(self.nights))

    def report(self, name: str, day: date) -> Document | None:
        """A report of the figures that are in the files, or nothing when they hold none of it."""
        tabs, build = self.nights.get(day), BUILDERS.get(name)
        return None if tabs is None or build is None else build(tabs, day)


def read_folder(folder: Path) -> NightsHotel:
    """The hotel of a folder; raises ``NightFilesError``."""
    nights: dict[date, Document] = {}
    for path in sorted(folder.glob("*.json")):
        try:
            document = json.loads(path.read_text(encoding="utf-8"), parse_float=str)
            day, tabs = dates.read_date(document["audit_date"]), document["tabs"]
            if not isinstance(tabs, dict):
                raise TypeError
        except (OSError, ValueError, KeyError, TypeError):
            raise NightFilesError(f"{path.name} n’est pas un fichier de nuit.") from None
        segments = document.get("expected", {}).get("dbrs", {}).get("dbrs_market_segments")
        beside = {PREVIOUS: document.get("previous"), SEGMENTS: segments}
        given = {tab: values for tab, values in {**tabs, **beside}.items() if values}
        for tab, values in given.items():
            known = nights.setdefault(day, {}).setdefault(tab, {})
            for field, value in values.items():
                if known.setdefault(field, value) != value:
                    raise NightFilesError(
                        f"{path.name} : « {tab}.{field} » est dit autrement dans un autre fichier de ce jour."
                    )
    if not nights:
        raise NightFilesError(f"Aucun fichier de nuit (*.json) dans {folder}.")
    return NightsHotel(nights)
