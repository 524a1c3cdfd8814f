"""Lock a night: figures frozen with their rules and rates; and open a correction, the old revision kept."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from database import nights, properties, revisions, seals
from database.journal import Entry
from database.nights import as_text
from database.transaction import read, write
from utils.actions.freezing import frozen
from utils.actions.person import Person
from utils.actions.reasons import read_needed_reason
from utils.actions.refusals import Conflict, Forbidden, Unreadable
from utils.actions.saving import Deed, commit_night, refuse_altered
from utils.actions.state import CORRECTING, DOMAIN_SETTINGS, LABELS, LOCKED, SUBMITTED, NightState, need_night
from utils.rj.reading import Reader
from utils.rj.rules import RULES_VERSION


def lock_night(person: Person, day: date, at: datetime) -> NightState:
    """Lock a submitted night; locking a locked one changes nothing."""
    with write() as connection:
        state = need_night(connection, person.property_id, day, lock=True)
        if state.status == LOCKED:
            return state
        if not person.may("verrouiller"):
            raise Forbidden("Votre rôle ne permet pas de verrouiller une nuit.")
        if state.status != SUBMITTED:
            raise Conflict(f"La nuit est {LABELS[state.status].lower()} : elle se verrouille une fois soumise.")
        if state.row["awaiting_override"]:
            raise Conflict("La nuit attend une dérogation : elle ne se verrouille pas encore.")
        refuse_altered(connection, state)
        return lock(Deed(connection, person, at), state)


def lock(deed: Deed, state: NightState) -> NightState:
    """Freeze the figures, seal them, keep a snapshot."""
    document = properties.settings_document(deed.connection, state.hotel.id, state.day)
    settings: dict[str, Any] = {key: document.values[key] for key in DOMAIN_SETTINGS if key in document.values}
    versions = {"reglages": list(document.versions), "regles": RULES_VERSION}
    snapshot = frozen(state.night, settings, versions)
    columns: dict[str, Any] = {
        "frozen": snapshot,
        "rules_version": RULES_VERSION,
        "settings_version": ",".join(map(str, document.versions)),
        "previous": dict(state.block),
        "status": LOCKED,
        "locked_at": deed.at,
        "locked_by": deed.person.user_id,
        "checksum": None,
    }
    entry = Entry("verrouillage", old=as_text(state.status), new=as_text(LOCKED))
    after = commit_night(deed, state, [entry], columns, state.night)
    seals.seal_night(deed.connection, state.stamp.id)
    _keep(deed, state, {"cause": "lock", "reason": None}, snapshot)
    return after


def reopen_night(person: Person, day: date, document: Any, at: datetime) -> NightState:
    """Open a correction on a submitted or locked night, with a reason; the revision it corrects is kept."""
    motif = _read_motif(document)
    with write() as connection:
        state = need_night(connection, person.property_id, day, lock=True)
        if not person.may("corriger"):
            raise Forbidden("Votre rôle ne permet pas d'ouvrir une correction.")
        if state.status not in (SUBMITTED, LOCKED):
            raise Conflict(f"La nuit est {LABELS[state.status].lower()} : il n'y a rien à rouvrir.")
        refuse_altered(connection, state)
        deed = Deed(connection, person, at)
        settings = {key: state.policy[key] for key in DOMAIN_SETTINGS if key in state.policy}
        kept = nights.read_row(connection, state.stamp.id).frozen if state.status == LOCKED else None
        snapshot = kept or frozen(state.night, settings, {"regles": RULES_VERSION})
        _keep(deed, state, {"cause": "correction", "reason": motif}, snapshot)
        revision = state.row["revision"] + 1
        columns = {
            "status": CORRECTING,
            "revision": revision,
            "awaiting_override": False,
            "frozen": None,
            "checksum": None,
        }
        entry = Entry("reouverture", old=as_text(state.status), new=as_text(CORRECTING), reason=motif)
        commit_night(deed, state, [entry], columns)
    with read() as connection:
        return need_night(connection, person.property_id, day)


def _keep(deed: Deed, state: NightState, cause: dict[str, Any], snapshot: dict[str, Any]) -> None:
    """Keep a snapshot for ever; ``cause`` says why, when and for what reason."""
    row = {"night_id": state.stamp.id, "revision": state.row["revision"], "by": deed.person.user_id}
    row |= {"at": deed.at, "snapshot": snapshot, **cause}
    revisions.add_revision(deed.connection, {**row, "checksum": seals.seal_revision(deed.connection, row)})


def _read_motif(document: Any) -> str:
    reader, sentence = Reader(), "Une réouverture demande un motif."
    given = reader.object(document, "").get("motif")
    motif = read_needed_reason(given, "motif", "de la correction", sentence, reader)
    if reader.problems:
        raise Unreadable(sentence, reader.problems)
    return motif
