"""``LightspeedSync``: a night filled from the PMS, report by report and tab by tab, seen as it goes.

    LightspeedSync(property_id).sync_session(date(2025, 12, 23))

A failing report takes nothing from the other tabs; what is read of a date that is not closed is only shown; a night
that is closed is never touched, and what the PMS corrects afterwards is a proposal.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import structlog

from database import lightspeed, properties
from database.journal import Entry
from database.transaction import StorageError, read, write
from utils import dates
from utils.actions.apart import apart
from utils.actions.lightspeed.books import keep_books
from utils.actions.lightspeed.clients import client_of, installation
from utils.actions.lightspeed.fill_tab import check_may_sync, fill_tab
from utils.actions.lightspeed.progress import (
    Outcome,
    Progress,
    advance,
    as_json,
    outcome_of,
    removed_from,
    told_of,
)
from utils.actions.lightspeed.proposals import proposals
from utils.actions.lightspeed.read_reports import Reports
from utils.actions.lightspeed.words import ORDER, SHOWN_ONLY, SYNCED_TABS
from utils.actions.night_work import open_for
from utils.actions.person import Machine, Person
from utils.actions.refusals import Conflict, Refusal
from utils.actions.state import need_night
from utils.lightspeed import reports as r
from utils.lightspeed.errors import LightspeedConfigError
from utils.lightspeed.figures import reports_of
from utils.lightspeed.storage import SWITCHED_OFF
from utils.money import AmountError
from utils.rj.merge import SYNCED
from utils.shapes import Document

_log = structlog.get_logger(__name__)

ATTEMPTS: Final = 3
"""How many times a tab is written again while the book is busy."""

_RUNNING: Final = "Une synchronisation de cette nuit est déjà en cours."


@dataclass(frozen=True, slots=True)
class SyncResult:
    """What a synchronisation came to.

    ``status``: complete, partielle, inchangee, apercu (the date is not closed: ask again later), proposee (the night is
    closed: nothing was written), echouee. ``tabs`` and ``reports`` are the documents of the log. ``completeness`` is
    that of the synchronisation, in points (``"92.31"``). ``retry_in_minutes`` is absent when asking again would not
    help.
    """

    run: int
    status: str
    tabs: Document
    reports: Document
    written: int
    beside: int
    removed: tuple[str, ...]
    """Labels of the figures that their report no longer holds."""
    requests: int
    duration_ms: int
    completeness: str
    retry_in_minutes: int | None
    message: str

    @property
    def final(self) -> bool:
        """Whether every report was read, closed, complete and understood, and every tab filled."""
        return self.status in ("complete", "inchangee")


class LightspeedSync:
    """The synchronisation of one hotel, asked by a person or by the product itself.

    ``cause``: personne, ouverture, automatisme, avis. ``client`` is that of the hotel unless one is given.
    """

    def __init__(
        self, property_id: int, person: Person | None = None, *, cause: str = "automatisme", client: Any = None
    ) -> None:
        self._person = person or Machine(property_id, "Lightspeed")
        self._cause = cause
        with read() as connection:
            self._hotel = properties.property_by_id(connection, property_id)
        self._client = client or client_of(self._hotel)

    def sync_session(self, audit_date: date) -> SyncResult:
        """Read the PMS and fill the night of this date; one tab is one transaction.

        Raises ``NoSuchNight``, ``NotEditable`` (submitted or locked), ``Forbidden`` and ``Conflict`` (not connected, or
        already going on) before anything is asked. What goes wrong with a report is told in the result, never raised.
        """
        return self._run(audit_date, closed=False)

    def read_anew(self, audit_date: date) -> SyncResult:
        """Read the PMS again for a night that is closed: what differs is kept as proposals, nothing is written."""
        return self._run(audit_date, closed=True)

    def _run(self, day: date, *, closed: bool) -> SyncResult:
        began = time.monotonic()
        run = self._begin(day, closed=closed)
        progress = Progress(run, began)
        try:
            reports = Reports(self._hotel, self._client, day, progress.heard)
            progress.reports = reports
            for tab in ORDER:
                if tab == "controle":
                    reports.get(r.RoomStatistics)
                kinds = reports_of(tab) if tab in SYNCED_TABS else ()
                if kinds:
                    progress.doing(tab, "lecture")
                    found = [reports.get(kind) for kind in kinds]
                    writes = not closed and any(one.final for one in found)
                    progress.tabs[tab] = (
                        self._written(day, tab, reports, kinds) if writes else outcome_of(tab, found, None)
                    )
            for kind in SHOWN_ONLY:
                reports.get(kind)
            result = self._finish(day, reports, progress, closed=closed)
        except BaseException as error:
            self._interrupted(progress, error)
            self._keep_requests(run)
            raise
        if result.status not in ("apercu", "echouee"):
            with apart("réservations en main", hotel=self._hotel.id):
                keep_books(self._hotel, self._client, day)
        self._keep_requests(run)
        return result

    def _keep_requests(self, run: int) -> None:
        """Keep what was asked, whatever came of it; a log that cannot be written spoils nothing."""
        exchanges = getattr(self._client, "exchanges", ())
        with apart("requêtes de la synchronisation", hotel=self._hotel.id), write() as connection:
            asked = [
                lightspeed.Asked(one.at, one.path, one.status, one.milliseconds, one.size, one.revision)
                for one in exchanges
            ]
            lightspeed.keep_requests(connection, self._hotel.id, run, asked)

    def _begin(self, day: date, *, closed: bool) -> int:
        """Be the only one who synchronises this night, and write that it began."""
        if not self._client.is_configured():
            off = None if installation().enabled else SWITCHED_OFF
            raise Conflict(off or "Lightspeed n’est pas configuré pour cet hôtel.", more={"retry_in_minutes": None})
        at = dates.now()
        with write() as connection:
            state = need_night(connection, self._hotel.id, day, lock=True)
            if not closed:
                check_may_sync(self._person, state)
            if lightspeed.running(connection, self._hotel.id, day, at):
                raise Conflict(_RUNNING, more={"retry_in_minutes": 1})
            actor_id, tabs = self._person.user_id or None, as_json(Progress.first_tabs())
            return lightspeed.begin_run(
                connection, lightspeed.NewRun(self._hotel.id, day, self._cause, actor_id, at, tabs)
            )

    def _written(self, day: date, tab: str, reports: Reports, kinds: tuple[type, ...]) -> Outcome:
        """Write a tab; what keeps it from being written is told, and leaves the other tabs alone."""
        found = [reports.found[kind] for kind in kinds]
        for attempt in range(1, ATTEMPTS + 1):
            try:
                with read() as connection:
                    stored = need_night(connection, self._hotel.id, day).tabs[tab]
                figures = reports.figures_of(tab, kinds, stored.origins.cells)
                return outcome_of(tab, found, fill_tab(self._person, day, tab, figures, dates.now()))
            except StorageError:
                if attempt == ATTEMPTS:
                    message = "La base de données est occupée : cet onglet n’a pas été écrit."
                    return Outcome("erreur", message, retry=1)
            except (Refusal, AmountError) as refusal:
                return Outcome("erreur", _sentence(refusal))
            except Exception:
                _log.exception("lightspeed.onglet", onglet=tab)
                return Outcome("erreur", "Ce que Lightspeed donne n’a pas pu être écrit dans cet onglet.")
        raise AssertionError("unreachable")

    def _finish(self, day: date, reports: Reports, progress: Progress, *, closed: bool) -> SyncResult:
        """Close the log, and say in the night what its tabs owe to the PMS when that changed."""
        ended = progress.summary(reports, closed=closed)
        with open_for(self._person, day, dates.now()) as work:
            later = len(proposals(work.state, lightspeed.readings(work.connection, self._hotel.id, day)))
            if closed:
                ended = ended._replace(reached=ended.reached._replace(beside=later))
            elif work.state.editable and ended.status != "apercu":
                # the state of each tab stays with the night, in a new version unless it stands as it did
                row, status = work.state.row, "complete" if ended.status == "inchangee" else ended.status
                before = row["ls_sync_tabs"] or {}
                tabs = told_of(before, progress.tabs, dates.now(), work.state.hotel.time_zone)
                if tabs != before or status != row["ls_sync_status"]:
                    columns = {"ls_sync_tabs": tabs, "ls_sync_status": status, "ls_sync_timestamp": work.at}
                    work.new_version([Entry("synchronisation", origin=SYNCED, reason=ended.message)], columns)
            lightspeed.change_run(work.connection, progress.run, {**ended.columns(), "ended_at": dates.now()})
        reached = ended.reached
        return SyncResult(
            run=progress.run,
            status=ended.status,
            tabs=reached.tabs,
            reports=reached.reports,
            written=reached.written,
            beside=reached.beside,
            removed=tuple(removed_from(reached.tabs)),
            requests=reached.requests,
            duration_ms=reached.duration_ms,
            completeness=advance(reached.tabs, reached.reports)["completude"],
            retry_in_minutes=ended.retry_minutes,
            message=ended.message,
        )

    def _interrupted(self, progress: Progress, error: BaseException) -> None:
        """Never leave a run that seems to go on; a lost configuration is a refusal that people understand."""
        sentence = _sentence(error) if isinstance(error, Refusal | LightspeedConfigError) else ""
        message = sentence or "La synchronisation s’est arrêtée en chemin."
        try:
            with write() as connection:
                values = {"status": "interrompue", "ended_at": dates.now(), "message": message}
                lightspeed.change_run(connection, progress.run, values)
        except StorageError:
            return
        if isinstance(error, LightspeedConfigError):
            raise Conflict(message, more={"retry_in_minutes": None}) from None


def _sentence(error: BaseException) -> str:
    """What a person reads of an error."""
    if isinstance(error, Refusal):
        return " ".join([error.sentence, *(problem.message for problem in error.problems)])
    return str(error)
