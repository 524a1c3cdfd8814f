"""Whatever is changed behind the product's back is named by the verification."""

from datetime import date

import pytest

from database import chain, journal, journal_rows
from database.chain import Head
from database.journal import Entry
from database.models import Change, JournalHead, NightAuditSession, NightLine, NightRevision, NightTab
from database.transaction import read, write
from database.triggers import UNSEALED
from database.types import JsonText
from tests.database.conftest import AUDITOR, NOW, lock, new_night, problems, reopen, rows

CONTENT = "Le contenu de la ligne (valeurs, personne ou motif) a été modifié."
ROW = "La ligne a été modifiée."
LOCKED = "La nuit verrouillée a été modifiée depuis son verrouillage."
ALTERED = "ne correspond plus au journal : modifié hors de RJ Natif."
OTHER = {
    "INTEGER": "COALESCE({c}, 0) + 1",
    "BIGINT": "COALESCE({c}, 0) + 1",
    "TEXT": "COALESCE({c}, '') || 'x'",
    "VARCHAR": "COALESCE(SUBSTR({c}, 1, 9), '') || 'x'",
    "DATE": "'2024-02-29'",
    "DATETIME": "'2024-02-29 00:00:00.000000'",
    "BOOLEAN": "NOT COALESCE({c}, FALSE)",
}
JSON = """'{{"autre":"1.00"}}'"""


def each_says(names, place, message):
    """The same one problem for each of these columns."""
    return {name: [(place, message)] for name in names}


def first_of(said):
    """The first thing said of each column; what follows from it comes after."""
    return {name: found[:1] for name, found in said.items()}


def something_else(column):
    """An expression that gives another value than the column's."""
    kind = "TEXT" if column.type.__class__.__name__ == "Text" else column.type.compile().partition("(")[0]
    return (JSON if isinstance(column.type, JsonText) else OTHER[kind]).format(c=f'"{column.name}"')


@pytest.fixture
def saves(hotel, night):
    """Six rows of one night; returns the sequence of the fourth."""
    entries = [Entry("saisie", tab="recap", field="deposit_cdn", old='"1.00"', new='"2.00"', reason="relu")]
    with write() as connection:
        for _ in range(6):
            fourth = journal.append(connection, hotel, AUDITOR, NOW, entries) - 2
    return fourth


def test_a_book_that_nobody_touched_has_no_problem(hotel, saves):
    assert problems(hotel) == []


@pytest.fixture
def said_of(hotel, tamper):
    """What is said of each column of a table when it is changed in one row, the row being put back each time."""

    def each(table, columns, where, **others):
        said = {}
        for name in columns:
            column = table.c[name]
            [(before,)] = rows(f"SELECT {name} FROM {table.name} WHERE {where}")  # noqa: S608
            value = others.get(name, something_else(column))
            assert tamper(f"UPDATE {table.name} SET {name} = {value} WHERE {where}") == 1  # noqa: S608
            said[name] = problems(hotel)
            tamper(f"UPDATE {table.name} SET {name} = :before WHERE {where}", before=before)  # noqa: S608
        assert problems(hotel) == []
        return said

    return each


def test_each_chained_column_changed_in_one_row_is_named(hotel, saves, said_of):
    columns = [name for name in chain.CHAINED if name not in {"seq", "property_id"}]
    said = said_of(Change.__table__, columns, f"seq = {saves}")
    assert first_of(said) == each_says(columns, f"ligne {saves}", ROW)


@pytest.mark.parametrize("moved", ["seq = seq + 1000", "property_id = 999"])
def test_a_row_moved_elsewhere_is_named(hotel, saves, tamper, moved):
    tamper(f"UPDATE changes SET {moved} WHERE seq = :s", s=saves)  # noqa: S608
    missing = f"Il manque des lignes avant celle-ci : de {saves} à {saves}."
    assert problems(hotel)[0] == (f"ligne {saves + 1}", missing)


@pytest.mark.parametrize("value", ["'autre'", "NULL"])
def test_each_erasable_part_changed_or_emptied_is_named(hotel, saves, said_of, value):
    said = said_of(Change.__table__, chain.PARTS, f"seq = {saves}", **dict.fromkeys(chain.PARTS, value))
    assert said == each_says(chain.PARTS, f"ligne {saves}", CONTENT)


def test_the_proof_itself_changed_is_named(hotel, saves, said_of):
    columns = ["salt", "digest", "prev_hash", "hash", "erasure"]
    said = said_of(Change.__table__, columns, f"seq = {saves}", **dict.fromkeys(columns, "'{}'"))
    assert {found[0][0] for found in said.values()} == {f"ligne {saves}"}


