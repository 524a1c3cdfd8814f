"""Indicators of the night by the house's and by USALI's definitions, always labelled with their basis (section F)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from utils.rj.calculate import Night
from utils.rj.catalogue import FIELDS
from utils.rj.declaration import Field
from utils.rj.writing import written
from utils.shapes import Document

BOTH: Final = "maison et USALI"
HOUSE: Final = "maison"
USALI: Final = "USALI"
_TABLE: Final = (
    ("Chambres occupées", "jour_rooms_occupees", HOUSE, "simple + double + suite, complimentaires comprises"),
    ("Chambres louées", "jour_rooms_louees", BOTH, "occupées − complimentaires"),
    ("Chambres disponibles", "jour_rooms_disponibles", BOTH, "les hors d'usage ordinaires restent comptées"),
    ("% louées", "jour_occupancy_rate", BOTH, "louées ÷ disponibles (occupation payante)"),
    ("% occupées", "jour_pct_occupees", BOTH, "occupées ÷ disponibles (occupation totale)"),
    ("Occupation opérationnelle", "jour_occ_operationnelle", HOUSE, "louées ÷ (disponibles − hors d'usage)"),
    ("Moyenne/chambre (ADR)", "jour_adr", BOTH, "chambres ÷ louées"),
    ("REVCD (RevPAR)", "jour_revpar", BOTH, "chambres ÷ disponibles"),
    ("Moyenne/client", "jour_moyenne_client", HOUSE, "chambres ÷ clients"),
    ("TRevPAR", "jour_trevpar", USALI, "total des revenus ÷ disponibles"),
    ("N&B par client", "jour_fb_par_client", HOUSE, "nourriture et boisson ÷ clients"),
)
_TO_DATE: Final = {
    "jour_occupancy_rate": ("jour_mtd_occupancy_rate", "jour_ytd_occupancy_rate"),
    "jour_pct_occupees": ("jour_mtd_pct_occupees", None),
    "jour_adr": ("jour_mtd_adr", "jour_ytd_adr"),
    "jour_revpar": ("jour_mtd_revpar", "jour_ytd_revpar"),
    "jour_moyenne_client": ("jour_mtd_moyenne_client", None),
    "jour_rooms_louees": ("jour_mtd_rooms_louees", "jour_ytd_rooms_louees"),
    "jour_rooms_occupees": ("jour_mtd_rooms_occupees", None),
    "jour_rooms_disponibles": ("jour_mtd_rooms_disponibles", "jour_ytd_rooms_disponibles"),
}


@dataclass(frozen=True, slots=True)
class Indicator:
    """One figure: label, basis, definition, field, value tonight, month and year to date (``None`` when absent)."""

    label: str
    basis: str
    definition: str
    field: Field
    tonight: Any
    month: Any
    year: Any

    def as_json(self) -> Document:
        """Keys as the API shows them; absent figures have no key."""
        figures = {"nuit": self.tonight, "mois": self.month, "annee": self.year}
        shown = {key: written(self.field, value) for key, value in figures.items() if value is not None}
        return {"libelle": self.label, "base": self.basis, "definition": self.definition, **shown}


def indicators(night: Night) -> tuple[Indicator, ...]:
    """The indicators of a night, in the order of the report."""

    def value(key: str | None) -> Any:
        return night.values.get(f"jour.{key}") if key else None

    return tuple(
        Indicator(label, basis, said, FIELDS[f"jour.{key}"], value(key), *map(value, _TO_DATE.get(key, (None, None))))
        for label, key, basis, said in _TABLE
    )
