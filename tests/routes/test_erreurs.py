"""Errors: problem+json in French for programs, a page in French for people."""

import logging

import pytest
from werkzeug.exceptions import HTTPException, ServiceUnavailable, TooManyRequests, default_exceptions

from database.transaction import Busy, StorageUnavailable
from routes.access import public
from routes.erreurs import SENTENCES, ApiError, FieldError

API = "/api/erreur"


@pytest.fixture
def failing(bare_app):
    """An application with routes that fail as they are told."""
    bare_app.config["PROPAGATE_EXCEPTIONS"] = False
    raised = {}

    @public
    def fail():
        raise raised["error"]

    bare_app.add_url_rule(API, "api_erreur", fail)
    bare_app.add_url_rule("/erreur", "erreur", fail)
    return lambda error, path=API: raised.update(error=error) or bare_app.test_client().get(path)


def test_a_refusal_carries_everything_a_program_needs(failing):
    error = ApiError(
        409,
        "Ce champ a changé.",
        [FieldError("recap.comptant", "Maintenant 12,00 $.")],
        headers={"Retry-After": "2"},
        more={"actuel": "12.00"},
    )
    response = failing(error)
    assert response.status_code == 409
    assert response.content_type == "application/problem+json"
    assert response.headers["Retry-After"] == "2"
    assert response.json == {
        "type": "about:blank",
        "title": "Conflit",
        "status": 409,
        "detail": "Ce champ a changé.",
        "instance": API,
        "erreurs": [{"chemin": "recap.comptant", "message": "Maintenant 12,00 $."}],
        "actuel": "12.00",
    }


def test_a_refusal_without_sentence_takes_that_of_its_status(failing):
    assert failing(ApiError(423)).json["detail"] == SENTENCES[423][1]


@pytest.mark.parametrize("status", sorted(default_exceptions))
def test_every_http_error_speaks_french(failing, status):
    error = default_exceptions[status]()
    body = failing(error).json
    assert body["status"] == status
    assert body["detail"] in {detail for _, detail in SENTENCES.values()}
    assert error.description not in body["detail"]
    page = failing(error, "/erreur")
    assert page.status_code == status
    assert page.content_type == "text/html; charset=utf-8"
    assert body["title"] in page.text


def test_a_fault_of_ours_shows_nothing_of_the_code(failing):
    for path in (API, "/erreur"):
        response = failing(ZeroDivisionError("détail interne"), path)
        assert response.status_code == 500
        assert "détail interne" not in response.text
        assert "Traceback" not in response.text


@pytest.mark.parametrize(
    "error", [ServiceUnavailable(), TooManyRequests(retry_after=7), ServiceUnavailable(retry_after=7)]
)
def test_an_error_worth_retrying_says_when(failing, error):
    assert int(failing(error).headers["Retry-After"]) in {1, 7}


@pytest.mark.parametrize(("error", "wait"), [(Busy("plein"), "2"), (StorageUnavailable("disque plein"), "30")])
def test_a_book_that_is_held_asks_to_come_back(failing, error, wait):
    response = failing(error)
    assert (response.status_code, response.headers["Retry-After"]) == (503, wait)
    assert response.json["title"] == "Momentanément indisponible"


def test_what_does_not_exist(visitor):
    assert visitor.get("/api/inconnu").json["title"] == "Introuvable"
    page = visitor.get("/inconnu")
    assert page.status_code == 404
    assert "Rien n’existe à cette adresse" in page.text
    assert visitor.get("/inconnu", headers={"Accept": "application/json"}).json["status"] == 404


def test_a_method_refused_says_which_are_allowed(visitor, bare_app):
    bare_app.config["WTF_CSRF_ENABLED"] = False
    response = visitor.post("/healthz", json={})
    assert response.status_code == 405
    assert "GET" in response.headers["Allow"]
    assert response.json["title"] == "Méthode refusée"


def test_a_write_without_token_is_refused_in_french(visitor, bare_app):
    bare_app.add_url_rule("/api/ecrire", "ecrire", public(lambda: ""), methods=["POST"])
    response = visitor.post("/api/ecrire", json={})
    assert response.status_code == 400
    assert "jeton de sécurité" in response.json["detail"]


def test_a_write_with_the_token_of_the_page_passes(visitor, bare_app):
    bare_app.add_url_rule("/api/ecrire", "ecrire", public(lambda: "écrit"), methods=["POST"])
    token = visitor.get("/connexion").text.split('name="csrf-token" content="')[1].split('"')[0]
    assert visitor.post("/api/ecrire", json={}, headers={"X-CSRFToken": token}).text == "écrit"


def test_a_body_too_large_is_refused(visitor, bare_app):
    bare_app.add_url_rule("/api/ecrire", "ecrire", public(lambda: ""), methods=["POST"])
    response = visitor.post("/api/ecrire", data=b"0" * 2_000_001, content_type="application/json")
    assert response.status_code == 413
    assert response.json["title"] == "Requête trop volumineuse"


def test_an_error_is_still_an_exception():
    assert issubclass(ApiError, HTTPException)


@pytest.mark.parametrize(("path", "status"), [("/journal", 302), ("/lightspeed", 308)])
def test_a_redirect_has_no_page_of_its_own(app_sqlite, path, status):
    """One of ours, and the one that adds a slash."""
    answer = app_sqlite.test_client().get(path)
    assert (answer.status_code, answer.data) == (status, b"")
    assert answer.location
    assert answer.headers["Content-Length"] == "0"
    assert "Content-Type" not in answer.headers


@pytest.mark.parametrize(("demo", "level"), [(True, "DEBUG"), (False, "INFO")])
def test_a_request_is_a_line_of_the_log_that_a_demonstration_keeps_to_itself(app_sqlite, caplog, demo, level):
    caplog.set_level(logging.DEBUG)
    app_sqlite.config["DEMO"] = demo
    app_sqlite.test_client().get("/connexion")
    assert {one.levelname for one in caplog.records if one.name == "rj.requete"} == {level}