def test_every_bad_row_is_named_and_no_good_one(hotel, saves, tamper):
    tamper("UPDATE changes SET action = 'autre' WHERE seq IN (:a, :b)", a=saves - 2, b=saves)
    assert problems(hotel) == [(f"ligne {saves - 2}", ROW), (f"ligne {saves}", ROW)]


def test_a_row_rewritten_with_its_hash_breaks_the_link(hotel, saves, tamper):
    with read() as connection:
        (row,) = journal_rows.in_order(connection, Change.seq == saves)
    forged = chain.link(row.prev_hash, row._replace(action="autre"), row.digest)
    tamper("UPDATE changes SET action = 'autre', hash = :h WHERE seq = :s", h=forged, s=saves)
    message = f"La ligne ne s’enchaîne pas à la ligne {saves} : l’une des deux a été récrite."
    assert problems(hotel) == [(f"ligne {saves + 1}", message)]


def test_rows_missing_in_the_middle_are_named(hotel, saves, tamper):
    tamper("DELETE FROM changes WHERE seq IN (:a, :b)", a=saves, b=saves + 1)
    assert problems(hotel) == [
        (f"ligne {saves + 2}", f"Il manque des lignes avant celle-ci : de {saves} à {saves + 1}.")
    ]


def test_rows_cut_from_the_end_are_named(hotel, saves, tamper):
    tamper("DELETE FROM changes WHERE seq > :s", s=saves)
    message = f"Les lignes {saves + 1} à {saves + 2} ont été retirées de la fin du journal."
    assert problems(hotel) == [("tête", message)]


def test_rows_cut_from_the_end_with_the_head_moved_back_are_named(hotel, saves, tamper):
    tamper("DELETE FROM changes WHERE seq > :s", s=saves)
    last = rows("SELECT hash FROM changes WHERE seq = :s", s=saves)[0].hash
    forged = chain.seal(b"some other key", hotel, Head(saves, last))
    tamper("UPDATE journal_heads SET seq = :s, hash = :h, mac = :m", s=saves, h=last, m=forged)
    assert problems(hotel) == [("tête", "La tête du journal a été modifiée : son sceau n’est pas le nôtre.")]


def test_a_head_changed_is_named(hotel, saves, said_of):
    said = said_of(JournalHead.__table__, ["seq", "hash", "broken_at", "mac"], f"property_id = {hotel}")
    message = ("tête", "La tête du journal a été modifiée : son sceau n’est pas le nôtre.")
    assert [found[0] for found in said.values()] == [message] * 4


def test_a_locked_night_has_no_problem(hotel, locked):
    assert problems(hotel) == []


def sealed(model, *apart):
    """The columns that the seal of a night covers in a table."""
    return [column.name for column in model.__table__.c if column.name not in UNSEALED | set(apart)]


def test_each_column_of_a_locked_night_changed_is_named(hotel, locked, said_of):
    columns = sealed(NightAuditSession, "id", "property_id", "status")
    said = said_of(NightAuditSession.__table__, columns, f"id = {locked}")
    assert len(columns) > 35
    day = said.pop("audit_date")
    assert first_of(said) == each_says(said, "nuit 2025-12-23", LOCKED)
    assert day[0] == ("nuit 2024-02-29", LOCKED)


@pytest.mark.parametrize("model", [NightTab, NightLine])
def test_each_column_of_the_rows_of_a_locked_night_changed_is_named(hotel, locked, said_of, model):
    columns = sealed(model, "id", "night_id")
    said = said_of(model.__table__, columns, f"night_id = {locked}")
    assert first_of(said) == each_says(columns, "nuit 2025-12-23", LOCKED)


@pytest.mark.parametrize("column", ["id = 77", "night_id = 77"])
@pytest.mark.parametrize("table", ["night_tabs", "night_lines"])
def test_a_row_of_a_locked_night_that_changes_place_is_named(hotel, locked, tamper, table, column):
    tamper(f"UPDATE {table} SET {column}")  # noqa: S608
    assert problems(hotel)[0] == ("nuit 2025-12-23", LOCKED)


@pytest.mark.parametrize("table", ["night_tabs", "night_lines"])
def test_a_row_of_a_locked_night_removed_is_named(hotel, locked, tamper, table):
    tamper(f"DELETE FROM {table} WHERE night_id = :n", n=locked)  # noqa: S608
    part = {"night_tabs": "L’onglet recap", "night_lines": "Le relevé par personne de l’onglet dueback"}[table]
    assert problems(hotel) == [("nuit 2025-12-23", LOCKED), ("nuit 2025-12-23", f"{part} {ALTERED}")]


