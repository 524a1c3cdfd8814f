"""How far a synchronisation is, written in its row of the log so that anybody may see it move."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import Connection

from database import lightspeed
from database.transaction import StorageError, write
from utils.actions.filling import DONE, filled_tabs, read_whole
from utils.actions.lightspeed.fill_tab import Filled
from utils.actions.lightspeed.read_reports import FAILED, OPEN, UNCHANGED, Reading
from utils.actions.lightspeed.words import BY_HAND, COMPUTED, LABELS, SYNCED_TABS
from utils.dates import local
from utils.french import count
from utils.lightspeed.figures import REMARKS
from utils.money import r2
from utils.rj.catalogue import TABS
from utils.shapes import Document, Values

if TYPE_CHECKING:
    from utils.actions.lightspeed.read_reports import Reports


class Outcome(NamedTuple):
    """What a tab came to: its state, the revision it stands at, the figures written and kept beside those of persons.

    ``removed`` are the labels of those that their report no longer holds; ``retry`` is in minutes.
    """

    state: str
    message: str = ""
    revision: int | None = None
    written: int | None = None
    beside: int | None = None
    removed: tuple[str, ...] = ()
    retry: int | None = None

    def as_json(self) -> Document:
        """As the log keeps it, absent parts without key."""
        counts = {"ecrits": self.written, "a_cote": self.beside}
        said = {"retires": list(self.removed), "revision": self.revision, "message": self.message, "retry": self.retry}
        return (
            {"etat": self.state}
            | {key: count for key, count in counts.items() if count is not None}
            | {key: value for key, value in said.items() if value}
        )


class Reached(NamedTuple):
    """How far a run is, by column of the log."""

    reports: Document
    tabs: Document
    requests: int
    duration_ms: int
    written: int
    beside: int


class Ended(NamedTuple):
    """How a run came out: how far it came, when to ask again, what to say of it."""

    reached: Reached
    status: str
    retry_minutes: int | None
    message: str

    def columns(self) -> Values:
        """As the log keeps it."""
        told = {"status": self.status, "retry_minutes": self.retry_minutes, "message": self.message}
        return {**self.reached._asdict(), **told}


class Progress:
    """What the tabs of one run came to while it goes on."""

    def __init__(self, run: int, began: float) -> None:
        self.run = run
        self.tabs = self.first_tabs()
        self.reports: Reports | None = None
        self._began = began

    @staticmethod
    def first_tabs() -> dict[str, Outcome]:
        """The fourteen tabs before anything was read."""
        first = {tab: Outcome("manuel", why) for tab, why in BY_HAND.items()}
        first |= {tab: Outcome("automatique", why) for tab, why in COMPUTED.items()}
        first |= dict.fromkeys(SYNCED_TABS, Outcome("attente"))
        return {tab.key: first[tab.key] for tab in TABS}

    def doing(self, tab: str, step: str) -> None:
        """Say what is being done, at once: somebody may be looking."""
        self.tabs[tab] = Outcome(step)
        with suppress(StorageError), write() as connection:
            self.heard(connection)

    def heard(self, connection: Connection) -> None:
        """Write how far it is, in the transaction that keeps a report."""
        lightspeed.change_run(connection, self.run, self._reached()._asdict())

    def summary(self, reports: Reports, *, closed: bool) -> Ended:
        """How the run came out."""
        found, reached = list(reports.found.values()), self._reached()
        waits = [one.retry_minutes for one in found if one.retry_minutes]
        waits += [tab.retry for tab in self.tabs.values() if tab.retry]
        status = self._status(found, closed=closed)
        breaches = reports.breaches()
        more = [f"Et {len(breaches) - REMARKS} de plus."] if len(breaches) > REMARKS else []
        removed = removed_words([label for tab in SYNCED_TABS for label in self.tabs[tab].removed])
        # one or two sentences that a person reads in the history
        missing = [one for one in found if not one.final and (status, one.state) != ("apercu", OPEN)]
        lacks = [f"{LABELS[one.kind]} : {said}" for one in found if one.final for said in one.said]
        read_well = sum(one.final for one in found)
        head = {
            "inchangee": "Rien n’a changé chez Lightspeed.",
            "apercu": "La date n’est pas fermée chez Lightspeed : rien n’a été écrit.",
            "echouee": "Aucun rapport n’a pu être lu : rien n’a été écrit.",
            "proposee": "La nuit est fermée : ce qui diffère est proposé, rien n’a été écrit.",
        }.get(status, f"{_counted(reached.written, 'chiffre écrit')}, {_counted(read_well, 'rapport lu')}.")
        message = " ".join([head, *_reasons(missing, len(found)), *lacks, *removed, *breaches[:REMARKS], *more])
        return Ended(reached, status, min(waits, default=None), message)

    def _reached(self) -> Reached:
        filled = [self.tabs[tab] for tab in SYNCED_TABS]
        found = self.reports.found if self.reports else {}
        return Reached(
            reports={kind.__name__: reading.as_json() for kind, reading in found.items()},
            tabs=as_json(self.tabs),
            requests=self.reports.requests if self.reports else 0,
            duration_ms=int(1000 * (time.monotonic() - self._began)),
            written=sum(tab.written or 0 for tab in filled),
            beside=sum(tab.beside or 0 for tab in filled),
        )

    def _status(self, found: Iterable[Reading], *, closed: bool) -> str:
        readings = list(found)
        if not any(one.final for one in readings):
            return "apercu" if any(one.state == OPEN for one in readings) else "echouee"
        if closed:
            return "proposee"
        states = {self.tabs[tab].state for tab in SYNCED_TABS}
        if not states <= set(DONE) or not all(one.whole for one in readings):
            return "partielle"
        same = states == {"inchange"} and all(one.state == UNCHANGED for one in readings)
        return "inchangee" if same else "complete"


def as_json(tabs: Mapping[str, Outcome]) -> Document:
    """What tabs came to, as the log keeps it."""
    return {tab: outcome.as_json() for tab, outcome in tabs.items()}


def outcome_of(tab: str, found: Iterable[Reading], filled: Filled | None) -> Outcome:
    """What a tab came to: its state, the revision it stands at, what was written, and why anything is missing."""
    readings = list(found)
    revision = max((one.revision for one in readings if one.final and one.revision), default=None)
    missing = [one for one in readings if not one.final]
    notes = [note for one in readings for note in one.notes_in(tab)]
    told = " ".join([*_reasons(missing, len(readings)), *dict.fromkeys(notes)])
    understood = not any(one.lacks_in(tab) for one in readings)
    outcome = Outcome(_state(readings, missing, filled, understood=understood), told, revision)
    if filled is None:
        return outcome
    return outcome._replace(written=filled.written, beside=filled.beside, removed=filled.removed)


def _state(readings: list[Reading], missing: list[Reading], filled: Filled | None, *, understood: bool) -> str:
    if len(missing) == len(readings):
        if any(one.state == FAILED for one in missing):
            return "erreur"
        return "apercu" if any(one.state == OPEN for one in missing) else "absent"
    if filled is None:
        return "propose"
    if missing or not understood:
        return "partiel"
    return "synchronise" if filled.written or filled.beside or filled.removed else "inchange"


def told_of(before: Document, tabs: Mapping[str, Outcome], at: datetime, zone: str) -> Document:
    """What the night keeps of its tabs; one that stands as it did keeps the moment at which it came to stand so."""
    moment = local(at, zone).isoformat(timespec="seconds")
    found = {}
    for tab in SYNCED_TABS:
        known, outcome = before.get(tab), tabs[tab]
        state = "synchronise" if outcome.state == "inchange" else outcome.state
        entry = Outcome(state, outcome.message, outcome.revision).as_json()
        same = known is not None and {key: known.get(key) for key in known if key != "a"} == entry
        still = same and not (outcome.written or outcome.beside or outcome.removed)
        found[tab] = known if still else {**entry, "a": moment}
    return found


def removed_from(tabs: Document) -> list[str]:
    """Labels of the figures that a run emptied, of the document of its tabs."""
    return [label for tab in SYNCED_TABS for label in tabs.get(tab, {}).get("retires", ())]


def removed_words(labels: list[str]) -> list[str]:
    """« 2 chiffres retirés, que leur rapport n’a plus : Internet; Visa. », nothing when none was."""
    shown, rest = "; ".join(labels[:REMARKS]), len(labels) - REMARKS
    more = f"; et {count(rest)} de plus" if rest > 0 else ""
    said = "que son rapport n’a plus" if len(labels) == 1 else "que leur rapport n’a plus"
    return [f"{_counted(len(labels), 'chiffre retiré')}, {said} : {shown}{more}."] if labels else []


def advance(tabs: Document, reports: Document) -> Document:
    """How far a synchronisation came, never how far the night is: tabs, reports, and both of them in points."""
    filled, read = filled_tabs(tabs), read_whole(reports)
    share = r2(Decimal(100 * (filled + read)) / (len(SYNCED_TABS) + len(LABELS)))
    return {
        "onglets_remplis": filled,
        "onglets_a_remplir": len(SYNCED_TABS),
        "rapports_lus": read,
        "rapports_a_lire": len(LABELS),
        "completude": f"{share:.2f}",
    }


def _counted(number: int, words: str) -> str:
    """« 1 chiffre écrit », « 58 chiffres écrits »."""
    return f"{count(number)} {words if number < 2 else words.replace(' ', 's ') + 's'}"  # noqa: PLR2004 - French plural


def _reasons(missing: Iterable[Reading], every: int) -> list[str]:
    """Each reason once, after the reports that it holds for; alone when it holds for all of them."""
    by_reason: dict[str, list[str]] = {}
    for one in missing:
        by_reason.setdefault(one.message, []).append(LABELS[one.kind])
    return [
        reason if len(labels) == every else f"{', '.join(labels)} : {reason}" for reason, labels in by_reason.items()
    ]
