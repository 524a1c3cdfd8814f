"""A file looked at before it is read: its kind, a password, what it would weigh, the cells that hold an error.

The reader of workbooks gives an error as an empty cell and makes room for the whole rectangle that a sheet covers:
both are looked for here, in the bytes themselves.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from struct import unpack_from
from typing import Final

from utils.imports.compound import SIGNATURE, stream_of
from utils.imports.flaws import Flaw, UnusableBook
from utils.imports.places import column_number

Cell = tuple[int, int]
"""Row and column of a cell, the first being 0."""

Errors = dict[str, dict[Cell, str]]
"""For each sheet, the cells whose value is an error, as Excel shows it."""

MOST_BYTES: Final = 20_000_000
MOST_UNPACKED: Final = 120_000_000
MOST_ROWS: Final = 5_000
MOST_COLUMNS: Final = 512
_CHUNK: Final = 1 << 20
_NEAR: Final = 2_000
"""How far from the cell its value may stand, a formula being between them."""

_LOCKED: Final = "Le classeur est protégé par un mot de passe : l’enregistrer sans mot de passe, puis le déposer."
_UNKNOWN: Final = "Ce fichier n’est pas un classeur Excel (.xls, .xlsx ou .xlsm)."
_BOMB: Final = "Le classeur, une fois décompressé, dépasse 120 Mo : ce n’est pas le classeur d’un hôtel."
_DAMAGED: Final = "Le classeur est abîmé : l’ouvrir dans Excel et l’enregistrer de nouveau."

_ERROR_NAMES: Final[dict[int, str]] = dict(
    zip(
        (0x00, 0x07, 0x0F, 0x17, 0x1D, 0x24, 0x2A),
        ("#NUL!", "#DIV/0!", "#VALEUR!", "#REF!", "#NOM?", "#NOMBRE!", "#N/A"),
        strict=True,
    )
)
_SHEET, _FORMULA, _BOOL_OR_ERROR, _FILE_PASS, _BEGIN = 0x85, 0x06, 0x205, 0x2F, 0x809
_CELLS: Final = frozenset({0x06, 0x201, 0x203, 0x204, 0x205, 0xBD, 0xBE, 0xFD, 0x27E})
_CELL_XML: Final = re.compile(rb"<(?:\w+:)?c\s([^>]*)>")
_VALUE_XML: Final = re.compile(rb"<(?:\w+:)?v>([^<]*)<")
_PLACE: Final = re.compile(rb'\br="([A-Z]{1,3})([0-9]{1,7})"')
_SHEET_XML: Final = re.compile(r'<(?:\w+:)?sheet\b[^>]*?\bname="([^"]*)"[^>]*?\br:id="([^"]*)"')
_RELATION: Final = re.compile(r"<Relationship\b[^>]*>")


def scan(data: bytes) -> Errors:
    """The cells of a workbook that hold an error; raises ``UnusableBook`` for what must not be read at all."""
    if len(data) > MOST_BYTES:
        raise UnusableBook([Flaw("Le fichier dépasse 20 Mo : ce n’est pas le classeur d’un mois.")])
    if data.startswith(SIGNATURE):
        return _scan_xls(data)
    if data.startswith(b"PK\x03\x04"):
        return _scan_xlsx(data)
    raise UnusableBook([Flaw(_UNKNOWN)])


def _scan_xls(data: bytes) -> Errors:
    try:
        stream = stream_of(data, "Workbook", "Book")
    except UnusableBook:
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise UnusableBook([Flaw(_LOCKED)]) from None
        raise
    names: dict[int, str] = {}
    errors: Errors = {}
    sheet = ""
    for at, kind, record in _records(stream):
        if kind == _FILE_PASS:
            raise UnusableBook([Flaw(_LOCKED)])
        if kind == _SHEET:
            # the length of the name, whether two bytes make a character, its characters
            length, wide = record[6], record[7] & 1
            name = record[8 : 8 + length * (1 + wide)].decode("utf-16-le" if wide else "latin-1", "replace")
            names[unpack_from("<I", record)[0]] = name
        elif kind == _BEGIN:
            sheet = names.get(at, sheet)
        elif kind in _CELLS and len(record) >= 6:  # noqa: PLR2004 - row, column and format
            row, column = unpack_from("<HH", record)
            _refuse_far(sheet, row, column)
            if name := _error_of(kind, record):
                errors.setdefault(sheet, {})[row, column] = name
    return errors


def _records(stream: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Where each record of a stream of cells begins, its kind and its bytes."""
    at = 0
    while at + 4 <= len(stream):
        kind, size = unpack_from("<HH", stream, at)
        yield at, kind, stream[at + 4 : at + 4 + size]
        at += 4 + size


