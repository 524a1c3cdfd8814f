"""Files read into proposals, a month each: nothing of them is in the book until somebody accepts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final, NamedTuple

from sqlalchemy import Connection

from database import imports, properties
from database.properties import Hotel
from database.transaction import read, write
from utils.actions.imports.planned import PlannedNight, planned_nights
from utils.actions.person import Person
from utils.actions.refusals import Forbidden
from utils.dates import local
from utils.imports.figures import BookMonth
from utils.imports.flaws import Flaw, UnusableBook
from utils.imports.read import merged, nights_of, read_month
from utils.imports.stored import as_document
from utils.rj.writing import nested
from utils.shapes import Document
from utils.text import plain, unaccented

KEPT: Final = timedelta(days=7)
"""How long a proposal waits for somebody."""

_NAME: Final = 120
_COMMON: Final = frozenset({"hotel", "the", "and", "les", "des", "sur", "demonstration", "inn", "suites"})


class Sent(NamedTuple):
    """A file that was dropped: its name, only to speak of it, and its bytes."""

    name: str
    data: bytes


class RefusedFile(NamedTuple):
    """A file that is refused whole, with what is wrong in it."""

    name: str
    flaws: tuple[Flaw, ...]


@dataclass(slots=True)
class MonthRead:
    """A month of one or two files: its nights as they would enter, and what must be said of it."""

    month: date
    books: list[BookMonth]
    names: dict[str, str]
    nights: list[PlannedNight] = field(default_factory=list)
    id: int = 0

    @property
    def files(self) -> list[Document]:
        """The files as the book keeps them."""
        return [{"nom": self.names[one.digest], "empreinte": one.digest, "genre": one.kind} for one in self.books]

    @property
    def entering(self) -> list[PlannedNight]:
        """The nights that would enter."""
        return [one for one in self.nights if not one.conflict]


@dataclass(slots=True)
class Dropped:
    """What became of files: months that may enter, files refused, names of files that entered already."""

    months: list[MonthRead]
    refused: list[RefusedFile]
    known: dict[str, date]


def propose(person: Person, files: Iterable[Sent], at: datetime) -> Dropped:
    """Read files and keep a proposal a month, in place of an earlier one of the same month."""
    found = look(person, files, at)
    with write() as connection:
        imports.forget_proposals(connection, person.property_id, at - KEPT)
        for one in found.months:
            imports.forget_proposals(connection, person.property_id, at, one.month)
            document = {
                **said_of(one, properties.property_by_id(connection, person.property_id)),
                "nuits": as_document(night.read for night in one.nights),
                "annee": dict(next((book.year_before for book in one.books if book.year_before), {})),
            }
            values = {"nights": len(one.entering), "created_at": at, "created_by": person.user_id or None}
            one.id = imports.propose(connection, person.property_id, one.month, one.files, document, values)
    return found


def look(person: Person, files: Iterable[Sent], at: datetime) -> Dropped:
    """Read files and say what each month would bring; writes nothing at all."""
    if not person.may("importer"):
        raise Forbidden("Votre rôle ne permet pas d’importer des classeurs.")
    with read() as connection:
        hotel = properties.property_by_id(connection, person.property_id)
        known = imports.entered_digests(connection, hotel.id)
    dropped = Dropped([], [], {})
    books: list[BookMonth] = []
    names: dict[str, str] = {}
    today = local(at, hotel.time_zone).date()
    for name, data in files:
        shown = plain(name)[-_NAME:] or "classeur"
        try:
            book = read_month(data, today)
        except UnusableBook as refusal:
            dropped.refused.append(RefusedFile(shown, tuple(refusal.flaws)))
            continue
        if book.digest in known:
            dropped.known[shown] = known[book.digest]
        else:
            books.append(book)
            names[book.digest] = shown
    try:
        by_month = merged(books)
    except UnusableBook as refusal:
        dropped.refused.append(RefusedFile(", ".join(names.values()), tuple(refusal.flaws)))
        return dropped
    with read() as connection:
        for month, mine in by_month.items():
            _plan(connection, hotel, MonthRead(month, mine, names), dropped)
    return dropped


def _plan(connection: Connection, hotel: Hotel, month: MonthRead, dropped: Dropped) -> None:
    """The nights of a month; one that breaks a rule refuses its files."""
    before = next((book.year_before for book in month.books if book.year_before), {})
    month.nights = planned_nights(connection, hotel, nights_of(month.books), before)
    flaws = tuple(flaw for night in month.nights for flaw in night.flaws)
    if flaws:
        names = ", ".join(str(one["nom"]) for one in month.files)
        dropped.refused.append(RefusedFile(names, flaws))
    else:
        dropped.months.append(month)


def said_of(month: MonthRead, hotel: Hotel) -> Document:
    """What a person reads of a month before and after it entered."""
    read_in = next((book.hotel for book in month.books if book.hotel), "")
    notes = [[str(place or ""), sentence] for book in month.books for place, sentence in book.notes]
    if read_in and not _words(read_in) & _words(hotel.name):
        notes.insert(0, ["", f"Le classeur est celui de « {read_in} », et cet hôtel est « {hotel.name} » : vérifier."])
    return {
        "hotel": read_in,
        "notes": notes,
        "conflits": [[night.day.isoformat(), night.conflict] for night in month.nights if night.conflict],
        "ecarts": [
            [night.day.isoformat(), *gap] for night in month.nights for gap in night.gaps
        ],
        "jours": [
            [night.day.isoformat(), len(night.read.night.figures), len(night.gaps), night.conflict]
            for night in month.nights
        ],
    }


def _words(name: str) -> set[str]:
    letters = "".join(one if one.isalnum() else " " for one in unaccented(name).casefold())
    return {word for word in letters.split() if len(word) > 2} - _COMMON  # noqa: PLR2004 - articles


def as_json(dropped: Dropped) -> Document:
    """The shape of the dry run on the command line."""
    nights = []
    for month in dropped.months:
        for one in month.nights:
            tabs: Document = {}
            for tab, inputs in one.read.night.inputs().items():
                for key, value in inputs.items():
                    nested(tabs.setdefault(tab, {}), key, _without_ids(key, value))
            nights.append(
                {
                    "date": one.day.isoformat(),
                    "tabs": tabs,
                    "conflits": [one.conflict] if one.conflict else [],
                    "ecarts": [gap.as_json() for gap in one.gaps],
                }
            )
    refused = [
        {"fichier": file.name, "feuille": flaw.sheet, "cellule": flaw.cell, "message": flaw.message}
        for file in dropped.refused
        for flaw in file.flaws
    ]
    return {"nuits": nights, "refus": refused}


def _without_ids(key: str, value: object) -> object:
    """Lines as a night file has them; the terminals keep their ids, which name them."""
    if key == "transelect_terminals" or not isinstance(value, list):
        return value
    return [{name: one for name, one in line.items() if name != "id"} if isinstance(line, dict) else line for line in value]
