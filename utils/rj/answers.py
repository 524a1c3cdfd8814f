"""The reasons that people gave for tabs and cells: the one list of the page, the paper and the mails."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import Final

from utils.french import typographic
from utils.rj.catalogue import BY_KEY, NUMBERS
from utils.rj.labels import label_of
from utils.rj.verdict import TAB, Given, Reason, is_check, tab_name

_REASON: Final = "Motif"
"""A column of this name says nothing that the reason beside it does not say."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A reason given for a tab or a cell: the tab, what it answers for in words, the reason."""

    tab: str
    label: str
    reason: Reason


def answers(given: Given) -> tuple[Answer, ...]:
    """In the order in which they were asked; those of checks stand under their check.

    The same reason for the same column of many lines is said once, with how many.
    """
    alike = Counter(
        Answer(key.removeprefix(TAB).partition(".")[0], named(key), reason)
        for key, reason in given.reasons.items()
        if not is_check(key)
    )
    return tuple(
        replace(one, label=f"{one.label} ({count} lignes)") if count > 1 else one for one, count in alike.items()
    )


def named(key: str) -> str:
    """What a reason answers for: a check, « 3, Recap (onglet laissé) », « 3, Recap : Dépôt CDN »."""
    if is_check(key):
        return typographic(label_of("sommaire", key) or key)
    tab, _, cell = key.removeprefix(TAB).partition(".")
    if tab not in BY_KEY:
        return key
    place = f"{NUMBERS[tab]}, {tab_name(tab)}"
    if key.startswith(TAB):
        return f"{place} (onglet laissé)"
    label = (label_of(tab, cell) or cell).removesuffix(f" — {_REASON}")
    return place if label == _REASON else f"{place} : {typographic(label)}"
