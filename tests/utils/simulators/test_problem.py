"""An answer that is not what was asked for is one that a program reads."""

from flask import Flask

from utils.simulators.problem import Problem, answer


def test_a_problem_has_its_status_its_code_and_its_sentence():
    with Flask(__name__).app_context():
        response = answer(Problem(429, "trop", "Trop de demandes à l’heure.", {"Retry-After": "3"}))
    assert (response.status_code, response.mimetype) == (429, "application/problem+json")
    assert response.headers["Retry-After"] == "3"
    assert response.json == {
        "type": "urn:pms:problem:trop",
        "title": "Trop de demandes à l’heure.",
        "status": 429,
        "code": "trop",
    }
    assert "à l’heure" in response.get_data(as_text=True)


def test_a_problem_without_headers_has_none_of_its_own():
    assert Problem(404, "absent", "Rien.").headers == {}
    assert str(Problem(404, "absent", "Rien.")) == "absent"
