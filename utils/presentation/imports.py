"""What a page shows of imports: the months, and for one of them its nights, what differs and what was left aside."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final, NamedTuple, Protocol

from utils import french
from utils.presentation.states import State
from utils.presentation.words import typographic
from utils.rj.catalogue import FIELDS
from utils.rj.declaration import COUNT, PERCENT
from utils.shapes import Document

PROPOSED, ENTERED, UNDONE = "propose", "importe", "defait"
STATES: Final = {
    PROPOSED: State("half", "proposé", "wait"),
    ENTERED: State("ok", "importé", "ok"),
    UNDONE: State("dash", "défait"),
}
KINDS: Final = {"rj": "RJ", "sd": "SD"}


class Kept(Protocol):
    """An import as the book keeps it."""

    @property
    def id(self) -> int:
        """Its id."""

    @property
    def month(self) -> date:
        """The first day of its month."""

    @property
    def status(self) -> str:
        """Its state."""

    @property
    def files(self) -> list[Any]:
        """Its files."""

    @property
    def nights(self) -> int:
        """How many nights it brings."""

    @property
    def created_at(self) -> datetime:
        """When it was read."""

    @property
    def created_by(self) -> int | None:
        """By whom."""

    @property
    def entered_at(self) -> datetime | None:
        """When it entered."""

    @property
    def entered_by(self) -> int | None:
        """By whom."""

    @property
    def undone_at(self) -> datetime | None:
        """When it was undone."""

    @property
    def undone_by(self) -> int | None:
        """By whom."""


class Month(NamedTuple):
    """A line of the list: a month, its files, how many nights, its state, and who did the last thing, when."""

    id: int
    title: str
    files: str
    nights: int
    state: State
    status: str
    who: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Difference:
    """A figure on which the workbook and ours differ, as a person reads it."""

    night: str
    label: str
    book: str
    ours: str
    reason: str
    place: str


class Day(NamedTuple):
    """A night of the month: how many figures it has, how many differ, why it does not enter."""

    night: str
    figures: int
    differences: int
    conflict: str


@dataclass(frozen=True, slots=True)
class Detail:
    """All there is to read of an import."""

    month: Month
    hotel: str
    files: tuple[tuple[str, str, str], ...]
    days: tuple[Day, ...]
    notes: tuple[tuple[str, str], ...]
    differences: tuple[Difference, ...]

    @property
    def conflicts(self) -> int:
        """How many nights stay as they are."""
        return sum(bool(one.conflict) for one in self.days)


def month_of(kept: Kept, names: Mapping[int, str]) -> Month:
    """A line of the list."""
    last = {
        PROPOSED: (kept.created_by, kept.created_at),
        ENTERED: (kept.entered_by, kept.entered_at),
        UNDONE: (kept.undone_by, kept.undone_at),
    }
    who, at = last[kept.status]
    return Month(
        kept.id,
        title_of(kept.month),
        ", ".join(KINDS[one["genre"]] for one in kept.files),
        kept.nights,
        STATES[kept.status],
        kept.status,
        names.get(who or 0, "ligne de commande"),
        at or kept.created_at,
    )


def title_of(month: date) -> str:
    """A month as people write it.

    >>> title_of(date(2025, 12, 1))
    'Décembre 2025'
    """
    return f"{french.MONTHS[month.month - 1].capitalize()} {month.year}"


def detail_of(kept: Kept, document: Document, names: Mapping[int, str]) -> Detail:
    """All there is to read of an import; one that was undone has nothing left."""
    return Detail(
        month_of(kept, names),
        document.get("hotel", ""),
        tuple((one["nom"], KINDS[one["genre"]], one["empreinte"]) for one in kept.files),
        tuple(Day(*one) for one in document.get("jours", ())),
        tuple((place, sentence) for _, place, sentence in document.get("notes", ())),
        tuple(
            Difference(
                day,
                typographic(FIELDS[name].label) if name in FIELDS else name,
                figure(name, book),
                figure(name, ours),
                reason,
                place,
            )
            for day, name, book, ours, reason, place in document.get("ecarts", ())
        ),
    )


def figure(name: str, text: str | None) -> str:
    """A figure of a field as a person reads it.

    >>> figure("jour.jour_nb_clients", "135"), figure("jour.jour_adr", None)
    ('135', 'absent')
    """
    if text is None:
        return "absent"
    kind = FIELDS[name].kind if name in FIELDS else ""
    if kind == COUNT:
        return french.count(int(text))
    return french.percent(Decimal(text)) if kind == PERCENT else french.money(Decimal(text))
