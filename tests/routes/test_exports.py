"""The page of the files: a night to whoever reads it, a period to those who export, and why there is no file."""

import pytest

from tests.applications import login
from tests.utils.actions.nights import Person

DAY = "2025-12-10"


@pytest.fixture
def anne(app_sqlite):
    """The auditor in front of a night that holds one amount."""
    anne = Person(app_sqlite, "auditeur", DAY).open()
    anne.save("recap", {"cash_ls_lecture": "521.20"})
    return anne


def test_the_night_leads_to_the_page_and_the_page_to_the_file(anne):
    assert f"/exporter?du={DAY}&amp;au={DAY}" in anne.client.get(f"/rj/native/{DAY}/recap").text
    page = anne.client.get(f"/exporter?du={DAY}&au={DAY}").text
    assert 'value="2025-12-10"' in page
    assert "Écriture comptable" in page
    file = anne.client.get(f"/exporter/fichier?du={DAY}&au={DAY}&forme=csv")
    assert file.headers["Content-Disposition"] == f'attachment; filename="rj-DEMO-{DAY}.csv"'
    assert file.content_type == "text/csv; charset=utf-8"
    assert ";recap.cash_ls_lecture;" in file.text


@pytest.mark.parametrize(
    ("asked", "status", "said"),
    [
        (f"du={DAY}&au={DAY}&forme=ecriture", 409, "pas fermée"),
        (f"du=2025-12-01&au={DAY}&forme=csv", 403, "une nuit à la fois"),
        (f"du={DAY}&forme=csv", 422, "deux dates"),
        ("du=2025-12-11&au=2025-12-11&forme=csv", 404, "2025-12-11"),
        (f"du={DAY}&au={DAY}&forme=doc", 404, "Formes"),
        (f"du=hier&au={DAY}&forme=csv", 404, "AAAA-MM-JJ"),
    ],
)
def test_why_there_is_no_file_is_said_on_the_page(anne, asked, status, said):
    answer = anne.client.get(f"/exporter/fichier?{asked}")
    assert (answer.status_code, said in answer.text) == (status, True)


def test_a_period_is_for_those_who_may_export(app_sqlite, anne):
    client = app_sqlite.test_client()
    login(client, "comptable@demo.hotel")
    file = client.get(f"/exporter/fichier?du=2025-12-01&au={DAY}&forme=ecarts")
    assert file.headers["Content-Disposition"].endswith('"rj-DEMO-2025-12-01-au-2025-12-10-ecarts.csv"')
    assert "Autres fichiers" in client.get("/historique?mois=2025-12").text
    period = "/api/rj/native/exports/csv?du=2025-12-01"
    assert client.get(f"{period}&au={DAY}").data == client.get(f"{period}&au={DAY}").data
    assert client.get(period).status_code == 422
    assert client.get(f"{period}&au=2027-12-10").status_code == 422
