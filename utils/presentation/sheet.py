"""One tab being laid out: it makes cells and rows from declarations, and knows which fields were placed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from utils.presentation.cells import Cell, Note, Row, json_text, names_of
from utils.presentation.marks import Mark, Marks
from utils.presentation.notes import line_id, notes_of
from utils.presentation.words import choice_label, figure_of_choice, typographic
from utils.rj.calculate import Night, qualifier
from utils.rj.catalogue import BY_KEY, FIELDS, TABS
from utils.rj.declaration import CARRIED, CHOICE, FLAG, LINKED, Field, Tab
from utils.rj.expression import term_reads
from utils.rj.reading import names_over
from utils.rj.writing import WRITERS

NIL: Final = "sans_activite"
NEW_LINE: Final = "__id__"
_NUMBERS: Final = {tab.key: position for position, tab in enumerate(TABS, 1)}


@dataclass(frozen=True, slots=True)
class _Shape:
    """What the cells of a field, of the entries of a map or of a column have in common, whatever the line."""

    key: str
    kind: str
    label: str
    entered: bool
    direct: bool
    why: bool
    choices: tuple[tuple[str, str], ...]
    long: bool
    staff: bool
    gap: bool
    formula: bool
    unmarked: Mark | None
    """The mark of a value that nobody gave."""

    @classmethod
    def of(cls, tab: Tab, declared: Field) -> _Shape:
        """The shape of a declaration of a tab."""
        entered = declared.typed and declared.key != "audit_date"
        formula = declared.formula is not None
        return cls(
            key=declared.key,
            kind=declared.entry_kind,
            label=column_label(declared),
            entered=entered,
            direct=declared.direct,
            why=formula and (not entered or declared.direct),
            choices=tuple((code, choice_label(tab.key, code)) for code in declared.choices),
            long=declared.long,
            staff=declared.staff,
            gap=declared.nil,
            formula=formula,
            unmarked=_unmarked(tab, declared),
        )


def _unmarked(tab: Tab, declared: Field) -> Mark:
    """Where a value came from that nobody gave: the night before, another tab, a calculation."""
    if declared.role == CARRIED:
        return Mark("repris", "de la veille")
    if declared.role == LINKED and declared.formula is not None:
        area = next(iter(term_reads(declared.formula, qualifier(tab)))).partition(".")[0]
        number = _NUMBERS.get(area)
        return Mark("repris", f"de l’onglet {number}" if number else "d’un réglage")
    return Mark("calcule")


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
        made = self._made(_Shape.of(self.tab, declared), name, typographic(label or declared.label), value)
        return made.shown() if again else made

    def entry(self, key: str, part: str, label: str) -> Cell:
        """The cell of one key of a map."""
        declared, name = self.fields[key], f"{self.name(key)}.{part}"
        self.placed.add(key)
        value = (self.night.values.get(self.name(key)) or {}).get(part)
        return self._made(_Shape.of(self.tab, declared), name, typographic(label), value)

    def elsewhere(self, name: str, label: str = "") -> Cell:
        """A figure of any tab, shown here as an output that leads there."""
        declared, other = FIELDS[name], Sheet(self.night, BY_KEY[name.partition(".")[0]], self.marks)
        said = typographic(label or declared.label)
        return other._made(_Shape.of(other.tab, declared), name, said, self.night.values.get(name)).shown()

    def shown(self, key: str, label: str = "") -> Cell:
        """A field of the tab as an output, whatever it is; it is still to be placed."""
        placed = key in self.placed
        made = self.cell(key, label).shown()
        if not placed:
            self.placed.discard(key)
        return made

    def lines(self, key: str) -> Iterator[tuple[str, tuple[Cell, ...]]]:
        """Each line of a list: its id, and its cells in the order of its columns."""
        name, shapes = self.name(key), self._shapes(key)
        figures = [self.night.values.get(f"{name}[].{one.key}") or () if one.formula else None for one in shapes]
        for position, line in enumerate(self.night.values.get(name) or ()):
            identity, place = line_id(line, position), f", ligne {position + 1}"
            values = [
                line.get(one.key) if found is None else found[position] if position < len(found) else None
                for one, found in zip(shapes, figures, strict=True)
            ]
            under = f"{name}.{identity}."
            yield (
                identity,
                tuple(
                    [
                        self._made(one, under + one.key, one.label + place, value)
                        for one, value in zip(shapes, values, strict=True)
                    ]
                ),
            )

    def blank(self, key: str) -> tuple[Cell, ...]:
        """The cells of a line about to be added."""
        under = f"{self.name(key)}.{NEW_LINE}."
        return tuple(
            self._made(one, under + one.key, f"{one.label}, nouvelle ligne", None) for one in self._shapes(key)
        )

    def _shapes(self, key: str) -> tuple[_Shape, ...]:
        return tuple(_Shape.of(self.tab, column) for column in self.fields[key].columns)

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

    def former(self) -> tuple[Row, ...]:
        """The figures of a closed night that the tab declares no more, under the label they had."""
        found = [(name, one) for name, one in self.night.former.items() if name.startswith(f"{self.tab.key}.")]
        cells = (
            Cell(name, one.kind, typographic(one.label), figure_of_choice(self.tab.key, one.kind, one.value))
            for name, one in found
        )
        return tuple(self.row(cell.label, (cell,)) for cell in cells)

    def notes_for(self, names: Iterable[str]) -> tuple[Note, ...]:
        """The notes of these cells, or of what lies under one of them."""
        found = {position for name in names for position in self.under.get(name, ())}
        return tuple(self.notes[position] for position in sorted(found))

    def _made(self, shape: _Shape, name: str, label: str, value: Any) -> Cell:  # noqa: ANN401 - a value of the night
        """A cell of a field, of an entry of a map or of a column."""
        kind, entered, marks = shape.kind, shape.entered, self.marks
        if value is None or isinstance(value, dict | tuple):
            text, written, mark = "", None, None
        else:
            text = value if entered and kind == CHOICE else figure_of_choice(self.tab.key, kind, value)
            written = WRITERS[kind](value) if kind in WRITERS else value
            written = written if isinstance(written, str) else json_text(written)
            given = kind != FLAG and (name in marks.origins or self._is_given(name))
            mark = None if kind == FLAG else marks.mark(name) if given else shape.unmarked
        return Cell(
            name=name,
            kind=kind,
            label=label,
            text=text,
            value=written,
            entered=entered,
            editable=marks.editable,
            direct=shape.direct,
            why=shape.why,
            mark=mark,
            saisie=marks.typed.get(name, "") if marks.typed else "",
            choices=shape.choices,
            state="ask" if entered and name in self.asked else "",
            long=shape.long,
            staff=shape.staff,
            gap=shape.gap,
        )

    def _is_given(self, name: str) -> bool:
        if name in self.night.inputs:
            return True
        whole, _, key = name.rpartition(".")
        given = self.night.inputs.get(whole)
        if isinstance(given, dict):
            return key in given
        lines = self.night.inputs.get(whole.rpartition(".")[0])
        return isinstance(lines, tuple)


def column_label(column: Field) -> str:
    """The heading of a column: what follows the dash, without what the list already says."""
    _, _, after = column.label.rpartition(" — ")
    return typographic(after[:1].upper() + after[1:])
