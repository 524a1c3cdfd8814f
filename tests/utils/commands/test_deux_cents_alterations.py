"""Two hundred alterations of a book by somebody who has the database in hand, but no key: each one is named."""

import json
import re
from datetime import UTC, date, datetime

import pytest
import time_machine
from sqlalchemy import text

from database import erasure, journal, lightspeed, triggers
from database.base import Base
from database.chain import PARTS
from database.journal import Actor, Entry
from database.models import Change, NightAuditSession, NightRevision, NightTab
from database.models.night import PROJECTIONS
from database.transaction import migrate, read, write
from database.verification import verify
from tests.architecture.source import ROOT
from tests.database.test_verification import something_else
from tests.utils.actions.nights import Person, good, set_policy
from utils.actions.demonstration.fill_nights import Colleague, fill_nights
from utils.actions.night_work import open_for
from utils.actions.submit_night import add_override
from utils.rj.checks import CHECKS

NOW = datetime(2026, 3, 12, 20, tzinfo=UTC)
LOCKED, REOPENED, SUBMITTED, OPEN = NIGHTS = ("2026-03-09", "2026-03-10", "2026-03-11", "2026-03-12")
COPIED = ("night_audit_sessions", "night_tabs", "night_lines", "night_seals")
STATE = ("version", "auditor_id", "previous", "reprise", "opened_at", "revision", "submitted_at", "awaiting_override")
FIGURES = ("room_revenue", "total_revenue", "recap_balance", "completeness", "occupancy")


class Undo(Exception):
    """The alteration was looked at: the book is put back."""


def of_night(day):
    return f"night_id = (SELECT id FROM night_audit_sessions WHERE audit_date = '{day}')"  # noqa: S608


def changed(model, names, where):
    """One alteration for each of these columns."""
    table = model.__table__
    for name in names:
        value = something_else(table.c[name])
        yield f"{table.name}.{name} {where}", [f'UPDATE {table.name} SET "{name}" = {value} WHERE {where}']  # noqa: S608


def copied(table, where, **others):
    """A row added: a copy of one that is there, but for some columns."""
    columns = [column.name for column in table.columns if column.name != "id"]
    given = ", ".join(others.get(name, f'"{name}"') for name in columns)
    names = ", ".join(f'"{name}"' for name in columns)
    one = f"SELECT {given} FROM {table.name} WHERE {where} LIMIT 1"  # noqa: S608
    return f"{table.name} ajoutée {where}", [f"INSERT INTO {table.name} ({names}) {one}"]


def of_nights():
    for day in NIGHTS:
        where, mine = f"audit_date = '{day}'", of_night(day)
        yield from changed(NightAuditSession, STATE + FIGURES, where)
        status = "correcting" if day in (LOCKED, SUBMITTED) else "locked"
        yield f"état {day}", [f"UPDATE night_audit_sessions SET status = '{status}' WHERE {where}"]  # noqa: S608
        recap = f"tab = 'recap' AND {mine}"
        yield from changed(NightTab, ("version", "inputs", "origins", "typed_texts", "field_versions"), recap)
        yield f"onglet retiré {day}", [f"DELETE FROM night_tabs WHERE {recap}"]  # noqa: S608
        yield copied(NightTab.__table__, recap, tab="'autre'")
        yield f"onglet illisible {day}", [f"UPDATE night_tabs SET inputs = 'illisible' WHERE {recap}"]  # noqa: S608
        for column in ("inputs", "origins"):
            other = f"(SELECT {column} FROM night_tabs WHERE tab = 'jour' AND {mine})"  # noqa: S608
            yield f"{column} échangé {day}", [f"UPDATE night_tabs SET {column} = {other} WHERE {recap}"]  # noqa: S608
        for change in ("amount = amount + 1", "person = 'Autre'", "measure = measure || 'x'", "line_id = 'x'"):
            yield f"ligne {change} {day}", [f"UPDATE night_lines SET {change} WHERE {mine}"]  # noqa: S608
        yield f"lignes retirées {day}", [f"DELETE FROM night_lines WHERE {mine}"]  # noqa: S608
        for change in ("seq = seq - 1", "parts = '{}'", f"mac = '{'0' * 64}'"):
            yield f"sceau {change} {day}", [f"UPDATE night_seals SET {change} WHERE {mine}"]  # noqa: S608
        yield f"sceau retiré {day}", [f"DELETE FROM night_seals WHERE {mine}"]  # noqa: S608
        other = of_night(NIGHTS[NIGHTS.index(day) - 1])
        copy = ", ".join(f"{c} = (SELECT {c} FROM night_seals WHERE {other})" for c in ("seq", "parts", "mac"))  # noqa: S608
        yield f"sceau d’une autre nuit {day}", [f"UPDATE night_seals SET {copy} WHERE {mine}"]  # noqa: S608
        yield f"lectures du PMS {day}", [f"UPDATE pms_readings SET figures = '{{}}' WHERE business_date = '{day}'"]  # noqa: S608


