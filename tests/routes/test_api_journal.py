"""The journal of nights made through the API, and the command that proves it: whatever is touched is named."""

import shutil

import pytest

from database.models import Change, JournalHead, NightAuditSession, NightLine, NightRevision, NightTab
from database.triggers import UNSEALED
from database.types import JsonText
from main import create_app
from tests.applications import Browser, close, demonstration
from tests.utils.actions.nights import DAY, Person, after, rows, tamper

JSON = """'{"autre":"1.00"}'"""
OTHER = {
    "INTEGER": "COALESCE({c}, 0) + 1000",
    "BIGINT": "COALESCE({c}, 0) + 1000",
    "TEXT": "COALESCE({c}, '') || 'x'",
    "VARCHAR": "COALESCE(SUBSTR({c}, 1, 9), '') || 'x'",
    "DATE": "'2024-02-29'",
    "DATETIME": "'2024-02-29 00:00:00.000000'",
    "BOOLEAN": "NOT COALESCE({c}, FALSE)",
}


def something_else(column):
    """An expression that gives another value than the column's."""
    if isinstance(column.type, JsonText):
        return JSON
    kind = "TEXT" if type(column.type).__name__ == "Text" else column.type.compile().partition("(")[0]
    return OTHER[kind].format(c=f'"{column.name}"')


@pytest.fixture(scope="module")
def written(sqlite_template, tmp_path_factory):
    """A book with two nights: one locked, corrected and locked again, one in progress; the directory it lies in."""
    instance = tmp_path_factory.mktemp("livre")
    shutil.copy(sqlite_template, instance / "rj.db")
    app = create_app(demonstration(instance))
    app.test_client_class = Browser
    anne, denis = Person(app).open(), Person(app, "directeur")
    anne.save("recap", {"cash_ls_lecture": "100.00", "deposit_cdn": "90.00"})
    anne.save("dueback", {"dueback_entries": [{"id": "ligne-aa", "name": "Un", "nouveau": "10.00"}]})
    assert denis.override("chk_recap").status_code == 200
    anne.lock()
    denis.reopen("chèque oublié")
    denis.save("recap", {"deposit_cdn": "110.00"})
    denis.lock()
    anne.on(after(DAY)).open().save("recap", {"cash_ls_lecture": "1.00"})
    close(app)
    return instance


@pytest.fixture
def touched(written, tmp_path):
    """A copy of that book, to be tampered with; and what the command says of it."""
    shutil.copy(written / "rj.db", tmp_path / "rj.db")
    app = create_app(demonstration(tmp_path))
    yield app
    close(app)


def verified(app):
    """The lines of `rj journal verifier` and its exit code."""
    result = app.test_cli_runner().invoke(args=["rj", "journal", "verifier"])
    return result.output.splitlines(), result.exit_code


def test_a_book_that_nobody_touched_is_intact(touched):
    assert verified(touched) == (["DEMO : le journal est intact."], 0)
    assert rows(touched, "SELECT status FROM night_audit_sessions ORDER BY audit_date") == [
        ("locked",),
        ("in_progress",),
    ]


def sequences(app):
    return [row.seq for row in rows(app, "SELECT seq FROM changes ORDER BY seq")]


COLUMNS = [c.name for c in Change.__table__.columns if c.name not in ("property_id", "seq")]


@pytest.mark.parametrize("every", [7, pytest.param(1, marks=pytest.mark.long(reason="verified hundreds of times"))])
def test_one_column_changed_in_any_row_of_the_journal_is_named(touched, capsys, every):
    """Every column of every row, or of some, one at a time, each put back before the next."""
    tried = 0
    for number, name in enumerate(COLUMNS):
        expression = something_else(Change.__table__.c[name])
        for seq in sequences(touched)[number % every :: every]:
            [(before,)] = rows(touched, f'SELECT "{name}" FROM changes WHERE seq = :s', s=seq)  # noqa: S608
            tamper(touched, f'UPDATE changes SET "{name}" = {expression} WHERE seq = :s', s=seq)  # noqa: S608
            said, code = verified(touched)
            assert code == 1, (name, seq)
            assert any(line.startswith(f"DEMO, ligne {seq} : ") for line in said), (name, seq, said)
            tamper(touched, f'UPDATE changes SET "{name}" = :v WHERE seq = :s', v=before, s=seq)  # noqa: S608
            tried += 1
    assert verified(touched)[1] == 0
    with capsys.disabled():
        print(f"\n    Journal : {tried} colonnes changées une à une, {tried} nommées")  # noqa: T201 - a figure is told


