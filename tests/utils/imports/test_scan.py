"""What is looked at before a workbook is read: a password, a bomb, a sheet without end, errors."""

import io
import zipfile

import pytest

from tests.utils.imports.classeurs import RJ, real, written
from utils.imports import scan
from utils.imports.compound import SIGNATURE
from utils.imports.flaws import UnusableBook


def said(data):
    """Why a file is not read."""
    with pytest.raises(UnusableBook) as refusal:
        scan.scan(data)
    return str(refusal.value)


def test_the_errors_of_an_xls_are_seen():
    assert scan.scan(real(RJ))["rj"][5, 12] == "#N/A"


def test_the_errors_of_an_xlsx_are_seen():
    assert scan.scan(written({"a": {(2, 3): 1, (1, 1): 2}}, errors={"a!C2"})) == {"a": {(1, 2): "#DIV/0!"}}


@pytest.mark.parametrize("data", [b"", b"bonjour" * 200, b"%PDF-1.7"])
def test_what_is_no_workbook_is_refused(data):
    assert said(data) == "Ce fichier n’est pas un classeur Excel (.xls, .xlsx ou .xlsm)."


@pytest.mark.parametrize("size", [600, 5_000, 100_000])
def test_a_book_that_is_cut_is_refused_in_french(size):
    assert "abîmé" in said(real(RJ)[:size]) or "pas un classeur" in said(real(RJ)[:size])


def test_a_zip_that_is_cut_is_refused_in_french():
    assert "abîmé" in said(written({"a": {(1, 1): 1}})[:300])


def test_a_password_is_named():
    assert "mot de passe" in said(SIGNATURE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"))


def test_a_bomb_is_not_unpacked(monkeypatch):
    monkeypatch.setattr(scan, "MOST_UNPACKED", 1_000_000)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * 5_000_000)
    assert "décompressé" in said(file.getvalue())


@pytest.mark.parametrize(("place", "words"), [((100_000, 1), "la ligne 100000"), ((1, 16_000), "la colonne 16000")])
def test_a_sheet_without_end_is_refused_before_room_is_made_for_it(place, words):
    assert words in said(written({"a": {place: 1}}))


def test_a_heavy_file_is_refused(monkeypatch):
    monkeypatch.setattr(scan, "MOST_BYTES", 100)
    assert "20 Mo" in said(written({"a": {(1, 1): 1}}))
