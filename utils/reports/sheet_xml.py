"""Cells written into the XML of a sheet that somebody else made: the cells named, and no other byte.

A text is written in the cell itself, so that the strings that the sheets share keep their bytes; a number too. The
style of the cell stays. What holds more than a value (a formula that other cells share) is never written over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Final, TypeAlias
from xml.sax.saxutils import escape

from utils.imports.places import cell_name, column_number

Value: TypeAlias = Decimal | int | str | None
"""What a cell is given: an amount, a count, a text, or ``None`` to empty it."""

_ROW: Final = re.compile(rb"<row\b([^>]*?)(?:/>|>(.*?)</row>)", re.DOTALL)
_CELL: Final = re.compile(rb"<c\b([^>]*?)(?:/>|>(.*?)</c>)", re.DOTALL)
_NUMBER: Final = re.compile(rb'\br="(?:([A-Z]{1,3}))?([0-9]{1,7})"')
_FORMULA: Final = re.compile(rb"<f\b([^>]*?)(?:/>|>(.*?)</f>)", re.DOTALL)
_STYLE: Final = re.compile(rb'\bs="[0-9]+"')
_SHEET_DATA: Final = re.compile(rb"<sheetData\s*/>|<sheetData\b[^>]*>(.*?)</sheetData>", re.DOTALL)


class NoSheetDataError(ValueError):
    """The XML is no sheet that we know how to write in."""


def formulas_of(xml: bytes) -> dict[tuple[int, int], str]:
    """The formula of each cell that has one, by row and column; « = » alone for one that other cells share."""
    found = {}
    for attributes, body in _CELL.findall(xml):
        place, formula = _NUMBER.search(attributes), _FORMULA.search(body)
        if place and place[1] and formula:
            shared = b"t=" in formula[1]
            text = "" if shared else (formula[2] or b"").decode("utf-8", "replace")
            found[int(place[2]), column_number(place[1].decode())] = f"={text}"
    return found


def with_cells(xml: bytes, cells: Mapping[tuple[int, int], Value]) -> bytes:
    """The sheet with these cells, by row and column; raises ``NoSheetDataError``."""
    found = _SHEET_DATA.search(xml)
    if found is None:
        raise NoSheetDataError
    by_row: dict[int, dict[int, Value]] = {}
    for (row, column), value in cells.items():
        by_row.setdefault(row, {})[column] = value
    data = b"".join(_rows(found[1] or b"", by_row))
    return xml[: found.start()] + b"<sheetData>" + data + b"</sheetData>" + xml[found.end() :]


def _rows(data: bytes, by_row: dict[int, dict[int, Value]]) -> Iterator[bytes]:
    """The rows in order, those written changed, those that were not there added in their place."""
    waiting, at = sorted(by_row), 0
    for row in _ROW.finditer(data):
        number = _NUMBER.search(row[1])
        if number is None:
            raise NoSheetDataError
        while waiting and waiting[0] < int(number[2]):
            yield data[at : row.start()]
            at = row.start()
            yield from _new_row(waiting[0], by_row[waiting.pop(0)])
        if waiting and waiting[0] == int(number[2]):
            yield data[at : row.start()]
            at = row.end()
            cells = b"".join(_cells(row[2] or b"", int(number[2]), by_row[waiting.pop(0)]))
            yield b"<row" + row[1] + b">" + cells + b"</row>"
    yield data[at:]
    for number_ in waiting:
        yield from _new_row(number_, by_row[number_])


def _new_row(row: int, cells: dict[int, Value]) -> Iterator[bytes]:
    given: dict[int, Value] = {column: value for column, value in cells.items() if value is not None}
    if given:
        yield f'<row r="{row}">'.encode() + b"".join(_cells(b"", row, given)) + b"</row>"


def _cells(data: bytes, row: int, cells: dict[int, Value]) -> Iterator[bytes]:
    """The cells of a row in order, those written changed or added."""
    waiting, at = sorted(cells), 0
    for cell in _CELL.finditer(data):
        place = _NUMBER.search(cell[1])
        if place is None or not place[1]:
            raise NoSheetDataError
        column = column_number(place[1].decode())
        while waiting and waiting[0] < column:
            yield data[at : cell.start()]
            at = cell.start()
            yield _cell(row, waiting[0], cells[waiting.pop(0)], b"")
        if waiting and waiting[0] == column:
            yield data[at : cell.start()]
            at = cell.end()
            style = _STYLE.search(cell[1])
            yield _cell(row, column, cells[waiting.pop(0)], b" " + style[0] if style else b"")
    yield data[at:]
    for column in waiting:
        yield _cell(row, column, cells[column], b"")


def _cell(row: int, column: int, value: Value, style: bytes) -> bytes:
    """A cell with its style; an emptied one keeps its style alone, and nothing is written for one without any."""
    head = f'<c r="{cell_name(row, column)}"'.encode() + style
    if value is None:
        return head + b"/>" if style else b""
    if isinstance(value, str):
        text = escape("".join(letter for letter in value if letter.isprintable() or letter == "\n"))
        return head + f' t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'.encode()
    return head + f"><v>{value}</v></c>".encode()
