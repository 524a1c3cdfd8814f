"""What changed of a night from one revision to another: which figure, before, after, who and why; from the journal.

A revision is numbered as people count them: the first submission is 1, each correction opens the next.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from sqlalchemy import Connection

from database import journal_rows, revisions, users
from database.chain import Row
from database.journal import REOPENING
from database.models import PROJECTIONS
from database.transaction import read
from utils.actions.freezing import thawed
from utils.actions.person import Person
from utils.actions.reading import entry_document
from utils.actions.refusals import NoSuchNight
from utils.actions.state import NightState, need_night
from utils.dates import local
from utils.rj.catalogue import FIELDS
from utils.rj.declaration import FLAG
from utils.rj.writing import written
from utils.shapes import Document, Values

_FILLING: Final = ("saisie", "retrait", "synchronisation", "importation")


def revisions_of(person: Person, day: date) -> list[Document]:
    """The revisions of a night, oldest first: when and by whom each was last submitted, why it was opened."""
    with read() as connection:
        state = need_night(connection, person.property_id, day)
        submitted = {one.revision: one for one in revisions.submissions_of(connection, state.stamp.id)}
        opened = _reopenings(connection, state)
        names = users.names(connection, {one.by for one in submitted.values() if one.by})
    found = []
    for number in range(state.row["revision"] + 1):
        last = submitted.get(number)
        at = local(last.at, state.hotel.time_zone).isoformat(timespec="seconds") if last else None
        by = names.get(last.by or 0, "") if last else ""
        why = opened.get(number)
        found.append(
            {
                "numero": number + 1,
                "soumise_a": at,
                "par": by,
                "ouverte_par": why.actor_label if why else None,
                "motif": why.reason if why else None,
            }
        )
    return found


def compare_revisions(person: Person, day: date, one: int, other: int) -> Document:
    """What changed between two revisions of a night, whichever comes first; raises ``NoSuchNight`` for one it lacks."""
    before, after = sorted((one, other))
    with read() as connection:
        state = need_night(connection, person.property_id, day)
        if before < 1 or after > state.row["revision"] + 1 or before == after:
            raise NoSuchNight(f"La nuit du {day.isoformat()} n'a pas ces deux révisions.")
        rows = journal_rows.of_night(connection, person.property_id, state.stamp.id, _FILLING)
        reasons = {number: row.reason or "" for number, row in _reopenings(connection, state).items()}
        then, now = (_figures(connection, state, number - 1) for number in (before, after))
    between = [row for row in rows if before <= (row.revision or 0) < after]
    cells: dict[tuple[Any, ...], list[Row]] = {}
    for row in between:
        if row.old is None and row.new is None and not row.erased:
            continue  # the text of a sum: no value moved
        cells.setdefault((row.tab, row.line_id, row.field), []).append(row)
    # the rows of each cell that ends otherwise than it began, oldest first, in the order of the first change
    moved = [mine for mine in cells.values() if mine[0].old != mine[-1].new]
    return {
        "de": before,
        "a": after,
        "changements": [_change(mine, reasons, state.hotel.time_zone) for mine in moved],
        "chiffres": [
            {"champ": name, "libelle": FIELDS[name].label, "avant": then.get(name), "apres": now.get(name)}
            for name in now | then
            if then.get(name) != now.get(name)
        ],
    }


def _reopenings(connection: Connection, state: NightState) -> dict[int, Row]:
    """The row of the journal that opened each correction, by the revision that it opened."""
    rows = journal_rows.of_night(connection, state.hotel.id, state.stamp.id, (REOPENING,))
    return {row.revision or 0: row for row in rows}


def _change(rows: list[Row], reasons: Mapping[int, str], zone: str) -> Document:
    """A change as the journal's page tells an entry: the value before all of them, the last one, and its reason.

    The operands of what was typed are no reason: that of its correction is.
    """
    first, last = rows[0], rows[-1]
    told = entry_document(last._replace(old=first.old), zone)
    own = "" if last.action == "saisie" else last.reason
    return told | {"motif": own or reasons.get(last.revision or 0) or None}


def _figures(connection: Connection, state: NightState, revision: int) -> dict[str, Any]:
    """The headline figures of a revision as files write them: the last that was kept of it, else the night as it is."""
    values: Values = state.night.values
    if revision != state.row["revision"]:
        kept = revisions.last_snapshot(connection, state.stamp.id, revision)
        values = thawed(kept.snapshot, state.hotel.name).values if kept else {}
    figures = (one.path for one in PROJECTIONS if FIELDS[one.path].kind != FLAG)
    return {name: written(FIELDS[name], values[name]) for name in figures if name in values}