def of_added_nights():
    """A night that nobody opened, never saved: of version 0, so that no seal is missed."""
    yield copied(
        NightAuditSession.__table__, f"audit_date = '{OPEN}'", version="0", audit_date="'2026-03-20'", status="'draft'"
    )


def of_closings():
    for day in (LOCKED, SUBMITTED, REOPENED):
        mine = of_night(day)
        for change in ("checks = '{}'", "motifs = '7'", "revision = 9", "en_attente = NOT en_attente", '"by" = 7'):
            yield f"soumission {change} {day}", [f"UPDATE submissions SET {change} WHERE {mine}"]  # noqa: S608
        yield f"soumission retirée {day}", [f"DELETE FROM submissions WHERE {mine}"]  # noqa: S608
        yield from changed(NightRevision, ("snapshot", "revision", "at", "checksum", "reason"), mine)
        yield f"instantané retiré {day}", [f"DELETE FROM night_revisions WHERE {mine}"]  # noqa: S608
    for change in ("motif = 'autre'", "value = '9.99'", "check_key = 'autre'", "revision = 7", '"by" = 1'):
        yield f"dérogation {change}", [f"UPDATE overrides SET {change}"]  # noqa: S608
    yield "dérogations retirées", ["DELETE FROM overrides"]
    values = (
        f"SELECT id, 0, 'recap', '0.00', 'faux', 1, opened_at FROM night_audit_sessions WHERE audit_date = '{OPEN}'"  # noqa: S608
    )
    yield (
        "dérogation ajoutée",
        [f'INSERT INTO overrides (night_id, revision, check_key, value, motif, "by", at) {values}'],
    )
    seen = "UPDATE night_audit_sessions SET checksum = NULL WHERE audit_date = '2026-03-09'"
    yield "sceau du verrou retiré", [seen]


