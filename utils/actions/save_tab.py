"""Save changes of one tab: different fields merge, a field changed since by others is a conflict, nothing is lost."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import Connection

from database.journal import Entry
from database.nights import StoredTab, as_text
from database.transaction import read
from utils.actions import cells
from utils.actions.cells import REMOVE, Change, Present, cell_name, is_map
from utils.actions.conflicts import refuse_conflicts, refuse_unread, written_column, written_value
from utils.actions.night_work import NightWork, open_for
from utils.actions.person import Person
from utils.actions.read_changes import read_changes
from utils.actions.refusals import Forbidden, NotEditable, Unreadable
from utils.actions.saving import PERSON_LINES, moved_lines, too_large
from utils.actions.state import CORRECTING, DRAFT, IN_PROGRESS, LABELS, TYPED_TABS, NightState, need_night
from utils.actions.stored import stored_tab
from utils.actions.undone import restored
from utils.rj.calculate import Night, recalculate
from utils.rj.merge import TYPED
from utils.rj.parse import refuse_long_lists, verify_rules
from utils.rj.reading import MAX_COUNT, Problem, Reader, joined
from utils.shapes import Values

REFUSED: Final = "Au moins une valeur ne peut pas être acceptée."
_KEYS: Final = ("version", "values", "saisies", "annule")


@dataclass(frozen=True, slots=True)
class Saved:
    """The state after a save and the names of every figure that moved, in all tabs."""

    state: NightState
    moved: frozenset[str]


_LONG: Final = 20
"""Changes of a save from which its calculation is worth doing twice rather than having others wait."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a request asks: the version that was read, the changes, the cells that it undoes."""

    tab: str
    version: int
    changes: list[Change]
    undone: list[str]


@dataclass(frozen=True, slots=True)
class _Plan:
    """What a save writes, calculated on one state of the night; only that state when nothing changes."""

    state: NightState
    night: Night | None = None
    moved: frozenset[str] = frozenset()
    stored: StoredTab | None = None
    entries: list[Entry] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)


def save_tab(person: Person, day: date, tab: str, document: Any, at: datetime) -> Saved:
    """Save what a person typed in a tab of a night. Raises a ``Refusal`` and keeps nothing, or keeps everything.

    A long save is calculated before its turn to write comes, so that nobody waits for it; the night may have moved
    meanwhile, and is then calculated again.
    """
    asked = _read(tab, document)
    for ahead in (True, True, False) if len(asked.changes) > _LONG else (False,):
        plan = None
        if ahead:
            with read() as connection:
                plan = _planned(connection, person, need_night(connection, person.property_id, day), asked, at)
        with open_for(person, day, at) as work:
            if plan is not None and plan.state.stamp != work.state.stamp:
                continue
            plan = plan or _planned(work.connection, person, work.state, asked, at)
            _carry_out(work, plan)
        return Saved(work.state, plan.moved)
    raise AssertionError  # the last turn calculates while it writes


def _planned(connection: Connection, person: Person, state: NightState, asked: _Asked, at: datetime) -> _Plan:
    """What a save writes in the book; raises a ``Refusal``."""
    check_may_fill(person, state)
    refuse_unread(state, asked.version)
    present = Present(state.night.inputs)
    refuse_conflicts(state, asked.tab, asked.version, asked.changes, present)
    changes, former = restored(connection, state, asked.changes, asked.undone)
    acting = [change for change in changes if _acts(state, change, present)]
    if not acting:
        return _Plan(state)
    night, moved = recalculated(state, asked.tab, cells.applied(state.night.inputs, changes))
    stored = stored_tab(state, person, changes, night.inputs, at)
    stored = stored._replace(origins=stored.origins.after(former))
    lined = asked.tab in PERSON_LINES and any(change.line or change.act == REMOVE for change in changes)
    lines = moved_lines(state, night, asked.tab) if lined else []
    entries = [entry for change in acting for entry in _entries(asked.tab, present, change)]
    # at least one line in the journal, even for an empty row or an opened card
    entries = entries or [Entry("saisie", tab=asked.tab, field=acting[0].cell, origin=TYPED)]
    return _Plan(state, night, moved, stored, entries, lines)


