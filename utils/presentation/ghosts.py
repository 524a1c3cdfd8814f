"""The lines of the night before, shown faintly in a list: none is kept until somebody types in it."""

from __future__ import annotations

import json
from collections import Counter
from decimal import Decimal
from hashlib import sha256
from typing import Final

from utils import french
from utils.presentation.blocks import Line
from utils.presentation.cells import Cell
from utils.presentation.sheet import NEW_LINE, Sheet
from utils.presentation.words import choice_label
from utils.rj.declaration import CHOICE, MONEY, Field
from utils.shapes import Values
from utils.text import person_key

_ID: Final = 16
"""Hexadecimal digits of a line's name."""


def ghosts(sheet: Sheet, key: str) -> tuple[Line, ...]:
    """One line for each of the night before that tonight's list does not have yet.

    Its id follows from what names it: two persons who begin the same line on two posts begin one line.
    """
    naming = {column.key: column for column in sheet.fields[key].columns if column.again}
    before = sheet.marks.before.get(sheet.name(key), ()) if sheet.marks.editable else ()
    if not before:
        return ()
    tonight = Counter(_who(naming, line) for line in sheet.night.values.get(sheet.name(key)) or ())
    blank, found, seen = sheet.blank(key), [], Counter[str]()
    for line in before:
        who = _who(naming, line)
        seen[who] += 1
        if line and seen[who] > tonight[who]:
            name = sha256(f"{sheet.name(key)} {who} {seen[who]}".encode()).hexdigest()[:_ID]
            typed = {
                part: str(value).replace(".", ",") if naming[part].kind == MONEY else str(value)
                for part, value in line.items()
            }
            cells = tuple(_faint(sheet, cell, name, naming, line) for cell in blank)
            found.append(Line(name, cells, ghost=json.dumps(typed, ensure_ascii=False)))
    return tuple(found)


def _who(naming: dict[str, Field], line: Values) -> str:
    """Whose line it is: the person when the list is one of persons, else all that names it."""
    persons = [part for part, column in naming.items() if column.staff] or [*naming]
    return person_key(" ".join(str(line.get(part, "")) for part in persons))


def _faint(sheet: Sheet, cell: Cell, line: str, naming: dict[str, Field], before: Values) -> Cell:
    """A cell of the line; what names it shows what the night before had."""
    part = cell.name.rpartition(".")[2]
    value = before.get(part)
    text = "" if value is None else str(value)
    if value is not None and naming[part].kind == CHOICE:
        text = choice_label(sheet.tab.key, text)
    elif value is not None and naming[part].kind == MONEY:
        text = french.number(Decimal(text))
    return cell._replace(name=cell.name.replace(NEW_LINE, line), ghost=text)
