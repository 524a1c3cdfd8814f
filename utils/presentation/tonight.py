"""Tonight: what to do now, in order; how far the tabs are; what was typed last."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from utils import french
from utils.dates import local
from utils.presentation.marks import Marks
from utils.presentation.night_page import Standing, short
from utils.presentation.notes import line_id, notes_of
from utils.presentation.sommaire import Ask
from utils.presentation.words import figure_of_choice, typographic
from utils.rj.calculate import Night
from utils.rj.catalogue import BY_KEY, FIELDS, TABS
from utils.rj.check import BLOCKING, WARNING
from utils.rj.declaration import MONEY
from utils.rj.merge import TYPED
from utils.rj.summary import check_results

LATEST = 5


@dataclass(frozen=True, slots=True)
class Task:
    """Something to do: what, why, and the button that leads there."""

    title: str
    said: str
    verb: str
    href: str
    meaning: str = ""


@dataclass(frozen=True, slots=True)
class Typed:
    """A figure typed lately."""

    label: str
    figure: str
    said: str
    href: str


def tasks(night: Night, standing: Standing, asks: Iterable[Ask], base: str) -> tuple[Task, ...]:
    """What blocks, what is to be settled, what is unfinished, what must be explained; then the submission."""
    found = [
        Task(
            typographic(result.check.label),
            typographic(result.sentence()),
            "Ouvrir le champ",
            f"{base}/{result.check.leads_to.partition('.')[0]}#{result.check.leads_to}",
            "diff",
        )
        for result in check_results(night)
        if result.standing(settled=False) == BLOCKING
    ]
    found += [
        Task(
            f"Trancher : {label_of(night, note.name)}",
            f"{short(tab)}. " + ", ".join(f"{side.source} {side.figure}" for side in note.sides) + ".",
            "Ouvrir le champ",
            f"{base}/{tab.key}#{note.name}",
            "wait",
        )
        for tab in TABS
        for note in notes_of(night, standing.marks, tab.key)
        if note.sides
    ]
    left = [tab for tab in TABS[:-1] if standing.tabs[tab.key].progress in ("vide", "en_cours")]
    if left:
        *others, last = [short(tab) for tab in left]
        listed = f"{', '.join(others)} et {last}" if others else last
        said = "Ou déclarer « Aucune activité » là où il n’y en a pas eu."
        found.append(Task(f"Remplir {listed}", said, f"Ouvrir {short(left[0])}", f"{base}/{left[0].key}"))
    found += _explained(night, asks, base)
    if not found and standing.marks.editable:
        found.append(Task("Soumettre la nuit", "Tout est en ordre.", "Ouvrir le Sommaire", f"{base}/sommaire"))
    return tuple(found)


def _explained(night: Night, asks: Iterable[Ask], base: str) -> list[Task]:
    warned = {result.check.key: result for result in check_results(night) if result.status == WARNING}
    found = []
    for ask in asks:
        if ask.keys in warned and warned[ask.keys].waits:
            continue
        result = warned.get(ask.keys)
        if result is None:
            found.append(Task(ask.said, f"{ask.label}.", "Ouvrir l’onglet", f"{base}/{ask.keys.partition('.')[0]}"))
        else:
            tab = result.check.leads_to.partition(".")[0]
            href = f"{base}/{tab}#{result.check.leads_to}"
            found.append(Task(ask.label, ask.said, "Voir", href, "wait"))
    return found


def label_of(night: Night, name: str) -> str:
    """The label of a cell: a field, an entry of a map, a column of somebody's line."""
    if name in FIELDS:
        return typographic(FIELDS[name].label)
    whole, _, part = name.rpartition(".")
    if whole in FIELDS:
        return f"{typographic(FIELDS[whole].label)}, {part}"
    lines, _, identity = whole.rpartition(".")
    if lines not in FIELDS:
        return name
    column = next((column.label for column in FIELDS[lines].columns if column.key == part), part)
    entries = enumerate(night.values.get(lines) or ())
    person = next((line.get("name", "") for at, line in entries if line_id(line, at) == identity), "")
    return typographic(column) + (f", {person}" if person else "")


def latest(night: Night, marks: Marks, base: str) -> tuple[Typed, ...]:
    """The last figures that persons typed, latest first."""
    known = (
        (datetime.fromisoformat(origin.at), cell)
        for cell, origin in marks.origins.items()
        if origin.at and origin.kind == TYPED and cell in FIELDS and cell in night.values
    )
    ordered = sorted(known, key=lambda one: one[0], reverse=True)
    found = []
    for at, cell in ordered[:LATEST]:
        tab, kind, value = cell.partition(".")[0], FIELDS[cell].kind, night.values[cell]
        text = f" · {marks.typed[cell]}" if cell in marks.typed else ""
        amounts = value if isinstance(value, tuple) else (value,)
        figures = (french.number(one) if kind == MONEY else figure_of_choice(tab, kind, one) for one in amounts)
        label = f"{short(BY_KEY[tab])}, {typographic(FIELDS[cell].label)}"
        said = french.clock(local(at, marks.zone)) + text
        found.append(Typed(label, " + ".join(figures), said, f"{base}/{tab}#{cell}"))
    return tuple(found)
