"""Save changes of one tab: different fields merge, a field changed since by others is a conflict, nothing is lost."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final

from database import night_seals, nights
from database.journal import Entry
from database.nights import StoredTab, as_text
from database.transaction import write
from utils.actions import cells
from utils.actions.cells import REMOVE, Change, cell_name, is_map
from utils.actions.person import NOBODY, Person
from utils.actions.read_changes import read_changes
from utils.actions.refusals import Conflict, Forbidden, NotEditable, Unreadable
from utils.actions.saving import PERSON_LINES, Deed, commit_night, person_lines, too_large
from utils.actions.state import CORRECTING, DRAFT, FILLED, IN_PROGRESS, LABELS, NightState, memory, need_night
from utils.actions.typed_over import typed_over
from utils.actions.undone import restored
from utils.dates import local
from utils.rj.calculate import Night, recalculate
from utils.rj.catalogue import FIELDS
from utils.rj.merge import TYPED
from utils.rj.parse import verify_rules
from utils.rj.reading import MAX_COUNT, Problem, Reader, joined
from utils.rj.writing import written

REFUSED: Final = "Au moins une valeur ne peut pas être acceptée."
_KEYS: Final = ("version", "values", "saisies", "annule")


@dataclass(frozen=True, slots=True)
class Saved:
    """The state after a save and the names of every figure that moved, in all tabs."""

    state: NightState
    moved: frozenset[str]


def save_tab(person: Person, day: date, tab: str, document: Any, at: datetime) -> Saved:
    """Save what a person typed in a tab of a night. Raises a ``Refusal`` and keeps nothing, or keeps everything."""
    version, changes, undone = _read(tab, document)
    with write() as connection:
        state = need_night(connection, person.property_id, day, lock=True)
        check_may_fill(person, state)
        _refuse_unread(state, version)
        _refuse_conflicts(state, tab, version, changes)
        changes, former = restored(connection, state, changes, undone)
        acting = [change for change in changes if _acts(state, change)]
        if not acting:
            return Saved(state, frozenset())
        entries = _journaled(tab, state.night.inputs, acting)
        night, moved = recalculated(state, tab, cells.applied(state.night.inputs, changes))
        stored = _stored(state, person, tab, changes, night.inputs, at)
        stored = stored._replace(origins={**stored.origins, **former})
        nights.save_tab(connection, state.stamp.id, stored)
        parts = {f"{night_seals.TAB}{tab}": night_seals.of_tab(stored)}
        if tab in PERSON_LINES and any(change.line or change.act == REMOVE for change in changes):
            nights.replace_lines(connection, state.stamp.id, (tab,), lines := person_lines(state, night, (tab,)))
            parts[f"{night_seals.LINES}{tab}"] = night_seals.of_lines(lines)
        after = commit_night(Deed(connection, person, at), state, entries, _columns(state, person), night, parts)
        after = replace(after, tabs={**state.tabs, tab: stored}, names={**state.names, person.user_id: person.label})
    memory().put(after)
    return Saved(after, moved)


def _columns(state: NightState, person: Person) -> dict[str, Any]:
    """The night is begun; one that nobody opened has for auditor the first who types in it."""
    status = IN_PROGRESS if state.status == DRAFT else state.status
    nobodys = state.row["auditor_id"] is None and state.status != CORRECTING
    return {"status": status, "auditor_id": person.user_id if nobodys else state.row["auditor_id"]}


def check_may_fill(person: Person, state: NightState) -> None:
    """Refuse when the state of the night, or the role, lets nothing change."""
    if not state.editable:
        raise NotEditable(
            f"La nuit du {state.day.isoformat()} est {LABELS[state.status].lower()} : rien ne s'y change. "
            "Ouvrez une correction pour la modifier."
        )
    if not person.may("corriger" if state.status == CORRECTING else "remplir"):
        raise Forbidden("Votre rôle ne permet pas de remplir cette nuit dans son état actuel.")


def _read(tab: str, document: Any) -> tuple[int, list[Change], list[str]]:
    """Version and changes of a request, and the cells that it undoes; raises ``Unreadable`` with every problem."""
    reader = Reader()
    given = reader.object(document, "")
    for key in given.keys() - set(_KEYS):
        reader.refuse(joined("", key), "Champ inconnu.")
    version = given.get("version")
    if isinstance(version, bool) or not isinstance(version, int) or not 0 <= version <= MAX_COUNT:
        reader.refuse("version", "Il manque la version lue (version), un nombre entier.")
        version = 0
    if tab not in FILLED and given.keys() & {"values", "saisies"}:
        reader.refuse("values", "Rien ne se saisit dans cet onglet.")
    undone = reader.array(given.get("annule", []), "annule")
    changes = read_changes(tab, given, reader) if not reader.problems else []
    refuse_problems(reader)
    return version, changes, [cell for cell in undone if isinstance(cell, str)]


def refuse_problems(reader: Reader) -> None:
    """Raise ``Unreadable`` when anything was noted."""
    if reader.problems:
        raise Unreadable(REFUSED, reader.problems)


def _acts(state: NightState, change: Change) -> bool:
    """Whether a change moves anything: a value, the text of a sum, or that a line, a list or a map exists."""
    before = cells.value_of(state.night.inputs, change)
    if change.act == REMOVE:
        return before is not None
    if change.is_container:
        return before is None
    return before != change.value or state.tabs[change.tab].typed_texts.get(change.cell) != change.text


def recalculated(state: NightState, tab: str, fields: Mapping[str, Any]) -> tuple[Night, frozenset[str]]:
    """The night after the fields took their new values, with the figures that moved; raises ``Unreadable``.

    Only the rules of this tab are verified: what stands in another one must not stop a save here.
    """
    reader = Reader()
    night, moved = recalculate(state.night, fields)
    here = {name: value for name, value in night.inputs.items() if name.startswith(f"{tab}.")}
    verify_rules(here, state.night.values["previous.transelect_terminals"], reader, "")
    if reader.problems:
        named = [Problem(cell_name(here, problem.path.lstrip(".")), problem.message) for problem in reader.problems]
        raise Unreadable(REFUSED, named)
    if beyond := too_large(night, moved):
        raise Unreadable(REFUSED, beyond)
    return night, moved


def _journaled(tab: str, inputs: Mapping[str, Any], changes: list[Change]) -> list[Entry]:
    """What a save writes in the journal: at least one line, even for an empty row or an opened card."""
    entries = [entry for change in changes for entry in _entries(tab, inputs, change)]
    return entries or [Entry("saisie", tab=tab, field=changes[0].cell, origin=TYPED)]


def _entries(tab: str, inputs: Mapping[str, Any], change: Change) -> list[Entry]:
    """What one change writes in the journal: nothing when the value stays, a line a column for a line removed."""
    before = cells.value_of(inputs, change)
    if change.act == REMOVE:
        return list(_removals(change, before))
    if change.is_container or before == change.value:
        return []
    field = f"{change.field.key}.{change.part}" if change.part else change.field.key
    old, new = as_text(_written(change, before)), as_text(_written(change, change.value))
    return [Entry("saisie", tab, field, change.line or None, old, new, TYPED)]


def _removals(change: Change, before: Any) -> Iterator[Entry]:
    """A line of journal for each value that goes with a line, a list or a map."""
    if is_map(change.field):
        for key, value in (before or {}).items():
            gone = as_text(replace(change, part=key).written(value))
            yield Entry("saisie", change.tab, f"{change.field.key}.{key}", old=gone, origin=TYPED)
        return
    for line in [before] if change.line else before or ():
        for key in [key for key in line or () if key != "id"]:
            gone = as_text(_column(change, key, line[key]))
            yield Entry("retrait", change.tab, f"{change.field.key}.{key}", line["id"], gone, origin=TYPED)


def _column(change: Change, key: str, value: Any) -> Any:
    return Change(change.tab, change.field, "x", key).written(value)


def _written(change: Change, value: Any) -> Any:
    """The JSON of a cell; a whole list of terminals is written as its lines."""
    if value is None:
        return None
    return change.written(value) if change.part else written(FIELDS[change.name], value)


def _refuse_unread(state: NightState, version: int) -> None:
    """Nobody has read a version that is not there: such a save would quarrel with nothing and overwrite everything."""
    if version > state.stamp.version:
        sentence = f"La version {version} de la nuit n'existe pas : relisez-la, puis recommencez."
        raise Unreadable(sentence, [Problem("version", sentence)])


def _refuse_conflicts(state: NightState, tab: str, version: int, changes: list[Change]) -> None:
    versions = state.tabs[tab].field_versions if tab in state.tabs else {}
    conflicts = [c for change in changes if (c := _conflict(state, versions, version, change)) is not None]
    if conflicts:
        sentence = "Quelqu'un a changé la même case entre-temps. Les deux valeurs sont montrées : choisissez."
        raise Conflict(sentence, (), {"conflits": conflicts, "version": state.stamp.version})


def _conflict(state: NightState, versions: Mapping[str, Any], version: int, change: Change) -> dict[str, Any] | None:
    """Both values of a cell that changed since the writer read it, ``None`` when there is no quarrel.

    Nobody quarrels with the PMS: a person's figure wins, and the other one stays beside it.
    """
    later = [versions[cell] for cell in _touched(versions, change) if versions[cell][0] > version]
    since = [one for one in later if one[1] != NOBODY]
    if not since or _same(state.night.inputs, versions, change):
        return None
    present = cells.value_of(state.night.inputs, change)
    last = max(since)
    return {
        "chemin": f"{change.tab}.{change.cell}",
        "votre": None if change.act == REMOVE or change.is_container else _written(change, change.value),
        "actuelle": _present(change, present),
        "par": state.names.get(last[1], "quelqu'un"),
        "version": last[0],
    }


def _present(change: Change, value: Any) -> Any:
    if change.line and not change.part and value is not None:
        return {key: inner if key == "id" else _column(change, key, inner) for key, inner in value.items()}
    return _written(change, value)


def _touched(versions: Mapping[str, Any], change: Change) -> list[str]:
    """Cells whose later change quarrels with this one: itself, its line's removal, or any column of a line removed."""
    if change.act == REMOVE:
        prefix = f"{change.cell}." if change.line else f"{change.field.key}."
        return [cell for cell in versions if cell.startswith(prefix) or cell == change.cell]
    line = f"{change.field.key}.{change.line}" if change.line else change.cell
    return [cell for cell in dict.fromkeys((change.cell, line)) if cell in versions]


