"""Tonight: what needs a decision, the hours of the night and what is left of it; what was typed last."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from utils import french
from utils.dates import local
from utils.presentation.cells import Choice
from utils.presentation.marks import Marks
from utils.presentation.night_page import short
from utils.presentation.notes import line_id, notes_of
from utils.presentation.words import figure_of_choice, typographic
from utils.rj.calculate import Night
from utils.rj.catalogue import BY_KEY, FIELDS, TABS
from utils.rj.declaration import MONEY
from utils.rj.merge import TYPED

LATEST = 5


@dataclass(frozen=True, slots=True)
class Typed:
    """A figure typed lately."""

    label: str
    figure: str
    said: str
    href: str


class Decision(NamedTuple):
    """A cell that has two figures: what it is, how far apart they are, both sides, and where it stands."""

    name: str
    title: str
    gap: str
    sides: tuple[Choice, ...]
    href: str


class Hour(NamedTuple):
    """An hour of the night on the hotel's clock: past, now or to come."""

    clock: str
    said: str
    when: str


class Left(NamedTuple):
    """What is left until the RJ is due: a heading, the figure, and for how much work."""

    title: str
    figure: str
    said: str


def decisions(night: Night, marks: Marks, base: str) -> tuple[Decision, ...]:
    """The cells of which somebody must settle between two figures, in the order of the paper."""
    return tuple(
        Decision(
            note.name,
            f"{short(tab)}, {label_of(night, note.name)}",
            note.gap,
            note.sides,
            f"{base}/{tab.key}#{note.name}",
        )
        for tab in TABS
        for note in notes_of(night, marks, tab.key)
        if note.sides
    )


def hours(moments: Iterable[tuple[datetime | None, str]], now: datetime, zone: str) -> tuple[Hour, ...]:
    """The hours of the night in their order, now among them; what has no hour is left out."""
    known = sorted([(at, said) for at, said in moments if at is not None and said] + [(now, "Maintenant")])
    return tuple(
        Hour(f"{local(at, zone):%H:%M}", said, "ici" if at == now else "passe" if at < now else "venir")
        for at, said in known
    )


def left(now: datetime, due: datetime, work: int, zone: str) -> Left:
    """How long there is until the RJ is due, and ``work``, the minutes of what is left to do."""
    minutes = int((due - now).total_seconds()) // 60
    said = f"{local(due, zone):%H:%M}, pour {french.duration(work)} de travail"
    if minutes < 0:
        return Left("En retard de", french.duration(-minutes), f"depuis {said}")
    return Left("Il reste", french.duration(minutes), f"avant {said}")


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
