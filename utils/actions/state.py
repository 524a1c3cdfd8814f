"""A night as the book has it, calculated once a version and remembered by this process until it changes."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from threading import Lock
from typing import Any, Final

from flask import current_app
from sqlalchemy import Connection

from database import night_seals, nights, properties, revisions, users
from database.night_seals import Standing
from database.nights import Stamp, StoredTab
from database.properties import Hotel
from database.revisions import Overridden, Submitted
from utils.actions.carried import Carried, Earlier, Lacking, earlier_night, left_by, read_block, with_sums
from utils.actions.cells import read_stored
from utils.actions.expected import Expected, expected
from utils.actions.freezing import thawed
from utils.actions.refusals import Conflict, NoSuchNight
from utils.rj.calculate import Night, calculate
from utils.rj.catalogue import TABS
from utils.rj.reading import Reader
from utils.rj.settings import Settings, read_settings
from utils.shapes import Document

DRAFT, IN_PROGRESS, SUBMITTED, LOCKED, CORRECTING = "draft", "in_progress", "submitted", "locked", "correcting"
EDITABLE: Final = (DRAFT, IN_PROGRESS, CORRECTING)
LABELS: Final = {
    DRAFT: "Brouillon",
    IN_PROGRESS: "En cours",
    SUBMITTED: "Soumise",
    LOCKED: "Verrouillée",
    CORRECTING: "En correction",
}
TYPED_TABS: Final = tuple(tab.key for tab in TABS if any(entry.typed for entry in tab))
DOMAIN_SETTINGS: Final = ("name", "rooms", "rates", "tolerances", "severities", "terminals", "staff", "outlets")
_REMEMBERED: Final = 128
_EXTENSION: Final = "rj_nights"


@dataclass(frozen=True, eq=False)
class NightState:
    """Everything known of a night at one version; immutable, so that it can be shared between threads."""

    stamp: Stamp
    hotel: Hotel
    day: date
    row: Mapping[str, Any]
    policy: Document
    block: Document
    night: Night
    tabs: Mapping[str, StoredTab]
    names: Mapping[int, str]
    earlier: Earlier | None
    expected: Expected
    overrides: tuple[Overridden, ...]
    seal: Standing
    submission: Submitted | None = None
    lacking: Lacking = field(default_factory=dict)
    rendered: dict[str, bytes] = field(default_factory=dict)

    @property
    def status(self) -> str:
        """Code of the state."""
        return self.stamp.status

    @property
    def editable(self) -> bool:
        """True while values may change."""
        return self.status in EDITABLE

    @property
    def leaves_at(self) -> datetime | None:
        """From when what says this closed night may leave the hotel (aware); ``None`` while the night is open.

        Until then whoever submitted it may take it back (``utils.actions.take_back``).
        """
        found: datetime | None = self.row["leaves_at"]
        return None if self.editable else found

    @property
    def label(self) -> str:
        """The state in French."""
        return state_label(self.status, self.row["revision"], self.row["import_id"])

    @property
    def where(self) -> tuple[int, int, date]:
        """Hotel, night and date: what a line by person is of."""
        return self.hotel.id, self.stamp.id, self.day

    @property
    def etag(self) -> str:
        """What changes whenever anything shown of the night changes."""
        stamp = self.stamp
        return f"{stamp.id}-{stamp.version}-{stamp.carry_version}-{stamp.settings}"


def state_label(status: str, revision: int, import_id: int | None) -> str:
    """The state of a night in French: it stands as a workbook brought it until a correction makes it one of ours."""
    is_imported = import_id is not None and status == LOCKED and not revision
    return "Importée" if is_imported else LABELS[status]


class Memory:
    """The nights this process remembers, the least recently used forgotten first."""

    def __init__(self) -> None:
        """Remember nothing yet."""
        self._states: OrderedDict[tuple[int, date], NightState] = OrderedDict()
        self._lock = Lock()

    def get(self, key: tuple[int, date], stamp: Stamp) -> NightState | None:
        """The remembered state when it is still the book's."""
        with self._lock:
            state = self._states.get(key)
            if state is None or state.stamp != stamp:
                return None
            self._states.move_to_end(key)
            return state

    def put(self, state: NightState) -> None:
        """Remember a state read from, or committed to, the book."""
        with self._lock:
            key = (state.hotel.id, state.day)
            known = self._states.get(key)
            if known is None or known.stamp.version <= state.stamp.version:
                self._states[key] = state
                self._states.move_to_end(key)
            while len(self._states) > _REMEMBERED:
                self._states.popitem(last=False)


def memory() -> Memory:
    """What the process that serves this application remembers."""
    found: Memory = current_app.extensions.setdefault(_EXTENSION, Memory())
    return found


