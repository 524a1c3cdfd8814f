"""The hotel's workbook filled: the input cells of the night, and every other member byte for byte."""

import io
import re
import zipfile
from datetime import date
from decimal import Decimal

import pytest

from tests.utils.imports.classeurs import RJ, moved, real, rj_grids, written
from tests.utils.reports.nuits import golden, made
from utils.imports.flaws import UnusableBook
from utils.imports.read import read_month
from utils.reports.hotel_book import fill

DAY = date(2025, 12, 23)
CHAIN = b"<calcChain/>"
MACROS = b"\xd0\xcf\x11\xe0 macros"


def packed(data, more, replaced=()):
    """A workbook with members added, and words of others replaced."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as out:
        for member in archive.infolist():
            content = archive.read(member)
            for name, old, new in replaced:
                content = content.replace(old, new) if member.filename == name else content
            out.writestr(member, content)
        for name, content in more.items():
            out.writestr(name, content)
    return file.getvalue()


@pytest.fixture(scope="module")
def book():
    """The real book as `.xlsm`: with macros, a chain of calculation, and its day of control eleven days ago."""
    types, relations = "[Content_Types].xml", "xl/_rels/workbook.xml.rels"
    override = b'<Override PartName="/xl/calcChain.xml" ContentType="x"/></Types>'
    relation = b'<Relationship Id="rId99" Type="t/calcChain" Target="calcChain.xml"/></Relationships>'
    ends = [(types, b"</Types>", override), (relations, b"</Relationships>", relation)]
    return packed(written(rj_grids()), {"xl/calcChain.xml": CHAIN, "xl/vbaProject.bin": MACROS}, ends)


@pytest.fixture(scope="module")
def filled(book):
    """The same with the golden night."""
    return fill(book, golden("complet-2025-12-23").night)


def members(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {one.filename: archive.read(one) for one in archive.infolist()}


def test_only_the_sheets_written_change(book, filled):
    before, after = members(book), members(filled.content)
    assert before.keys() - after.keys() == {"xl/calcChain.xml"}
    changed = {name for name in after if after[name] != before[name]}
    sheets = {name for name in changed if name.startswith("xl/worksheets/")}
    assert changed - sheets <= {"[Content_Types].xml", "xl/_rels/workbook.xml.rels", "xl/workbook.xml"}
    assert after["xl/vbaProject.bin"] == MACROS
    assert b"calcChain" not in after["[Content_Types].xml"] + after["xl/_rels/workbook.xml.rels"]
    assert b'fullCalcOnLoad="1"' in after["xl/workbook.xml"]


def test_our_import_reads_the_night_in_the_filled_book(filled):
    night = golden("complet-2025-12-23").night
    read = read_month(filled.content, date(2026, 11, 28)).nights[DAY]
    figures = {one.field: one for one in read.figures if not one.line and not one.part}
    assert Decimal(figures["recap.cash_ls_lecture"].value) == night.values["recap.cash_ls_lecture"]
    assert (
        Decimal(figures["geac.geac_balance_sheet.newbal_gl"].value) == night.values["geac.geac_balance_sheet.newbal_gl"]
    )
    for name, one in figures.items():
        if one.tab == "jour" and isinstance(one.value, str) and name in night.values:
            assert Decimal(one.value) == night.values[name], name


def test_every_cell_written_is_listed_with_its_figure(filled):
    said = {str(one.place): one.said for one in filled.written}
    assert said["controle!B3"] == "23"
    assert said["Recap!B6"] == "521.20"
    assert said["jour!AX25"] == "2823.28"
    assert all(one.said for one in (*filled.written, *filled.left))


def test_what_the_night_lacks_is_emptied_on_the_sheets_of_one_night_and_left_elsewhere(book):
    found = fill(book, made(DAY, {"recap": {"cash_ls_lecture": "1.00"}}).night)
    said = {str(one.place): one.said for one in found.written}
    assert (said["Recap!B6"], said["Recap!B11"], said["transelect!C10"]) == ("1.00", "vidée", "vidée")
    assert "jour!J25" not in said


@pytest.mark.parametrize(
    ("formula", "left"), [("=jour!A1+2", True), ("=Recap!H19", True), ("=9055.2-15.3-(2*3)", False), ("", True)]
)
def test_a_formula_of_the_hotel_is_left_and_a_sum_that_was_typed_is_written_over(formula, left):
    data = written(rj_grids())
    element = f"<f>{formula[1:]}</f>" if formula else '<f t="shared" si="0"/>'
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {n: archive.read(n) for n in archive.namelist() if n.startswith("xl/worksheets/sheet")}
    name = next(n for n, xml in parts.items() if b'<c r="CA25"' in xml and b'<c r="AX25"' in xml)
    found = re.search(rb'<c r="AX25"([^>]*)>', parts[name])
    data = packed(data, {}, [(name, found[0], found[0] + element.encode())])
    filled = fill(data, golden("complet-2025-12-23").night)
    assert ("jour!AX25" in {str(one.place) for one in filled.left if "formule" in one.said}) is left
    assert ("jour!AX25" in {str(one.place) for one in filled.written}) is not left


def test_a_person_and_a_price_that_the_book_has_no_column_for_are_said():
    lines = {"dueback_entries": [{"name": "Nouvelle Personne", "nouveau": "12.00"}]}
    films = {"sonifi_unites": [{"prix": "99.99", "quantite": 2}]}
    night = made(DAY, {"dueback": lines, "sonifi": films}).night
    said = " ".join(one.said for one in fill(written(rj_grids()), night).left)
    assert "12.00, laissé : le classeur n’a pas de colonne pour « Nouvelle Personne »" in said
    assert "99.99" in said


def refused(data, night=None):
    with pytest.raises(UnusableBook) as refusal:
        fill(data, night or golden("complet-2025-12-23").night)
    return {f"{one.sheet}!{one.cell}": one.message for one in refusal.value.flaws}


def test_an_old_workbook_is_told_how_to_be_saved():
    assert "Enregistrer sous" in refused(real(RJ))["!"]


@pytest.mark.parametrize(
    ("data", "cell", "said"),
    [
        (written({"a": {(1, 1): 1}}), "!", "n’est pas un RJ"),
        (written(rj_grids(date(2025, 6, 1), 3)), "controle!B4", "2025-06"),
        (b"PK\x03\x04 coupe", "!", "abîmé"),
    ],
    ids=["autre", "mois", "coupe"],
)
def test_a_book_that_is_not_that_of_the_night_is_refused(data, cell, said):
    assert said in refused(data)[cell]


def test_columns_that_moved_are_refused_and_nothing_is_written():
    sheets = rj_grids()
    assert "nou_link" in refused(written({**sheets, "jour": moved(sheets["jour"])}))["jour!E2"]


def test_the_same_book_and_night_give_the_same_bytes(book, filled):
    assert fill(book, golden("complet-2025-12-23").night).content == filled.content
