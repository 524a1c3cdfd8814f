"""Damage of the database is looked for, and told in French."""

from types import SimpleNamespace
from unittest.mock import MagicMock

import pytest
from sqlalchemy.exc import SQLAlchemyError

from database.soundness import damage
from database.transaction import read


def sqlite(answer):
    """A connection to a SQLite that answers so."""

    def run(_):
        if isinstance(answer, Exception):
            raise answer
        return SimpleNamespace(scalars=lambda: SimpleNamespace(all=lambda: answer))

    return SimpleNamespace(dialect=SimpleNamespace(name="sqlite"), exec_driver_sql=run)


def test_a_sound_base_is_read_whole(app_sqlite):
    with app_sqlite.app_context(), read() as connection:
        assert damage(connection) == []


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (["ok"], []),
        (
            ["page 3", "page 4"],
            ["La base de données est endommagée : 2 anomalies dans ses pages (PRAGMA quick_check)."],
        ),
        (SQLAlchemyError("x"), ["La base de données est endommagée : elle ne se lit plus."]),
    ],
)
def test_what_sqlite_finds_in_its_pages_is_told(answer, said):
    assert damage(sqlite(answer)) == said


def postgresql(damaged):
    """A connection to a PostgreSQL of which these tables cannot be read."""

    def run(statement, *_, **__):
        if any(name in str(statement) for name in damaged):
            raise SQLAlchemyError("invalid page")
        return MagicMock()

    return MagicMock(dialect=SimpleNamespace(name="postgresql"), execute=run, exec_driver_sql=run)


def test_a_table_that_postgresql_cannot_read_is_named():
    assert damage(postgresql(())) == []
    (said,) = damage(postgresql(("job_runs",)))
    assert said.startswith("La base de données est endommagée")
    assert "job_runs" in said
