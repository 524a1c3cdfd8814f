"""The papers of a night: those that came, and those that the nights before had and this one still waits for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Final, NamedTuple

from utils.french import counted
from utils.presentation.marks import Marks
from utils.presentation.night_page import short
from utils.rj.calculate import Night
from utils.rj.catalogue import BY_KEY, NUMBERS, TABS
from utils.rj.tabs.sd import CLIENTS
from utils.rj.tabs.transelect import CARDS
from utils.rj.waiting import PAPERS, paper_of, waiting

RESTAURANT: Final = PAPERS["transelect.transelect_restaurant."]
ENVELOPES: Final = PAPERS["sd.depot_data."]
_CARDS: Final = "transelect.transelect_restaurant"
_TABS: Final = {tab.short: tab.key for tab in TABS} | {
    paper: prefix.partition(".")[0] for prefix, paper in PAPERS.items()
}


class Paper(NamedTuple):
    """A paper: its name, in how many nights it was there, the tab it is typed in (« 4, Transelect »), and where."""

    label: str
    said: str
    place: str
    href: str
    came: bool


class Papers(NamedTuple):
    """The papers usual by now: how many came, how many there are, and those that are waited for."""

    came: int
    total: int
    waited: tuple[Paper, ...]
    batches: tuple[Paper, ...]
    """Of a restaurant whose batches are begun, those that lack."""


def papers_of(night: Night, marks: Marks, base: str) -> Papers:
    """The papers that were there in at least half of the last nights; a begun one counts by its batches, or envelopes.

    What is declared without activity is waited for no more.
    """
    known = sorted(_papers(night, marks, base), key=lambda one: int(one.place.partition(",")[0]))
    waited = tuple(one for one in known if not one.came)
    batches = tuple(one for one in waited if one.href.startswith(f"{base}/transelect#{_CARDS}."))
    return Papers(len(known) - len(waited), len(known), waited, batches)


def _papers(night: Night, marks: Marks, base: str) -> Iterator[Paper]:
    begun = {
        paper_of(name)
        for name, value in night.inputs.items()
        if not name.endswith(".sans_activite") and value not in (None, "", (), {})
    }
    lacking = set(chain.from_iterable(waiting(night).values()))
    # in how many nights, its first cell, whether it has an amount tonight: by terminal that is usual
    tonight = {one for card in CARDS for one in night.values.get(f"{_CARDS}.{card}.terminals") or {}}
    batches = {
        f"lot de {terminal.get('label') or terminal['id']}": (
            *(marks.expected[terminal["id"]], f"{_CARDS}.{CARDS[0]}.terminals.{terminal['id']}"),
            terminal["id"] in tonight,
        )
        for terminal in night.values.get("transelect.transelect_terminals") or ()
        if 2 * marks.expected.get(terminal["id"], 0) >= max(1, marks.nights)
    }
    envelopes = {  # by column of sealed envelopes that is usual, the same as by terminal
        f"enveloppe {label}": (marks.envelopes[client], name, bool(night.values.get(name)))
        for client, label, _ in CLIENTS
        if 2 * marks.envelopes.get(client, 0) >= max(1, marks.nights)
        for name in (f"sd.depot_data.{client}.amounts",)
    }
    parts: Mapping[str, Mapping[str, tuple[int, str, bool]]]
    parts = {RESTAURANT: batches, ENVELOPES: envelopes}
    for paper, seen in marks.papers.items():
        if 2 * seen < marks.nights or paper not in _TABS:
            continue
        tab = _TABS[paper]
        place = f"{NUMBERS[tab]}, {short(BY_KEY[tab])}"
        found = parts.get(paper, {}) if paper in begun else {}
        for label, (count, cell, there) in found.items():
            yield Paper(label, _usual(count, marks.nights), place, f"{base}/{tab}#{cell}", there)
        if not found:
            came = bool(night.values.get(f"{tab}.sans_activite")) or (paper in begun and paper not in lacking)
            yield Paper(paper, _usual(seen, marks.nights), place, f"{base}/{tab}", came)


def _usual(seen: int, nights: int) -> str:
    return f"{counted(seen, 'nuit', 'nuits')} sur {nights}"
