"""Files over HTTP: who may have them, under which name, and what is refused."""

import io
from datetime import date

import openpyxl
import pytest

from tests.applications import login
from tests.utils.actions.nights import Person, good

DAY = "2025-12-10"
EXPORT = "/exports/xlsx"


@pytest.fixture
def anne(app_sqlite):
    """The auditor in front of a night that holds one amount."""
    anne = Person(app_sqlite, "auditeur", DAY).open()
    anne.save("recap", {"cash_ls_lecture": "521.20"})
    return anne


def test_a_night_is_kept_as_a_file_from_its_page(anne):
    assert f'/api/rj/native/session/{DAY}/exports/xlsx" download' in anne.client.get(f"/rj/native/{DAY}/recap").text
    answer = anne.get(EXPORT)
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"] == f'attachment; filename="rj-DEMO-{DAY}.xlsx"'
    assert "no-store" in answer.headers["Cache-Control"]
    book = openpyxl.load_workbook(io.BytesIO(answer.data), data_only=True)
    assert (book["Recap"]["B6"].value, book["Recap"]["D6"].value) == (521.2, 521.2)
    assert book["jour"]["A12"].value == date.fromisoformat(DAY).day


def test_a_month_is_for_those_who_may_export(app_sqlite, anne):
    assert anne.client.get("/api/rj/native/exports/xlsx?mois=2025-12").status_code == 403
    assert "Exporter le mois" not in anne.client.get("/historique?mois=2025-12").text
    client = app_sqlite.test_client()
    login(client, "comptable@demo.hotel")
    assert "Exporter le mois en Excel" in client.get("/historique?mois=2025-12").text
    answer = client.get("/api/rj/native/exports/xlsx?mois=2025-12")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="rj-DEMO-2025-12.xlsx"'
    assert client.get("/api/rj/native/exports/xlsx?mois=2025-07").status_code == 404
    assert client.get("/api/rj/native/exports/xlsx?mois=juin").status_code == 404


def test_what_is_not_there_is_refused_in_french(anne):
    assert anne.on("2025-12-11").get(EXPORT).status_code == 404
    answer = anne.get("/exports/doc")
    assert (answer.status_code, "Formes : xlsx" in answer.json["detail"]) == (404, True)
    assert anne.on("hier").get(EXPORT).status_code == 422


def test_reading_it_writes_nothing(anne):
    before = good(anne.get())["version"], len(anne.story())
    assert anne.get(EXPORT).data == anne.get(EXPORT).data
    assert (good(anne.get())["version"], len(anne.story())) == before


def test_the_paper_says_who_printed_it_and_the_head_of_the_journal(anne):
    page = anne.client.get(f"/rj/native/{DAY}/recap/imprimer").text
    assert "Imprimé le " in page
    assert f"Nuit du {DAY}, révision 0, en cours" in page
    assert "Tête du journal : " in page
