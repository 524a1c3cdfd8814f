"""What the book knows of a night beside its figures: who wrote each, when, what stands beside, what may be done."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, NamedTuple

from utils import dates
from utils.rj.merge import CARRIED, IMPORTED, SYNCED, TYPED
from utils.rj.remarks import Remark

LETTERS: Final = {TYPED: "S", IMPORTED: "I", SYNCED: "L", CARRIED: "R", "calcule": "="}
WORDS: Final = {
    TYPED: "Saisi",
    IMPORTED: "Importé",
    SYNCED: "Lightspeed",
    CARRIED: "Reporté",
    "calcule": "Calculé",
}

_TOLD: Final = ("genre", "a", "par", "revision")
_NOWHERE: Final[Mapping[str, Any]] = {}


class Mark(NamedTuple):
    """Where a figure came from: a letter, a word, a detail (« 02:38, Auditrice », « rév. 5 à 05:03 »)."""

    kind: str
    detail: str = ""

    @property
    def letter(self) -> str:
        """The letter of the ledger's folio."""
        return LETTERS[self.kind]

    @property
    def word(self) -> str:
        """The word beside the letter."""
        return WORDS[self.kind]


@dataclass(frozen=True, slots=True)
class Marks:
    """The marks of a night, by qualified name of the cell, as the API gives them (kind, who, when, what beside).

    ``typed`` are the texts of sums; ``proposals`` wait to be confirmed, in the shape of the API; ``remarks`` stand in
    place of the night's own when another night adds to them; ``expected`` are the terminals that lately had an amount.
    """

    origins: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    typed: Mapping[str, str] = field(default_factory=dict)
    proposals: Mapping[str, Any] = field(default_factory=dict)
    remarks: tuple[Remark, ...] | None = None
    expected: Collection[str] = ()
    editable: bool = True
    zone: str = "America/Toronto"
    made: dict[tuple[Any, ...], Mark] = field(default_factory=dict, compare=False)
    """A save gives all its cells one origin: each mark is made once."""

    def mark(self, cell: str) -> Mark:
        """The mark of a cell in which a value was given."""
        origin = self.origins.get(cell, _NOWHERE)
        told = tuple(map(origin.get, _TOLD))
        if told not in self.made:
            self.made[told] = Mark(origin.get("genre", TYPED), self.detail(origin))
        return self.made[told]

    def detail(self, origin: Mapping[str, Any]) -> str:
        """« 02:38, Auditrice », « rév. 5 à 05:03 », or nothing."""
        at = self.clock(origin.get("a"))
        if origin.get("revision") is not None:
            return f"rév. {origin['revision']}" + (f" à {at}" if at else "")
        return ", ".join(part for part in (at, origin.get("par") or "") if part)

    def clock(self, at: datetime | str | None) -> str:
        """Hour and minute on the hotel's clock; empty when unknown."""
        if at is None:
            return ""
        moment = datetime.fromisoformat(at) if isinstance(at, str) else at
        return f"{dates.local(moment, self.zone):%H:%M}"

    def kept(self, cell: str) -> str | int | None:
        """The other value that a person saw and did not take."""
        found: str | int | None = self.origins.get(cell, {}).get("garde")
        return found
