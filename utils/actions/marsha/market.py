"""The comp set and our rank: fetched, held to the rules of a set, kept beside the revision of our night."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from sqlalchemy import Connection

from database import marsha, nights, properties
from database.marsha import Benchmark, Exchange
from database.transaction import read, write
from utils import dates
from utils.actions.marsha.clients import client_of
from utils.marsha.benchmarks import FINAL, SMALLEST, UNAVAILABLE, Benchmarks, may_be_shown
from utils.money import r2

MEMBERS: Final = "marsha_membres"
NOT_YET: Final = "MARSHA n’a pas encore de repères pour cette date."
KEPT: Final = "Repères gardés."
PRELIMINARY: Final = "Repères préliminaires gardés."

Position = tuple[int, int, str]


def fetch_market(property_id: int, day: date) -> str:
    """Ask for the comp set of a date and our rank in it, and keep them; the French sentence that says so.

    Raises ``MarshaError``. A set that is not there yet is no error and divides nothing.
    """
    began = dates.now()
    with read() as connection:
        hotel = properties.property_by_id(connection, property_id)
    client = client_of(hotel)
    found = client.benchmarks(day)
    position = client.position(day) if found is not None and found.status != UNAVAILABLE else None
    at, status = dates.now(), found.status if found else "404"
    with write() as connection:
        stamp = nights.read_stamp(connection, property_id, day)
        revision = nights.read_row(connection, stamp.id).revision if stamp else 0
        asked = ("sortant", "reperes", status, 0, None, None, began, at)
        marsha.log(connection, Exchange(property_id, day, None, *asked))
        if found is not None:
            keep_market(connection, property_id, revision, found, position, at)
    if found is None or found.status == UNAVAILABLE:
        return NOT_YET
    return KEPT if found.status == FINAL else PRELIMINARY


def keep_market(
    connection: Connection, property_id: int, revision: int, found: Benchmarks, position: Position | None, at: datetime
) -> None:
    """Keep a set; of one that is too small only that it is, and nothing over what is final by what is not."""
    known = marsha.benchmark(connection, property_id, found.day)
    same = known is not None and known.revision == revision
    if same and known is not None and known.status == FINAL and found.status != FINAL:
        return
    if position is None and same and known is not None and known.rank is not None and known.rank_of is not None:
        position = (known.rank, known.rank_of, known.metric)
    policy = properties.settings_document(connection, property_id, found.day).values
    least = policy.get(MEMBERS, SMALLEST)
    shown = may_be_shown(found, max(least, SMALLEST) if type(least) is int else SMALLEST)
    rank, among, metric = position if position is not None and shown else (None, None, "")
    figures = {**found.theirs._asdict(), **found.received._asdict()}
    kept = Benchmark(
        property_id=property_id,
        business_date=found.day,
        revision=revision,
        status=found.status,
        shown=shown,
        set_size=found.size,
        includes_subject=found.includes_subject,
        rank=rank,
        rank_of=among,
        metric=metric,
        source=found.source,
        fetched_at=at,
        **{name: r2(one) if shown and one is not None else None for name, one in figures.items()},
    )
    marsha.keep_benchmark(connection, kept)


def missing_days(property_id: int, days: list[date]) -> list[date]:
    """Of the nights of these dates, those whose set is not final yet, or that have no rank."""
    start, end = min(days), max(days)
    with read() as connection:
        known = {one.business_date: one for one in marsha.benchmarks(connection, property_id, start, end)}
        opened = {row.audit_date for row in nights.list_nights(connection, property_id, start, end)}
    whole = {day for day, one in known.items() if one.status == FINAL and (one.rank is not None or not one.shown)}
    return [day for day in days if day in opened and day not in whole]
