"""What changed from one revision of a night to another, in words: for its page, the Sommaire and the paper."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from utils import dates, french
from utils.presentation.journal import Told, entry_told
from utils.presentation.words import typographic
from utils.rj.catalogue import FIELDS, NUMBERS
from utils.rj.declaration import MONEY, PERCENT
from utils.shapes import Document


@dataclass(frozen=True, slots=True)
class Opened:
    """A revision: its number, when and by whom it was submitted, why it was opened."""

    number: int
    said: str
    reason: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A headline figure that moved with the changes."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """The changes in the order of the paper, and the headline figures that they moved."""

    title: str
    changes: tuple[Told, ...]
    figures: tuple[Figure, ...]


def opened(revisions: Iterable[Document], zone: str) -> tuple[Opened, ...]:
    """The revisions as the API lists them."""
    found = []
    for one in revisions:
        by = f" par {one['par']}" if one["par"] else ""
        submitted = f"soumise le {_moment(one['soumise_a'], zone)}{by}" if one["soumise_a"] else "pas encore soumise"
        reason = f"{one['motif']} ({one['ouverte_par']})" if one["motif"] else ""
        found.append(Opened(one["numero"], submitted, reason))
    return tuple(found)


def comparison(found: Document, zone: str, base: str) -> Comparison:
    """A comparison as the API gives it."""
    changes = sorted(found["changements"], key=lambda one: NUMBERS.get(one["onglet"], 0))
    return Comparison(
        f"Ce qui a changé depuis la révision {found['de']}",
        tuple(replace(entry_told(one, _moment(one["a"], zone), base), reason=one["motif"] or "") for one in changes),
        tuple(
            Figure(typographic(one["libelle"]), *(_said(one["champ"], one[side]) for side in ("avant", "apres")))
            for one in found["chiffres"]
        ),
    )


def synced(since: datetime, entries: Iterable[Document], zone: str, base: str) -> Comparison:
    """What Lightspeed changed of a night since the synchronisation before the last one."""
    changes = sorted(entries, key=lambda one: NUMBERS.get(one["onglet"], 0))
    return Comparison(
        f"Changé par Lightspeed depuis {french.clock(dates.local(since, zone))[:5]}",
        tuple(entry_told(one, _moment(one["a"], zone)[-8:], base) for one in changes),
        (),
    )


def marked(found: Comparison, tab: str) -> dict[str, str]:
    """What the changed figures of a tab were before, by qualified name of the cell."""
    told = ((one.href.rpartition("#")[2], one.before or "vide") for one in found.changes)
    return {name: before for name, before in told if name.startswith(f"{tab}.")}


def _moment(text: str, zone: str) -> str:
    """« 2025-12-24 à 05:12:44 »."""
    here = dates.local(datetime.fromisoformat(text), zone)
    return f"{here.date()} à {french.clock(here)}"


def _said(name: str, value: str | int | None) -> str:
    """A headline figure with its unit, of the JSON that files write."""
    if value is None:
        return ""
    kind, read = FIELDS[name].kind, Decimal(value)
    return french.money(read) if kind == MONEY else french.percent(read) if kind == PERCENT else french.count(int(read))