def _same(inputs: Mapping[str, Any], versions: Mapping[str, Any], change: Change) -> bool:
    """True when the cell already is as asked: a request sent twice quarrels with nobody."""
    present = cells.value_of(inputs, change)
    if change.act == REMOVE:
        return not present
    if change.line and not change.part:
        return present is not None
    if change.line:
        removed = f"{change.field.key}.{change.line}" in versions
        return present == change.value and not (removed and change.value is not None)
    return bool(present == change.value)


def _stored(
    state: NightState, person: Person, tab: str, changes: list[Change], inputs: Mapping[str, Any], at: datetime
) -> StoredTab:
    """The documents of the tab after the changes."""
    before, version = state.tabs[tab], state.stamp.version + 1
    origins, texts, versions = dict(before.origins), dict(before.typed_texts), dict(before.field_versions)
    moment = local(at, state.hotel.time_zone).isoformat(timespec="seconds")
    origin = {"genre": TYPED, "qui": person.user_id, "a": moment}
    for change in changes:
        _mark(change, state.night.inputs, (origins, texts, versions), origin, [version, person.user_id])
    kept = dict(before.inputs)
    for name in {change.name for change in changes}:
        key = FIELDS[name].key
        kept.pop(key, None)
        if name in inputs:
            kept[key] = written(FIELDS[name], inputs[name])
    return StoredTab(tab, version, kept, origins, texts, versions)