def test_a_locked_night_without_its_seal_is_named(hotel, locked, tamper):
    tamper("UPDATE night_audit_sessions SET checksum = NULL WHERE id = :n", n=locked)
    assert problems(hotel) == [("nuit 2025-12-23", LOCKED)]


def test_a_night_unlocked_behind_the_journal_is_named(hotel, locked, tamper):
    tamper("UPDATE night_audit_sessions SET status = 'correcting' WHERE id = :n", n=locked)
    [(place, message), seal] = problems(hotel)
    assert seal == (place, f"L’état de la nuit {ALTERED}")
    assert place == "nuit 2025-12-23"
    assert message.startswith("L’état de la nuit a été modifié : le journal la dit verrouillée")


def test_a_night_locked_behind_the_journal_is_named(hotel, night, tamper):
    tamper("UPDATE night_audit_sessions SET status = 'locked' WHERE id = :n", n=night)
    assert [place for place, _ in problems(hotel)] == ["nuit 2025-12-23"] * 3


def test_a_locked_night_moved_to_another_hotel_is_named(hotel, locked, tamper):
    tamper("UPDATE night_audit_sessions SET property_id = 999 WHERE id = :n", n=locked)
    assert problems(hotel)[0] == ("nuit 2025-12-23", "La nuit est au journal, mais elle a disparu.")


def test_a_night_that_disappeared_is_named(hotel, night, tamper):
    tamper("DELETE FROM night_audit_sessions WHERE id = :n", n=night)
    assert problems(hotel) == [("nuit 2025-12-23", "La nuit est au journal, mais elle a disparu.")]


def test_each_column_of_a_snapshot_changed_is_named(hotel, locked, said_of):
    columns = [column.name for column in NightRevision.__table__.c if column.name not in {"id", "night_id"}]
    said = said_of(NightRevision.__table__, columns, f"night_id = {locked}", cause="'correction'")
    assert {found[0][0].partition(", ")[0] for found in said.values()} == {"nuit 2025-12-23"}
    assert all(found[0][1] == "L’instantané de la nuit a été modifié." for found in said.values())


@pytest.mark.parametrize(("cause", "named"), [("lock", "du verrouillage"), ("correction", "de la correction")])
def test_a_snapshot_removed_is_named(hotel, locked, tamper, cause, named):
    with write() as connection:
        reopen(connection, hotel, locked)
    tamper("DELETE FROM night_revisions WHERE cause = :c", c=cause)
    assert problems(hotel) == [("nuit 2025-12-23, révision 0", f"L’instantané {named} a disparu.")]


def test_a_snapshot_that_the_journal_does_not_say_is_named_be_it_a_copy(hotel, locked, tamper):
    names = ", ".join(f'"{column.name}"' for column in NightRevision.__table__.c if column.name != "id")
    tamper(f"INSERT INTO night_revisions ({names}) SELECT {names} FROM night_revisions")  # noqa: S608
    said = "Un instantané y est de trop : le journal ne le dit pas."
    assert problems(hotel) == [("nuit 2025-12-23, révision 0", said)]


def test_a_line_by_person_of_no_night_is_named(hotel, locked, tamper):
    names = [f'"{column.name}"' for column in NightLine.__table__.c if column.name not in {"id", "night_id"}]
    given = ", ".join(names)
    tamper(f"INSERT INTO night_lines (night_id, {given}) SELECT 77, {given} FROM night_lines")  # noqa: S608
    said = "Une ligne n’y est d’aucune nuit : ajoutée hors de RJ Natif."
    assert problems(hotel) == [("relevés par personne du 2025-12-23", said)]


def test_a_night_reopened_as_the_journal_says_has_no_problem(hotel, locked):
    with write() as connection:
        reopen(connection, hotel, locked)
    assert problems(hotel) == []


@pytest.mark.parametrize("version", [0, 2])
def test_a_night_that_is_not_where_the_journal_left_it_is_named(hotel, night, tamper, version):
    tamper("UPDATE night_audit_sessions SET version = :v", v=version)
    message = f"La nuit en est à la version {version}, et le journal à la version 1."
    state = f"L’état de la nuit {ALTERED}"
    assert problems(hotel) == [("nuit 2025-12-23", message), ("nuit 2025-12-23", state)]


def test_the_seal_of_one_night_does_not_fit_another(hotel, locked, tamper):
    with write() as connection:
        other = new_night(connection, hotel, date(2025, 12, 24))
        lock(connection, hotel, other)
    assert problems(hotel) == []
    tamper(
        "UPDATE night_audit_sessions SET checksum = (SELECT checksum FROM night_audit_sessions WHERE id = :a)"
        " WHERE id = :b",
        a=locked,
        b=other,
    )
    assert problems(hotel) == [("nuit 2025-12-24", LOCKED)]
