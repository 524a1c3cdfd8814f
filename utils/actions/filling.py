"""Whether a night IS filled by the PMS: one answer for the job, the alert, the digest and the pages.

filling_of(connection, property_id, day).complete
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlalchemy import Connection

from database import lightspeed
from database.lightspeed import Run
from database.models import RUNNING
from utils.shapes import Document

DONE: Final = ("synchronise", "inchange")
"""States of a tab that the PMS filled."""

READ_STATES: Final = ("lu", "inchange")
"""States of a report whose figures may fill a night."""

COMPLETE, PARTIAL, WAITING, NEVER = "complete", "partielle", "attente", "jamais"

SUCCESS: Final = ("complete", "inchangee")
"""How a run ends when every report was read, closed and understood, and every tab filled."""

TELLING: Final = (*SUCCESS, "partielle", "apercu")
"""Runs that say something of the night: one that could read nothing leaves it as it was."""

_STATES: Final = {"partielle": PARTIAL, "apercu": WAITING}
_HEADS: Final = {
    COMPLETE: "Synchronisation complète.",
    PARTIAL: "Synchronisation incomplète.",
    WAITING: "Synchronisation en attente.",
    NEVER: "Synchronisation en échec.",
}
_NONE: Final = "Aucune synchronisation de cette nuit avec Lightspeed."


@dataclass(frozen=True, slots=True)
class Filling:
    """How far the PMS filled a night.

    ``state``: complete, partielle (something lacks), attente (the PMS has not closed the date), jamais. ``lacks``: the
    French names of the reports that are not whole. ``why``: what the last run that says something of it told.
    """

    state: str
    lacks: tuple[str, ...] = ()
    tabs: int = 0
    """Tabs filled, of the five that the PMS fills."""

    why: str = ""
    at: datetime | None = None

    @property
    def complete(self) -> bool:
        """Whether nothing lacks."""
        return self.state == COMPLETE

    @property
    def sentence(self) -> str:
        """The whole of it in French, whatever lacks by its name."""
        return self.why if self.why == _NONE else " ".join(part for part in (_HEADS[self.state], self.why) if part)


def filling_of(connection: Connection, property_id: int, day: date) -> Filling:
    """How far the PMS filled the night of a date; asks nobody, and needs no open night."""
    run = lightspeed.last_run(connection, property_id, day, TELLING)
    if run is None:
        tried = lightspeed.last_run(connection, property_id, day)
        return Filling(NEVER, why=_NONE if tried is None else tried.message or "")
    lacks = tuple(one["libelle"] for one in run.reports.values() if not _is_whole(one))
    state = _STATES.get(run.status, PARTIAL if lacks else COMPLETE)
    why = "" if state == COMPLETE else run.message or ""
    return Filling(state, lacks, filled_tabs(run.tabs), why, run.ended_at)


def attempt_of(run: Run, at: datetime) -> str:
    """How a run came out; one that says that it goes on for too long was cut."""
    cut = run.status == RUNNING and run.started_at <= at - lightspeed.LONGEST
    return "interrompue" if cut else run.status


def filled_tabs(tabs: Document) -> int:
    """How many tabs the PMS filled, of the document of a run."""
    return sum(tab["etat"] in DONE for tab in tabs.values())


def read_whole(reports: Document) -> int:
    """How many reports were read and understood whole, of the document of a run."""
    return sum(_is_whole(one) for one in reports.values())


def _is_whole(report: Document) -> bool:
    return report["etat"] in READ_STATES and not report.get("partiel")
