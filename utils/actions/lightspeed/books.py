"""What is on the books, kept at the close of each date and at each synchronisation: nobody can rebuild it later."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from hashlib import sha256
from typing import Any, Final

from database import books, nights
from database.books import Booked, Offered, Snapshot
from database.properties import Hotel
from database.transaction import read, write
from database.types import canonical
from utils import dates, french
from utils.actions.lightspeed.words import DEMO_REFUSED, NOT_CLOSED
from utils.lightspeed import reports as r
from utils.lightspeed.errors import LightspeedAPIError, LightspeedUnchanged
from utils.lightspeed.gaps import apart
from utils.lightspeed.storage import keep_etag, known_etag

JUMP: Final = 25
"""Rooms of one night to come by which two closings may differ before somebody should look."""

NAMED: Final = 20
KEPT: Final = "Réservations en main gardées."
UNCHANGED: Final = "Réservations en main inchangées."


def keep_books(hotel: Hotel, client: Any, day: date) -> str:
    """Read what is on the books at the close of a date and keep it; the French sentence that says so.

    Raises what the client raises, and ``LightspeedAPIError`` (``ouvert``) while the date is not closed.
    """
    name = r.OnTheBooks.__name__
    with read() as connection:
        known = books.latest(connection, hotel.id, day)
        etag = known_etag(connection, hotel.id, name, day) if known else None
    try:
        report: r.OnTheBooks = client.get_on_the_books(day, etag)
    except LightspeedUnchanged:
        return UNCHANGED
    about = report.about
    if about.source == "demo" and not hotel.demo:
        raise LightspeedAPIError(DEMO_REFUSED, "inattendu")
    if not about.final:
        raise LightspeedAPIError(NOT_CLOSED, "ouvert", retry_after=300)
    if not report.days or len({one.stay_date for one in report.days}) < len(report.days):
        raise LightspeedAPIError("Les réservations en main ne disent pas chaque nuit une fois.", "inattendu")
    segments, days = segments_of(report), days_of(report)
    told = [[list(map(str, one)) for one in part] for part in (segments, days)]
    digest = sha256(canonical(told).encode()).hexdigest()
    with write() as connection:
        notes = list(remarks(connection, hotel.id, day, report, segments))
        snapshot = Snapshot(hotel.id, day, about.revision, about.source, digest, segments, days, notes)
        kept = books.keep(connection, snapshot, dates.now())
        if about.etag:
            keep_etag(connection, hotel.id, r.OnTheBooks.__name__, about)
    return KEPT if kept else UNCHANGED


def segments_of(report: r.OnTheBooks) -> list[Booked]:
    """The segments of a report that hold something, two of one code on one night as one."""
    found: dict[tuple[Any, ...], Booked] = {}
    for day in report.days:
        for one in day.segments:
            booked = Booked(day.stay_date, one.code, one.group, one.rooms, one.revenue, one.blocked_not_picked)
            before = found.get(booked.key)
            if before is not None:
                more = {name: getattr(before, name) + getattr(booked, name) for name in ("rooms", "revenue", "blocked")}
                booked = booked._replace(**more)
            found[booked.key] = booked
    return [one for one in found.values() if one != one.gone]


def days_of(report: r.OnTheBooks) -> list[Offered]:
    """The rooms that each night of a report offers."""
    return [
        Offered(one.stay_date, one.available, one.out_of_order, one.complimentary, one.house_use) for one in report.days
    ]


def remarks(
    connection: Any, property_id: int, day: date, report: r.OnTheBooks, segments: list[Booked]
) -> Iterator[str]:
    """What does not hold in a snapshot, or moved so much since the one before that somebody should look.

    More rooms booked than a night offers is overbooking, which hotels do, and no remark.
    """
    yield from report.about.breaches
    rooms = _rooms(segments)
    for _, figures in nights.figures_between(connection, property_id, day, day):
        sold = figures["rooms_sold"]
        if sold is not None and sold != rooms.get(day, 0):
            yield apart("Chambres de la nuit, réservations et Jour", rooms.get(day, 0), sold)
    last = max(one.stay_date for one in report.days)
    before = _rooms(books.segments_as_of(connection, property_id, day - timedelta(days=1), day, last))
    moved = [(stay, rooms.get(stay, 0) - before.get(stay, 0)) for stay in sorted(rooms.keys() | before.keys())]
    odd = [(stay, by) for stay, by in moved if before and stay != last and abs(by) > JUMP]
    for stay, by in odd[:NAMED]:
        yield f"{stay.isoformat()} : {'+' if by > 0 else '−'}{french.count(abs(by))} chambres en une nuit, à vérifier."


def _rooms(segments: list[Booked]) -> Mapping[date, int]:
    found: dict[date, int] = {}
    for one in segments:
        found[one.stay_date] = found.get(one.stay_date, 0) + one.rooms
    return found
