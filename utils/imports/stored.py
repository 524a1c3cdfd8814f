"""The nights of a month as JSON, between the moment they are read and the moment somebody accepts them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from utils.imports.figures import BookNight, Figure, Result
from utils.imports.places import Place
from utils.shapes import Document


class ReadNight(NamedTuple):
    """A night of a month, and the digest of the workbook that each of its cells was read in."""

    night: BookNight
    digests: dict[Place, str]


def as_document(nights: Iterable[ReadNight]) -> list[Document]:
    """The nights as JSON."""
    return [
        {
            "date": night.day.isoformat(),
            "bloc": dict(night.block),
            "chiffres": [
                [one.field, one.value, one.line, one.part, *one.place, digests.get(one.place, "")]
                for one in night.figures
            ],
            "resultats": {
                name: [None if one.value is None else str(one.value), *one.place, digests.get(one.place, "")]
                for name, one in night.results.items()
            },
        }
        for night, digests in nights
    ]


def from_document(document: Iterable[Document]) -> list[ReadNight]:
    """The nights of such a document."""
    found = []
    for kept in document:
        night, digests = BookNight(date.fromisoformat(kept["date"]), block=kept["bloc"]), dict[Place, str]()
        for field, value, line, part, sheet, cell, digest in kept["chiffres"]:
            place = Place(sheet, cell)
            digests[place] = digest
            night.figures.append(Figure(field, value, place, line, part))
        for name, (text, sheet, cell, digest) in kept["resultats"].items():
            place = Place(sheet, cell)
            digests[place] = digest
            night.results[name] = Result(None if text is None else Decimal(text), place)
        found.append(ReadNight(night, digests))
    return found


def joined(kept: list[ReadNight], digests: set[str], read: list[ReadNight]) -> list[ReadNight]:
    """The nights of two books of one month: of those kept, only what these digests gave; new figures win."""
    found = {one.night.day: one for one in read}
    for night, places in kept:
        mine = {place: digest for place, digest in places.items() if digest in digests}
        figures = [one for one in night.figures if one.place in mine]
        results = {name: one for name, one in night.results.items() if one.place in mine}
        if not figures and not results:
            continue
        whole, known = found.setdefault(night.day, ReadNight(BookNight(night.day), {}))
        given = {(one.field, one.line, one.part) for one in whole.figures}
        whole.figures.extend(one for one in figures if (one.field, one.line, one.part) not in given)
        whole.results = {**results, **whole.results}
        whole.block = {**night.block, **whole.block}
        known.update(mine)
    return [found[day] for day in sorted(found)]
