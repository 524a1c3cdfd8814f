"""Nobody signs what another one typed, and a browser that keeps no cookie is told so."""

import pytest

from tests.saisie import night, opened, person, save, whole

COOKIES = "Ce navigateur bloque les témoins"


@pytest.fixture
def auditor(app_sqlite):
    client = person(app_sqlite)
    opened(client)
    return client


def drawn_for(client):
    """The account that a page of this client is drawn for."""
    return (
        client.get(night(rest="/recap").removeprefix("/api").replace("/session", ""))
        .text.split('name="utilisateur" content="')[1]
        .split('"')[0]
    )


@pytest.mark.parametrize("whose", ["mine", "another", None])
def test_a_write_says_whose_page_it_comes_from(app_sqlite, auditor, whose):
    other = person(app_sqlite, "superviseur")
    page = drawn_for(auditor if whose == "mine" else other)
    given = {"X-Utilisateur": page} if whose else {}
    body = {"version": whole(auditor)["version"], "saisies": {"cash_ls_lecture": "1"}}
    answer = auditor.patch(night(rest="/recap"), json=body, headers=given)
    assert answer.status_code == (409 if whose == "another" else 200), answer.text
    if whose == "another":
        assert "une autre personne" in answer.json["detail"]
        assert "cash_ls_lecture" not in whole(auditor)["tabs"]["recap"]["values"]


def test_so_does_every_form(app_sqlite, auditor):
    other = drawn_for(person(app_sqlite, "superviseur"))
    form = {"csrf_token": auditor.token, "hotel": "DEMO", "utilisateur": other, "texte": "bonsoir"}
    for path in ("/hotel", "/profil/mot-de-passe", "/deconnexion"):
        assert auditor.post(path, data=form).status_code == 409, path


def test_undoing_gives_back_the_origin_or_nothing(auditor, app_sqlite):
    other = person(app_sqlite, "superviseur")
    save(other, "recap", saisies={"cash_ls_lecture": "=40+2"})
    was = other.get(night(rest="/recap")).json
    save(auditor, "recap", saisies={"cash_ls_lecture": "50"})
    save(auditor, "recap", saisies={"cash_ls_lecture": "=40+2"}, annule=["cash_ls_lecture"])
    now = auditor.get(night(rest="/recap")).json
    assert (now["origines"], now["saisies"], now["values"]) == (was["origines"], was["saisies"], was["values"])
    save(auditor, "recap", saisies={"cash_ls_lecture": ""}, annule=["cash_ls_lecture"])
    now = auditor.get(night(rest="/recap")).json
    assert (now["origines"], now["saisies"], now["values"]) == ({}, {}, {})


@pytest.mark.parametrize("path", ["/connexion", "/mot-de-passe-oublie"])
def test_a_browser_without_any_cookie_is_told_so(app_sqlite, path):
    without, reader = app_sqlite.test_client(use_cookies=False), app_sqlite.test_client()
    answer = without.post(path, data={"email": "x@y.z", "password": "x", "csrf_token": "périmé"})
    assert answer.status_code == 400
    assert COOKIES in answer.text
    reader.get("/connexion")
    answer = reader.post(path, data={"email": "x@y.z", "password": "x", "csrf_token": "périmé"})
    assert answer.status_code == 400
    assert COOKIES not in answer.text
    assert "jeton de sécurité" in answer.text


@pytest.mark.parametrize(
    ("origin", "said"),
    [
        ("http://localhost", "Ouvrir la même adresse en « https:// »"),
        (None, "Ouvrir la même adresse en « https:// »"),
        ("https://rj.hotel.ca", COOKIES),  # a proxy that does not say what it speaks: the browser does
        ("null", COOKIES),
    ],
)
def test_an_address_in_plain_http_is_the_cause_when_the_cookie_is_secure(app_sqlite, origin, said):
    app_sqlite.config["DEMO"] = False
    client = app_sqlite.test_client(use_cookies=False)
    headers = {"Origin": origin} if origin else {}
    answer = client.post("/connexion", data={"email": "x@y.z", "password": "x"}, headers=headers)
    assert answer.status_code == 400
    assert [one in answer.text for one in ("https://", COOKIES)] == [said != COOKIES, said == COOKIES]
    assert said in answer.text


def test_another_cookie_of_the_address_changes_nothing_to_that_cause(app_sqlite):
    app_sqlite.config["DEMO"] = False
    client = app_sqlite.test_client()
    client.set_cookie("theme", "sombre")
    answer = client.post("/connexion", data={"email": "x@y.z", "password": "x"})
    assert "Ouvrir la même adresse en « https:// »" in answer.text
