"""*Remplir le classeur de l'hôtel*: the input cells of a night written into the hotel's own workbook.

Its sheets are known by their names and their headers, as the import knows them: one whose columns moved is refused.
The cells of the control day that the night leaves absent are emptied; those whose formula makes their figure from
other cells, and the people and the prices that the book has no column for, are left and said. Every member of the file
but the sheets written keeps its bytes; the chain of calculation goes, and the book is recalculated as it opens.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, Final, NamedTuple

from utils.imports import layout
from utils.imports.compound import SIGNATURE
from utils.imports.flaws import Flaw, UnusableBook
from utils.imports.jour_sheet import COLUMNS
from utils.imports.layout import check_layout
from utils.imports.places import Place, cell_name, column_number, position
from utils.imports.scan import members_of, sheets_of
from utils.imports.workbook import Book, Sheet, open_book
from utils.money import money_text
from utils.reports.places import FIRST_ROWS, MOVIE_PRICES
from utils.reports.sheet_xml import NoSheetDataError, Value, formulas_of, with_cells
from utils.rj.calculate import Night
from utils.rj.catalogue import BY_KEY, FIELDS
from utils.rj.settings import DEFAULT_TERMINALS
from utils.rj.tabs.controle import WEATHER
from utils.rj.tabs.transelect import CARDS, SOURCES
from utils.text import person_key

OLD: Final = (
    "Un classeur .xls ne se remplit pas : dans Excel, « Enregistrer sous » un classeur .xlsm (avec ses macros) "
    "ou .xlsx, puis déposer celui-là."
)
_FORMULA_KEPT: Final = "laissée : sa formule fait le chiffre"
_NO_COLUMN: Final = "laissé : le classeur n’a pas de colonne pour « {} »"
_CELL: Final = re.compile(r"(?:Recap|geac_ux)!([A-Z]+[0-9]+)")
_TYPED: Final = re.compile(r"=[0-9.,+\-*/()\s]*")
"""A formula that only counts numbers is what a person typed."""

_CHAIN: Final = "xl/calcChain.xml"
_CHAIN_NAMED: Final = re.compile(rb"<(?:Override|Relationship)\b[^>]*calcChain\.xml[^>]*/>")
_SETTING: Final = re.compile(rb"<calcPr\b([^>]*?)/>")
_FLAG: Final = re.compile(rb'\s*\bfullCalcOnLoad="[^"]*"')
_INTERNET: Final = ("ls_361", "adj_chambre", "banquet", "spesa", "ls_365", "forfait_bnc", "nb_forfaits")
_ACCOUNTS: Final = {4: "gl_101100", 5: "petite_caisse", 6: "conciliation", 7: "correction"}


class Kept(NamedTuple):
    """A cell of the book and what became of it: its figure, or why it was left."""

    place: Place
    label: str
    said: str


class Filled(NamedTuple):
    """The workbook with the night in it, the cells written (or emptied), and what was left."""

    content: bytes
    written: list[Kept]
    left: list[Kept]


class _Wanted(NamedTuple):
    """A cell that the night wants to write."""

    sheet: Sheet
    row: int
    column: int
    label: str
    value: Value


def fill(data: bytes, night: Night) -> Filled:
    """The hotel's workbook with the input cells of a night; raises ``UnusableBook`` with every flaw found."""
    if data.startswith(SIGNATURE):
        raise UnusableBook([Flaw(OLD)])
    book = open_book(data)
    _check_month(book, night)
    left: list[Kept] = []
    wanted = [*_control_day(book, night), *_rows(book, night), *_people(book, night, left)]
    book.finish()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = members_of(archive)
        parts = dict(sheets_of(members))
        changed, written = _changed(members, parts, wanted, left)
        return Filled(_packed(archive, changed), written, left)


def _check_month(book: Book, night: Night) -> None:
    """The book is an RJ, of the month of the night."""
    control, jour = book.sheet("controle"), book.sheet("jour")
    if control is None or jour is None:
        raise UnusableBook([Flaw("Ce classeur n’est pas un RJ : il lui faut les feuilles « jour » et « controle ».")])
    layout.check_layout(control, layout.CONTROLE)
    month, year = control.count(4, 2), control.count(5, 2)
    if (year, month) != (night.day.year, night.day.month):
        said = f"Ce classeur est celui de {year or 0:04d}-{month or 0:02d}, et la nuit est celle du"
        control.refuse(4, 2, f"{said} {night.day.isoformat()}.")


