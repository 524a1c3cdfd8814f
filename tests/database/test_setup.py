"""A database made ready: once, twice, by two processes at once."""

import os
import subprocess
import sys

import pytest

from config.settings import ROOT
from database import members, properties, setup, users
from database.base import db
from database.transaction import read
from main import create_app
from tests.applications import close, demonstration
from tests.database.conftest import NOW, problems, rows
from utils.accounts import passwords

HASHED = passwords.hashed(setup.DEMO_PASSWORD)


def prepare(app):
    """Make ready, without the cost of hashing."""
    setup.prepare(app, NOW, lambda _: HASHED)


@pytest.fixture(params=["sqlite", "postgres"])
def empty(request, tmp_path):
    """An application whose database does not exist yet, and the means to prepare it."""
    if request.param == "sqlite":
        app = create_app(demonstration(tmp_path))
        yield app
        close(app)
        return
    with request.getfixturevalue("postgres").database() as uri:
        app = create_app(demonstration(tmp_path, uri))
        yield app
        close(app)


def test_the_demonstration_is_complete(empty):
    prepare(empty)
    with empty.app_context():
        with read() as connection:
            hotel = properties.property_by_code(connection, "DEMO")
            settings = properties.settings_document(connection, hotel.id, hotel.opening_date)
            roles = {
                email: members.hotels_of(connection, users.account_by_email(connection, email).id)
                for email, _, _ in setup.DEMO_PEOPLE
            }
        assert (hotel.demo, hotel.time_zone, str(hotel.opening_date)) == (True, "America/Toronto", "2024-12-01")
        assert settings.values == {"rooms": 252}
        assert {email: [role.role for role in given] for email, given in roles.items()} == {
            "auditeur@demo.hotel": ["night_auditor"],
            "superviseur@demo.hotel": ["front_desk_supervisor"],
            "comptable@demo.hotel": ["accounting"],
            "controleur@demo.hotel": ["controller"],
            "adjoint@demo.hotel": ["gsm"],
            "directeur@demo.hotel": ["gm"],
            "admin@demo.hotel": ["admin"],
        }
        assert problems(hotel.id) == []


def test_preparing_again_changes_nothing(empty):
    prepare(empty)
    with empty.app_context():
        before = rows("SELECT id, email, password_hash FROM users ORDER BY id")
        prepare(empty)
        assert rows("SELECT id, email, password_hash FROM users ORDER BY id") == before
        assert rows("SELECT count(*) FROM changes") == [(9,)]


def test_without_demonstration_nobody_is_created(empty):
    empty.config["DEMO"] = False
    prepare(empty)
    with empty.app_context():
        assert rows("SELECT count(*) FROM users") == rows("SELECT count(*) FROM properties") == [(0,)]


def test_processes_that_start_together_agree(empty, tmp_path):
    with empty.app_context():
        uri = db.engine.url.render_as_string(hide_password=False)
    environ = os.environ | {"DATABASE_URL": uri, "INSTANCE_PATH": str(tmp_path), "DEMO": "oui"}
    command = [sys.executable, "-m", "flask", "--app", "main", "base", "preparer"]
    started = [
        subprocess.Popen(command, cwd=ROOT, env=environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for _ in range(3)
    ]
    said = [process.communicate(timeout=60) for process in started]
    assert [process.returncode for process in started] == [0, 0, 0], said
    assert {out for out, _ in said} == {"La base de données est prête.\n"}
    with empty.app_context():
        assert rows("SELECT count(*) FROM users") == [(7,)]
        assert rows("SELECT count(*) FROM properties") == [(1,)]
