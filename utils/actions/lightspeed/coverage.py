"""What each report gave each tab of a night, beside what it usually gives and how the seven last nights went."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from statistics import median_high
from typing import Final, NamedTuple

from database import lightspeed
from database.lightspeed import Run
from database.transaction import read
from utils.actions import cells
from utils.actions.cells import Change, find_cell
from utils.actions.filling import READ_STATES, TELLING
from utils.actions.lightspeed.words import LABELS, SYNCED_TABS
from utils.actions.person import Person
from utils.actions.state import NightState
from utils.lightspeed.figures import reports_of
from utils.rj.merge import SYNCED

NIGHTS: Final = 7
"""How many nights are shown as marks, that of the page the last of them."""

WHOLE, HALF, MISSING, NONE = "pleine", "demi", "vide", "rien"
"""A report read whole; read in part, or of a date that was not closed; asked and not given; never asked."""


class Given(NamedTuple):
    """What a report gave a tab: ``received`` figures, ``usual`` those of the nights before, ``beside`` to settle.

    ``nights``: a mark for each of the last nights, oldest first.
    """

    tab: str
    report: str
    label: str
    received: int
    usual: int | None
    beside: int
    nights: tuple[tuple[date, str], ...]


class Unsettled(NamedTuple):
    """A cell in which a person's figure stands, and beside it that of Lightspeed; values as JSON, instants as ISO."""

    tab: str
    cell: str
    label: str
    mine: str | int | None
    typed_at: str
    theirs: str | int | None


def coverage(person: Person, day: date) -> list[Given]:
    """Each report of each tab that the PMS fills, in the order of the paper; the night need not be open."""
    first = day - timedelta(days=NIGHTS - 1)
    given: dict[date, Counter[tuple[str, str]]] = {}
    beside: Counter[tuple[str, str]] = Counter()
    with read() as connection:
        runs = lightspeed.last_runs(connection, person.property_id, first, day, TELLING)
        told = lightspeed.origins_between(connection, person.property_id, first, day, SYNCED_TABS)
        for night, tab, origins in told:
            counts = given.setdefault(night, Counter())
            for origin in origins.cells.values():
                source = origin.beside or origin
                if source.kind == SYNCED and source.report:
                    counts[tab, source.report] += 1
                    beside[tab, source.report] += night == day and origin.beside is not None
    nights = [first + timedelta(days=number) for number in range(NIGHTS)]
    found = []
    for tab in SYNCED_TABS:
        for kind in reports_of(tab):
            label = LABELS[kind]
            before = [count for night in nights[:-1] if (count := given.get(night, Counter())[tab, label])]
            found.append(
                Given(
                    tab,
                    kind.__name__,
                    label,
                    given.get(day, Counter())[tab, label],
                    median_high(before) if before else None,
                    beside[tab, label],
                    tuple((night, _mark(runs.get(night), kind.__name__)) for night in nights),
                )
            )
    return found


def _mark(run: Run | None, report: str) -> str:
    """How a night went for a report, of the last run that says something of it."""
    if run is None:
        return NONE
    came = run.reports.get(report, {"etat": "absent"})
    if came["etat"] in READ_STATES:
        return HALF if came.get("partiel") else WHOLE
    return HALF if came["etat"] == "ouvert" else MISSING


def unsettled(state: NightState) -> list[Unsettled]:
    """The figures of a night between which somebody must choose, in the order of the paper."""
    found = []
    for tab, stored in state.tabs.items():
        for cell, origin in stored.origins.cells.items():
            place = find_cell(tab, cell)
            if origin.beside is None or origin.beside.kind != SYNCED or place is None:
                continue
            change = Change(tab, *place)
            mine = change.written(cells.value_of(state.night.inputs, change))
            found.append(Unsettled(tab, cell, place[0].label, mine, origin.at, origin.beside.value))
    return found
