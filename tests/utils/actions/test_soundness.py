"""Damage of the database is remembered beside it until a look finds nothing."""

from contextlib import contextmanager

import pytest
from flask import Flask

from database.transaction import StorageError
from utils.actions import soundness


@pytest.fixture
def looked(tmp_path, monkeypatch):
    """A look that finds this, and what is remembered afterwards."""

    def run(found):
        @contextmanager
        def transaction():
            if isinstance(found, Exception):
                raise found
            yield None

        monkeypatch.setattr(soundness, "read", transaction)
        monkeypatch.setattr(soundness.soundness, "damage", lambda _: found)
        with Flask(__name__, instance_path=str(tmp_path)).app_context():
            return soundness.look_for_damage(), soundness.known_damage()

    return run


def test_a_sound_base_leaves_nothing(looked):
    assert looked([]) == ([], "")


def test_damage_is_remembered_with_what_to_do_until_it_is_gone(looked):
    found, known = looked(["La base de données est endommagée : 2 anomalies."])
    assert found == ["La base de données est endommagée : 2 anomalies."]
    assert known.splitlines() == [*found, "Arrêter, mettre rj.db de côté, restaurer la dernière sauvegarde."]
    assert looked([]) == ([], "")


def test_a_base_that_cannot_be_read_is_damaged(looked):
    found, known = looked(StorageError("illisible"))
    assert found == ["La base de données est endommagée : elle ne se lit plus."]
    assert known.startswith(found[0])
