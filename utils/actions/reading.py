"""Reading nights: one, its tabs, why a figure, its journal; the list of a period. Nothing here writes."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Final

from database import journal_rows, nights
from database.chain import Row
from database.transaction import read
from utils.actions.person import Person
from utils.actions.refusals import NoSuchNight
from utils.actions.state import NightState, find_night, need_night
from utils.dates import local
from utils.rj import labels
from utils.rj.catalogue import FIELDS
from utils.rj.explain import UnknownField, explain
from utils.rj.merge import IMPORTED, SYNCED
from utils.shapes import Document

_JOURNAL_MAX: Final = 5_000


def night_view(person: Person, day: date) -> NightState:
    """A night of the person's hotel; raises ``NoSuchNight`` when it was never opened."""
    with read() as connection:
        return need_night(connection, person.property_id, day)


def night_if_open(person: Person, day: date) -> NightState | None:
    """The same, ``None`` when it was never opened."""
    with read() as connection:
        return find_night(connection, person.property_id, day)


def nights_between(person: Person, start: date, end: date) -> list[Any]:
    """Rows of the nights of a period, latest first: state and projected figures."""
    with read() as connection:
        return nights.list_nights(connection, person.property_id, start, end)


def why(person: Person, day: date, name: str) -> Document:
    """The explanation of a calculated figure, with where each of its figures came from."""
    state = night_view(person, day)
    try:
        return explain(state.night, _positioned(state, name), origins_in_words(state)).as_json()
    except UnknownField as unknown:
        raise NoSuchNight(str(unknown)) from None


def _positioned(state: NightState, name: str) -> str:
    """``sd.sd_entries.<id>.variance`` as the domain names it, ``sd.sd_entries[0].variance``."""
    parts = name.split(".")
    if len(parts) == 4 and ".".join(parts[:2]) in FIELDS:  # noqa: PLR2004 - tab, list, id, column
        lines = ".".join(parts[:2])
        for position, line in enumerate(state.night.values.get(lines, ())):
            if isinstance(line, dict) and line.get("id") == parts[2]:
                return f"{lines}[{position}].{parts[3]}"
    return name


def origins_in_words(state: NightState) -> dict[str, str]:
    """For each given field, who gave it and when."""
    words: dict[str, str] = {}
    for tab, stored in state.tabs.items():
        for cell, origin in stored.origins.cells.items():
            moment = local(datetime.fromisoformat(origin.at), state.hotel.time_zone)
            who = f", {state.names[origin.by]}" if origin.by is not None and origin.by in state.names else ""
            revision = "?" if origin.revision is None else origin.revision
            source = f"Lightspeed rév. {revision}" if origin.kind == SYNCED else origin.kind
            source = f"classeur, {origin.report}" if origin.kind == IMPORTED else source
            words[f"{tab}.{cell}"] = f"{source} à {moment:%H:%M}{who}"
    return words


def journal_of(person: Person, day: date) -> list[Document]:
    """What happened to a night, oldest first, as a person reads it."""
    with read() as connection:
        state = need_night(connection, person.property_id, day)
        rows = journal_rows.of_night(connection, person.property_id, state.stamp.id, limit=_JOURNAL_MAX)
    return [entry_document(row, state.hotel.time_zone) for row in rows]


def entry_document(row: Row, zone: str) -> Document:
    """A line of the journal as the API and the pages tell it."""
    return {
        "seq": row.seq,
        "a": local(row.at, zone).isoformat(timespec="seconds"),
        "par": row.actor_label,
        "action": row.action,
        "onglet": row.tab,
        "champ": row.field,
        "ligne": row.line_id,
        "libelle": label_of(row.tab, row.field),
        "avant": row.old,
        "apres": row.new,
        "motif": row.reason,
        "origine": row.origin,
        "version": row.night_version,
        "revision": row.revision,
    }


def label_of(tab: str | None, field: str | None) -> str | None:
    """The French label of what a line of the journal speaks of."""
    if tab is None or field is None:
        return None
    return labels.label_of(tab, field) or field
