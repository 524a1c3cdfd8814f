"""Migrations: up, down, and nothing lost on the way; the schema is what the tables declare."""

import shutil

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect, text
from sqlalchemy.exc import DBAPIError

from database import schema, triggers
from database.base import Base
from database.schema import BrokenReferences
from database.transaction import migrate, read, write
from tests.database.conftest import problems, rows

REBUILD = """
import sqlalchemy as sa
from alembic import op

revision, down_revision, branch_labels, depends_on = "9999", "{head}", None, None


def upgrade():
    for table in ("properties", "users", "night_audit_sessions"):
        with op.batch_alter_table(table, recreate="{recreate}") as batch:
            batch.add_column(sa.Column("ajout", sa.Integer(), nullable=True))
    {extra}


def downgrade():
    for table in ("properties", "users", "night_audit_sessions"):
        with op.batch_alter_table(table, recreate="{recreate}") as batch:
            batch.drop_column("ajout")
"""


def differences(connection):
    """What the tables declare that the schema does not hold, or the reverse."""
    context = MigrationContext.configure(
        connection, opts={"compare_type": True, "compare_server_default": True, "render_as_batch": True}
    )
    return list(compare_metadata(context, Base.metadata))


@pytest.fixture
def next_migration(app, tmp_path, monkeypatch):
    """Add a migration that rebuilds the tables on which all the others depend."""

    def add(extra="pass"):
        copy = tmp_path / "migrations"
        shutil.copytree(schema.MIGRATIONS, copy)
        with read() as connection:
            recreate = "always" if connection.dialect.name == "sqlite" else "auto"
        text_ = REBUILD.format(head=schema.head(), recreate=recreate, extra=extra)
        (copy / "versions" / "9999_essai.py").write_text(text_, encoding="utf-8")
        monkeypatch.setattr(schema, "MIGRATIONS", copy)

    return add


def counts():
    """How many rows each table holds."""
    return {name: rows(f"SELECT count(*) FROM {name}")[0][0] for name in Base.metadata.tables}  # noqa: S608


def test_the_schema_is_what_the_tables_declare(app):
    with read() as connection:
        assert schema.current(connection) == schema.head()
        assert differences(connection) == []


def test_a_difference_would_be_seen(app):
    with migrate() as connection:
        connection.execute(text("ALTER TABLE users ADD COLUMN oublie INTEGER"))
        assert len(differences(connection)) == 1


def test_a_table_rebuilt_keeps_its_children_its_triggers_and_its_proof(locked, hotel, next_migration):
    before = counts()
    assert {"memberships": 7, "night_tabs": 1, "night_lines": 1, "night_revisions": 1}.items() <= before.items()
    next_migration()
    schema.upgrade()
    with read() as connection:
        assert schema.current(connection) == "9999"
        assert "ajout" in {column["name"] for column in inspect(connection).get_columns("users")}
    assert counts() == before
    assert problems(hotel) == []
    with pytest.raises(DBAPIError, match="locked"), write() as connection:
        connection.execute(text("DELETE FROM night_tabs"))
    schema.downgrade("-1")
    assert counts() == before
    assert {place for place, _ in problems(hotel)} == {"base"}
    schema.upgrade()
    assert counts() == before
    with pytest.raises(DBAPIError, match="append-only"), write() as connection:
        connection.execute(text("DELETE FROM changes"))


def test_foreign_keys_hold_again_after_a_migration(app, next_migration):
    next_migration()
    schema.upgrade()
    with pytest.raises(DBAPIError), write() as connection:
        connection.execute(text("INSERT INTO memberships (user_id, property_id, role) VALUES (999, 1, 'gm')"))


def test_a_migration_that_loses_a_parent_is_undone(app_sqlite, tmp_path, monkeypatch):
    copy = tmp_path / "migrations"
    shutil.copytree(schema.MIGRATIONS, copy)
    broken = REBUILD.format(head=schema.head(), recreate="always", extra='op.execute("DELETE FROM users WHERE id = 1")')
    (copy / "versions" / "9999_essai.py").write_text(broken, encoding="utf-8")
    monkeypatch.setattr(schema, "MIGRATIONS", copy)
    before = counts()
    with pytest.raises(BrokenReferences, match="memberships"):
        schema.upgrade()
    assert counts() == before
    with read() as connection:
        assert schema.current(connection) != "9999"
        assert "ajout" not in {column["name"] for column in inspect(connection).get_columns("users")}


def test_all_the_way_down_and_up_again(app):
    schema.downgrade("base")
    with read() as connection:
        assert set(inspect(connection).get_table_names()) == {"alembic_version"}
        assert schema.current(connection) is None
    schema.upgrade()
    with read() as connection:
        assert differences(connection) == []
    with migrate() as connection:
        triggers.install(connection)
    assert counts()["users"] == 0


def test_going_up_twice_does_nothing_more(app, locked):
    before = counts()
    schema.upgrade()
    assert counts() == before


def test_a_developer_is_given_the_next_number(app, tmp_path, monkeypatch):
    copy = tmp_path / "migrations"
    shutil.copytree(schema.MIGRATIONS, copy)
    monkeypatch.setattr(schema, "MIGRATIONS", copy)
    with migrate() as connection:
        connection.execute(text("ALTER TABLE user_sessions DROP COLUMN ended_at"))
    schema.revise("une colonne")
    [new] = [path for path in (copy / "versions").glob("*.py") if path.name.startswith(f"{int(schema.head()):04d}")]
    written = new.read_text(encoding="utf-8")
    assert "batch_op.add_column(sa.Column('ended_at', types.UtcDateTime(), nullable=True))" in written
    assert f'"{int(schema.head()) - 1:04d}"' in written or f"'{int(schema.head()) - 1:04d}'" in written