def of_the_journal():
    names = [column.name for column in Change.__table__.columns if column.name not in {"property_id", "erasure"}]
    yield from changed(Change, [name for name in names if name != "seq"], "seq = 40")
    yield "ligne déplacée", ["UPDATE changes SET seq = 100000 WHERE seq = 40"]
    yield "ligne retirée", ["DELETE FROM changes WHERE seq = 40"]
    yield "début retiré", ["DELETE FROM changes WHERE seq < 5"]
    last = "(SELECT seq FROM journal_heads WHERE property_id = 1)"
    yield "fin coupée", [f"DELETE FROM changes WHERE seq = {last}"]  # noqa: S608
    back = f"UPDATE journal_heads SET hash = (SELECT hash FROM changes WHERE seq = {last} - 1), seq = seq - 1"  # noqa: S608
    yield "fin coupée, tête reculée", [back, f"DELETE FROM changes WHERE seq > {last}"]  # noqa: S608
    yield (
        "lignes échangées",
        [
            "UPDATE changes SET seq = 100000 WHERE seq = 40",
            "UPDATE changes SET seq = 40 WHERE seq = 41",
            "UPDATE changes SET seq = 41 WHERE seq = 100000",
        ],
    )
    yield copied(Change.__table__, "seq = 40", seq=f"{last} + 1")
    for change in ("seq = seq - 1", "hash = 'x'", "broken_at = 3", "mac = 'x'"):
        yield f"tête {change}", [f"UPDATE journal_heads SET {change}"]  # noqa: S608
    yield "tête retirée", ["DELETE FROM journal_heads"]
    empty = json.dumps({"salts": {}, "leaves": dict.fromkeys(PARTS, "00" * 32)})
    yield "effacement inventé", [f"UPDATE changes SET erasure = '{empty}', salt = NULL, new = NULL WHERE seq = 40"]  # noqa: S608
    erased = "seq = (SELECT min(seq) FROM changes WHERE erasure IS NOT NULL)"
    erased = f"erasure IS NOT NULL AND {erased}"
    for change in (
        "actor_label = 'Autre'",
        f"erasure = '{empty}'",
        "erasure = NULL",
        "erasure = '{}'",
        "new = '\"7\"'",
    ):
        yield f"ligne effacée {change}", [f"UPDATE changes SET {change} WHERE {erased}"]  # noqa: S608
    yield "effacement retiré", ["DELETE FROM changes WHERE action = 'effacement'"]


def of_the_hotel():
    for change in (
        *("code = 'AUTRE'", "name = 'Autre'", "currency = 'USD'", "time_zone = 'UTC'"),
        *("opening_date = '2020-01-01'", "demo = NOT demo"),
    ):
        yield f"hôtel {change}", [f"UPDATE properties SET {change}"]  # noqa: S608
    lockers = '\'{"roles"\\:{"verrouiller"\\:["night_auditor"]}}\''
    for change in (f"document = {lockers}", "effective_from = '2026-03-02'", "document = '{}'"):
        yield f"réglages {change}", [f"UPDATE property_settings SET {change} WHERE id = 1"]  # noqa: S608
    yield from of_added_settings()
    for change in ("created_by = 7", "created_at = '2026-01-01 00:00:00.000000'"):
        yield f"réglages {change}", [f"UPDATE property_settings SET {change} WHERE id = 2"]  # noqa: S608
    yield "réglages retirés", ["DELETE FROM property_settings WHERE id = 2"]
    given = "INSERT INTO property_settings (property_id, effective_from, document, created_at)"
    yield "réglages ajoutés", [f"{given} SELECT 1, '2026-03-01', {lockers}, created_at FROM properties"]  # noqa: S608
    yield "réglages échangés", ["UPDATE property_settings SET effective_from = '2024-12-01' WHERE id = 2"]
    yield "rôle monté", ["UPDATE memberships SET role = 'admin' WHERE user_id = 1"]
    yield "rôle retiré", ["DELETE FROM memberships WHERE user_id = 2"]
    yield (
        "rôles échangés",
        ["UPDATE memberships SET role = CASE role WHEN 'gm' THEN 'gsm' WHEN 'gsm' THEN 'gm' ELSE role END"],
    )
    yield (
        "nom réuni",
        [
            (
                "INSERT INTO person_aliases (property_id, spelling, person, created_at)"
                " SELECT 1, 'Un', 'Deux', created_at FROM properties"
            )
        ],
    )
    yield (
        "budget ajouté",
        [
            (
                "INSERT INTO budgets (property_id, span, day, revenue, updated_at)"
                " SELECT 1, 'mois', '2026-03-01', 100, created_at FROM properties"
            )
        ],
    )
    yield (
        "avis choisis",
        [
            (
                "INSERT INTO notification_config (property_id, document, updated_at)"
                ' SELECT 1, \'{"silence"\\:"22"}\', created_at FROM properties'
            )
        ],
    )


