"""A month accepted: its nights enter the book closed, in one transaction, journaled figure by figure and sealed."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from database import imports, journal, night_seals, nights, properties, seals
from database.imports import Kept
from database.journal import IMPORTING, Entry, NightStamp
from database.models import IMPORTED, PROPOSED
from database.nights import StoredTab, as_text
from database.origins import NO_ORIGINS, Origin
from database.properties import Hotel
from database.transaction import write
from utils.actions.freezing import frozen
from utils.actions.imports.planned import PlannedNight, planned_nights
from utils.actions.person import NOBODY, Person, actor
from utils.actions.refusals import Conflict, Forbidden, NoSuchNight
from utils.actions.saving import PERSON_LINES, person_lines, projected
from utils.actions.state import IN_PROGRESS, LOCKED, TYPED_TABS, domain_settings
from utils.dates import local
from utils.imports.stored import from_document
from utils.rj.merge import IMPORTED as ORIGIN
from utils.rj.rules import RULES_VERSION
from utils.rj.waiting import waits_for_nothing

DIGEST: Final = 12
"""How much of the digest of a file an origin repeats; the import has all of it."""


def enter_month(person: Person, import_id: int, at: datetime) -> int:
    """Bring in the nights of a proposal; how many entered. One that entered already changes nothing.

    Raises ``Conflict`` when none of its nights may enter any more, or one was opened meanwhile; nothing is then kept.
    """
    if not person.may("importer"):
        raise Forbidden("Votre rôle ne permet pas d’importer des classeurs.")
    try:
        with write() as connection:
            return _enter(connection, person, import_id, at)
    except IntegrityError:
        raise Conflict("Une de ces nuits vient d’être ouverte : relire la proposition.") from None


def _enter(connection: Connection, person: Person, import_id: int, at: datetime) -> int:
    found = imports.find(connection, person.property_id, import_id)
    if found is None:
        raise NoSuchNight("Cette proposition n’existe plus : déposer de nouveau le classeur.")
    if found.status == IMPORTED:
        return 0
    if found.status != PROPOSED:
        raise Conflict("Cette importation a été défaite : déposer de nouveau le classeur.")
    hotel = properties.property_by_id(connection, person.property_id)
    document = imports.document_of(connection, import_id)
    if not imports.is_intact(connection, hotel.id, found, document):
        raise Conflict("Cette proposition a été modifiée hors de RJ Natif : déposer de nouveau le classeur.")
    plan = planned_nights(connection, hotel, from_document(document["nuits"]), document["annee"])
    entering = [one for one in plan if not one.conflict]
    if not entering:
        raise Conflict("Aucune de ces nuits n’entre : le livre les a déjà.")
    if any(one.flaws for one in entering):
        raise Conflict("Les réglages ont changé depuis la lecture : déposer de nouveau le classeur.")
    opening = hotel.opening_date if entering[0].day < hotel.opening_date else None
    if opening is not None:
        properties.move_opening(connection, hotel, entering[0].day, actor(person), at)
    for one in entering:
        _enter_night(connection, person, hotel, one, found._replace(opening_before=opening), at)
    nights.tell_later_nights(connection, hotel.id, entering[0].day)
    said = {key: value for key, value in document.items() if key not in ("nuits", "annee", imports.SEAL)}
    said["jours"] = [[one.day.isoformat(), len(one.read.night.figures), len(one.gaps), one.conflict] for one in plan]
    said["ecarts"] = [[one.day.isoformat(), *gap] for one in entering for gap in one.gaps]
    columns = {"status": IMPORTED, "document": said, "nights": len(entering), "opening_before": opening}
    imports.change(connection, import_id, {**columns, "entered_at": at, "entered_by": person.user_id or None})
    return len(entering)


def _enter_night(
    connection: Connection, person: Person, hotel: Hotel, planned: PlannedNight, found: Kept, at: datetime
) -> None:
    """One night: its row and tabs, its lines by person, its lock, its rows of the journal, its seals."""
    night, policy, block = planned.night, planned.policy, planned.block
    assert night is not None and policy is not None and block is not None  # noqa: S101, PT018 - no conflict: calculated
    waits_for_nothing(night)
    by = person.user_id or None
    row = {
        **{"property_id": hotel.id, "audit_date": planned.day, "status": IN_PROGRESS, "version": 1},
        **{"carry_version": 0, "revision": 0, "auditor_id": None, "opened_at": at, "opened_by": by},
        **{"awaiting_override": False, "previous": block, "reprise": planned.reprise, "import_id": found.id},
        **projected(night),
    }
    moment = local(at, hotel.time_zone).isoformat(timespec="seconds")
    tabs = _tabs(planned, moment)
    night_id = imports.insert_night(connection, row, tabs)
    lines = person_lines((hotel.id, night_id, planned.day), night, PERSON_LINES)
    imports.insert_lines(connection, lines)
    versions = {"reglages": list(policy.versions), "regles": RULES_VERSION}
    # beside the night as it is frozen, what the workbook said otherwise
    book = {gap.field: {"classeur": gap.book, "case": gap.place, "raison": gap.reason} for gap in planned.gaps}
    columns = {
        **{"status": LOCKED, "locked_at": at, "locked_by": by, "rules_version": RULES_VERSION},
        "frozen": {**frozen(night, domain_settings(policy.values), versions), "classeur": book},
        "settings_version": ",".join(map(str, policy.versions)),
    }
    nights.update_night(connection, night_id, columns)
    seals.seal_night(connection, night_id)
    before = found.opening_before and found.opening_before.isoformat()
    said = {
        **{"precedente": block, "reprise": planned.reprise, "importation": found.id, "fichiers": found.files},
        "mois": [found.month.isoformat(), before],
    }
    entries = [Entry(IMPORTING, new=as_text(said), origin=ORIGIN), *_entries(planned)]
    seq = journal.append(connection, hotel.id, actor(person), at, entries, NightStamp(night_id, planned.day, 1, 0))
    night_seals.begin(connection, night_id, seq, night_seals.of_new(row | columns, tabs, lines))


def _tabs(planned: PlannedNight, moment: str) -> list[StoredTab]:
    """Every tab of the night, each figure with the file, the sheet and the cell where it was read."""
    inputs = planned.read.night.inputs()
    origins: dict[str, dict[str, Origin | None]] = {}
    versions: dict[str, dict[str, list[int]]] = {}
    for one in planned.read.night.figures:
        report = f"{one.place} ({planned.read.digests[one.place][:DIGEST]})"
        origins.setdefault(one.tab, {})[one.cell] = Origin(ORIGIN, moment, report=report)
        versions.setdefault(one.tab, {})[one.cell] = [1, NOBODY]
    return [
        StoredTab(tab, 1, inputs.get(tab, {}), NO_ORIGINS.after(origins.get(tab, {})), {}, versions.get(tab, {}))
        for tab in TYPED_TABS
    ]


def _entries(planned: PlannedNight) -> list[Entry]:
    """A row of the journal a figure, with the cell where it was read."""
    entries = []
    for one in planned.read.night.figures:
        field: Any = ".".join(filter(None, (one.field.partition(".")[2], one.part)))
        reason = f"{one.place} ({planned.read.digests[one.place][:DIGEST]})"
        entries.append(Entry(IMPORTING, one.tab, field, one.line or None, None, as_text(one.value), ORIGIN, reason))
    return entries
