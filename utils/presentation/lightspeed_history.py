"""Thirty nights of synchronisations, and what each asked of the PMS: the path, the status, the time, the size."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from utils import dates, french
from utils.money import r2
from utils.presentation.lightspeed import NEVER, RUN_STATES, reached
from utils.presentation.states import NIGHT_STATES, State
from utils.presentation.words import typographic

CAUSES: Final = {
    "personne": "à la main",
    "ouverture": "à l’ouverture de la nuit",
    "automatisme": "à son heure",
    "avis": "sur un avis de Lightspeed",
}
_GOOD, _SAME, _REFUSED = 200, 304, 400


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """A night of the history; ``share`` is how far its last synchronisation came, in whole points."""

    day: date
    state: State
    run: State
    who: str
    auditor: str
    filled: str
    share: int | None
    written: str
    updated: str


@dataclass(frozen=True, slots=True)
class Request:
    """A request in words."""

    at: str
    path: str
    state: State
    duration: str
    size: str
    revision: str


@dataclass(frozen=True, slots=True)
class RunTold:
    """A synchronisation with what it asked."""

    title: str
    state: State
    said: str
    message: str
    requests: tuple[Request, ...]


def history_rows(rows: Iterable[Mapping[str, Any]], zone: str) -> list[HistoryRow]:
    """The last nights: who audited and who synchronised them, how it went, and when they last changed."""
    found = []
    for one in rows:
        night, run = one["nuit"], one["run"]
        at = run and (run["ended_at"] or run["started_at"])
        here = dates.local(at, zone) if at else None
        row = HistoryRow(
            day=night.audit_date,
            state=NIGHT_STATES[night.status],
            run=RUN_STATES[run["etat"]] if run else NEVER,
            who=(run["actor"] or "Lightspeed") if run else "",
            auditor=one.get("auditeur", ""),
            filled=reached(run["avancement"]) if run else "",
            share=int(r2(Decimal(run["avancement"]["completude"]))) if run else None,
            written=french.counted(run["written"], "chiffre", "chiffres") if run else "",
            updated=f"{here.date().isoformat()} {french.clock(here)}" if here else "",
        )
        found.append(row)
    return found


def runs_told(found: Iterable[tuple[Any, Iterable[Any]]], zone: str) -> list[RunTold]:
    """The synchronisations of a night, latest first, in words."""
    told = []
    for run, asked in found:
        here = dates.local(run.started_at, zone)
        requests = tuple(_request(one, zone) for one in asked)
        counted = french.counted(len(requests), "requête", "requêtes")
        size = french.counted(sum(one.size for one in asked), "octet", "octets")
        said = f"{run.actor or 'Lightspeed'}, {CAUSES[run.cause]}" + (f"; {counted}, {size}" if requests else "")
        told.append(
            RunTold(
                f"{here.date().isoformat()} à {french.clock(here)}",
                RUN_STATES[run.status],
                said,
                typographic(run.message or ""),
                requests,
            )
        )
    return told


def _request(one: Any, zone: str) -> Request:  # noqa: ANN401 - a row of the log
    here = dates.local(one.at, zone)
    good = one.status is not None and (one.status == _SAME or _GOOD <= one.status < _REFUSED)
    words = "sans réponse" if one.status is None else f"{one.status}{', inchangé' if one.status == _SAME else ''}"
    return Request(
        at=french.clock(here),
        path=one.path or "/",
        state=State("ok", words, "ok") if good else State("warn", words, "diff"),
        duration=f"{french.count(one.milliseconds)}{french.NBSP}ms",
        size=french.count(one.size),
        revision="" if one.revision is None else str(one.revision),
    )