def of_what_came_last():
    """What leaves the hotel, what is on the books, roles that are offered, months that entered."""
    at = "created_at FROM properties"
    offered = "INSERT INTO invitations (user_id, property_id, role, created_at)"
    yield "invitation ajoutée", [f"{offered} SELECT 1, 1, 'admin', {at}"]
    last = "as_of = (SELECT max(as_of) FROM books_snapshots)"
    for table in ("books_snapshots", "books_segments", "books_days"):
        yield f"{table} retirées", [f"DELETE FROM {table} WHERE {last}"]  # noqa: S608
    for change in (
        "books_segments SET rooms = rooms + 1",
        "books_segments SET revenue = 1",
        "books_days SET available = 1",
    ):
        yield f"{change}", [f"UPDATE {change}"]
    names = (
        "property_id, night_id, business_date, sequence, revision, idempotency_key, body, digest, status, created_at"
    )
    names += ", due_at, next_at, attempts, errors, message_sequence, source"
    values = (
        "1, id, audit_date, 7, 0, 'cle', '{}', 'x', 'a_envoyer', opened_at, opened_at, opened_at, 0, '[]', 0, 'demo'"
    )
    night = f"FROM night_audit_sessions WHERE audit_date = '{LOCKED}'"
    yield "envoi à MARSHA ajouté", [f"INSERT INTO marsha_submissions ({names}) SELECT {values} {night}"]
    for change in ("marsha_status = 'rejete'", "marsha_submission_id = 'x'", "leaves_at = opened_at"):
        yield change, [f"UPDATE night_audit_sessions SET {change} WHERE audit_date = '{LOCKED}'"]  # noqa: S608
    names = "property_id, month, status, files, document, nights, created_at"
    yield (
        "mois ajouté",
        [f"INSERT INTO month_imports ({names}) SELECT 1, '2026-01-01', 'importe', '[]', '{{}}', 3, {at}"],
    )


ADDED_SETTINGS = (
    {"roles": {"verrouiller": {"night_auditor": {}}, "deroger": {"night_auditor": {}}}},
    *({"rooms": {}}, {"rates": {"tps": {}}}, {"rates.tps": "6"}, {"staff": []}, {}, [], "autre", 7, None),
)
"""Documents of settings that nobody wrote: maps where a value belongs, nothing at all, no document."""


def of_added_settings():
    given = "INSERT INTO property_settings (property_id, effective_from, document, created_at) VALUES"
    texts = [*(json.dumps(one) for one in ADDED_SETTINGS), "illisible", "[" * 3000, '{"rooms":NaN}']
    for document in texts:
        escaped = document.replace(":", "\\:")
        row = f"(1, '2026-11-20', '{escaped}', '2026-01-01 00:00:00.000000')"
        yield f"réglages ajoutés {document[:60]}", [f"{given} {row}"]
    dotted = """UPDATE property_settings SET document = '{"rooms."\\:250}' WHERE id = 2"""
    yield "clé pointée", [dotted]


def of_the_triggers():
    for rule in triggers.rules():
        yield f"verrou {rule.name} retiré", [("trigger", rule.name)]
    for table in ("changes", "users", "night_tabs"):
        for event in ("INSERT", "UPDATE"):
            yield f"déclencheur étranger {event} {table}", [("foreign", (table, event))]
    yield "table derrière une vue", [("hidden", "alerts")]


def put_back():
    """Older copies of the open night put back, with its seal or without; of its journal too."""
    for tables in (COPIED, COPIED[:1], COPIED[1:2], COPIED[:2], COPIED[:3], COPIED[1:], COPIED[3:]):
        yield f"copie ancienne {tables}", [("copy", tables)]


ALTERATIONS = [
    *(one for kind in (of_nights, of_added_nights, of_closings, of_the_journal, of_the_hotel) for one in kind()),
    *(one for kind in (of_what_came_last, of_the_triggers, put_back) for one in kind()),
]


def reading(day):
    """What the PMS said of a night."""
    figures = {"jour.jour_nb_clients": "91"}
    return lightspeed.Reading(1, date.fromisoformat(day), "clients", 1, True, "essai", figures, [], [])


