"""Lock a night: figures frozen with their rules and rates; and open a correction, the old revision kept."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from database import nights, properties, revisions, seals
from database.journal import Entry
from database.nights import as_text
from database.revisions import Snapshot
from utils.actions.freezing import frozen
from utils.actions.marsha.documents import write_at_lock
from utils.actions.night_work import NightWork, open_for
from utils.actions.person import Person
from utils.actions.reasons import read_needed_reason
from utils.actions.refusals import Conflict, Forbidden, Unreadable
from utils.actions.saving import refuse_altered
from utils.actions.state import CORRECTING, LABELS, LOCKED, SUBMITTED, NightState, domain_settings
from utils.rj.reading import Reader
from utils.rj.rules import RULES_VERSION
from utils.shapes import Document


def lock_night(person: Person, day: date, at: datetime) -> NightState:
    """Lock a submitted night; locking a locked one changes nothing."""
    with open_for(person, day, at) as work:
        state = work.state
        if state.status == LOCKED:
            return state
        if not person.may("verrouiller"):
            raise Forbidden("Votre rôle ne permet pas de verrouiller une nuit.")
        if state.status != SUBMITTED:
            raise Conflict(f"La nuit est {LABELS[state.status].lower()} : elle se verrouille une fois soumise.")
        if state.row["awaiting_override"]:
            raise Conflict("La nuit attend une dérogation : elle ne se verrouille pas encore.")
        refuse_altered(work.connection, state)
        lock(work)
        return work.state


def lock(work: NightWork) -> None:
    """Freeze the figures, seal them, keep a snapshot."""
    state = work.state
    document = properties.settings_document(work.connection, state.hotel.id, state.day)
    versions = {"reglages": list(document.versions), "regles": RULES_VERSION}
    snapshot = frozen(state.night, domain_settings(document.values), versions)
    columns = {
        "frozen": snapshot,
        "rules_version": RULES_VERSION,
        "settings_version": ",".join(map(str, document.versions)),
        "previous": dict(state.block),
        "status": LOCKED,
        "locked_at": work.at,
        "locked_by": work.person.user_id,
        "checksum": None,
    }
    entry = Entry("verrouillage", old=as_text(state.status), new=as_text(LOCKED))
    work.new_version([entry], columns, state.night)
    seals.seal_night(work.connection, state.stamp.id)
    _keep(work, state, "lock", None, snapshot)
    write_at_lock(work)


def reopen_night(person: Person, day: date, document: Any, at: datetime) -> NightState:
    """Open a correction on a submitted or locked night, with a reason; the revision it corrects is kept."""
    reader, sentence = Reader(), "Une réouverture demande un motif."
    given = reader.object(document, "").get("motif")
    motif = read_needed_reason(given, "motif", "de la correction", sentence, reader)
    if reader.problems:
        raise Unreadable(sentence, reader.problems)
    with open_for(person, day, at) as work:
        state = work.state
        if not person.may("corriger"):
            raise Forbidden("Votre rôle ne permet pas d'ouvrir une correction.")
        if state.status not in (SUBMITTED, LOCKED):
            raise Conflict(f"La nuit est {LABELS[state.status].lower()} : il n'y a rien à rouvrir.")
        refuse_altered(work.connection, state)
        kept = nights.read_row(work.connection, state.stamp.id).frozen if state.status == LOCKED else None
        snapshot = kept or frozen(state.night, domain_settings(state.policy), {"regles": RULES_VERSION})
        _keep(work, state, "correction", motif, snapshot)
        revision = state.row["revision"] + 1
        columns = {
            "status": CORRECTING,
            "revision": revision,
            "awaiting_override": False,
            "leaves_at": None,
            "frozen": None,
            "checksum": None,
        }
        entry = Entry("reouverture", old=as_text(state.status), new=as_text(CORRECTING), reason=motif)
        work.new_version([entry], columns)
        return work.read_again()


def _keep(work: NightWork, state: NightState, cause: str, reason: str | None, snapshot: Document) -> None:
    """Keep a snapshot for ever."""
    by = work.person.user_id
    kept = Snapshot(state.stamp.id, state.row["revision"], cause, work.at, by, reason, snapshot)
    revisions.add_revision(work.connection, kept, seals.seal_revision(work.connection, kept))