def _carry_out(work: NightWork, plan: _Plan) -> None:
    """Write what was calculated; nothing when nothing changes."""
    if plan.stored is None:
        return
    work.keep_tab(plan.stored)
    if plan.lines:
        work.keep_lines(plan.stored.tab, plan.night or work.state.night, plan.lines)
    # the night is begun; one that nobody opened has for auditor the first who types in it
    status, auditor = work.state.status, work.state.row["auditor_id"]
    auditor = work.person.user_id if auditor is None and status != CORRECTING else auditor
    columns = {"status": IN_PROGRESS if status == DRAFT else status, "auditor_id": auditor}
    work.new_version(plan.entries, columns, plan.night)


def check_may_fill(person: Person, state: NightState) -> None:
    """Refuse when the state of the night, or the role, lets nothing change."""
    if not state.editable:
        raise NotEditable(
            f"La nuit du {state.day.isoformat()} est {LABELS[state.status].lower()} : rien ne s'y change. "
            "Ouvrez une correction pour la modifier."
        )
    if not person.may("corriger" if state.status == CORRECTING else "remplir"):
        raise Forbidden("Votre rôle ne permet pas de remplir cette nuit dans son état actuel.")


def _read(tab: str, document: Any) -> _Asked:
    """Version and changes of a request, and the cells that it undoes; raises ``Unreadable`` with every problem."""
    reader = Reader()
    given = reader.object(document, "")
    for key in [one for one in given if one not in _KEYS]:
        reader.refuse(joined("", key), "Champ inconnu.")
    version = given.get("version")
    if isinstance(version, bool) or not isinstance(version, int) or not 0 <= version <= MAX_COUNT:
        reader.refuse("version", "Il manque la version lue (version), un nombre entier.")
        version = 0
    if tab not in TYPED_TABS and given.keys() & {"values", "saisies"}:
        reader.refuse("values", "Rien ne se saisit dans cet onglet.")
    undone = reader.array(given.get("annule", []), "annule")
    changes = read_changes(tab, given, reader) if not reader.problems else []
    refuse_problems(reader)
    return _Asked(tab, version, changes, [cell for cell in undone if isinstance(cell, str)])


def refuse_problems(reader: Reader) -> None:
    """Raise ``Unreadable`` when anything was noted."""
    if reader.problems:
        raise Unreadable(REFUSED, reader.problems)


def _acts(state: NightState, change: Change, present: Present) -> bool:
    """Whether a change moves anything: a value, the text of a sum, or that a line, a list or a map exists."""
    before = present.of(change)
    if change.act == REMOVE:
        return before is not None
    if change.is_container:
        return before is None
    return before != change.value or state.tabs[change.tab].typed_texts.get(change.cell) != change.text


def recalculated(state: NightState, tab: str, fields: Values) -> tuple[Night, frozenset[str]]:
    """The night after the fields took their new values, with the figures that moved; raises ``Unreadable``.

    Only the rules of this tab are verified: what stands in another one must not stop a save here.
    """
    reader = Reader()
    refuse_long_lists(state.night.inputs, fields, reader)
    refuse_problems(reader)
    night, moved = recalculate(state.night, fields)
    here = {name: value for name, value in night.inputs.items() if name.startswith(f"{tab}.")}
    verify_rules(here, state.night.values["previous.transelect_terminals"], reader, "")
    if reader.problems:
        named = [Problem(cell_name(here, problem.path.lstrip(".")), problem.message) for problem in reader.problems]
        raise Unreadable(REFUSED, named)
    if beyond := too_large(night, moved):
        raise Unreadable(REFUSED, beyond)
    return night, moved


def _entries(tab: str, present: Present, change: Change) -> Iterator[Entry]:
    """What one change writes in the journal: nothing for what only exists, an entry for each value that is removed.

    The operands of a calculation stand as its reason; a change of them alone moves no value.
    """
    before = present.of(change)
    if change.act == REMOVE and is_map(change.field):
        for key, value in (before or {}).items():
            gone = as_text(replace(change, part=key).written(value))
            yield Entry("saisie", tab, f"{change.field.key}.{key}", old=gone, origin=TYPED)
    elif change.act == REMOVE:
        for line in [before] if change.line else before or ():
            for key in [key for key in line or () if key != "id"]:
                gone = as_text(written_column(change, key, line[key]))
                yield Entry("retrait", tab, f"{change.field.key}.{key}", line["id"], gone, origin=TYPED)
    elif not change.is_container:
        field = f"{change.field.key}.{change.part}" if change.part else change.field.key
        told = Entry("saisie", tab, field, change.line or None, origin=TYPED, reason=change.text)
        if before != change.value:
            old, new = as_text(written_value(change, before)), as_text(written_value(change, change.value))
            told = replace(told, old=old, new=new)
        yield told