def worked(app):
    """Nights in every state, a settings change, an override, an erased person; the open night as it was before."""
    with time_machine.travel(NOW, tick=False):
        with app.app_context():
            assert fill_nights(NOW, 3) == 3
        set_policy(app, date(2026, 3, 1), rooms=250)
        admin = Person(app, "admin", REOPENED).reopen()
        late = admin.on(SUBMITTED).reopen()
        late.save("recap", {"cash_ls_lecture": "100.00"})
        assert good(late.submit(en_attente=True))["etat"] == "submitted"
        tonight = Person(app, "auditeur", OPEN).open()
        tonight.save("sd", {"sd_entries": [{"id": "ligne-bb", "name": "Un", "amount": "2.00"}]})
        tonight.save("recap", {"cash_ls_lecture": "1.00"})
        before = older_copy(app)
        admin = Colleague(7, "Admin", 1, "admin")
        with app.app_context(), open_for(admin, date.fromisoformat(REOPENED), NOW) as work:
            add_override(work, CHECKS[0].key, "entendu")
        with app.app_context(), write() as connection:
            for day in NIGHTS:
                lightspeed.keep_reading(connection, reading(day), NOW)
            said = [Entry("compte", field="compte.2", new='"débloqué"'), Entry("liaison", new='"par Marie Tremblay"')]
            journal.append(connection, 1, Actor(2, "Marie Tremblay"), NOW, said)
        tonight.save("recap", {"cash_ls_lecture": "2.00"})
        with app.app_context(), write() as connection:
            erasure.erase_person(connection, 1, 2, ["Marie Tremblay"], Actor(7, "Admin"), NOW)
    return app, before


@pytest.fixture
def book(app):
    """The book, on each engine."""
    return worked(app)


def older_copy(app):
    """The rows of the open night, table by table."""
    with app.app_context(), migrate() as connection:
        copy = {}
        for table in COPIED:
            where = f"audit_date = '{OPEN}'" if table == COPIED[0] else of_night(OPEN)
            rows = connection.execute(text(f"SELECT * FROM {table} WHERE {where}"))  # noqa: S608
            copy[table] = [dict(row) for row in rows.mappings()]
        return copy


OF_SCHEMA = {
    "foreign": {
        "sqlite": "CREATE TRIGGER x BEFORE {1} ON {0} BEGIN SELECT RAISE(IGNORE); END",
        "postgresql": "CREATE FUNCTION rj_x() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$"
        ";;CREATE TRIGGER rj_x BEFORE {1} ON {0} FOR EACH ROW EXECUTE FUNCTION rj_x()",
    },
    "hidden": dict.fromkeys(
        ("sqlite", "postgresql"),
        "ALTER TABLE {0} RENAME TO hidden_{0};;CREATE VIEW {0} AS SELECT * FROM hidden_{0} WHERE id < 0",
    ),
}
"""What an engine is told to do with the schema itself."""


def alter(connection, statement, before):
    """Do one thing to the book; how many rows it changed."""
    if isinstance(statement, str):
        return connection.execute(text(statement)).rowcount
    kind, what = statement
    if kind in OF_SCHEMA:
        for one in OF_SCHEMA[kind][connection.dialect.name].format(*what if kind == "foreign" else [what]).split(";;"):
            connection.exec_driver_sql(one)
        return 1
    if kind == "trigger":
        table = next(rule.table for rule in triggers.rules() if rule.name == what)
        on = f" ON {table}" if connection.dialect.name == "postgresql" else ""
        connection.execute(text(f"DROP TRIGGER rj_{what}{on}"))
        return 1
    done = 0
    for table in what:
        for row in before[table]:
            key = "night_id" if table == "night_seals" else "id"
            given = ", ".join(f'"{name}" = :{name}' for name in row)
            done += connection.execute(text(f"UPDATE {table} SET {given} WHERE {key} = :{key}"), row).rowcount  # noqa: S608
    return done


