"""What the book knows of a night beside its figures: who wrote each, when, what stands beside, what may be done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, NamedTuple, Protocol

from utils import dates
from utils.rj.merge import CARRIED, ERASED, IMPORTED, SYNCED, TYPED
from utils.rj.remarks import Remark
from utils.shapes import Document

LETTERS: Final = {TYPED: "S", IMPORTED: "I", SYNCED: "L", CARRIED: "R", "calcule": "="}
WORDS: Final = {
    TYPED: "Saisi",
    IMPORTED: "Importé",
    SYNCED: "Lightspeed",
    CARRIED: "Reporté",
    "calcule": "Calculé",
}


class Source(Protocol):
    """What gave a value."""

    @property
    def kind(self) -> str:
        """Code of the kind."""

    @property
    def at(self) -> str:
        """The instant, ISO; empty when unknown."""

    @property
    def revision(self) -> int | None:
        """The revision of the report."""

    @property
    def report(self) -> str | None:
        """What gave it: a report, or a sheet and a cell of a workbook."""


class Beside(Source, Protocol):
    """A value that stands beside the one of a cell."""

    @property
    def value(self) -> str | int | None:
        """The value, as JSON."""


class Origin(Source, Protocol):
    """Where the value of a cell came from, as the book keeps it."""

    @property
    def by(self) -> int | None:
        """The account that typed it."""

    @property
    def beside(self) -> Beside | None:
        """The other value, until somebody settles."""

    @property
    def kept(self) -> str | int | None:
        """The other value that a person saw and did not take."""


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


_TYPED: Final = Mark(TYPED)


@dataclass(frozen=True, slots=True)
class Marks:
    """The marks of a night, by qualified name of the cell: where its value came from, and what stands beside it.

    ``names`` are those of accounts; ``typed`` are the texts of sums; ``proposals`` wait to be confirmed, in the shape
    of the API; ``remarks`` stand in place of the night's own when another night adds to them; ``expected`` are the
    terminals that lately had an amount, with in how many of the last ``nights``; ``outlets``, ``envelopes`` and
    ``papers`` likewise; ``before`` is, by list, what names its lines of the night before.
    """

    origins: Mapping[str, Origin] = field(default_factory=dict)
    names: Mapping[int, str] = field(default_factory=dict)
    typed: Mapping[str, str] = field(default_factory=dict)
    proposals: Document = field(default_factory=dict)
    remarks: tuple[Remark, ...] | None = None
    expected: Mapping[str, int] = field(default_factory=dict)
    outlets: Mapping[str, int] = field(default_factory=dict)
    envelopes: Mapping[str, int] = field(default_factory=dict)
    papers: Mapping[str, int] = field(default_factory=dict)
    nights: int = 0
    before: Mapping[str, tuple[Document, ...]] = field(default_factory=dict)
    editable: bool = True
    zone: str = "America/Toronto"
    made: dict[tuple[Any, ...], Mark] = field(default_factory=dict, compare=False)
    """A save gives all its cells one origin: each mark is made once."""

    def mark(self, cell: str) -> Mark:
        """The mark of a cell in which a value was given."""
        origin = self.origins.get(cell)
        if origin is None:
            return _TYPED
        told = (origin.kind, origin.at, origin.by, origin.revision, origin.report)
        if told not in self.made:
            self.made[told] = Mark(origin.kind, self.detail(origin, self.typist(origin)))
        return self.made[told]

    def typist(self, origin: Origin) -> str:
        """Who typed a value; empty for one that was not typed."""
        return "" if origin.by is None else self.names.get(origin.by, ERASED)

    def detail(self, source: Source, typist: str = "") -> str:
        """« 02:38, Auditrice », « rév. 5 à 05:03 », or nothing."""
        at = f"{dates.local(datetime.fromisoformat(source.at), self.zone):%H:%M}" if source.at else ""
        if source.kind == IMPORTED and source.report:
            return source.report
        if source.revision is not None:
            return f"rév. {source.revision}" + (f" à {at}" if at else "")
        return ", ".join(part for part in (at, typist) if part)

    def kept(self, cell: str) -> str | int | None:
        """The other value that a person saw and did not take."""
        origin = self.origins.get(cell)
        return None if origin is None else origin.kept