def _control_day(book: Book, night: Night) -> Iterator[_Wanted]:
    """The sheets that hold one night: whatever the night does not have is emptied, as the hotel's macros do."""
    values = night.values
    control = book.sheet("controle")
    assert control is not None  # noqa: S101 - checked just above
    yield _Wanted(control, 3, 2, "Jour (JJ)", night.day.day)
    yield _Wanted(control, 2, 2, "Préparé par", values.get("controle.auditor_name"))
    yield _Wanted(control, 6, 2, "Température", values.get("controle.temperature"))
    weather = values.get("controle.weather_condition")
    yield _Wanted(control, 7, 2, "Météo", WEATHER.index(weather) + 1 if weather in WEATHER else None)
    for name, headers, tab in (("Recap", layout.RECAP, "recap"), ("geac_ux", layout.GEAC, "geac")):
        sheet = book.sheet(name)
        if sheet is None or not check_layout(sheet, headers):
            continue
        for field in BY_KEY[tab]:
            found = _CELL.fullmatch(field.cell) if field.typed else None
            if found:
                yield _Wanted(sheet, *position(found[1]), field.label, values.get(f"{tab}.{field.key}"))
    sheet = book.sheet("transelect")
    if sheet is not None and check_layout(sheet, layout.TRANSELECT):
        yield from _cards(sheet, values)


def _cards(sheet: Sheet, values: Mapping[str, Any]) -> Iterator[_Wanted]:
    """The batches by terminal in the columns that the hotel gives them, POSitouch, the reception."""
    for row, card in enumerate(CARDS):
        batches = values.get(f"transelect.transelect_restaurant.{card}.terminals") or {}
        for column, terminal in enumerate(DEFAULT_TERMINALS, 2):
            yield _Wanted(sheet, row + 9, column, f"{terminal['label']}, {card}", batches.get(terminal["id"]))
        name = f"transelect.transelect_restaurant.{card}.positouch"
        yield _Wanted(sheet, row + 9, column_number("X"), FIELDS[name].label, values.get(name))
        for key, _, letters, _ in SOURCES:
            name = f"transelect.transelect_reception.{card}.{key}"
            yield _Wanted(sheet, row + 20, column_number(letters), FIELDS[name].label, values.get(name))


def _rows(book: Book, night: Night) -> Iterator[_Wanted]:
    """The row of the night in the sheets that have one a day; what the night does not have is left as it is."""
    values, day = night.values, night.day.day
    jour = book.sheet("jour")
    if jour is not None and check_layout(jour, layout.JOUR):
        for column, name in COLUMNS.items():
            if (value := values.get(name)) is not None:
                yield _Wanted(jour, FIRST_ROWS["jour"] + day, column, FIELDS[name].label, value)
    internet = book.sheet("Internet")
    if internet is not None and check_layout(internet, layout.INTERNET):
        for column, key in enumerate(_INTERNET, 2):
            name = f"internet.internet_{key}"
            if (value := values.get(name)) is not None:
                yield _Wanted(internet, FIRST_ROWS["Internet"] + day, column, FIELDS[name].label, value)
    setd = book.sheet("SetD")
    if setd is not None and check_layout(setd, layout.SETD):
        for column, key in (_ACCOUNTS | {_last_account(setd): "residuel"}).items():
            name = f"setd.setd_{key}"
            if (value := values.get(name)) is not None:
                yield _Wanted(setd, FIRST_ROWS["SetD"] + day, column, FIELDS[name].label, value)


def _last_account(sheet: Sheet) -> int:
    """The column of the cents that remain: the last one of the account 946000."""
    found = [column for column in range(1, sheet.width + 1) if "2946000" in sheet.text(4, column).replace("-", "")]
    return found[-1] if found else 0