def find_night(connection: Connection, property_id: int, day: date, *, lock: bool = False) -> NightState | None:
    """A night of a hotel, ``None`` when it was never opened; ``lock`` keeps other writers away until the commit."""
    stamp = nights.read_stamp(connection, property_id, day, lock=lock)
    if stamp is None:
        return None
    known = memory().get((property_id, day), stamp)
    if known is None:
        known = _read(connection, property_id, day, stamp)
        if not lock:
            memory().put(known)
    return known


def need_night(connection: Connection, property_id: int, day: date, *, lock: bool = False) -> NightState:
    """The same, refusing a night that was never opened."""
    state = find_night(connection, property_id, day, lock=lock)
    if state is None:
        raise NoSuchNight(f"La nuit du {day.isoformat()} n'est pas ouverte.")
    return state


def _calculated(
    connection: Connection, hotel: Hotel, row: Mapping[str, Any], tabs: Mapping[str, StoredTab], policy: Document
) -> tuple[Night, Carried]:
    """A night as it was frozen, or calculated from what was typed, and the block that it carries."""
    day, block = row["audit_date"], row["previous"] or {}
    carried = Carried(block, {}) if row["reprise"] else with_sums(connection, hotel, day, block)
    if row["status"] == LOCKED:
        return thawed(row["frozen"], hotel.name), carried._replace(block=block)
    inputs = {name: value for tab in tabs.values() for name, value in read_stored(tab.tab, tab.inputs).items()}
    return calculate(day, settings_of(hotel, policy), read_block(carried.block), inputs), carried


def _earlier(connection: Connection, hotel: Hotel, row: Mapping[str, Any]) -> Earlier | None:
    """The night before; of an open one, what that night leaves to it now.

    It is calculated for itself, without its own night before: many may be open, one after another.
    """
    if row["status"] in (SUBMITTED, LOCKED):
        return earlier_night(connection, hotel.id, row["audit_date"], row["locked_at"] or row["submitted_at"])
    found = earlier_night(connection, hotel.id, row["audit_date"])
    stamp = nights.read_stamp(connection, hotel.id, found.day) if found else None
    if found is None or stamp is None or found.status not in (SUBMITTED, LOCKED):
        return found
    known = memory().get((hotel.id, found.day), stamp)
    if known is None:
        tabs = {stored.tab: stored for stored in nights.read_tabs(connection, stamp.id)}
        policy = properties.settings_document(connection, hotel.id, found.day).values
        before = nights.read_row(connection, stamp.id)._mapping  # type: ignore[attr-defined]
        night, _ = _calculated(connection, hotel, before, tabs, policy)
    return found._replace(leaves=left_by(known.night if known else night))


def domain_settings(document: Document) -> Document:
    """The settings that formulas read, of a document of a hotel."""
    return {key: document[key] for key in DOMAIN_SETTINGS if key in document}


def settings_of(hotel: Hotel, document: Document) -> Settings:
    """The settings that formulas read, from the document of a hotel in force; refused when they cannot be read."""
    reader = Reader()
    settings = read_settings({"name": hotel.name, **domain_settings(document)}, reader)
    if reader.problems:
        raise Conflict(_ALTERED, reader.problems)
    return settings


_ALTERED: Final = (
    "Les réglages de l’hôtel ne se lisent plus : modifiés hors de RJ Natif. Prévenir l’administration : "
    "`rj journal verifier` dit où."
)
"""The page of the settings keeps none that the formulas cannot read."""


def _read(connection: Connection, property_id: int, day: date, stamp: Stamp) -> NightState:
    hotel = properties.property_by_id(connection, property_id)
    row = nights.read_row(connection, stamp.id)._mapping  # type: ignore[attr-defined]
    policy = properties.settings_document(connection, property_id, day).values
    tabs = {stored.tab: stored for stored in nights.read_tabs(connection, stamp.id)}
    overrides = tuple(revisions.overrides_of(connection, stamp.id, row["revision"]))
    closed = stamp.status in (SUBMITTED, LOCKED)
    submission = revisions.last_submission(connection, stamp.id) if closed else None
    night, carried = _calculated(connection, hotel, row, tabs, policy)
    people = {origin.by for tab in tabs.values() for origin in tab.origins.cells.values() if origin.by}
    people |= {row[key] for key in ("auditor_id", "opened_by", "submitted_by", "locked_by") if row[key]}
    people |= {one.by for one in overrides if one.by}
    return NightState(
        stamp=stamp,
        hotel=hotel,
        day=day,
        row=dict(row, frozen=None),
        policy=policy,
        block=carried.block,
        night=night,
        tabs=tabs,
        names=users.names(connection, people),
        earlier=_earlier(connection, hotel, row),
        expected=expected(connection, property_id, day),
        overrides=overrides,
        seal=night_seals.standing_of(connection, stamp.id, row, tabs.values()),
        submission=submission,
        lacking=carried.lacking,
    )
