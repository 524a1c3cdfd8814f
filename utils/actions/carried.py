"""What a night carries: the block of the night before, and month and year to date from the sums of the nights."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection

from database import nights
from database.properties import Hotel
from utils.rj.calculate import Night
from utils.rj.carry_forward import next_block
from utils.rj.history import Gap, days_between, lacking, sums_before
from utils.rj.previous import SUMS, read_previous
from utils.rj.reading import Reader
from utils.shapes import Document, Values

PERIODS: Final = ("mtd", "ytd_avant_mois")


class Earlier(NamedTuple):
    """The latest night before: its date, state, closing balance, and what it leaves to a night that is open."""

    day: date
    status: str
    new_balance: Any
    leaves: Document | None = None


def earlier_night(
    connection: Connection, property_id: int, day: date, closed_at: datetime | None = None
) -> Earlier | None:
    """The latest earlier night of the hotel, ``None`` for a first one; of a closed night, the one that it followed."""
    found = nights.latest_before(connection, property_id, day, closed_at)
    if found is None:
        return None
    row = nights.read_row(connection, found[0])
    return Earlier(row.audit_date, row.status, row.new_balance)


def left_by(night: Night) -> Document:
    """What a night leaves to the next one; sums to date are not copied, they come from the nights."""
    return balances_of(next_block(night))


def balances_of(block: Document) -> Document:
    """What of a block is the closing of one night."""
    return {key: value for key, value in block.items() if key not in (*PERIODS, "audit_date")}


def read_block(block: Document | None) -> Values:
    """Typed values of a block that the book keeps."""
    reader = Reader()
    values = read_previous(dict(block or {}), reader)
    reader.finish()
    return values


Lacking = Mapping[str, tuple[Gap, ...]]
"""For each sum to date that cannot be made (``mtd.room_revenue``), the nights that it lacks or that lack a part."""


class Carried(NamedTuple):
    """The block that a night carries, and what its sums to date lack."""

    block: Document
    lacking: Lacking


def with_sums(connection: Connection, hotel: Hotel, day: date, block: Document) -> Carried:
    """The block with month and year to date recomputed from the nights of the book.

    A period of which a night is not there, is not filled or lacks a part of a figure has no sum of it: it would be
    smaller than the truth.
    """
    first = nights.first_night(connection, hotel.id, day)
    opening = date.min if first.import_id else hotel.opening_date
    bases = _bases(first.audit_date, read_block(first.previous) if first.reprise else {}, opening, day)
    year, month = (max(first.audit_date, start) for start in (date(day.year, 1, 1), day.replace(day=1)))
    figures = nights.figures_between(connection, hotel.id, year, day)
    spans = {"mtd": (month, day), "ytd_avant_mois": (year, month)}
    missing = {
        f"{period}.{key}": gaps
        for period, keys in SUMS.items()
        for key in keys
        if (gaps := lacking(days_between(*spans[period]), figures, key))
    }
    sums = {
        period: {key: value for key, value in values.items() if f"{period}.{key}" not in missing}
        for period, values in sums_before(day, figures, bases).items()
    }
    kept = {key: value for key, value in block.items() if key not in PERIODS}
    return Carried(kept | {period: values for period, values in sums.items() if values}, missing)


def _bases(first: date, typed: Values, opening: date, day: date) -> dict[str, Values | None]:
    """What month and year already had when the book began on ``first``; an untyped earlier part is unknown."""
    month = _base("mtd", typed, first <= max(first.replace(day=1), opening))
    year = _base("ytd_avant_mois", typed, first.month == 1 or first <= max(date(first.year, 1, 1), opening))
    if first.year != day.year:
        return {"mtd": {}, "ytd_avant_mois": {}}
    if first.month == day.month:
        return {"mtd": month, "ytd_avant_mois": year}
    if month is None or year is None:
        return {"mtd": {}, "ytd_avant_mois": None}
    # the year before the book began, its month included; a figure that one of the two lacks is unknown
    nothing = dict.fromkeys(SUMS["ytd_avant_mois"], 0)
    before, begun = year or nothing, month or nothing
    added = {key: before[key] + begun[key] for key in nothing if key in before and key in begun}
    return {"mtd": {}, "ytd_avant_mois": {} if not month and not year else added or None}


def _base(period: str, typed: Values, known: bool) -> Values | None:
    """The sums typed at the *reprise*; nothing when the book reaches back to the start, else unknown."""
    given = {key.partition(".")[2]: value for key, value in typed.items() if key.startswith(period + ".")}
    return {} if known else given or None
