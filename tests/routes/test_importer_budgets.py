"""Templates handed out and budgets that come back in one: shown before, kept once, a wrong file named by its cells."""

import io

import pytest

from tests.applications import login

PAGE = "/importer/budgets"


@pytest.fixture
def carla(app_sqlite):
    """Who accounts."""
    client = app_sqlite.test_client()
    login(client, "comptable@demo.hotel")
    return client


def drop(client, text):
    return client.post(PAGE, data={"fichier": (io.BytesIO(text.encode()), "b.csv")}, content_type="multipart/form-data")


def template(client):
    return client.get(f"{PAGE}/modele/csv?mois=2025-06").data.decode("utf-8-sig")


def test_the_templates_are_files_of_their_month(carla):
    for address, name in (
        ("/importer/modele/xlsx?mois=2025-06", "modele-nuits-DEMO-2025-06.xlsx"),
        ("/importer/modele/csv?mois=2025-06", "modele-nuits-DEMO-2025-06.csv"),
        (f"{PAGE}/modele/xlsx?mois=2025-06", "modele-budgets-2025-06.xlsx"),
    ):
        assert carla.get(address).headers["Content-Disposition"] == f'attachment; filename="{name}"'
    assert carla.get("/importer/modele/doc").status_code == 404
    assert "/importer/modele/xlsx" in carla.get("/importer").text
    assert PAGE in carla.get("/notifications/budgets").text


def test_budgets_are_shown_then_kept_and_come_back_in_the_template(carla):
    text = template(carla).replace("2025-06;;", "2025-06;3 000,00;").replace("2025-06-02;;;", "2025-06-02;;;12,50")
    page = drop(carla, text).text
    assert "2 changements" in page
    assert "3\u00a0000,00" in page
    assert "2025-06;;" in template(carla)  # nothing is kept before
    form = {"mois": "2025-06", "revenue__mois__2025-06-01": "3000.00", "labour_cost__jour__2025-06-02": "12.50"}
    for name, value in form.items():
        assert f'name="{name}" value="{value}"' in page
    answer = carla.post(f"{PAGE}/acceptes", data=form)
    assert answer.status_code == 303
    assert "C’est gardé" in carla.get(answer.location).text
    assert "2025-06;3000,00;;" in template(carla)
    assert "2025-06-02;;;12,50" in template(carla)
    assert "déjà ceux de l’hôtel" in drop(carla, text).text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("bonjour", "pas un classeur Excel"),
        ("RJ Natif;budgets\nMois;x", "est attendu ici"),
        ("RJ Natif;nuits;2025-06", "modèle des budgets"),
    ],
)
def test_a_wrong_file_is_refused_and_says_where(carla, text, said):
    answer = drop(carla, text)
    assert (answer.status_code, said in answer.text) == (422, True)


def test_a_figure_that_was_forged_is_refused(carla):
    answer = carla.post(f"{PAGE}/acceptes", data={"mois": "2025-06", "revenue__mois__2025-06-01": "-5"})
    assert answer.status_code == 422
    assert carla.post(PAGE, data={}).status_code == 422
