"""The page that fills the hotel's workbook: the file comes back, the cells are told first, a wrong book is refused."""

import io
from datetime import date

import openpyxl
import pytest

from tests.utils.actions.nights import Person
from tests.utils.imports.classeurs import RJ, real, rj_grids, written

DAY = "2025-12-10"
PAGE = f"/rj/native/{DAY}/classeur"


@pytest.fixture
def anne(app_sqlite):
    """The auditor in front of a night that holds one amount."""
    anne = Person(app_sqlite, "auditeur", DAY).open()
    anne.save("recap", {"cash_ls_lecture": "521.20"})
    return anne


def drop(anne, data, name="RJ.xlsm", **more):
    form = {"classeur": (io.BytesIO(data), name), **more}
    return anne.client.post(PAGE, data=form, content_type="multipart/form-data")


def test_the_book_comes_back_filled_under_its_own_kind(anne):
    assert "Remplir le classeur de l’hôtel" in anne.client.get(PAGE).text
    answer = drop(anne, written(rj_grids()))
    assert answer.headers["Content-Disposition"] == f'attachment; filename="rj-{DAY}.xlsm"'
    assert "macroEnabled" in answer.content_type
    book = openpyxl.load_workbook(io.BytesIO(answer.data))
    assert (book["Recap"]["B6"].value, book["controle"]["B3"].value) == (521.2, 10)
    assert 'filename="rj-' in drop(anne, written(rj_grids()), "a.xlsx").headers["Content-Disposition"]


def test_the_cells_are_told_before(anne):
    page = drop(anne, written(rj_grids()), voir="oui").text
    assert "Écrites" in page
    assert "Recap!B6" in page
    assert "521.20" in page


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (real(RJ)[:4096], "Enregistrer sous"),
        (written(rj_grids(date(2025, 6, 1), 3)), "celui de 2025-06"),
        (b"bonjour", "pas un classeur Excel"),
    ],
    ids=["xls", "mois", "texte"],
)
def test_a_wrong_book_is_refused_and_says_why(anne, data, said):
    answer = drop(anne, data)
    assert (answer.status_code, said in answer.text) == (422, True)


def test_nothing_dropped_and_a_night_that_is_not_there_are_said(anne):
    assert "Choisir le classeur" in anne.client.post(PAGE, data={}).text
    assert anne.client.get("/rj/native/2025-12-11/classeur").status_code == 404


def test_nothing_of_it_is_kept(anne):
    before = anne.story()
    drop(anne, written(rj_grids()))
    assert anne.story() == before
