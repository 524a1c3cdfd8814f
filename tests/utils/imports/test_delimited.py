"""A template as CSV: read as its workbook whatever Excel made of its separators, refused when it says nothing known."""

import pytest

from utils.imports.delimited import is_template, sheets_of
from utils.imports.flaws import UnusableBook


@pytest.mark.parametrize("text", ["RJ Natif;nuits;2025-06", '"RJ Natif";"nuits"', "\ufeffRJ Natif,budgets"])
def test_a_template_is_told_by_its_first_words(text):
    assert is_template(text.encode())
    assert not is_template(b"PK\x03\x04")
    assert not is_template("Nuit;Révision".encode())


@pytest.mark.parametrize(
    "data",
    [
        b"RJ Natif;nuits;2025-06\r\nJOUR;bal.ouv\r\n1;1 234,50\r\n",
        'RJ Natif,nuits,2025-06\r\nJOUR,bal.ouv\r\n1,"1234,50"\r\n'.encode("utf-8-sig"),
        "RJ Natif\tnuits\t2025-06\nJOUR\tbal.ouv\n1\t1234.50\n".encode("cp1252"),
    ],
    ids=["excel", "virgules", "tabulations"],
)
def test_amounts_are_read_as_a_person_types_them(data):
    sheets = sheets_of(data)
    assert [str(cell) for cell in sheets["jour"][2]] == ["1", "1234.50"]
    assert sheets["controle"][3:] == [["Mois", 6], ["Année", 2025]]
    assert sheets["jour"][1] == ["JOUR", "bal.ouv"]


def test_what_is_no_amount_stays_as_it_was_typed():
    assert sheets_of(b"RJ Natif;nuits;2025-06\n\n1;douze;3")["jour"][2] == [1, "douze", 3]


def test_accents_that_excel_saved_its_own_way_are_read():
    sheets = sheets_of("RJ Natif;budgets\nMois;Main-d’œuvre prévue\n2025-06;1".encode("cp1252"))
    assert sheets["budgets"][1][1] == "Main-d’œuvre prévue"
    assert sheets["budgets"][2] == ["2025-06", 1]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"RJ Natif;lune", "première ligne"),
        (b"RJ Natif;nuits;2025-13", "première ligne"),
        (b"RJ Natif;budgets\n" + b"x\n" * 6000, "5000 lignes"),
        (b"RJ Natif;budgets" + b";" * 600, "512 colonnes"),
        (b"RJ Natif" + b" " * 20_000_001, "20 Mo"),
    ],
    ids=["lune", "mois", "lignes", "colonnes", "octets"],
)
def test_what_cannot_be_ours_is_refused(data, said):
    with pytest.raises(UnusableBook, match=said):
        sheets_of(data)