@pytest.mark.parametrize("name", ["seq", "hash", "broken_at", "mac"])
def test_any_column_of_the_head_changed_is_named(touched, name):
    tamper(touched, f"UPDATE journal_heads SET {name} = {something_else(JournalHead.__table__.c[name])}")  # noqa: S608
    said, code = verified(touched)
    assert code == 1
    assert said[0].startswith("DEMO, tête : ")


def test_the_head_removed_is_named(touched):
    tamper(touched, "DELETE FROM journal_heads")
    assert verified(touched) == (["DEMO, tête : La tête du journal a disparu."], 1)


def test_any_row_cut_from_the_journal_is_named(touched):
    """Each row in turn, from the first to the last."""
    everything = sequences(touched)
    for seq in everything:
        kept = rows(touched, "SELECT * FROM changes WHERE seq = :s", s=seq)[0]._mapping
        tamper(touched, "DELETE FROM changes WHERE seq = :s", s=seq)
        said, code = verified(touched)
        assert code == 1
        if seq == everything[-1]:
            assert f"DEMO, tête : Les lignes {seq} à {seq} ont été retirées de la fin du journal." in said
        else:
            assert f"DEMO, ligne {seq + 1} : Il manque des lignes avant celle-ci : de {seq} à {seq}." in said
        columns = ", ".join(f'"{name}"' for name in kept)
        values = ", ".join(f":{name}" for name in kept)
        tamper(touched, f"INSERT INTO changes ({columns}) VALUES ({values})", **kept)  # noqa: S608
    assert verified(touched)[1] == 0


def test_the_end_cut_off_is_named(touched):
    everything = sequences(touched)
    tamper(touched, "DELETE FROM changes WHERE seq > :s", s=everything[-4])
    said, code = verified(touched)
    assert code == 1
    assert f"DEMO, tête : Les lignes {everything[-3]} à {everything[-1]} ont été retirées de la fin du journal." in said


SEALED = [
    (model.__table__, column)
    for model in (NightAuditSession, NightTab, NightLine)
    for column in model.__table__.columns
    if column.name not in UNSEALED and not (model is NightAuditSession and column.name in ("id", "property_id"))
]


@pytest.mark.parametrize(("table", "column"), SEALED, ids=lambda one: str(one).rpartition(".")[2])
def test_any_column_of_any_row_of_a_locked_night_changed_is_named(touched, table, column):
    """Every tab and every line of the locked night, one row at a time."""
    [(night,)] = rows(touched, "SELECT id FROM night_audit_sessions WHERE status = 'locked'")
    key = "id" if table.name == "night_audit_sessions" else "night_id"
    expression = "'draft'" if column.name == "status" else something_else(column)
    found = rows(touched, f"SELECT id FROM {table.name} WHERE {key} = :n", n=night)  # noqa: S608
    assert found
    for (row,) in found:
        [(before,)] = rows(touched, f'SELECT "{column.name}" FROM {table.name} WHERE id = :r', r=row)  # noqa: S608
        statement = f'UPDATE {table.name} SET "{column.name}" = {{}} WHERE id = :r'  # noqa: S608
        tamper(touched, statement.format(expression), r=row)
        said, code = verified(touched)
        assert code == 1, (table.name, column.name, row)
        assert any(line.startswith("DEMO, nuit 20") for line in said), said
        changed = row if column.name != "id" else row + 1000
        tamper(touched, statement.format(":v"), v=before, r=changed)
    assert verified(touched)[1] == 0