def _people(book: Book, night: Night, left: list[Kept]) -> Iterator[_Wanted]:
    """The amounts of each person, and of each price of a film, in the column that bears the name."""
    row = 3 + 2 * night.day.day
    lists = (
        ("DUBACK#", layout.DUEBACK, "dueback.dueback_entries", {"previous": row, "nouveau": row + 1}),
        ("SetD", layout.SETD, "setd.setd_personnel", {"amount": FIRST_ROWS["SetD"] + night.day.day}),
    )
    for name, headers, field, keys in lists:
        sheet = book.sheet(name)
        if sheet is None or not check_layout(sheet, headers):
            continue
        columns = {
            person_key(" ".join(f"{sheet.text(2, one)} {sheet.text(3, one)}".split())): one
            for one in range(3 if name == "DUBACK#" else 8, sheet.width + 1)
            if sheet.text(2, one) or sheet.text(3, one)
        }
        for line in night.values.get(field, ()):
            column = columns.get(person_key(line.get("name", "")))
            for key, at in keys.items():
                label = f"{FIELDS[field].label}, {line.get('name', '')}"
                if column and key in line:
                    yield _Wanted(sheet, at, column, label, line[key])
                elif key in line:
                    said = f"{money_text(line[key])}, {_NO_COLUMN.format(line.get('name', ''))}"
                    left.append(Kept(Place(sheet.name, f"{at}:{at}"), FIELDS[field].label, said))
    sonifi = book.sheet("Sonifi")
    if sonifi is not None and check_layout(sonifi, layout.SONIFI):
        yield from _movies(sonifi, night, left)


def _movies(sheet: Sheet, night: Night, left: list[Kept]) -> Iterator[_Wanted]:
    at = FIRST_ROWS["Sonifi"] + night.day.day
    columns = {sheet.money(5, column): column for column in MOVIE_PRICES}
    for line in night.values.get("sonifi.sonifi_unites", ()):
        price = line.get("prix")
        if price is not None and price in columns and "quantite" in line:
            yield _Wanted(sheet, at, columns[price], f"Films à {money_text(price)}", line["quantite"])
        elif "quantite" in line:
            said = f"{line['quantite']}, {_NO_COLUMN.format(price)}"
            left.append(Kept(Place(sheet.name, f"{at}:{at}"), "Films", said))
    for column, name in ((17, "sonifi.sonifi_ajustement"), (21, "sonifi.sonifi_ajustement_motif")):
        if (value := night.values.get(name)) is not None:
            yield _Wanted(sheet, at, column, FIELDS[name].label, value)


def _changed(
    members: Mapping[str, bytes], parts: Mapping[str, str], wanted: list[_Wanted], left: list[Kept]
) -> tuple[dict[str, bytes], list[Kept]]:
    """The members of the file that change, and the cells written."""
    changed, written = dict[str, bytes](), list[Kept]()
    for sheet in dict.fromkeys(one.sheet.name for one in wanted):
        xml = members[parts[sheet]]
        formulas, cells = formulas_of(xml), dict[tuple[int, int], Value]()
        for _, row, column, label, value in (one for one in wanted if one.sheet.name == sheet):
            place = Place(sheet, cell_name(row, column))
            formula = formulas.get((row, column))
            if formula is not None and (formula == "=" or not _TYPED.fullmatch(formula)):
                if value is not None:
                    left.append(Kept(place, label, f"{_said(value)}, {_FORMULA_KEPT}"))
                continue
            cells[row, column] = value
            written.append(Kept(place, label, "vidée" if value is None else _said(value)))
        try:
            changed[parts[sheet]] = with_cells(xml, cells)
        except NoSheetDataError:
            flaw = Flaw(
                "Cette feuille ne s’écrit pas : ouvrir le classeur dans Excel et l’enregistrer de nouveau.", sheet
            )
            raise UnusableBook([flaw]) from None
    for name in ("[Content_Types].xml", "xl/_rels/workbook.xml.rels"):
        changed[name] = _CHAIN_NAMED.sub(b"", members.get(name, b""))
    changed["xl/workbook.xml"] = _recalculated(members["xl/workbook.xml"])
    return changed, written


def _said(value: Value) -> str:
    return money_text(value) if isinstance(value, Decimal) else str(value)


def _recalculated(xml: bytes) -> bytes:
    """The book told to calculate everything as it opens."""
    found = _SETTING.search(xml)
    if found is not None:
        kept = _FLAG.sub(b"", found[1])
        return xml[: found.start()] + b"<calcPr" + kept + b' fullCalcOnLoad="1"/>' + xml[found.end() :]
    for end in (b"</definedNames>", b"</externalReferences>", b"</sheets>"):
        if end in xml:
            return xml.replace(end, end + b'<calcPr fullCalcOnLoad="1"/>', 1)
    return xml


def _packed(archive: zipfile.ZipFile, changed: Mapping[str, bytes]) -> bytes:
    """The file again, each member in its place, at its date and packed as it was; the chain of calculation is gone."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as packed:
        for member in archive.infolist():
            if member.filename != _CHAIN:
                content = changed.get(member.filename)
                packed.writestr(member, archive.read(member) if content is None else content)
    return file.getvalue()
