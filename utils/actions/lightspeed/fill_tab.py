"""Fill one tab with what the PMS says, in one transaction: a person's figure stays, the other one is kept beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final, NamedTuple

from database.journal import Entry
from database.nights import StoredTab, as_text
from database.origins import Beside, Origin
from utils.actions import cells
from utils.actions.cells import Change, find_cell
from utils.actions.night_work import open_for
from utils.actions.person import NOBODY, Person
from utils.actions.refusals import Forbidden, NotEditable
from utils.actions.save_tab import recalculated
from utils.actions.state import CORRECTING, DRAFT, IN_PROGRESS, LABELS, NightState
from utils.dates import local
from utils.money import read_json_money
from utils.rj.catalogue import FIELDS
from utils.rj.declaration import COUNT
from utils.rj.labels import label_of
from utils.rj.merge import SYNCED, TYPED, Given, merge
from utils.rj.writing import written
from utils.shapes import Values

BESIDE: Final = "a_cote"


class Figure(NamedTuple):
    """What a report says of a cell: its JSON value, nothing when it said it before and no longer does."""

    value: str | int | None
    report: str
    revision: int


@dataclass(frozen=True, slots=True)
class Filled:
    """How many cells were written, how many figures were kept beside those of persons, and the completeness after."""

    written: int
    beside: int
    completeness: str
    removed: tuple[str, ...] = ()
    """Labels of the cells that were emptied, or that are offered nothing any more: their report gives no figure."""


def check_may_sync(person: Person, state: NightState) -> None:
    """Refuse a night that is closed, and a role that may not; a correction asks for the right to correct."""
    if not state.editable:
        raise NotEditable(
            f"La nuit du {state.day.isoformat()} est {LABELS[state.status].lower()} : Lightspeed n’y écrit plus rien. "
            "Ouvrez une correction pour reprendre ses chiffres."
        )
    if not person.may("corriger" if state.status == CORRECTING else "synchroniser"):
        raise Forbidden("Votre rôle ne permet pas de synchroniser cette nuit dans son état actuel.")


def fill_tab(person: Person, day: date, tab: str, figures: Mapping[str, Figure], at: datetime) -> Filled:
    """Write what may be written and keep the rest beside; writes nothing at all when nothing differs.

    ``figures`` are by cell of the tab. Raises a ``Refusal`` or ``AmountError``, and then nothing of the tab is kept.
    """
    with open_for(person, day, at) as work:
        state = work.state
        check_may_sync(person, state)
        plan = _planned(state, tab, figures)
        if not plan.entries:
            return Filled(0, 0, completeness(state))
        night, _ = recalculated(state, tab, cells.applied(state.night.inputs, list(plan.changes)))
        work.keep_tab(_stored(state, tab, plan, night.inputs, at))
        status = IN_PROGRESS if state.status == DRAFT else state.status
        work.new_version(plan.entries, {"status": status}, night)
    emptied = [change.cell for change in plan.changes if change.value is None]
    removed = tuple(label_of(tab, cell) or cell for cell in (*emptied, *plan.withdrawn))
    return Filled(len(plan.changes) - len(emptied), len(plan.beside), completeness(work.state), removed)


def completeness(state: NightState) -> str:
    """How much of the night is complete, in points."""
    return f"{state.night.values['sommaire.completude']:.2f}"


@dataclass(frozen=True, slots=True)
class _Plan:
    """What a report changes of a tab: cells that take a value, figures kept beside, agreements, and the journal.

    ``withdrawn``: cells of persons beside which a figure stood that the report no longer holds.
    """

    changes: tuple[Change, ...]
    figures: Mapping[str, Figure]
    beside: Values
    agreed: tuple[str, ...]
    withdrawn: tuple[str, ...]
    entries: list[Entry]


def _planned(state: NightState, tab: str, figures: Mapping[str, Figure]) -> _Plan:
    origins = state.tabs[tab].origins
    asked = {cell: _change(tab, cell, figure.value) for cell, figure in figures.items()}
    present: dict[str, Given] = {}
    for cell, change in asked.items():
        value = cells.value_of(state.night.inputs, change)
        if value is not None:
            present[cell] = Given(value, origins.cells[cell].kind if cell in origins.cells else TYPED)
    given = {cell: change.value for cell, change in asked.items() if change.value is not None}
    merged = merge(present, given, SYNCED)
    late = merged.written.keys() & present.keys() if state.status == CORRECTING else set()
    beside = {
        cell: value
        for cell, value in {**merged.beside, **{cell: merged.written[cell] for cell in late}}.items()
        if asked[cell].written(value) not in origins.cells[cell].seen
    }
    # cells that the PMS filled and that its report no longer holds
    gone = [
        cell
        for cell, known in present.items()
        if known.kind == SYNCED and asked[cell].value is None and state.status != CORRECTING
    ]
    changes = tuple(asked[cell] for cell in (*merged.written, *gone) if cell not in late)
    # a difference that was shown is over once the PMS says what stands in the cell
    agreed = tuple(
        cell
        for cell, value in given.items()
        if origins.beside(cell) and cell in present and present[cell].value == value
    )
    entries = [_entry("synchronisation", change, present.get(change.cell), figures[change.cell]) for change in changes]
    lost = (cell for cell, change in asked.items() if change.value is None and cell not in gone)
    withdrawn = tuple(cell for cell in lost if (other := origins.beside(cell)) and other.kind == SYNCED)
    told = (*beside, *agreed, *withdrawn)
    entries += [_entry(BESIDE, asked[cell], present.get(cell), figures[cell]) for cell in told]
    return _Plan(changes, figures, beside, agreed, withdrawn, entries)


def _change(tab: str, cell: str, value: str | int | None) -> Change:
    found = find_cell(tab, cell)
    assert found is not None, f"{tab}.{cell}"  # noqa: S101 - a test holds every cell of the table against the fields
    field, line, part = found
    change = Change(tab, field, line, part)
    if value is None:
        return change
    return replace(change, value=value if change.kind == COUNT else read_json_money(str(value)))


def _entry(action: str, change: Change, before: Given | None, figure: Figure) -> Entry:
    old = None if before is None else as_text(change.written(before.value))
    new = as_text(figure.value)
    reason = f"{figure.report}, révision {figure.revision}"
    return Entry(action, change.tab, change.cell, old=old, new=new, origin=SYNCED, reason=reason)


def _stored(state: NightState, tab: str, plan: _Plan, inputs: Values, at: datetime) -> StoredTab:
    """The documents of the tab after the plan."""
    before, version = state.tabs[tab], state.stamp.version + 1
    known, origins = before.origins.cells, dict[str, Origin | None]()
    texts, versions = dict(before.typed_texts), dict(before.field_versions)
    moment = local(at, state.hotel.time_zone).isoformat(timespec="seconds")
    kept = dict(before.inputs)
    for change in plan.changes:
        texts.pop(change.cell, None)
        versions[change.cell] = [version, NOBODY]
        source = plan.figures[change.cell]
        said = Origin(SYNCED, moment, report=source.report, revision=source.revision)
        origins[change.cell] = None if change.value is None else said
        kept.pop(change.field.key, None)
        if change.name in inputs:
            kept[change.field.key] = written(FIELDS[change.name], inputs[change.name])
    for cell in plan.beside:
        source = plan.figures[cell]
        other = Beside(source.value, SYNCED, moment, source.report, source.revision)
        origins[cell] = known[cell]._replace(beside=other, kept=None)
    for cell in (*plan.agreed, *plan.withdrawn):
        origins[cell] = known[cell]._replace(beside=None)
    return StoredTab(tab, version, kept, before.origins.after(origins), texts, versions)