@pytest.mark.parametrize(
    ("table", "part"), [(NightTab, "L’onglet dbrs"), (NightLine, "Le relevé par personne de l’onglet dueback")]
)
def test_any_row_of_a_locked_night_removed_is_named(touched, table, part):
    name = table.__tablename__
    [(night,)] = rows(touched, "SELECT id FROM night_audit_sessions WHERE status = 'locked'")
    tamper(touched, f"DELETE FROM {name} WHERE id = (SELECT max(id) FROM {name} WHERE night_id = :n)", n=night)  # noqa: S608
    said = [
        "La nuit verrouillée a été modifiée depuis son verrouillage.",
        f"{part} ne correspond plus au journal : modifié hors de RJ Natif.",
    ]
    assert verified(touched) == ([f"DEMO, nuit {DAY} : {one}" for one in said], 1)


@pytest.mark.parametrize("column", ["snapshot", "revision", "reason", "at", "checksum"])
def test_an_old_revision_changed_is_named(touched, column):
    expression = something_else(NightRevision.__table__.c[column])
    tamper(touched, f"UPDATE night_revisions SET {column} = {expression} WHERE id = 1")  # noqa: S608
    said, code = verified(touched)
    assert code == 1
    assert any(line.startswith(f"DEMO, nuit {DAY}") for line in said)


def test_an_old_revision_removed_is_named(touched):
    tamper(touched, "DELETE FROM night_revisions WHERE id = 1")
    said, code = verified(touched)
    assert code == 1
    assert any(line.startswith(f"DEMO, nuit {DAY}") for line in said), said


def test_a_whole_night_removed_is_named(touched):
    for name in ("night_tabs", "night_lines", "night_revisions", "submissions", "overrides"):
        tamper(touched, f"DELETE FROM {name}")  # noqa: S608
    tamper(touched, "DELETE FROM night_audit_sessions")
    said, code = verified(touched)
    assert code == 1
    assert f"DEMO, nuit {DAY} : La nuit est au journal, mais elle a disparu." in said


def test_the_product_goes_on_after_a_head_was_moved_and_says_so_for_ever(touched):
    touched.test_client_class = Browser
    tamper(touched, "UPDATE journal_heads SET seq = seq - 1")
    anne = Person(touched, day=after(DAY))
    anne.save("recap", {"cash_ls_lecture": "2.00"})
    said, code = verified(touched)
    assert code == 1
    assert any("avait été modifiée avant cette ligne" in line for line in said)


# the story


def test_the_story_of_a_night_is_told_entry_by_entry(touched):
    touched.test_client_class = Browser
    auditor, director = "Auditeur de démonstration", "Directeur de démonstration"
    told = [
        (
            e["par"],
            e["action"],
            e["onglet"],
            e["champ"],
            e["avant"],
            e["apres"],
            e["motif"],
            e["version"],
            e["revision"],
        )
        for e in Person(touched).story()
        if not (e["action"] == "motif" and e["champ"].startswith("onglets."))  # one a tab left, in another test
    ]
    line = "dueback_entries."
    assert told == [
        (auditor, "ouverture", None, None, None, "{}", None, 1, 0),
        (auditor, "saisie", "recap", "cash_ls_lecture", None, '"100.00"', None, 2, 0),
        (auditor, "saisie", "recap", "deposit_cdn", None, '"90.00"', None, 2, 0),
        (auditor, "saisie", "dueback", f"{line}name", None, '"Un"', None, 3, 0),
        (auditor, "saisie", "dueback", f"{line}nouveau", None, '"10.00"', None, 3, 0),
        (director, "derogation", "sommaire", "chk_recap", None, '"20.00"', "entendu avec la direction", 4, 0),
        (auditor, "soumission", None, None, '"in_progress"', '"submitted"', None, 5, 0),
        (auditor, "verrouillage", None, None, '"submitted"', '"locked"', None, 6, 0),
        (director, "reouverture", None, None, '"locked"', '"correcting"', "chèque oublié", 7, 1),
        (director, "saisie", "recap", "deposit_cdn", '"90.00"', '"110.00"', None, 8, 1),
        (director, "soumission", None, None, '"correcting"', '"submitted"', None, 9, 1),
        (director, "verrouillage", None, None, '"submitted"', '"locked"', None, 10, 1),
    ]  # fmt: skip
    labels = {e["champ"]: e["libelle"] for e in Person(touched).story() if e["champ"]}
    assert labels["cash_ls_lecture"] == "Comptant LightSpeed — lecture"
    assert labels[f"{line}nouveau"] == "Réceptionnistes — Nouveau (2e ligne)"