def _error_of(kind: int, record: bytes) -> str:
    if kind == _FORMULA and record[12:14] == b"\xff\xff" and record[6] == 2:  # noqa: PLR2004 - 2 says an error
        return _ERROR_NAMES.get(record[8], "#ERREUR")
    if kind == _BOOL_OR_ERROR and record[7]:
        return _ERROR_NAMES.get(record[6], "#ERREUR")
    return ""


def _scan_xlsx(data: bytes) -> Errors:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = members_of(archive)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError, OSError) as cause:
        if isinstance(cause, UnusableBook):
            raise
        raise UnusableBook([Flaw(_LOCKED if "encrypted" in str(cause) else _DAMAGED)]) from None
    if "xl/workbook.xml" not in members:
        raise UnusableBook([Flaw(_UNKNOWN)])
    errors: Errors = {}
    for sheet, part in sheets_of(members):
        text = members.get(part, b"")
        for found in _CELL_XML.finditer(text):
            place = _PLACE.search(found[1])
            if place is None:
                continue
            row, column = int(place[2]) - 1, column_number(place[1].decode()) - 1
            _refuse_far(sheet, row, column)
            if b't="e"' in found[1]:
                value = _VALUE_XML.search(text, found.end(), found.end() + _NEAR)
                errors.setdefault(sheet, {})[row, column] = value[1].decode("utf-8", "replace") if value else "#ERREUR"
    return errors


def members_of(archive: zipfile.ZipFile) -> dict[str, bytes]:
    """The parts of a workbook that are text; whatever they declare, no more is unpacked than a workbook weighs."""
    left, found = MOST_UNPACKED, {}
    for member in archive.infolist():
        parts = []
        with archive.open(member) as stream:
            while part := stream.read(_CHUNK):
                left -= len(part)
                if left < 0:
                    raise UnusableBook([Flaw(_BOMB)])
                parts.append(part)
        if member.filename.endswith((".xml", ".rels")):
            found[member.filename] = b"".join(parts)
    return found


def sheets_of(members: dict[str, bytes]) -> Iterator[tuple[str, str]]:
    """The name of each sheet with its part."""
    said = members.get("xl/_rels/workbook.xml.rels", b"").decode("utf-8", "replace")
    targets = {}
    for relation in _RELATION.findall(said):
        identifier, target = re.search(r'\bId="([^"]*)"', relation), re.search(r'\bTarget="([^"]*)"', relation)
        if identifier and target:
            targets[identifier[1]] = target[1]
    for name, identifier in _SHEET_XML.findall(members["xl/workbook.xml"].decode("utf-8", "replace")):
        part = targets.get(identifier, "")
        yield name.replace("&amp;", "&"), part.lstrip("/") if part.startswith("/") else f"xl/{part}"


def _refuse_far(sheet: str, row: int, column: int) -> None:
    if row >= MOST_ROWS or column >= MOST_COLUMNS:
        sentence = f"La feuille va jusqu’à la ligne {row + 1} : celle d’un mois en a au plus {MOST_ROWS}."
        if row < MOST_ROWS:
            sentence = f"La feuille va jusqu’à la colonne {column + 1} : celle d’un mois en a au plus {MOST_COLUMNS}."
        raise UnusableBook([Flaw(sentence, sheet)])