def named(app, statements, before):
    """What is said of the book once it is altered; then it is put back."""
    found = []
    with app.app_context():
        try:
            with migrate() as connection:
                sqlite = connection.dialect.name == "sqlite"
                dropped = any(not isinstance(one, str) and one[0] == "trigger" for one in statements)
                if not sqlite:
                    connection.execute(text("SET LOCAL session_replication_role = replica"))
                elif not dropped:
                    triggers.drop(connection)
                assert sum(alter(connection, one, before) for one in statements) > 0, statements
                if sqlite and not dropped:
                    triggers.install(connection)
                found = verify(connection, 1)
                raise Undo
        except Undo:
            return found


def unnamed(book, alterations):
    """Those of which nothing is said."""
    app, before = book
    assert named(app, ["UPDATE users SET name = name"], before) == []
    return [name for name, statements in alterations if not named(app, statements, before)]


def test_there_are_two_hundred_of_them():
    assert len(dict(ALTERATIONS)) == len(ALTERATIONS) >= 200
    assert {one.column for one in PROJECTIONS} >= set(FIGURES)


def test_a_sample_of_the_alterations_is_named(app_sqlite):
    sample = ALTERATIONS[::8]
    assert len(sample) >= 25
    assert unnamed(worked(app_sqlite), sample) == []


def test_a_night_of_version_zero_that_is_added_is_named(app_sqlite):
    assert unnamed(worked(app_sqlite), list(of_added_nights())) == []


def test_triggers_and_views_of_others_are_named(app_sqlite):
    assert unnamed(worked(app_sqlite), list(of_the_triggers())) == []


def test_what_leaves_and_what_came_last_is_named(app_sqlite):
    assert unnamed(worked(app_sqlite), list(of_what_came_last())) == []


def test_each_table_is_altered_here_or_said_not_to_be_seen():
    """A new table is compared with the journal, by an alteration that names it, or its reason is written."""
    page = (ROOT / "documentation" / "securite.md").read_text(encoding="utf-8")
    unseen = page.partition("## Ce que la preuve ne voit pas")[2].partition("\n## ")[0]
    done = " ".join(one for _, statements in ALTERATIONS for one in statements if isinstance(one, str))
    written = {*re.findall(r"(?:UPDATE|INTO|DELETE FROM) (\w+)", done), *COPIED}
    lacking = [name for name in Base.metadata.tables if name not in written and f"`{name}`" not in unseen]
    assert lacking == []


@pytest.mark.parametrize("cell", ["recap", "sd"])
def test_a_save_on_an_older_copy_that_was_put_back_makes_nothing_of_it_ours(app_sqlite, cell):
    """Neither by writing over what differs nor beside it: the seal stays that of the copy, and everything is named."""
    app, before = worked(app_sqlite)
    with time_machine.travel(NOW, tick=False):
        with app.app_context(), migrate() as connection:
            alter(connection, ("copy", COPIED), before)
        with app.app_context(), read() as connection:
            named_before = {one.message for one in verify(connection, 1)}
        for amount in ("3.00", "4.00"):
            lines = [{"id": "ligne-bb", "name": "Un", "amount": amount}]
            changes = {"cash_ls_lecture": amount} if cell == "recap" else {"sd_entries": lines}
            Person(app, "auditeur", OPEN).save(cell, changes)
        with app.app_context(), read() as connection:
            found = [one.message for one in verify(connection, 1)]
    assert any("sceau de la nuit est celui de la ligne" in one for one in named_before)
    assert any("sceau de la nuit est celui de la ligne" in one for one in found)
    assert any("recap" in one for one in found)
    assert cell == "recap" or any("cash_ls_lecture" in one for one in found)


def test_settings_that_nobody_wrote_are_named_whatever_their_shape(app_sqlite):
    assert unnamed(worked(app_sqlite), list(of_the_hotel())) == []


@pytest.mark.long
def test_each_alteration_is_named(book):
    assert unnamed(book, ALTERATIONS) == []
