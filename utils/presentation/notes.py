"""What opens under a row: remarks of the domain, and two figures for one cell until somebody settles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, Final

from utils import french
from utils.presentation.cells import Choice, Note, Proposal
from utils.presentation.marks import Marks
from utils.presentation.words import figure_of_choice, typographic
from utils.rj.calculate import Night
from utils.rj.catalogue import FIELDS
from utils.rj.declaration import COUNT, FACTOR, MONEY, PERCENT, Field
from utils.rj.merge import IMPORTED, SYNCED
from utils.rj.remarks import remarks

_POSITION: Final = re.compile(r"(?P<list>[a-z_]+\.[a-z_]+)\[(?P<position>[0-9]+)\](?P<rest>.*)", re.ASCII)
_DECIMAL: Final = (MONEY, PERCENT, FACTOR)
_SOURCES: Final = {SYNCED: "Lightspeed", IMPORTED: "Rapport importé"}


def line_id(line: Any, position: int) -> str:  # noqa: ANN401 - a line of the night
    """The id of a line; lines of a night read from a file have none and take their position."""
    return str(line.get("id", f"ligne-{position:03d}"))


def cell_name(night: Night, name: str) -> str:
    """The name of a cell, the position of a line replaced by its id."""
    found = _POSITION.fullmatch(name)
    if found is None:
        return name
    position = int(found["position"])
    return f"{found['list']}.{line_id(night.values[found['list']][position], position)}{found['rest']}"


def notes_of(night: Night, marks: Marks, tab: str) -> tuple[Note, ...]:
    """Every note of a tab: differences first, then remarks that are not one of them."""
    settling = tuple(_differences(night, marks, tab))
    names = {note.name for note in settling}
    said: dict[str, Note] = {}  # a cell has one note, where all that is remarked of it follows
    for remark in remarks(night) if marks.remarks is None else marks.remarks:
        if not remark.field.startswith(tab + "."):
            continue
        name, text = cell_name(night, remark.field), typographic(remark.message)
        if remark.asked or name not in names:
            before = said.get(name, Note(name, "info", ""))
            kind = "ask" if remark.asked else before.kind
            said[name] = Note(name, kind, f"{before.text} {text}".lstrip())
    # single values that wait to be confirmed; those of a list stand with the list
    proposed = (
        Note(
            name,
            "info",
            f"Proposé : {_said(FIELDS[name], _read(FIELDS[name].kind, value))}.",
            proposal=Proposal("Confirmer", name, value),
        )
        for name, value in marks.proposals.items()
        if marks.editable and name.startswith(tab + ".") and isinstance(value, str)
    )
    return (*settling, *said.values(), *proposed)


def _differences(night: Night, marks: Marks, tab: str) -> Iterator[Note]:
    prefix = tab + "."
    for name in (name for name in night.sources if name.startswith(prefix)):
        typed, source = night.inputs[name], night.sources[name]
        if FIELDS[name].direct and typed != source and _read(FIELDS[name].kind, marks.kept(name)) != source:
            yield _difference(name, FIELDS[name], typed, ("La source donne", source), marks)
    for cell, origin in marks.origins.items():
        if origin.beside is None or not cell.startswith(prefix):
            continue
        field, value = _given(night, cell)
        if field is not None:
            words = " ".join(filter(None, (_SOURCES.get(origin.beside.kind, ""), marks.detail(origin.beside))))
            other = (words or "Autre source", _read(field.kind, origin.beside.value))
            yield _difference(cell, field, value, other, marks)


def _difference(name: str, field: Field, mine: Any, other: tuple[str, Any], marks: Marks) -> Note:  # noqa: ANN401
    """Two figures for one cell, and how far apart they are."""
    who = f"Saisi {marks.mark(name).detail}".strip()
    typed = Choice(who, _said(field, mine), "garder", "Garder", "le chiffre saisi")
    source = Choice(other[0], _said(field, other[1]), "prendre", "Prendre", "l’autre chiffre")
    numbers = field.kind in (*_DECIMAL, COUNT) and mine is not None
    return Note(name, "ask", "", _said(field, abs(mine - other[1])) if numbers else "", (typed, source))


def _said(field: Field, value: Any) -> str:  # noqa: ANN401 - a value of the night
    if value is None:
        return "vide"
    return french.money(value) if field.kind == MONEY else figure_of_choice("", field.kind, value)


def _read(kind: str, value: Any) -> Any:  # noqa: ANN401 - a JSON scalar
    return Decimal(value) if kind in _DECIMAL and value is not None else value


def _given(night: Night, cell: str) -> tuple[Field | None, Any]:
    """The field that a cell's name stands for and its value tonight: a field, a key of a map, a column of a line."""
    if cell in FIELDS:
        return FIELDS[cell], night.inputs.get(cell)
    whole, _, key = cell.rpartition(".")
    if whole in FIELDS:
        return FIELDS[whole], (night.inputs.get(whole) or {}).get(key)
    lines, _, identity = whole.rpartition(".")
    columns = {column.key: column for column in FIELDS[lines].columns} if lines in FIELDS else {}
    given = night.inputs.get(lines) or ()
    found = [line for position, line in enumerate(given) if line_id(line, position) == identity]
    return columns.get(key), found[0].get(key) if found else None
