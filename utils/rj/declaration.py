"""What a tab and a field are. From one declaration come parsing, calculation, explanation, form and catalogue."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from utils.rj.expression import Expression

MONEY: Final = "money"
COUNT: Final = "count"
PERCENT: Final = "percent"
FACTOR: Final = "factor"
TEXT: Final = "text"
DATE: Final = "date"
CHOICE: Final = "choice"
FLAG: Final = "flag"
LINES: Final = "lines"

INPUT: Final = "input"
CARRIED: Final = "carried"
LINKED: Final = "linked"
COMPUTED: Final = "computed"


@dataclass(frozen=True, slots=True)
class Field:
    """One figure of a tab.

    ``key`` is its path inside the tab; a dot is an object of the night file. ``direct`` lets a linked or computed
    figure be typed in place of its source. ``sign`` (``+`` or ``-``) is the sign asked of a person, marked but never
    blocking. ``items`` says that the value is a map or a list of that kind, ``keys`` which keys a map accepts.
    ``listed`` is the key shown in the catalogue when several fields share one row of it, empty for none. ``asked`` is
    the sentence told when the sign is wrong. ``nil`` marks a figure that should be nil: one that is not wears a sign.
    ``long`` is a text of several lines, ``staff`` a name that the staff list proposes. ``again`` marks a column whose
    value names the line and comes back from one night to the next.
    """

    key: str
    label: str
    kind: str = MONEY
    formula: Expression | None = None
    cell: str = ""
    help: str = ""
    role: str = INPUT
    direct: bool = field(default=False, kw_only=True)
    sign: str = field(default="", kw_only=True)
    asked: str = field(default="", kw_only=True)
    nil: bool = field(default=False, kw_only=True)
    long: bool = field(default=False, kw_only=True)
    staff: bool = field(default=False, kw_only=True)
    again: bool = field(default=False, kw_only=True)
    choices: tuple[str, ...] = field(default=(), kw_only=True)
    columns: tuple[Field, ...] = field(default=(), kw_only=True)
    items: str = field(default="", kw_only=True)
    keys: tuple[str, ...] = field(default=(), kw_only=True)
    listed: str | None = field(default=None, kw_only=True)
    listed_label: str = field(default="", kw_only=True)

    @property
    def typed(self) -> bool:
        """True when a person, a report or the PMS may give the value."""
        return self.role in (INPUT, CARRIED) or self.direct

    @property
    def is_money(self) -> bool:
        """True for an amount in dollars."""
        return self.kind == MONEY

    @property
    def entry_kind(self) -> str:
        """The kind of each entry of a map; of the value itself, or of each value of a list, otherwise."""
        return self.kind if self.items in ("", "list") else self.items


@dataclass(frozen=True, slots=True)
class Tab:
    """One of the sheets: its fields in the order of the paper, and those that make it complete."""

    key: str
    title: str
    fields: tuple[Field, ...]
    required: tuple[str, ...]
    badge: str = "manuel"

    @property
    def short(self) -> str:
        """The title as the rail shows it."""
        return self.title.partition(",")[0]

    def __iter__(self) -> Iterator[Field]:
        """The fields, in order."""
        return iter(self.fields)


def computed(key: str, label: str, formula: Expression, cell: str = "", kind: str = MONEY, **more: object) -> Field:
    """A calculated field."""
    return Field(key, label, kind, formula, cell, role=COMPUTED, **more)  # type: ignore[arg-type]


def proof(key: str, label: str, formula: Expression, cell: str = "") -> Field:
    """A proof, an amount that should be nil: what two sides differ by, what is left to spread or to explain."""
    return Field(key, label, MONEY, formula, cell, role=COMPUTED, nil=True)


def linked(key: str, label: str, formula: Expression, cell: str = "", kind: str = MONEY, **more: object) -> Field:
    """A figure copied live from another tab or from a setting of the property."""
    return Field(key, label, kind, formula, cell, role=LINKED, **more)  # type: ignore[arg-type]
