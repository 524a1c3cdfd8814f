"""*Garder* or *Prendre*: a person decides between the value typed and the one that stands beside it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from database import nights
from database.journal import Entry
from utils.actions import cells
from utils.actions.night_work import open_for
from utils.actions.person import Person
from utils.actions.refusals import Conflict, Unreadable
from utils.actions.save_tab import Saved, check_may_fill, save_tab
from utils.actions.state import NightState
from utils.rj.catalogue import BY_KEY, FIELDS
from utils.rj.reading import Problem
from utils.rj.writing import difference

KEEP, TAKE = "garder", "prendre"


def choose_value(person: Person, day: date, document: Any, at: datetime) -> tuple[Saved, str]:
    """Decide one cell; returns what was saved and its tab."""
    tab, cell, choice, version = _read(document)
    with open_for(person, day, at) as work:
        check_may_fill(person, work.state)
        other = beside(work.state, tab, cell)
        if other is None:
            raise Conflict("Les deux valeurs ne diffèrent plus : il n'y a rien à trancher.")
        if choice == KEEP:
            # a person saw the other value and kept hers: it is shown again when the other one moves
            stored = work.state.tabs[tab]
            origin = stored.origins.cells[cell]._replace(beside=None, kept=other)
            work.keep_tab(stored._replace(origins=stored.origins.after({cell: origin})))
            work.new_version([Entry("garde", tab, cell, old=nights.as_text(other), reason="valeur saisie gardée")])
    if choice == KEEP:
        return Saved(work.state, frozenset()), tab
    source = work.state.tabs[tab].origins.beside(cell)
    taken = source.value if source else None
    texts = {cell: "" if taken is None else str(taken)}
    return save_tab(person, day, tab, {"version": version, "saisies": texts}, at), tab


def beside(state: NightState, tab: str, cell: str) -> str | int | None:
    """The value that stands beside a cell: what the PMS or a report says, or the source of a direct entry."""
    known = state.tabs[tab].origins.beside(cell) if tab in state.tabs else None
    if known:
        return known.value
    name = f"{tab}.{cell}"
    found = difference(state.night, name) if name in FIELDS and name in state.night.sources else None
    return found.source if found else None


def _read(document: Any) -> tuple[str, str, str, int]:
    given = document if isinstance(document, dict) else {}
    tab, _, cell = str(given.get("case", "")).partition(".")
    version = given.get("version")
    problems = []
    if tab not in BY_KEY or cells.find_cell(tab, cell) is None:
        problems.append(Problem("case", "Case inconnue."))
    if given.get("choix") not in (KEEP, TAKE):
        problems.append(Problem("choix", "Choix possibles : garder, prendre."))
    if isinstance(version, bool) or not isinstance(version, int):
        problems.append(Problem("version", "Il manque la version lue (version), un nombre entier."))
    if problems:
        raise Unreadable("Le choix ne peut pas être lu.", problems)
    return tab, cell, given["choix"], given["version"]
