"""What the tables refuse by themselves, and what they let pass."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from database import triggers
from database.transaction import migrate, write
from tests.database.conftest import problems, rows

LINE = "99, property_id, night_id, audit_date, tab, 9, 'z', person, measure, 1"
AT = "2025-12-24 00:00:00.000000"
WRITTEN = {
    "submissions": ("checks, motifs, en_attente", "'{}', '{}', FALSE"),
    "overrides": ("check_key, motif", "'chk_recap', 'relu'"),
}
FOLLOWED = {"leaves_at", "marsha_status", "marsha_submission_id"}
"""What moves after the lock and is compared with the journal."""
FOREVER = ["night_revisions", "submissions", "overrides"]


def run(statement, **parameters):
    """One statement in a write of its own."""
    with write() as connection:
        return connection.execute(text(statement), parameters).rowcount


def refused(statement, message, **parameters):
    """Whether the tables refuse a statement with this message."""
    with pytest.raises(DBAPIError, match=message):
        run(statement, **parameters)
    return True


REWRITES = [
    "seq = seq + 1",
    "property_id = 9",
    "at = at",
    "action = 'x'",
    "hash = 'x'",
    "prev_hash = 'x'",
    "digest = 'x'",
    "old = 'x'",
    "new = NULL",
    "reason = 'x', erasure = '{}', salt = NULL",
    "salt = NULL",
    "erasure = '{}'",
]


def test_a_change_cannot_be_rewritten(hotel, night):
    for change in REWRITES:
        assert refused(f"UPDATE changes SET {change}", "append-only"), change  # noqa: S608
    assert problems(hotel) == []


def test_a_change_cannot_be_deleted(hotel, night):
    assert refused("DELETE FROM changes", "append-only")
    assert problems(hotel) == []


def test_the_journal_cannot_be_emptied_at_once(app_postgres):
    assert refused("TRUNCATE changes", "append-only")


@pytest.mark.parametrize("table", FOREVER)
def test_what_is_kept_for_ever_is_written_once(app, locked, table):
    if table in WRITTEN:
        columns, values = WRITTEN[table]
        run(f"INSERT INTO {table} (night_id, revision, at, {columns}) VALUES (:n, 0, :at, {values})", n=locked, at=AT)  # noqa: S608
    assert refused(f"UPDATE {table} SET revision = 9", "written once")  # noqa: S608
    assert refused(f"DELETE FROM {table}", "written once")  # noqa: S608


MOVES = [
    "UPDATE night_audit_sessions SET recap_balance = 1",
    "UPDATE night_audit_sessions SET version = version + 1",
    "UPDATE night_audit_sessions SET status = 'draft'",
    "UPDATE night_audit_sessions SET status = 'submitted'",
    "UPDATE night_audit_sessions SET checksum = 'x'",
    "UPDATE night_audit_sessions SET frozen = '{}'",
    "DELETE FROM night_audit_sessions",
    "UPDATE night_tabs SET inputs = '{}'",
    "DELETE FROM night_tabs",
    "UPDATE night_lines SET amount = 0",
    "DELETE FROM night_lines",
    f"INSERT INTO night_lines SELECT {LINE} FROM night_lines",  # noqa: S608
]


def test_a_locked_night_does_not_move(hotel, locked):
    for statement in MOVES:
        assert refused(statement, "locked"), statement
    assert problems(hotel) == []


def test_what_follows_a_lock_may_still_be_noted(hotel, locked):
    for column in sorted(triggers.UNSEALED - FOLLOWED - {"checksum", "carry_version"}):
        value = "'2025-12-24 09:00:00.000000'" if column.endswith(("timestamp", "_at")) else "'\"ok\"'"
        assert run(f"UPDATE night_audit_sessions SET {column} = {value}") == 1  # noqa: S608
    assert run("UPDATE night_audit_sessions SET carry_version = carry_version + 1") == 1
    assert problems(hotel) == []


def test_a_locked_night_moves_once_it_is_in_correction(app, locked):
    assert run("UPDATE night_audit_sessions SET status = 'correcting', checksum = NULL") == 1
    assert run("UPDATE night_tabs SET inputs = '{}'") == 1
    assert run("UPDATE night_audit_sessions SET recap_balance = 1") == 1


def test_writing_the_same_values_on_a_locked_night_is_no_change(app, locked):
    assert run("UPDATE night_audit_sessions SET recap_balance = recap_balance, version = version") == 1


def test_a_night_in_progress_moves_freely(app, night):
    assert run("UPDATE night_audit_sessions SET version = 5") == 1
    assert run("UPDATE night_tabs SET version = 5") == 1
    assert rows("SELECT version FROM night_tabs") == [(5,)]


def test_making_the_triggers_again_keeps_their_number(app):
    query = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
    }
    with write() as connection:
        listed = text(query[connection.dialect.name])
        before = sorted(connection.execute(listed).scalars())
        triggers.install(connection)
        assert sorted(connection.execute(listed).scalars()) == before
        assert len(before) >= len(list(triggers.rules()))


STRANGE = {
    "défaut": "ALTER TABLE attendus ADD COLUMN autre INTEGER DEFAULT 7",
    "héritage": "CREATE TABLE pareille () INHERITS (night_tabs)",
    "événement": "CREATE FUNCTION x() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN END $$;"
    "CREATE EVENT TRIGGER guet ON ddl_command_end EXECUTE FUNCTION x()",
    "muette": "DO $$ BEGIN EXECUTE format('ALTER DATABASE %%I SET session_replication_role = replica',"
    " current_database()); END $$",
}
NAMED = {
    "défaut": "attendus.autre",
    "héritage": "pareille",
    "événement": "guet",
    "muette": "session_replication_role",
}


def strange(what):
    """What is named once this was done."""
    with migrate() as connection:
        assert triggers.foreign(connection) == []
        for one in STRANGE[what].split(";CREATE"):
            connection.exec_driver_sql(one if one.startswith(("ALTER", "CREATE", "DO")) else f"CREATE{one}")
        return triggers.foreign(connection)


def test_a_default_that_somebody_gave_to_a_column_is_named(app, hotel):
    assert strange("défaut") == [NAMED["défaut"]]


def test_a_table_that_takes_a_row_for_another_without_a_word_is_named(app_sqlite):
    with migrate() as connection:
        connection.exec_driver_sql("ALTER TABLE attendus RENAME TO autre")
        connection.exec_driver_sql("CREATE TABLE attendus (id INTEGER PRIMARY KEY ON CONFLICT REPLACE)")
        assert triggers.foreign(connection) == ["attendus"]


def test_a_function_of_ours_that_was_told_to_look_elsewhere_is_missing(app_postgres):
    with migrate() as connection:
        assert triggers.missing(connection) == []
        connection.exec_driver_sql("ALTER FUNCTION rj_night_tabs_update() SET search_path = ailleurs")
        assert triggers.missing(connection) == ["night_tabs_update"]


@pytest.mark.parametrize("what", [one for one in STRANGE if one != "défaut"])
def test_what_postgresql_lets_somebody_put_beside_our_tables_is_named(app_postgres, what):
    assert strange(what) == [NAMED[what]]
