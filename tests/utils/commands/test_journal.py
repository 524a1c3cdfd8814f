"""`rj journal verifier` on a book that somebody altered where the verification itself looks."""

import sqlite3

import pytest

from tests.saisie import opened, person, save


@pytest.fixture
def verified(app_sqlite):
    """Run statements as whoever holds the file, then verify: the exit code and what is said."""
    auditor = person(app_sqlite)
    opened(auditor)
    save(auditor, "recap", {"cash_ls_lecture": "100.00"})
    file = app_sqlite.config["SETTINGS"].instance_dir / "rj.db"

    def run(*statements):
        book = sqlite3.connect(file)
        made = [sql for (sql,) in book.execute("SELECT sql FROM sqlite_master WHERE type = 'trigger'")]
        for (name,) in book.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            book.execute(f"DROP TRIGGER {name}")
        for one in statements:
            book.execute(one)
        for one in made:
            if one.split(" ON ")[1].split()[0] in {row[0] for row in book.execute("SELECT name FROM sqlite_master")}:
                book.execute(one)
        book.commit()
        book.close()
        result = app_sqlite.test_cli_runner().invoke(args=["rj", "journal", "verifier"])
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return result.exit_code, result.output

    return run


def test_a_hotel_that_only_its_journal_still_knows_is_named(verified):
    code, said = verified("DELETE FROM properties WHERE code = 'DEMO'")
    assert code == 1
    assert "hôtel n° 1, hôtel : il n’est plus dans la base, qui a encore son journal ou ses nuits." in said


def test_without_any_hotel_nothing_is_proved(bare_app):
    with bare_app.app_context():
        result = bare_app.test_cli_runner().invoke(args=["base", "preparer"])
        assert result.exit_code == 0
    file = bare_app.config["SETTINGS"].instance_dir / "rj.db"
    book = sqlite3.connect(file)
    for table in ("properties", "changes", "journal_heads", "night_audit_sessions"):
        for (name,) in book.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            book.execute(f"DROP TRIGGER {name}")
        book.execute(f"DELETE FROM {table}")  # noqa: S608 - the names are above
    book.commit()
    book.close()
    result = bare_app.test_cli_runner().invoke(args=["rj", "journal", "verifier"])
    assert result.exit_code == 1
    assert "Aucun hôtel : rien n’est prouvé." in result.output


FALSE_ROLE = "UPDATE memberships SET role = 'admin' WHERE role = 'night_auditor'"


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE night_tabs SET inputs = CAST(x'ff7b7d' AS TEXT) WHERE tab = 'recap'",
        "UPDATE properties SET opening_date = 'zz'",
        "UPDATE night_audit_sessions SET submitted_at = 'zz'",
        "UPDATE changes SET new = CAST(x'ff' AS TEXT) WHERE seq = 2",
        "DROP TABLE overrides",
        "DROP TABLE journal_witnesses",
        "DROP TABLE night_seals",
    ],
)
def test_what_cannot_be_read_any_more_is_said_and_hides_no_other_alteration(verified, damage):
    code, said = verified(damage, FALSE_ROLE)
    assert code == 1
    assert "Traceback" not in said
    assert len(said.splitlines()) >= 2
    assert "DEMO, roles : « compte.1 » n’est pas ce que dit le journal : modifié hors de RJ Natif." in said


@pytest.mark.parametrize("name", ["memberships", "Memberships", "MEMBERSHIPS"])
def test_a_view_in_the_place_of_a_table_is_named_however_it_is_written(verified, name):
    view = f"CREATE VIEW {name} AS SELECT * FROM m0"  # noqa: S608 - the names are above
    code, said = verified("ALTER TABLE memberships RENAME TO m0", view)
    assert code == 1
    assert f"« {name} » n’est pas de RJ Natif" in said
