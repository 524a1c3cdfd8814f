"""A base of another version is served by nobody; a damaged one, or an emptied one, is said."""

import os
import sqlite3
import subprocess
import sys
from threading import Timer

import pytest
from sqlalchemy import text

from config.settings import ROOT
from database import schema
from database.transaction import migrate, read
from main import create_app
from tests.applications import close
from tests.saisie import person
from tests.utils.notifications.smtp_server import free_port
from utils.actions import soundness
from utils.scheduler.jobs import JOBS
from utils.scheduler.steps import look_for_damage


@pytest.fixture
def another_version(app):
    """A process that starts on a base whose schema a later version made."""
    with app.app_context(), migrate() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    fresh = create_app(app.config["SETTINGS"])
    yield fresh
    close(fresh)


@pytest.mark.parametrize("path", ["/connexion", "/", "/api/rj/native/session/2025-12-23"])
def test_a_base_of_a_later_version_is_served_by_nobody(another_version, path):
    answer = another_version.test_client().get(path)
    assert answer.status_code == 503
    assert "version plus récente" in answer.text


def test_health_says_that_the_base_is_of_a_later_version(another_version):
    visitor = another_version.test_client()
    assert visitor.get("/healthz").status_code == 200
    answer = visitor.get("/readyz", headers={"Accept": "application/json"})
    assert answer.status_code == 503
    assert [one["chemin"] for one in answer.json["erreurs"]] == ["base"]
    assert "« 9999 »" in answer.json["erreurs"][0]["message"]


def test_preparing_a_base_of_a_later_version_is_refused_and_changes_nothing(another_version):
    result = another_version.test_cli_runner().invoke(args=["base", "preparer"])
    assert result.exit_code == 1
    assert "version plus récente de RJ Natif (« 9999 »)" in result.output
    with another_version.app_context(), read() as connection:
        assert schema.current(connection) == "9999"


@pytest.mark.parametrize(
    "words",
    [
        ("journal", "verifier"),
        ("journal", "resceller"),
        ("journal", "retablir", "--hotel", "DEMO", "--nuit", "2025-12-23"),
        ("reconstruire",),
    ],
)
def test_a_base_of_a_later_version_is_neither_verified_nor_mended(another_version, words):
    result = another_version.test_cli_runner().invoke(args=["rj", *words])
    assert result.exit_code == 1
    assert "version plus récente de RJ Natif (« 9999 »)" in result.output
    assert "intact" not in result.output


def test_an_emptied_file_is_not_taken_for_a_new_book(bare_app):
    file = bare_app.config["SETTINGS"].instance_dir / "rj.db"
    file.write_bytes(b"")
    result = bare_app.test_cli_runner().invoke(args=["base", "preparer"])
    assert result.exit_code == 1
    assert "rj.db est vide (0 octet)" in result.output
    assert file.stat().st_size == 0


def test_a_file_that_another_process_is_creating_is_awaited(bare_app):
    file = bare_app.config["SETTINGS"].instance_dir / "rj.db"
    file.write_bytes(b"")
    born = Timer(0.3, lambda: sqlite3.connect(file).execute("PRAGMA journal_mode=WAL"))
    born.start()
    result = bare_app.test_cli_runner().invoke(args=["base", "preparer"])
    born.join()
    assert (result.exit_code, result.output) == (0, "La base de données est prête.\n")


def test_the_server_by_itself_does_not_start_on_an_emptied_file(tmp_path):
    """Without « base preparer » before it: it says so and leaves the file as it is."""
    file = tmp_path / "rj.db"
    file.write_bytes(b"")
    env = {"PATH": os.environ["PATH"], "DEMO": "oui", "INSTANCE_PATH": str(tmp_path), "PORT": str(free_port())}
    command = [sys.executable, "-m", "gunicorn"]
    run = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False, timeout=60)
    assert run.returncode != 0
    assert "rj.db est vide (0 octet)" in run.stdout
    assert "Traceback" not in run.stdout + run.stderr
    assert file.stat().st_size == 0


def test_a_damaged_page_is_found_remembered_and_heard(app_sqlite):
    admin = person(app_sqlite, "admin")
    assert admin.get("/readyz").status_code == 200
    file = app_sqlite.config["SETTINGS"].instance_dir / "rj.db"
    with app_sqlite.app_context(), migrate() as connection:
        page = connection.execute(text("SELECT rootpage FROM sqlite_master WHERE name = 'budgets'")).scalar_one()
        connection.execute(text("SELECT 1"))
    close(app_sqlite)
    with file.open("r+b") as book:
        book.seek(4096 * (page - 1))
        book.write(b"\xff" * 4096)
    fresh = create_app(app_sqlite.config["SETTINGS"])
    try:
        result = fresh.test_cli_runner().invoke(args=["rj", "journal", "verifier"])
        assert result.exit_code == 1
        assert "La base de données est endommagée" in result.output
        answer = fresh.test_client().get("/readyz", headers={"Accept": "application/json"})
        assert answer.status_code == 503
        assert "endommagée" in answer.json["erreurs"][0]["message"]
        with fresh.app_context():
            outcome = look_for_damage(None)
        assert (outcome.status, "endommagée" in outcome.message) == ("abandonnee", True)
    finally:
        close(fresh)


def test_a_sound_base_is_found_sound_and_former_damage_is_forgotten(app):
    with app.app_context():
        soundness._marker().write_text("autrefois", encoding="utf-8")
        assert soundness.known_damage() == "autrefois"
        assert look_for_damage(None).message == "La base se lit en entier."
        assert soundness.known_damage() == ""


def test_the_nightly_job_looks_before_it_deletes_a_backup():
    assert [step.key for step in JOBS["sauvegarde"].steps] == ["ecrire", "relire", "elaguer"]
    assert JOBS["sauvegarde"].watched