def _mark(
    change: Change,
    inputs: Mapping[str, Any],
    documents: tuple[dict[str, Any], dict[str, Any], dict[str, Any]],
    origin: dict[str, Any],
    stamp: list[int],
) -> None:
    """Origin, kept text and version of one cell; nothing moves for a cell that keeps its value."""
    origins, texts, versions = documents
    before = cells.value_of(inputs, change)
    if change.act == REMOVE:
        parts = before or () if is_map(change.field) else (line["id"] for line in before or ())
        for part in [change.line] if change.line else parts:
            _forget(f"{change.field.key}.{part}", documents)
            versions[f"{change.field.key}.{part}"] = stamp
        return
    if change.is_container:
        return
    if change.text is None:
        texts.pop(change.cell, None)
    else:
        texts[change.cell] = change.text
    if before == change.value and change.cell in origins:
        return
    versions[change.cell] = stamp
    if change.value is None:
        origins.pop(change.cell, None)
    else:
        origins[change.cell] = typed_over(
            origins.get(change.cell, {}), _written(change, before), _written(change, change.value), origin
        )


def _forget(removed: str, documents: tuple[dict[str, Any], ...]) -> None:
    """A removed line or key leaves nothing behind but the version at which it went."""
    for document in documents:
        for cell in [cell for cell in document if cell.startswith(f"{removed}.") or cell == removed]:
            del document[cell]
