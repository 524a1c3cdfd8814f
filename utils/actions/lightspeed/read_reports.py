"""The reports of one date, each read once and kept as the figures it gives; an unchanged one is taken from the book."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Final, NamedTuple

import structlog
from sqlalchemy import Connection

from database import lightspeed
from database.origins import Origin
from database.properties import Hotel
from database.transaction import StorageError, read, write
from utils import dates
from utils.actions.lightspeed.fill_tab import Figure
from utils.actions.lightspeed.words import DEMO_REFUSED, GONE, HOME, LABELS, NOT_CLOSED, OLDER
from utils.lightspeed import invariants
from utils.lightspeed import reports as r
from utils.lightspeed.controls import controls_of
from utils.lightspeed.doubts import lacks_of
from utils.lightspeed.errors import (
    LightspeedAPIError,
    LightspeedAuthError,
    LightspeedConfigError,
    LightspeedError,
    LightspeedUnchanged,
)
from utils.lightspeed.figures import SENTENCE, Figures, figures_of, ledger_closings, remarks_of
from utils.lightspeed.legible import legible
from utils.lightspeed.mapping import unexpected
from utils.lightspeed.night import read_report
from utils.lightspeed.storage import keep_etag, known_etag
from utils.shapes import Document

_log = structlog.get_logger(__name__)

ABSENT_MIN: Final = 15
"""Minutes before asking again for a report that is absent, older than what was read, or partly understood."""

NIGHT_S: Final = 120.0
"""Bound of all the readings of a date, in seconds."""

_PATIENCE: Final = {
    **{"occupe": 1, "revision": 1},
    **{"serveur": 5, "reseau": 5, "delai": 5},
    **{"absent": ABSENT_MIN, "inattendu": ABSENT_MIN},
}
"""Minutes before asking again, by the kind of the error."""

READ, UNCHANGED, OPEN, ABSENT, FAILED = "lu", "inchange", "ouvert", "absent", "echec"
_OF_ONE_REPORT: Final = "portee"
_SILENT: Final = ("reseau", "delai", "occupe")
_SILENCES: Final = 2
"""How many reports in a row the PMS may leave without an answer before it is not asked any more."""


class Note(NamedTuple):
    """A sentence about a report, and the tabs that tell it, or that which is its home when there are none.

    ``lacks``: whether something is left aside for it; ``None`` of a remark that is no lack.
    """

    sentence: str
    tabs: Sequence[str] = ()
    lacks: bool | None = None

    def as_json(self) -> str | Document:
        """As the book keeps it."""
        if self.lacks is None:
            return self.sentence
        return {"phrase": self.sentence, "onglets": list(self.tabs), "manque": self.lacks}

    @classmethod
    def read(cls, kept: str | Document) -> Note:
        """From what the book keeps."""
        return cls(kept) if isinstance(kept, str) else cls(kept["phrase"], kept["onglets"], bool(kept["manque"]))


@dataclass(slots=True)
class Reading:
    """What came of one report: its state, the figures that count, how long it took, what to say of it."""

    kind: type
    state: str
    figures: Figures = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)
    revision: int | None = None
    milliseconds: int = 0
    message: str = ""
    retry_minutes: int | None = None

    @property
    def final(self) -> bool:
        """Whether its figures may fill a night."""
        return self.state in (READ, UNCHANGED)

    @property
    def whole(self) -> bool:
        """Whether it was read, closed, and everything in it understood."""
        return self.final and not self.lacks

    @property
    def lacks(self) -> list[str]:
        """What is not understood or not settled in it."""
        return [note.sentence for note in self.notes if note.lacks]

    @property
    def said(self) -> list[str]:
        """What is not understood or not settled in it, then what is only to be known of it."""
        return [*self.lacks, *(note.sentence for note in self.notes if note.lacks is False)]

    def told(self) -> list[str]:
        """Its notes in words."""
        return [note.sentence for note in self.notes]

    def lacks_in(self, tab: str) -> list[str]:
        """What it leaves aside of a tab; what belongs to none is told in the tab that is its home."""
        return [note.sentence for note in self.notes if note.lacks and self._concerns(note, tab)]

    def notes_in(self, tab: str) -> list[str]:
        """What a tab says of it."""
        return [note.sentence for note in self.notes if self._concerns(note, tab)]

    def _concerns(self, note: Note, tab: str) -> bool:
        return tab in (note.tabs or (HOME.get(self.kind),))

    def as_json(self) -> Document:
        """As the log keeps it."""
        told: Document = {"etat": self.state, "libelle": LABELS[self.kind], "ms": self.milliseconds}
        if self.final and self.lacks:
            told["partiel"] = True
        more = {"revision": self.revision, "message": self.message, "notes": self.told()}
        return told | {name: value for name, value in more.items() if value}


class _Said(NamedTuple):
    """What came of asking: the reading, the envelope if there was one, what to keep when the book has otherwise."""

    reading: Reading
    about: r.About | None = None
    keep: lightspeed.Reading | None = None


class Reports:
    """The reports of one date of one hotel; ``heard`` is called in the transaction that keeps each of them."""

    def __init__(self, hotel: Hotel, client: Any, day: date, heard: Callable[[Connection], None]) -> None:
        self.found: dict[type, Reading] = {}
        self._bodies: dict[type, Any] = {}
        self._hotel, self._client, self._day, self._heard = hotel, client, day, heard
        self._until = time.monotonic() + NIGHT_S
        self._dead: LightspeedError | None = None
        self._silences = 0
        with read() as connection:
            self._kept = lightspeed.readings(connection, hotel.id, day)
            before = lightspeed.readings(connection, hotel.id, day - timedelta(days=1)).get(r.ArBalance.__name__)
        self._closings = ledger_closings(before.figures) if before and before.final else {}

    @property
    def requests(self) -> int:
        """How many requests were sent."""
        return int(getattr(self._client, "requests", 0))

    def get(self, kind: type) -> Reading:
        """A report, read the first time that it is asked for."""
        if kind not in self.found:
            began = time.monotonic()
            try:
                said = self._read(kind)
            except (LightspeedConfigError, StorageError):
                raise
            except Exception:  # whatever it holds that nobody thought of spoils it alone
                _log.exception("lightspeed.rapport", rapport=kind.__name__)
                said = _Said(_failed(kind, unexpected(LABELS[kind]), self._kept.get(kind.__name__)))
            said.reading.milliseconds = int(1000 * (time.monotonic() - began))
            self.found[kind] = said.reading
            # what was read and its ETag are kept together, and how far the run is
            try:
                with write() as connection:
                    if said.keep is not None:
                        lightspeed.keep_reading(connection, said.keep, dates.now())
                    known = known_etag(connection, self._hotel.id, kind.__name__, self._day)
                    if said.about is not None and said.about.etag != known:
                        keep_etag(connection, self._hotel.id, kind.__name__, said.about)
                    self._heard(connection)
            except StorageError:
                message = "La base de données est occupée : ce rapport n’a pas été gardé."
                self.found[kind] = Reading(kind, FAILED, message=message, retry_minutes=1)
        return self.found[kind]

    def breaches(self) -> list[str]:
        """What does not hold between the reports that were read anew, and with the night before."""
        return [legible(one, SENTENCE) for one in invariants.of_night(self._bodies, self._closings)]

    def figures_of(self, tab: str, kinds: tuple[type, ...], stored: Mapping[str, Origin]) -> dict[str, Figure]:
        """The figures of a tab from these reports; nothing for a cell that one filled or offered and holds no more."""
        found: dict[str, Figure] = {}
        for kind in kinds:
            reading = self.found[kind]
            if not reading.final or reading.revision is None:
                continue
            label, prefix = LABELS[kind], f"{tab}."
            for name, value in reading.figures.items():
                if name.startswith(prefix):
                    found[name.removeprefix(prefix)] = Figure(value, label, reading.revision)
            for cell, origin in stored.items():
                if cell not in found and label in (origin.report, origin.beside and origin.beside.report):
                    found[cell] = Figure(None, label, reading.revision)
        return found

    def _read(self, kind: type) -> _Said:
        name, kept = kind.__name__, self._kept.get(kind.__name__)
        try:
            if self._dead is not None:
                raise self._dead
            if time.monotonic() > self._until:
                raise LightspeedAPIError("La lecture de la nuit a pris trop de temps.", "delai", retry_after=300)
            with read() as connection:
                etag = known_etag(connection, self._hotel.id, name, self._day) if kept else None
            report = read_report(self._client, kind, self._day, etag)
        except LightspeedUnchanged:
            assert kept is not None  # noqa: S101 - an ETag goes only with what the book has
            return _Said(_of_kept(kind, kept))
        except LightspeedConfigError:
            raise
        except LightspeedError as error:
            self._silences = self._silences + 1 if error.kind in _SILENT else 0
            refused = isinstance(error, LightspeedAuthError) and error.kind != _OF_ONE_REPORT
            if refused or self._silences == _SILENCES:
                self._dead = error
            return _Said(_failed(kind, error, kept))
        self._silences = 0
        return self._believed(kind, report, kept)

    def _believed(self, kind: type, report: Any, kept: lightspeed.Reading | None) -> _Said:
        about: r.About = report.about
        if about.source == "demo" and not self._hotel.demo:
            return _Said(Reading(kind, FAILED, message=DEMO_REFUSED))
        if kept is not None and about.source == kept.source and about.revision < kept.revision:
            message = OLDER.format(about.revision, kept.revision)
            return _Said(Reading(kind, FAILED, message=message, retry_minutes=ABSENT_MIN))
        self._bodies[kind] = report
        lacks = lacks_of(report)
        notes = [*map(Note, remarks_of(report)), *(Note(one.sentence, one.tabs, one.partial) for one in lacks)]
        found = lightspeed.Reading(
            self._hotel.id,
            self._day,
            kind.__name__,
            about.revision,
            about.final,
            about.source,
            figures_of(report, lacks),
            [one.as_json() for one in controls_of(report, lacks)],
            [one.as_json() for one in notes],
        )
        reading = _of_kept(kind, found, READ if about.final and found != kept else None)
        return _Said(reading, about, None if found == kept else found)


def _of_kept(kind: type, kept: lightspeed.Reading, state: str | None = None) -> Reading:
    """The reading of what the book has."""
    reading = Reading(
        kind,
        state or (UNCHANGED if kept.final else OPEN),
        figures=kept.figures,
        notes=[*map(Note.read, kept.notes)],
        revision=kept.revision,
        message="" if kept.final else NOT_CLOSED,
        retry_minutes=None if kept.final else 5,
    )
    if reading.final and reading.lacks:
        reading.retry_minutes = ABSENT_MIN
    return reading


def _failed(kind: type, error: LightspeedError, kept: lightspeed.Reading | None) -> Reading:
    """A report that could not be read, and when to ask again; nothing when time cures nothing."""
    absent = error.kind == "absent"
    message = GONE.format(kept.revision) if absent and kept and kept.final else str(error)
    minutes = _PATIENCE.get(error.kind)
    if isinstance(error, LightspeedAPIError) and error.retry_after is not None:
        minutes = max(1, -(-error.retry_after // 60))
    return Reading(kind, ABSENT if absent else FAILED, message=message, retry_minutes=minutes)
