"""What the verification found, in the words of people: a cell by its label, both values as a page writes them."""

from __future__ import annotations

import json
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from database.night_replay import Gap
from database.verification import Problem
from utils import french
from utils.rj.catalogue import BY_KEY
from utils.rj.declaration import COUNT, FLAG, MONEY
from utils.rj.labels import declared_at, label_of

_FLAGS: Final = {True: "oui", False: "non"}
_SHOWN: Final = 80
"""Characters of what is no value."""


def sentence(problem: Problem) -> str:
    """A problem with its place; of a cell, its label, its value and that of the journal."""
    return f"{problem.place} : {problem.message if problem.gap is None else sentence_of(problem.gap)}"


def sentence_of(gap: Gap) -> str:
    """A cell that is not what the journal says, in French."""
    tab = french.typographic(BY_KEY[gap.tab].short) if gap.tab in BY_KEY else gap.tab
    label = french.typographic(label_of(gap.tab, gap.cell) or gap.cell)
    held, said = (value_in_words(gap.tab, gap.cell, text) for text in (gap.held, gap.said))
    return f"{tab}, « {label} » : {held} dans la base, {said} au journal."


def value_in_words(tab: str, cell: str, text: str | None) -> str:
    r"""A JSON value of a cell as people write it.

    >>> value_in_words("recap", "cash_ls_lecture", '"9.00"'), value_in_words("recap", "cash_ls_lecture", None)
    ('9,00\xa0$', 'rien')
    """
    if text is None:
        return "rien"
    try:
        value, field = json.loads(text), declared_at(tab, cell)
    except (ValueError, RecursionError):  # whoever altered it wrote no value at all
        return f"« {text[:_SHOWN]} » (illisible)"
    kind = field.entry_kind if field else ""
    if isinstance(value, list):
        return "; ".join(_scalar(kind, one) for one in value)
    return _scalar(kind, value)


def _scalar(kind: str, value: Any) -> str:
    try:
        if kind == MONEY:
            return french.money(Decimal(value))
        if kind == COUNT:
            return french.count(int(value))
    except (InvalidOperation, ValueError, TypeError):
        return f"« {value} »"
    return _FLAGS[value] if kind == FLAG and isinstance(value, bool) else f"« {value} »"
