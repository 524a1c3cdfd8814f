"""One tab being laid out: it makes cells and rows from declarations, and knows which fields were placed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from utils.presentation.cells import Cell, Note, Row, json_text, names_of
from utils.presentation.marks import Mark, Marks
from utils.presentation.notes import line_id, notes_of
from utils.presentation.words import choice_label, figure_of_choice, typographic
from utils.rj.calculate import Night, qualifier
from utils.rj.catalogue import BY_KEY, FIELDS, TABS
from utils.rj.declaration import CARRIED, CHOICE, FLAG, LINKED, TEXT, Field, Tab
from utils.rj.expression import term_reads
from utils.rj.reading import names_over
from utils.rj.writing import WRITERS

NIL: Final = "sans_activite"
NEW_LINE: Final = "__id__"
_NUMBERS: Final = {tab.key: position for position, tab in enumerate(TABS, 1)}
_LONG_TEXTS: Final = ("notes", "recap_corr_notes")
_PERSONS: Final = ("name",)
_GAPS: Final = ("transelect_var", "transelect_rec_var", "geac_var_", "geac_cashout_var_")
_GAP_ENDS: Final = (
    *(
        "transelect_variance",
        "_variance_restaurant",
        "_variance_reception",
        "recap_balance",
        "setd_controle",
        "dueback_z",
    ),
    *("internet_variance", "sonifi_variance", "sonifi_var_cd", "quasi_variance", "geac_ar_variance", "_residu"),
)
"""Figures that should be nil: one that is not wears a sign."""


@dataclass(slots=True)
class Sheet:
    """A tab of a night with its figures and marks. ``placed`` gathers the keys of the fields laid out so far."""

    night: Night
    tab: Tab
    marks: Marks
    placed: set[str] = field(default_factory=set)
    notes: tuple[Note, ...] = ()
    fields: Mapping[str, Field] = field(default_factory=dict)
    asked: frozenset[str] = frozenset()
    under: Mapping[str, list[int]] = field(default_factory=dict)
    """Where the notes of a name stand in ``notes``, with those of all that lies under it."""

    @classmethod
    def of(cls, night: Night, tab: Tab, marks: Marks) -> Sheet:
        """A tab about to be laid out, with what every row will ask for."""
        fields, notes = {one.key: one for one in tab}, notes_of(night, marks, tab.key)
        asked = frozenset(note.name for note in notes if note.kind == "ask")
        under: dict[str, list[int]] = {}
        for position, note in enumerate(notes):
            for name in names_over(note.name):
                under.setdefault(name, []).append(position)
        return cls(night, tab, marks, notes=notes, fields=fields, asked=asked, under=under)

    def name(self, key: str) -> str:
        """Qualified name of a field of the tab."""
        return f"{self.tab.key}.{key}"

    def cell(self, key: str, label: str = "") -> Cell:
        """The cell of a field, placed from now on; a second showing is an output without anchor."""
        declared, name, again = self.fields[key], self.name(key), key in self.placed
        self.placed.add(key)
        value = self.night.values.get(name)
        made = self._made(declared, name, typographic(label or declared.label), value)
        return made.shown() if again else made

    def entry(self, key: str, part: str, label: str) -> Cell:
        """The cell of one key of a map."""
        declared, name = self.fields[key], f"{self.name(key)}.{part}"
        self.placed.add(key)
        value = (self.night.values.get(self.name(key)) or {}).get(part)
        return self._made(declared, name, typographic(label), value)

    def elsewhere(self, name: str, label: str = "") -> Cell:
        """A figure of any tab, shown here as an output that leads there."""
        declared, other = FIELDS[name], Sheet(self.night, BY_KEY[name.partition(".")[0]], self.marks)
        made = other._made(declared, name, typographic(label or declared.label), self.night.values.get(name))
        return made.shown()

    def shown(self, key: str, label: str = "") -> Cell:
        """A field of the tab as an output, whatever it is; it is still to be placed."""
        placed = key in self.placed
        made = self.cell(key, label).shown()
        if not placed:
            self.placed.discard(key)
        return made

    def line(self, key: str, line: Mapping[str, Any], position: int) -> tuple[Cell, ...]:
        """The cells of a line of a list, in the order of its columns; ``position`` is −1 for the empty one."""
        declared = self.fields[key]
        identity = line_id(line, position) if position >= 0 else NEW_LINE
        return tuple(self._column(declared, column, identity, line, position) for column in declared.columns)

    def row(self, label: str, cells: Iterable[Cell | None], style: str = "", **more: Any) -> Row:  # noqa: ANN401
        """A row with its notes."""
        known = tuple(cells)
        names = names_of(known)
        return Row(typographic(label), known, style, names=names, notes=self.notes_for(names), **more)

    def rows(self, *keys: str, style: str = "") -> tuple[Row, ...]:
        """One row a field, under the field's own label."""
        return tuple(self.row(self.fields[key].label, (self.cell(key),), style) for key in keys)

    def total(self, key: str, style: str = "total", width: int = 1) -> Row:
        """A total in the last of ``width`` columns."""
        return self.row(self.fields[key].label, (*(None,) * (width - 1), self.cell(key)), style)

    def notes_for(self, names: Iterable[str]) -> tuple[Note, ...]:
        """The notes of these cells, or of what lies under one of them."""
        found = {position for name in names for position in self.under.get(name, ())}
        return tuple(self.notes[position] for position in sorted(found))

    def _column(self, declared: Field, column: Field, identity: str, line: Mapping[str, Any], position: int) -> Cell:
        name = f"{self.name(declared.key)}.{identity}.{column.key}"
        if column.formula is None:
            value = line.get(column.key)
        else:
            figures = self.night.values.get(f"{self.name(declared.key)}[].{column.key}") or ()
            value = figures[position] if 0 <= position < len(figures) else None
        short = typographic(column_label(column))
        label = f"{short}, ligne {position + 1}" if position >= 0 else f"{short}, nouvelle ligne"
        return self._made(column, name, label, value)

    def _made(self, declared: Field, name: str, label: str, value: Any) -> Cell:  # noqa: ANN401 - a value of the night
        """A cell of a field, of an entry of a map or of a column."""
        kind = declared.items if declared.items not in ("", "list") else declared.kind
        entered = declared.typed and declared.key != "audit_date"
        value = None if isinstance(value, dict | tuple) else value
        return Cell(
            name=name,
            kind=kind,
            label=label,
            text=figure_of_choice(self.tab.key, kind, value) if not entered or kind != CHOICE else value or "",
            value=None if value is None else json_text(WRITERS.get(kind, _same)(value)),
            entered=entered,
            editable=self.marks.editable,
            direct=declared.direct,
            why=declared.formula is not None and (not entered or declared.direct),
            mark=None if value is None or kind == FLAG else self._mark(declared, name),
            saisie=self.marks.typed.get(name, ""),
            choices=tuple((code, choice_label(self.tab.key, code)) for code in declared.choices),
            state="ask" if entered and name in self.asked else "",
            long=declared.key in _LONG_TEXTS,
            staff=declared.kind == TEXT and declared.key in _PERSONS,
            gap=declared.key.startswith(_GAPS) or declared.key.endswith(_GAP_ENDS),
        )

    def _mark(self, declared: Field, name: str) -> Mark:
        """Where a present value came from."""
        if self._is_given(name):
            return self.marks.mark(name)
        if declared.role == CARRIED:
            return Mark("repris", "de la veille")
        if declared.role == LINKED:
            return Mark("repris", self._source(declared))
        return Mark("calcule")

    def _is_given(self, name: str) -> bool:
        if name in self.night.inputs:
            return True
        whole, _, key = name.rpartition(".")
        given = self.night.inputs.get(whole)
        if isinstance(given, dict):
            return key in given
        lines = self.night.inputs.get(whole.rpartition(".")[0])
        return isinstance(lines, tuple)

    def _source(self, declared: Field) -> str:
        """« de l'onglet 2 », or what else a linked figure copies."""
        assert declared.formula is not None  # noqa: S101 - only linked figures are asked
        area = next(iter(term_reads(declared.formula, qualifier(self.tab)))).partition(".")[0]
        number = _NUMBERS.get(area)
        return f"de l’onglet {number}" if number else "d’un réglage"


def _same(value: Any) -> Any:  # noqa: ANN401 - a value of the night
    return value


def column_label(column: Field) -> str:
    """The heading of a column: what follows the dash, without what the list already says."""
    _, _, after = column.label.rpartition(" — ")
    return typographic(after[:1].upper() + after[1:])
