"""A submission as a person reads it: what left, figure by figure, beside the field of the night that it repeats."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import Any, Final, NamedTuple

from database import marsha
from database.marsha import Exchange, Sent
from database.transaction import read
from utils.actions.marsha.submit import gap_sentence
from utils.actions.person import Person
from utils.actions.state import need_night
from utils.marsha.transform import FIGURES
from utils.rj.catalogue import FIELDS
from utils.shapes import Document, Values

_SEGMENT: Final = "dbrs.dbrs_{}_{}"


class SentLine(NamedTuple):
    """A figure that left, the field it repeats, what the field says now."""

    field: str
    label: str
    sent: str | int | None
    now: Any
    kind: str


class Reproach(NamedTuple):
    """What is wrong with a submission, and the field where it is corrected, when one is known."""

    sentence: str
    field: str | None
    label: str


class SentForm(NamedTuple):
    """A submission: its lines, the nights to come that went with it, what is reproached to it, its exchanges."""

    sent: Sent
    lines: list[SentLine]
    books: Document
    reproaches: list[Reproach]
    exchanges: list[Exchange]
    sequences: list[int]


def form_of(person: Person, day: date, wanted: str = "") -> SentForm | None:
    """The latest submission of a date, or the sequence that is wanted; raises ``NoSuchNight``."""
    with read() as connection:
        state = need_night(connection, person.property_id, day)
        found = marsha.of_date(connection, person.property_id, day)
        exchanges = marsha.exchanges(connection, person.property_id, day)
    sent = next((one for one in found if wanted in ("", str(one.sequence))), None)
    if sent is None:
        return None
    document = json.loads(sent.body) if sent.body else {}
    values = state.night.values
    lines = [
        _line(_SEGMENT.format(one["code"], name), one.get(name), values)
        for one in document.get("segments", ())
        for name in ("rooms", "revenue", "adr")
    ]
    for figure in FIGURES:
        holder: Any = document
        for key in figure.place.split("."):
            holder = holder.get(key) if isinstance(holder, dict) else None
        lines.append(_line(figure.source, holder, values))
    lines = [line for line in lines if line.sent is not None or line.now is not None]
    books = document.get("onTheBooks", {})
    sequences = [one.sequence for one in found]
    return SentForm(sent, lines, books, list(reproaches(sent)), exchanges, sequences)


def _line(name: str, sent: str | int | None, values: Values) -> SentLine:
    return SentLine(name, FIELDS[name].label, sent, values.get(name), FIELDS[name].kind)


def reproaches(sent: Sent) -> Iterator[Reproach]:
    """What MARSHA, or we, hold against a submission: each line with the field where it is corrected."""
    places = {f"/{one.place.replace('.', '/')}": one.source for one in FIGURES}
    for one in sent.errors:
        if "champs" in one:
            for name in one["champs"]:
                yield Reproach(gap_sentence(one), name, FIELDS[name].label)
        else:
            name = places.get(str(one.get("pointer", "")))
            yield Reproach(
                str(one.get("message", "")), name, FIELDS[name].label if name else str(one.get("pointer", ""))
            )
