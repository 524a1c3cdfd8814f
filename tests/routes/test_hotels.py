"""Hotels: created, administered by their creator, worked in one after the other."""

import pytest

from tests.applications import login

LAVAL = {
    **{"code": "LAVAL", "nom": "Hôtel de Laval", "chambres": "120", "devise": "CAD"},
    **{"fuseau": "America/Toronto", "ouverture": "2025-01-01"},
}


@pytest.fixture
def admin(client):
    """The administrator, signed in."""
    login(client, "admin@demo.hotel")
    return client


def test_only_the_administrator_creates(app):
    other = app.test_client()
    login(other, "directeur@demo.hotel")
    assert other.get("/hotels").status_code == 403
    assert other.post("/hotels", data=LAVAL).status_code == 403


def test_its_creator_administers_it_and_works_there(admin):
    assert admin.post("/hotels", data=LAVAL).location == "/hotels?cree=LAVAL"
    page = admin.get("/hotels?cree=LAVAL").text
    assert "L’hôtel LAVAL est créé" in page
    assert "Réel" in page
    assert admin.get("/api/moi").json["hotel"] == "DEMO"
    assert admin.post("/hotels/LAVAL/travail").status_code == 303
    admin.hotel = "LAVAL"
    assert admin.get("/api/moi").json["hotel"] == "LAVAL"
    assert admin.get("/api/moi").json["role"] == "admin"
    people = admin.get("/utilisateurs").text
    assert "admin@demo.hotel" in people
    assert "auditeur@demo.hotel" not in people
    assert 'value="120"' in admin.get("/parametres/general").text


def test_nobody_works_where_they_have_no_role(app, admin):
    admin.post("/hotels", data=LAVAL)
    auditor = app.test_client()
    login(auditor, "auditeur@demo.hotel")
    assert auditor.post("/hotels/LAVAL/travail").status_code == 404
    assert auditor.post("/hotels/AILLEURS/travail").status_code == 404
    assert auditor.get("/api/moi").json["hotel"] == "DEMO"


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"code": "x"}, "Le code a de 2 à 20 majuscules"),
        ({"code": "DEMO"}, "Le code « DEMO » est déjà pris."),
        ({"nom": " "}, "Le nom de l’hôtel a de 1 à 120 caractères."),
        ({"chambres": "0"}, "Le nombre de chambres est de 1 à 9999."),
        ({"chambres": "dix"}, "dix"),
        ({"devise": "dollar"}, "La devise s’écrit en trois majuscules"),
        ({"fuseau": "Lune"}, "n’existe pas"),
        ({"ouverture": "2025-13-01"}, "La date 2025-13-01 n&#39;existe pas."),
    ],
)
def test_what_cannot_be_is_refused_and_stays_in_place(admin, given, sentence):
    answer = admin.post("/hotels", data=LAVAL | given)
    assert (answer.status_code, sentence in answer.text) == (422, True), answer.text
    assert 'value="2025-' in answer.text


def test_a_demonstration_is_one_from_the_start(admin):
    admin.post("/hotels", data=LAVAL | {"demo": "oui"})
    assert admin.get("/hotels").text.count("<td>Démonstration</td>") == 2
