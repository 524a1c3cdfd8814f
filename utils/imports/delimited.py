"""A template filled as CSV, read as the workbook that it stands for: its first line says what it holds.

    RJ Natif;nuits;2025-06      then the rows of the sheet *jour*, headers in the second line
    RJ Natif;budgets            then a month or a day a line

The number of a line is that of the row of its sheet, so that what is wrong is named by the same cell.
"""

from __future__ import annotations

import csv
import io
import re
from decimal import Decimal
from typing import Any, Final

from utils.imports.flaws import Flaw, UnusableBook
from utils.imports.scan import MOST_BYTES, MOST_COLUMNS, MOST_ROWS
from utils.money import AmountError, read_typed_money

MARK: Final = "RJ Natif"
NIGHTS: Final = "nuits"
BUDGETS: Final = "budgets"
_SEPARATORS: Final = ";,\t"
_WHOLE: Final = re.compile(r"-?[0-9]{1,12}", re.ASCII)
_MONTH: Final = re.compile(r"(2[0-9]{3})-(0[1-9]|1[0-2])", re.ASCII)
_HEADERS: Final = 2


def is_template(data: bytes) -> bool:
    """Whether a file is text that begins as our templates do."""
    return data.removeprefix(b"\xef\xbb\xbf").lstrip(b'"').startswith(MARK.encode())


def sheets_of(data: bytes) -> dict[str, list[list[Any]]]:
    """The sheets that the text stands for, by name; raises ``UnusableBook`` when its first line says nothing known."""
    if len(data) > MOST_BYTES:
        raise UnusableBook([Flaw("Le fichier dépasse 20 Mo : ce n’est pas un de nos modèles.")])
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")  # what Excel saves as plain CSV
    first = text.partition("\n")[0]
    separator = max(_SEPARATORS, key=first.count)
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    except csv.Error:
        raise UnusableBook([Flaw("Le fichier ne se lit pas : l’enregistrer de nouveau en CSV.")]) from None
    if len(lines) > MOST_ROWS or max(map(len, lines)) > MOST_COLUMNS:
        raise UnusableBook([Flaw(f"Le fichier dépasse {MOST_ROWS} lignes ou {MOST_COLUMNS} colonnes.")])
    _, kind, month, *_ = [cell.strip() for cell in (*lines[0], "", "", "")]
    rows = [[], *(line if number < _HEADERS else _cells(line) for number, line in enumerate(lines[1:], _HEADERS - 1))]
    if kind == BUDGETS:
        return {BUDGETS: [lines[0], *rows[1:]]}
    said = _MONTH.fullmatch(month)
    if kind != NIGHTS or said is None:
        sentence = f"La première ligne d’un modèle dit « {MARK};{NIGHTS};AAAA-MM » ou « {MARK};{BUDGETS} »."
        raise UnusableBook([Flaw(sentence)])
    control = [[], [], [], ["Mois", int(said[2])], ["Année", int(said[1])]]
    return {"controle": control, "jour": rows}


def _cells(line: list[str]) -> list[Any]:
    """The first cell names the line; the others are amounts when they read as one."""
    return [_value(cell.strip(), amount=position > 0) for position, cell in enumerate(line)]


def _value(text: str, *, amount: bool) -> str | int | Decimal:
    if _WHOLE.fullmatch(text):
        return int(text)
    if amount and text:
        try:
            return read_typed_money(text)
        except AmountError:
            return text
    return text
