"""Files read into proposals, a month each: nothing of them is in the book until somebody accepts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
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
from utils.imports.stored import ReadNight, as_document, from_document, joined
from utils.rj.writing import nested
from utils.shapes import Document, Values
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


@dataclass(frozen=True, slots=True)
class MonthRead:
    """A month of one or two files as it would enter.

    ``files`` are ``{nom, empreinte, genre}``, ``notes`` the digest of a file, a cell or nothing, and a sentence.
    """

    month: date
    files: list[Document]
    hotel: str
    notes: list[list[str]]
    year_before: Values
    read: list[ReadNight]
    nights: tuple[PlannedNight, ...] = ()

    @property
    def entering(self) -> list[PlannedNight]:
        """The nights that would enter."""
        return [one for one in self.nights if not one.conflict]


@dataclass(slots=True)
class Dropped:
    """What became of files: months that may enter, files refused, names of files that entered already."""

    months: list[MonthRead] = field(default_factory=list)
    refused: list[RefusedFile] = field(default_factory=list)
    known: dict[str, date] = field(default_factory=dict)


def propose(person: Person, files: Iterable[Sent], at: datetime) -> Dropped:
    """Read files and keep a proposal a month, beside what another kind of book already proposes for it."""
    found = look(person, files, at)
    with write() as connection:
        hotel = properties.property_by_id(connection, person.property_id)
        imports.forget_proposals(connection, hotel.id, at - KEPT)
        for position, one in enumerate(found.months):
            found.months[position] = month = _with_other_half(connection, hotel, one)
            imports.forget_proposals(connection, hotel.id, at, month.month)
            document = {
                **said_of(month, hotel),
                "nuits": as_document(month.read),
                "annee": dict(month.year_before),
            }
            values = {"nights": len(month.entering), "created_at": at, "created_by": person.user_id or None}
            imports.propose(connection, hotel.id, month.month, month.files, document, values)
    return found


def look(person: Person, files: Iterable[Sent], at: datetime) -> Dropped:
    """Read files and say what each month would bring; writes nothing at all."""
    if not person.may("importer"):
        raise Forbidden("Votre rôle ne permet pas d’importer des classeurs.")
    with read() as connection:
        hotel = properties.property_by_id(connection, person.property_id)
        known = imports.entered_digests(connection, hotel.id)
    dropped, today = Dropped(), local(at, hotel.time_zone).date()
    books: list[BookMonth] = []
    names: dict[str, str] = {}
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
            planned = _planned(connection, hotel, _month_of(month, mine, names))
            flaws = tuple(flaw for night in planned.nights for flaw in night.flaws)
            if flaws:
                shown = ", ".join(str(one["nom"]) for one in planned.files)
                dropped.refused.append(RefusedFile(shown, flaws))
            else:
                dropped.months.append(planned)
    return dropped


def _month_of(month: date, books: list[BookMonth], names: dict[str, str]) -> MonthRead:
    return MonthRead(
        month,
        [{"nom": names[one.digest], "empreinte": one.digest, "genre": one.kind} for one in books],
        next((one.hotel for one in books if one.hotel), ""),
        [[one.digest, str(place or ""), sentence] for one in books for place, sentence in one.notes],
        next((one.year_before for one in books if one.year_before), {}),
        nights_of(books),
    )


def _planned(connection: Connection, hotel: Hotel, month: MonthRead) -> MonthRead:
    return replace(month, nights=tuple(planned_nights(connection, hotel, month.read, month.year_before)))


def _with_other_half(connection: Connection, hotel: Hotel, month: MonthRead) -> MonthRead:
    """The month with the book of the other kind that was dropped before and that nobody accepted yet."""
    kinds = {one["genre"] for one in month.files}
    for kept in imports.proposals_of(connection, hotel.id, month.month):
        others = [one for one in kept.files if one["genre"] not in kinds]
        digests = {one["empreinte"] for one in others}
        if not others:
            continue
        document = imports.document_of(connection, kept.id)
        half = MonthRead(
            month.month,
            [*others, *month.files],
            month.hotel or document["hotel"],
            [*(note for note in document["notes"] if note[0] in digests), *month.notes],
            month.year_before or (document["annee"] if any(one["genre"] == "rj" for one in others) else {}),
            joined(from_document(document["nuits"]), digests, month.read),
        )
        planned = _planned(connection, hotel, half)
        if not any(night.flaws for night in planned.nights):
            return planned
    return month


def said_of(month: MonthRead, hotel: Hotel) -> Document:
    """What a person reads of a month before and after it entered."""
    notes = list(month.notes)
    if month.hotel and not _words(month.hotel) & _words(hotel.name):
        said = f"Le classeur est celui de « {month.hotel} », et cet hôtel est « {hotel.name} » : vérifier."
        notes.insert(0, ["", "", said])
    return {
        "hotel": month.hotel,
        "notes": notes,
        "ecarts": [[night.day.isoformat(), *gap] for night in month.nights for gap in night.gaps],
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
    nights = [
        {
            "date": one.day.isoformat(),
            "tabs": _night_file_tabs(one),
            "conflits": [one.conflict] if one.conflict else [],
            "ecarts": [gap.as_json() for gap in one.gaps],
        }
        for month in dropped.months
        for one in month.nights
    ]
    refused = [
        {"fichier": file.name, "feuille": flaw.sheet, "cellule": flaw.cell, "message": flaw.message}
        for file in dropped.refused
        for flaw in file.flaws
    ]
    return {"nuits": nights, "refus": refused}


def _night_file_tabs(one: PlannedNight) -> Document:
    """The figures as a night file has them: nested keys, lines without the ids that the book gives them."""
    tabs: Document = {}
    for tab, inputs in one.read.night.inputs().items():
        for key, value in inputs.items():
            lines = isinstance(value, list) and key != "transelect_terminals"
            given = [
                {name: part for name, part in line.items() if name != "id"} if isinstance(line, dict) else line
                for line in (value if lines else ())
            ]
            nested(tabs.setdefault(tab, {}), key, given if lines else value)
    return tabs
