"""What is expected tonight because it was there the nights before: terminals, outlets, envelopes and papers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import product
from operator import itemgetter
from typing import Final

from sqlalchemy import Connection

from database import earlier_inputs, expectations
from database.expectations import Awaited
from database.models.expected import ENVELOPE, OUTLET, PAPER, TERMINAL
from utils.rj.calculate import Night
from utils.rj.remarks import Remark
from utils.rj.tabs.jour_cells import CATEGORIES, OUTLETS
from utils.rj.tabs.sd import CLIENTS
from utils.rj.tabs.transelect import CARDS
from utils.rj.waiting import paper_of
from utils.shapes import Document

NIGHTS: Final = 14
_CARDS: Final = "transelect.transelect_restaurant"
_VARIANCE: Final = "transelect.transelect_variance_restaurant"
_READ: Final = ("transelect", "jour", "sd", "dueback", "setd", "hp_admin", "internet", "sonifi", "dbrs")
"""The tabs of which something may be expected; the others are calculated, or filled every night."""


@dataclass(frozen=True, slots=True)
class Expected:
    """In how many of the last ``nights`` nights each terminal had an amount, by id.

    Likewise outlets and envelopes by key, papers by the name under which checks wait for them.
    """

    nights: int = 0
    terminals: Mapping[str, int] = field(default_factory=dict)
    outlets: Mapping[str, int] = field(default_factory=dict)
    envelopes: Mapping[str, int] = field(default_factory=dict)
    papers: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, found: Iterable[Awaited]) -> Expected:
        """From a list of what is expected."""
        known, kinds = 0, {kind: dict[str, int]() for kind in (TERMINAL, OUTLET, ENVELOPE, PAPER)}
        for one in found:
            known = max(known, one.nights)
            kinds.setdefault(one.kind, {})[one.key] = one.seen
        return cls(known, kinds[TERMINAL], kinds[OUTLET], kinds[ENVELOPE], kinds[PAPER])


def expected(connection: Connection, property_id: int, day: date) -> Expected:
    """What is expected of a night: what was learnt when it was opened, else what the nights before it show."""
    since = expectations.learnt_since(connection, property_id)
    if since is None or day < since:
        return Expected.of(_seen_before(connection, property_id, day))
    return Expected.of(expectations.in_force(connection, property_id, day))


def learn_expected(connection: Connection, property_id: int, day: date) -> None:
    """Learn from the last fourteen nights what is expected from the night of a date on, the latest of the book."""
    expectations.learn(connection, property_id, day, _seen_before(connection, property_id, day))


def _seen_before(connection: Connection, property_id: int, day: date) -> list[Awaited]:
    known = earlier_inputs.inputs_before(connection, property_id, day, _READ, NIGHTS)
    found = Counter(seen for tabs in known for seen in set(_there(tabs)))
    return [Awaited(kind, key, count, len(known)) for (kind, key), count in sorted(found.items())]


def _there(tabs: Mapping[str, Document]) -> Iterator[tuple[str, str]]:
    """What a night holds with an amount that is not nil: kinds and keys."""
    cards, jour, depots = (tabs.get(tab, {}) for tab in ("transelect", "jour", "sd"))
    for card in CARDS:
        batches = cards.get(f"transelect_restaurant.{card}.terminals") or {}
        yield from ((TERMINAL, terminal) for terminal, amount in batches.items() if Decimal(amount))
    for outlet, category in product(OUTLETS, CATEGORIES):
        if Decimal(jour.get(f"jour_pos_{outlet}_{category}") or 0):
            yield OUTLET, outlet
    for client, *_ in CLIENTS:
        if any(Decimal(amount) for amount in depots.get(f"depot_data.{client}.amounts") or ()):
            yield ENVELOPE, client
    for tab, inputs in tabs.items():
        yield from (
            (PAPER, paper_of(f"{tab}.{cell}"))
            for cell, value in inputs.items()
            if cell != "sans_activite" and value not in (None, "", [], {})
        )


def missing_batches(night: Night, usual: Expected) -> Iterator[Remark]:
    """At the variance of the restaurant, the terminals that lack a batch and had one lately, most nights first."""
    if not night.values.get(_VARIANCE):
        return
    tonight = {terminal for card in CARDS for terminal in night.values.get(f"{_CARDS}.{card}.terminals") or {}}
    counted = ((usual.terminals.get(one["id"], 0), one) for one in night.values["transelect.transelect_terminals"])
    for found, terminal in sorted(counted, key=itemgetter(0), reverse=True):
        if found and terminal["id"] not in tonight:
            label = terminal.get("label") or terminal["id"]
            said = f"{label} n'a pas de lot; il en avait un {found} nuit{'s' * (found > 1)} sur {usual.nights}."
            yield Remark(_VARIANCE, said, asked=False)


def missing_outlets(night: Night, usual: Expected) -> Iterator[Remark]:
    """At the first figure of an outlet that sold nothing tonight, though others did, that it sells most nights."""
    known = night.values
    sold = {
        outlet
        for outlet, category in product(OUTLETS, CATEGORIES)
        if f"jour.jour_pos_{outlet}_{category}" in known or f"jour.jour_{outlet}_{category}" in night.inputs
    }
    for outlet, count in usual.outlets.items() if sold else ():
        if outlet in OUTLETS and outlet not in sold and 2 * count > usual.nights:
            said = (
                f"{OUTLETS[outlet]} n'a pas de vente; il en avait {count} nuit{'s' * (count > 1)} sur {usual.nights}."
            )
            yield Remark(f"jour.jour_pos_{outlet}_nourriture", said, asked=False)
