"""The page where workbooks are dropped: what it says, what it keeps, what it refuses; and the year before, tonight."""

import io
import time
from datetime import date

import pytest

from tests.applications import Browser, login
from tests.utils.actions.nights import Person
from tests.utils.imports.classeurs import rj_grids, written

MONTH = date(2025, 6, 1)


@pytest.fixture
def anne(app_sqlite):
    """The controller, signed in."""
    client = app_sqlite.test_client()
    assert isinstance(client, Browser)
    login(client, "controleur@demo.hotel")
    return client


def drop(client, *files):
    """Drop files; the answer."""
    sent = [(io.BytesIO(data), name) for name, data in files]
    return client.post("/importer", data={"classeurs": sent}, content_type="multipart/form-data")


def test_a_workbook_is_dropped_read_accepted_and_undone(anne):
    assert "Aucun mois n’attend" in anne.get("/importer").text
    answer = drop(anne, ("Juin.xlsx", written(rj_grids(MONTH, 3))))
    assert answer.status_code == 200
    assert "Juin 2025" in answer.text
    read = anne.get("/importer/1").text
    assert "Importer ces 3 nuits" in read
    assert "L’établissement" not in read
    assert anne.post("/importer/1/entree").status_code == 303
    after = anne.get("/importer/1").text
    assert "Défaire l’importation" in after
    assert "importée" in anne.get("/historique?mois=2025-06").text
    assert "Importée" in anne.get("/rj/native/2025-06-02/jour").text
    assert anne.post("/importer/1/retrait").status_code == 303
    assert "importée" not in anne.get("/historique?mois=2025-06").text


def test_a_refused_workbook_names_each_cell_and_keeps_nothing(anne):
    answer = drop(anne, ("faux.xlsx", written(rj_grids(MONTH, 3), {"jour!J4": "<b>douze</b>"})))
    assert answer.status_code == 422
    assert "<b>jour!J4</b> « &lt;b&gt;douze&lt;/b&gt; » n’est pas un nombre." in answer.text
    assert anne.get("/importer/1").status_code == 404


def test_nothing_dropped_is_said(anne):
    assert "Choisir au moins un classeur" in anne.post("/importer", data={}).text


def test_a_month_that_is_not_there_is_404(anne):
    for path in ("/importer/9/entree", "/importer/9/retrait"):
        assert anne.post(path).status_code == 404


def test_several_months_enter_while_the_page_tells(anne):
    files = [(f"{number}.xlsx", written(rj_grids(date(2025, number, 1), 2))) for number in (3, 4)]
    assert drop(anne, *files).status_code == 200
    answer = anne.post("/importer/tout")
    assert answer.location == "/importer?suivi=2"
    deadline = time.monotonic() + 30
    while "2 mois sur 2 importés" not in (page := anne.get(answer.location).text):
        assert time.monotonic() < deadline, page
        time.sleep(0.2)


def test_tonight_stands_beside_the_year_before(app_sqlite, anne):
    drop(anne, ("a.xlsx", written(rj_grids(MONTH, 3))))
    anne.post("/importer/1/entree")
    Person(app_sqlite, "auditeur", "2026-06-03").open()
    page = anne.get("/rj/native/2026-06-03/sommaire").text
    assert "Juin 2025, au 3" in page
    assert "145\xa0959,56\xa0$" in page  # 37 891,61 + 56 302,11 + 51 765,84
    assert "À côté de l’an dernier" in anne.get("/rj/native/2026-06-03/imprimer").text
    Person(app_sqlite, "auditeur", "2026-07-03").open()
    assert "À côté de l’an dernier" not in anne.get("/rj/native/2026-07-03/sommaire").text
