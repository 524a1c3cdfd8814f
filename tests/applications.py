"""Applications with their database ready, on each engine, and browsers that behave as ours do.

A database is prepared once, then copied for each test: a file on SQLite, a template on PostgreSQL.
"""

import re
import shutil

import pytest
from flask.testing import FlaskClient

from config.settings import Settings
from database import setup
from database.base import release
from main import create_app
from utils import dates
from utils.accounts import later, passwords

SECRET = "une clé d’essai, longue, connue de tous les essais"
PASSWORD = setup.DEMO_PASSWORD
SAFE = {"GET", "HEAD", "OPTIONS"}
TEMPLATE = "rj_modele"


def demonstration(instance, database_url=""):
    """Settings of a demonstration in this directory, on this database."""
    return Settings(
        demo=True, secret_key=SECRET, instance_path=str(instance), database_url=database_url, log_level="WARNING"
    )


def prepared(settings):
    """Create the database of these settings and let go of it."""
    settings.instance_dir.mkdir(parents=True, exist_ok=True)
    app = create_app(settings)
    setup.prepare(app, dates.now(), passwords.hashed)
    close(app)


def settle():
    """Wait until what was put off is done."""
    later._WORKER.submit(lambda: None).result()


def close(app):
    """Let go of the database, once what was put off is done."""
    settle()
    with app.app_context():
        release()


class Browser(FlaskClient):
    """A browser on our pages: it sends the token of the page and the hotel of the page with each write.

    Give the header yourself (``None`` for none) to do otherwise.
    """

    token = hotel = None

    def open(self, *args, **kwargs):
        """Send a request."""
        method = kwargs.get("method", "GET").upper()
        if method not in SAFE:
            given = dict(kwargs.pop("headers", None) or {})
            written = {"X-CSRFToken": self.token, "X-Hotel": self.hotel} | given
            kwargs["headers"] = {name: value for name, value in written.items() if value is not None}
        return super().open(*args, **kwargs)

    def read_token(self, path="/connexion"):
        """Open a page and keep its token."""
        self.token = re.search(r'name="csrf-token" content="([^"]+)"', self.get(path).text)[1]
        return self.token


def login(client, email, password=PASSWORD):
    """Sign in by the form, as a person does, and take the token and the hotel of the page that follows."""
    client.read_token()
    response = client.post("/connexion", data={"email": email, "password": password, "csrf_token": client.token})
    if response.status_code == 303 and not response.location.startswith("/connexion"):
        client.read_token("/profil/mot-de-passe")
        client.hotel = client.get("/api/moi").json["hotel"]
    return response


@pytest.fixture(autouse=True)
def soon(monkeypatch):
    """What is put off is done at once, on its thread: ``settle()`` waits for it."""
    monkeypatch.setattr(later, "SHORTEST_MS", 0)
    monkeypatch.setattr(later, "SPREAD_MS", 1)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory):
    """The file of a database that is ready."""
    instance = tmp_path_factory.mktemp("modele")
    prepared(demonstration(instance))
    return instance / "rj.db"


@pytest.fixture(scope="session")
def postgres_template(postgres, tmp_path_factory):
    """The name of a database that is ready, made by the first worker that asks."""
    with postgres.alone():
        if not postgres.exists(TEMPLATE):
            postgres.run("CREATE DATABASE rj_ebauche")
            prepared(demonstration(tmp_path_factory.mktemp("modele"), postgres.uri("rj_ebauche")))
            postgres.run(f"ALTER DATABASE rj_ebauche RENAME TO {TEMPLATE}")
    return TEMPLATE


def main_app(template, instance):
    """The demonstration on a copy of a database that is ready."""
    instance.mkdir(exist_ok=True)
    shutil.copy(template, instance / "rj.db")
    return create_app(demonstration(instance))


@pytest.fixture
def app_sqlite(sqlite_template, tmp_path):
    """The demonstration on SQLite."""
    instance = tmp_path / "instance"
    instance.mkdir()
    shutil.copy(sqlite_template, instance / "rj.db")
    app = create_app(demonstration(instance))
    app.test_client_class = Browser
    yield app
    close(app)


@pytest.fixture
def app_postgres(postgres, postgres_template, tmp_path):
    """The demonstration on PostgreSQL."""
    instance = tmp_path / "instance-postgres"
    instance.mkdir()
    with postgres.database(postgres_template) as uri:
        app = create_app(demonstration(instance, uri))
        app.test_client_class = Browser
        yield app
        close(app)


@pytest.fixture(params=["sqlite", "postgres"])
def app(request):
    """The demonstration, its database ready: the test runs on both engines."""
    return request.getfixturevalue(f"app_{request.param}")


@pytest.fixture
def client(app):
    """A browser that has not signed in."""
    return app.test_client()
