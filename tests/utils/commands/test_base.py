"""A base that cannot be read is said in one French sentence, by whatever command meets it."""

import os
import sqlite3

import pytest

from database.transaction import Busy, StorageUnavailable
from main import create_app
from tests.applications import close, demonstration, main_app

COMMANDS = (
    ["rj", "journal", "verifier"],
    ["base", "preparer"],
    ["rj", "reconstruire"],
)


@pytest.fixture
def damaged(sqlite_template, tmp_path):
    """An installation whose file was cut."""
    instance = tmp_path / "instance"
    close(main_app(sqlite_template, instance))
    file = instance / "rj.db"
    with sqlite3.connect(file) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    os.truncate(file, 200_000)
    return create_app(demonstration(instance))


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_a_file_that_was_cut_is_said_in_a_sentence(damaged, command):
    result = damaged.test_cli_runner().invoke(args=command)
    assert result.exit_code == 1
    assert isinstance(result.exception, SystemExit), result.exception
    assert "Traceback" not in result.output
    assert "malformed" not in result.output
    assert "endommagé" in result.output


@pytest.mark.parametrize("error", [Busy, StorageUnavailable])
def test_what_the_storage_refuses_is_said_in_a_sentence(app_sqlite, error, monkeypatch):
    def refuse(*_):
        raise error("database is locked")

    monkeypatch.setattr("click.Group.invoke", refuse)
    result = app_sqlite.test_cli_runner().invoke(args=["base", "preparer"])
    assert (result.exit_code, result.stderr.strip(), result.stdout) == (1, error.sentence, "")
