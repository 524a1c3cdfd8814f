"""Put back in the base what the journal says of a night that somebody altered there; said in the journal, with why."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import Connection

from database import journal, night_seals, nights
from database.journal import Entry, NightStamp
from database.night_replay import Gap, Given, NightReplay, replayed_night
from database.night_seals import SEAL, TAB, Standing
from database.nights import StoredTab, as_text
from database.origins import GONE, NO_ORIGINS, Origin
from database.properties import Hotel
from database.replay import gaps_of_rules
from database.transaction import write
from database.verification import broken_chain
from utils.actions.altered import sentence_of, value_in_words
from utils.actions.cells import find_cell
from utils.actions.person import NOBODY
from utils.actions.reasons import read_needed_reason
from utils.actions.refusals import Conflict, NoSuchNight, Unreadable
from utils.actions.saving import PERSON_LINES, person_lines, projected
from utils.actions.state import LOCKED, TYPED_TABS, need_night
from utils.dates import local
from utils.rj.merge import TYPED
from utils.rj.reading import Reader
from utils.shapes import Document, Values

ACTION: Final = "retablissement"
_NEEDED: Final = "Un rétablissement demande un motif : --motif."
_CLOSINGS: Final = frozenset({night_seals.SUBMISSIONS, night_seals.OVERRIDES})
_RESTORE: Final = "Restaurer la dernière sauvegarde d’avant."


def put_back(hotel: Hotel, day: date, motif: str | None, at: datetime) -> list[str]:
    """Put a night back as its journal says it, in one transaction; what was changed, in French, nothing if all stood.

    Raises a ``Refusal``: without a reason, when the chain of the journal is broken, when the night is locked.
    """
    reader = Reader()
    reason = read_needed_reason(motif, "motif", "du rétablissement", _NEEDED, reader)
    if reader.problems:
        raise Unreadable(reader.problems[0].message)
    with write() as connection:
        stamp = nights.read_stamp(connection, hotel.id, day, lock=True)
        if stamp is None:
            raise NoSuchNight(f"La nuit du {day.isoformat()} n’est pas ouverte.")
        replay = replayed_night(connection, stamp.id)
        _refuse_unprovable(connection, hotel, stamp.id, replay)
        work = _Work(connection, hotel, replay, nights.read_row(connection, stamp.id)._mapping)  # type: ignore[attr-defined]
        return work.done(reason, at)


def _refuse_unprovable(connection: Connection, hotel: Hotel, night_id: int, replay: NightReplay) -> None:
    """Refuse when what the night would be made of is not proved itself."""
    if broken := broken_chain(connection, hotel.id):
        first = f"{broken[0].place} : {broken[0].message}"
        raise Conflict(f"Le journal lui-même est rompu ({first}) : rien ne peut en être repris. {_RESTORE}")
    if gaps := gaps_of_rules(connection, hotel.id):
        raise Conflict(
            f"Les règles de l’hôtel ne sont plus celles du journal ({gaps[0][0]} : {gaps[0][1]}). {_RESTORE}"
        )
    if replay.columns["status"] == LOCKED:
        raise Conflict(f"La nuit est verrouillée : ses chiffres figés ne sont pas au journal. {_RESTORE}")
    if closings := replay.gaps_of_closings(connection, night_id):
        raise Conflict(f"{closings[0]} {_RESTORE}")


class _Work:
    """A night being put back."""

    def __init__(self, connection: Connection, hotel: Hotel, replay: NightReplay, row: Mapping[str, Any]) -> None:
        self.connection, self.hotel, self.replay, self.row = connection, hotel, replay, row
        self.night_id, self.day = row["id"], row["audit_date"]
        self.altered = night_seals.altered(connection, self.night_id)
        self.tabs = {tab.tab: tab for tab in nights.read_tabs(connection, self.night_id)}

    def done(self, reason: str, at: datetime) -> list[str]:
        """Write what the journal says, in a new version, and seal it; what changed."""
        gaps = self.replay.gaps({key: tab.inputs for key, tab in self.tabs.items()})
        columns = self.replay.wrong_columns(self.row)
        if self.row["version"] != self.replay.version:
            columns["version"] = self.replay.version
        if not gaps and not columns and not self.altered - _CLOSINGS:
            return []
        version = max(self.row["version"], self.replay.version) + 1
        differing = {gap.tab for gap in gaps}
        nights.add_tabs(self.connection, self.night_id, [tab for tab in TYPED_TABS if tab not in self.tabs])
        for tab in TYPED_TABS:  # those that differ, were altered otherwise, or are gone
            if tab not in self.tabs or tab in differing or self.altered & {SEAL, f"{TAB}{tab}"}:
                held = self.tabs[tab].inputs if tab in self.tabs else {}
                nights.save_tab(self.connection, self.night_id, self._told_tab(tab, held, version))
        nights.update_night(self.connection, self.night_id, columns | {"version": version})
        # columns and lines by person are calculated again from the tabs as they are now
        state = need_night(self.connection, self.hotel.id, self.day, lock=True)
        nights.update_night(self.connection, self.night_id, projected(state.night))
        nights.replace_lines(
            self.connection, self.night_id, PERSON_LINES, person_lines(state.where, state.night, PERSON_LINES)
        )
        nights.tell_later_nights(self.connection, self.hotel.id, self.day)
        entries = [Entry(ACTION, gap.tab, gap.cell, old=gap.held, new=gap.said, reason=reason) for gap in gaps]
        entries += [Entry(ACTION, new=as_text(sorted({*columns, *self.altered})), reason=reason)]
        stamp = NightStamp(self.night_id, self.day, version, self.replay.revision)
        self._seal(journal.append(self.connection, self.hotel.id, journal.SYSTEM, at, entries, stamp))
        return list(self._said(gaps, columns))

    def _told_tab(self, tab: str, held: Any, version: int) -> StoredTab:
        """A tab as the journal tells it: values, who gave them, when; the text of a sum is not put back."""
        standing = dict(self.replay.leaves(tab, held))
        told = {cell: given for (owner, cell), given in self.replay.cells.items() if owner == tab}
        texts = {cell: given.value if given.is_known else standing.get(cell) for cell, given in told.items()}
        values = {cell: json.loads(text) for cell, text in texts.items() if text is not None}
        origins = NO_ORIGINS.after({cell: self._origin(told[cell]) for cell in values})
        versions = {cell: [given.version, given.by or NOBODY] for cell, given in told.items()}
        return StoredTab(tab, version, assembled(tab, values, held), origins, {}, versions)

    def _origin(self, given: Given) -> Origin:
        moment = local(given.at, self.hotel.time_zone).isoformat(timespec="seconds")
        if given.origin == TYPED:
            return Origin(TYPED, moment, given.by or GONE)
        report, _, revision = (given.reason or "").rpartition(", révision ")
        if not report or not revision.isdecimal():
            return Origin(given.origin, moment)
        return Origin(given.origin, moment, report=report, revision=int(revision))

    def _seal(self, seq: int) -> None:
        """Seal what was put back; what the journal cannot give back, should it be altered, stays named."""
        found = night_seals.whole(self.connection, self.night_id)
        known = night_seals.read_seal(self.connection, self.night_id)
        if known is None:
            night_seals.begin(self.connection, self.night_id, seq, found)
            return
        left = self.altered & _CLOSINGS
        standing = Standing({name: known.parts[name] for name in left if name in known.parts}, frozenset(left))
        night_seals.move(self.connection, self.night_id, seq, standing, found)

    def _said(self, gaps: list[Gap], columns: Values) -> Iterator[str]:
        for gap in gaps:
            yield f"{sentence_of(gap)} Rétabli : {value_in_words(gap.tab, gap.cell, gap.said)}."
        if columns:
            yield f"État de la nuit rétabli : {', '.join(sorted(columns))}."
        for part in sorted(self.altered - _CLOSINGS):
            yield f"{night_seals.said(part)} : refait d’après le journal et scellé."
        for part in sorted(self.altered & _CLOSINGS):
            yield f"{night_seals.said(part)} : laissé tel quel, le journal ne suffit pas. {_RESTORE}"


def assembled(tab: str, values: Values, held: Any) -> Document:
    """The inputs of a tab from its cells; lines keep the order that they have, those that come back go to the end.

    >>> assembled("recap", {"cash_ls_lecture": "1.00"}, {})
    {'cash_ls_lecture': '1.00'}
    """
    inputs: Document = {}
    lines: dict[str, dict[str, Document]] = {}
    for cell, value in values.items():
        found = find_cell(tab, cell)
        if found is None or not found[2]:
            inputs[cell] = value
        elif found[1]:
            lines.setdefault(found[0].key, {}).setdefault(found[1], {"id": found[1]})[found[2]] = value
        else:
            inputs.setdefault(found[0].key, {})[found[2]] = value
    for key, by_id in lines.items():
        present = held.get(key, ()) if isinstance(held, Mapping) else ()
        ranks = {line["id"]: rank for rank, line in enumerate(present) if isinstance(line, Mapping) and "id" in line}
        inputs[key] = sorted(by_id.values(), key=lambda line: ranks.get(line["id"], len(ranks)))
    return inputs
