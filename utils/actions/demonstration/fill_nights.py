"""The last nights of a demonstration hotel, worked as people work them: opened, synced, typed, submitted, locked.

Every night goes through the actions of the product, so that the journal, the projections and the seals are those of
any night; only the instants are those at which somebody would have done it. Asking again adds the nights that passed
since, and goes on with the one that was left in the middle.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

import structlog

from database import lightspeed, nights, properties, users
from database.properties import Hotel
from database.setup import DEMO_HOTEL, DEMO_PEOPLE
from database.transaction import read, write
from utils.actions.demonstration.incidents import answer_to, incident_of
from utils.actions.demonstration.receipts import send_with_receipt
from utils.actions.lightspeed.books import keep_books
from utils.actions.lightspeed.fill_tab import Figure, fill_tab
from utils.actions.lightspeed.progress import Outcome, Progress, as_json
from utils.actions.lightspeed.words import LABELS, SYNCED_TABS
from utils.actions.open_night import open_night, take_over
from utils.actions.save_tab import save_tab
from utils.actions.state import CORRECTING, LOCKED, SUBMITTED, need_night
from utils.actions.submit_night import asked, override_check, submit_night
from utils.dates import current_business_date, instant
from utils.demo.bundle import papers_of
from utils.demo.papers import typed
from utils.demo.reprise import reprise_of
from utils.lightspeed.clients import demo_hotel
from utils.lightspeed.demo import DemoClient
from utils.lightspeed.figures import figures_of
from utils.lightspeed.night import read_report

NIGHTS: Final = 60
_DAY: Final = timedelta(days=1)
_CLOSED: Final = (SUBMITTED, LOCKED, CORRECTING)
_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Colleague:
    """An account of the demonstration at work, with the rights of its role and of whoever helps."""

    user_id: int
    label: str
    property_id: int
    role: str

    def may(self, *actions: str) -> bool:  # noqa: ARG002 - the protocol of a person
        """Always: the nights of the demonstration are worked by the right person."""
        return True


@dataclass(frozen=True, slots=True)
class DemoHotel:
    """A demonstration hotel and the two who close its nights."""

    hotel: Hotel
    auditor: Colleague
    supervisor: Colleague


def fill_nights(now: datetime, count: int = NIGHTS) -> int:
    """Close the last nights of the demonstration hotel before the one of ``now``; how many were closed.

    Nothing is done to a book that people began themselves, nor after a night that they left open.
    """
    demo = _demo_hotel()
    if demo is None:
        return 0
    done = 0
    for day in _missing(demo.hotel, current_business_date(now, demo.hotel.time_zone), count):
        with read() as connection:
            earlier = nights.latest_before(connection, demo.hotel.id, day)
            state = need_night(connection, demo.hotel.id, earlier[1]) if earlier else None
        if state and state.status not in _CLOSED:  # somebody has not finished it
            _log.info("demonstration.nuit_ouverte", nuit=state.day.isoformat())
            break
        _close(demo, day)
        done += 1
    return done


def _demo_hotel() -> DemoHotel | None:
    """The demonstration hotel with its people, if this book has it."""
    with read() as connection:
        hotel = properties.property_by_code(connection, DEMO_HOTEL.code)
        if hotel is None or not hotel.demo:
            return None
        people = {role: users.account_by_email(connection, email) for email, _, role in DEMO_PEOPLE}
    at_work = [
        Colleague(account.id, account.name, hotel.id, role)
        for role in ("night_auditor", "front_desk_supervisor")
        if (account := people[role]) is not None
    ]
    return DemoHotel(hotel, *at_work) if len(at_work) == 2 else None  # noqa: PLR2004 - both of them


def _missing(hotel: Hotel, tonight: date, count: int) -> list[date]:
    """The dates to close: the last ones, or those that follow the last night of a book that this module began."""
    first = max(tonight - timedelta(days=count), hotel.opening_date)
    with read() as connection:
        every = nights.nights_of(connection, hotel.id)
        known = {row.audit_date: row for row in every if row.import_id is None}  # what a workbook brought is none of it
        if known:
            began = min(known)
            row = nights.read_row(connection, nights.read_stamp(connection, hotel.id, began).id)  # type: ignore[union-attr]
            if row.opened_at != opening(hotel, began):
                return []
            first = max(known) + _DAY
            while first - _DAY in known:
                last = need_night(connection, hotel.id, first - _DAY)
                # left in the middle by this module, or opened by the automation and touched by nobody
                begun = last.row["opened_at"] == opening(hotel, last.day) or last.row["auditor_id"] is None
                if not begun or last.status in _CLOSED:
                    break
                first -= _DAY
    return [first + timedelta(days=number) for number in range(max(0, (tonight - first).days))]


def opening(hotel: Hotel, day: date) -> datetime:
    """When the auditor of a demonstration night opens it: 23:05 of its date, on the clock of the hotel."""
    return instant(day, "23:05", hotel.time_zone)


def _close(demo: DemoHotel, day: date) -> None:
    """One night, from its opening to its lock: each question is answered, and the supervisor lets pass what blocks."""
    clock = _instants(opening(demo.hotel, day))
    auditor, known = demo.auditor, demo_hotel(demo.hotel)
    state, _ = open_night(auditor, day, next(clock))
    if state.earlier is None:
        state = take_over(auditor, day, reprise_of(known, day), opening(demo.hotel, day))
    incident = incident_of(day)
    tabs = typed(papers_of(known, day))
    if incident:
        incident.change(tabs)
    for tab, values in tabs.items():
        with read() as connection:
            state = need_night(connection, auditor.property_id, day)
        at = next(clock)
        # unless she typed it already, before she was interrupted
        if not any(origin.by for origin in state.tabs[tab].origins.cells.values()):
            save_tab(auditor, day, tab, {"version": state.stamp.version, "values": values}, at)
    closed = instant(day + _DAY, "03:05", demo.hotel.time_zone)  # when the PMS has closed the date, after midnight
    clock = _instants(max(next(clock), closed))
    _sync(demo, day, next(clock))
    keep_books(demo.hotel, DemoClient(known, closed + _DAY), day)
    with read() as connection:
        state = need_night(connection, auditor.property_id, day)
    needed = asked(state)
    names = [*(result.check.key for result in needed.warnings), *(remark.field for remark in needed.remarks)]
    motifs = {name: answer_to(name, incident) for name in names}
    submit_night(auditor, day, {"motifs": motifs, "en_attente": bool(needed.blocking)}, next(clock))
    for result in needed.blocking:
        motif = incident.override if incident else answer_to(result.check.key, None)
        override_check(demo.supervisor, day, {"check": result.check.key, "motif": motif}, next(clock))
    send_with_receipt(demo.hotel, day, next(clock))


def _sync(demo: DemoHotel, day: date, at: datetime) -> None:
    """The figures of the PMS, tab by tab, each with its report."""
    client = DemoClient(demo_hotel(demo.hotel), at)
    tabs: dict[str, dict[str, Figure]] = {tab: {} for tab in SYNCED_TABS}
    for kind in LABELS:
        for name, value in figures_of(read_report(client, kind, day)).items():
            tab, _, cell = name.partition(".")
            tabs[tab][cell] = Figure(value, LABELS[kind], 1)
    written = {tab: fill_tab(demo.auditor, day, tab, figures, at).written for tab, figures in tabs.items()}
    # in its log, as any other; a night that was interrupted after it has its own already
    came_to = {tab: Outcome("synchronise", revision=1, written=count) for tab, count in written.items()}
    every = as_json(Progress.first_tabs() | came_to)
    run = lightspeed.NewRun(demo.hotel.id, day, "personne", demo.auditor.user_id, at, every)
    reports = {
        kind.__name__: {"etat": "lu", "libelle": label, "ms": 0, "revision": 1} for kind, label in LABELS.items()
    }
    with write() as connection:
        if lightspeed.last_run(connection, demo.hotel.id, day) is None:
            ended = {"status": "complete", "ended_at": at, "written": sum(written.values()), "reports": reports}
            lightspeed.change_run(connection, lightspeed.begin_run(connection, run), ended)


def _instants(at: datetime) -> Iterator[datetime]:
    """The instants of a night's work, from this one on, nineteen minutes apart."""
    while True:
        yield at
        at += timedelta(minutes=19)
