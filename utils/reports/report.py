"""The report of a night: who made it and where the night stands, then each figure once, in the order of the paper.

The paper, the workbook and the files render it and nothing else: they cannot differ.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from utils.presentation.states import CHECK_STATES, TAB_STATES
from utils.presentation.words import choice_label, figure, typographic
from utils.rj.calculate import Night
from utils.rj.catalogue import TABS
from utils.rj.declaration import CHOICE, LINES, Field
from utils.shapes import Values


class Head(NamedTuple):
    """What heads every page: the hotel, the night, its revision and its state, who printed it and when, the journal.

    ``at`` is on the hotel's clock; ``chain`` is the head of the journal's chain, as its letters write it.
    """

    hotel: str
    code: str
    demo: bool
    night: date
    revision: int
    state: str
    by: str
    at: datetime
    chain: str

    @property
    def place(self) -> str:
        """« Hôtel Exemple (DEMO), démonstration »."""
        return f"{self.hotel} ({self.code}){', démonstration' if self.demo else ''}"

    @property
    def standing(self) -> str:
        """« Nuit du 2025-12-23, révision 0, verrouillée »."""
        return f"Nuit du {self.night.isoformat()}, révision {self.revision}, {self.state.lower()}"

    @property
    def printed(self) -> str:
        """« Imprimé le 2025-12-24 à 05:58 par Une Personne »."""
        return f"Imprimé le {self.at:%Y-%m-%d} à {self.at:%H:%M} par {self.by}"

    @property
    def proof(self) -> str:
        """« Tête du journal : 812:4f1c… »."""
        return f"Tête du journal : {self.chain}"


class Given(NamedTuple):
    """Where the values of a night came from, by cell, in words; and the texts that were typed for some."""

    origins: Mapping[str, str]
    typed: Mapping[str, str]


class Figure(NamedTuple):
    """One figure: its cell (``sd.sd_entries.<id>.amount``), its field, and what a person reads of it.

    ``text`` is what the page shows. ``part`` is the key of a map, or the column of a line, and ``line`` its number.
    """

    name: str
    field: str
    label: str
    kind: str
    value: Any
    text: str
    origin: str
    typed: str
    part: str = ""
    line: int = 0

    @property
    def tab(self) -> str:
        """The tab of the field."""
        return self.field.partition(".")[0]


def text_of(field: str, kind: str, value: Any) -> str:  # noqa: ANN401 - a value of the night
    """A value as a person reads it, the code of a choice or of a state in its word."""
    if kind != CHOICE or value is None:
        return figure(kind, value)
    for prefix, states in (("sommaire.statuts.", CHECK_STATES), ("sommaire.onglets.", TAB_STATES)):
        if field.startswith(prefix):
            return states[value].word
    return choice_label(field.partition(".")[0], value)


@dataclass(frozen=True, slots=True)
class Report:
    """A night as it leaves RJ Natif; ``live`` says that today's formulas made its figures.

    A night closed under other rules keeps the figures of then, and no formula of today beside them.
    """

    head: Head
    night: Night
    given: Given
    live: bool = True

    def figures(self) -> Iterator[Figure]:
        """Every figure of the night that is not absent."""
        for tab in TABS:
            for declared in tab:
                value = self.night.values.get(f"{tab.key}.{declared.key}")
                if declared.kind == LINES:
                    yield from self._lines(tab.key, declared, value or ())
                elif isinstance(value, Mapping):
                    for key, entry in value.items():
                        yield self._figure(tab.key, declared, entry, key)
                elif isinstance(value, tuple):
                    for number, entry in enumerate(value, 1):
                        yield self._figure(tab.key, declared, entry, "", number)
                elif value is not None:
                    yield self._figure(tab.key, declared, value)

    def _figure(self, tab: str, declared: Field, value: Any, part: str = "", line: int = 0) -> Figure:  # noqa: ANN401
        field, kind = f"{tab}.{declared.key}", declared.entry_kind
        name = f"{field}.{part}" if part else field
        label = f"{declared.label}, {part}" if part else declared.label
        text = text_of(field, kind, value)
        origin, typed = self.given.origins.get(name, ""), self.given.typed.get(name, "")
        return Figure(name, field, typographic(label), kind, value, text, origin, typed, part, line)

    def _lines(self, tab: str, declared: Field, lines: tuple[Values, ...]) -> Iterator[Figure]:
        """The columns of each line, calculated ones too."""
        field = f"{tab}.{declared.key}"
        for number, line in enumerate(lines, 1):
            for column in declared.columns:
                value = line.get(column.key)
                if column.formula is not None:
                    value = self.night.values[f"{field}[].{column.key}"][number - 1]
                if value is None:
                    continue
                name = f"{field}.{line.get('id', number - 1)}.{column.key}"
                label = f"{declared.label}, ligne {number} : {column.label}"
                text = text_of(field, column.kind, value)
                origin, typed = self.given.origins.get(name, ""), self.given.typed.get(name, "")
                yield Figure(
                    name, field, typographic(label), column.kind, value, text, origin, typed, column.key, number
                )
