"""/healthz and /readyz: what a supervisor reads."""

import pytest

from routes.sante import disk_writable


def test_alive_says_so_without_the_database(visitor, monkeypatch):
    monkeypatch.setattr("routes.sante.read", None)
    response = visitor.get("/healthz")
    assert (response.status_code, response.json) == (200, {"etat": "vivant"})
    assert "Set-Cookie" not in response.headers


def test_ready_when_the_base_answers_and_the_disk_is_writable(app):
    response = app.test_client().get("/readyz")
    assert (response.status_code, response.json) == (200, {"etat": "pret"})


def test_not_ready_without_a_base(bare_app):
    bare_app.config["SETTINGS"].instance_dir.joinpath("rj.db").write_bytes(b"ceci n'est pas une base de donnees" * 40)
    response = bare_app.test_client().get("/readyz", headers={"Accept": "application/json"})
    assert response.status_code == 503
    assert response.headers["Retry-After"] == "5"
    assert response.json["erreurs"] == [{"chemin": "base", "message": "La base de données ne répond pas."}]


def test_a_base_without_a_book_is_not_ready(visitor):
    response = visitor.get("/readyz", headers={"Accept": "application/json"})
    assert response.status_code == 503
    assert [one["chemin"] for one in response.json["erreurs"]] == ["base"]
    assert "ne contient aucun livre : lancer « flask base preparer »" in response.json["erreurs"][0]["message"]


@pytest.mark.parametrize("kind", ["missing", "a file"])
def test_a_directory_that_cannot_be_written(tmp_path, kind):
    directory = tmp_path / "instance"
    if kind == "a file":
        directory.write_text("")
    assert not disk_writable(directory)
