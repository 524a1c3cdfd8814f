"""What the tables refuse by themselves, whoever asks: the last lock, behind those of the application.

The triggers stand outside the migrations: they are dropped before one and made again from the tables as they are once
the schema is complete, since rebuilding a table on SQLite would lose them without a word.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, Row, Table

from database.base import Base
from database.chain import PARTS
from database.models import (
    BooksDay,
    BooksSegment,
    BooksSnapshot,
    Change,
    NightAuditSession,
    NightLine,
    NightRevision,
    NightTab,
    Override,
    Submission,
)

UNSEALED: Final = frozenset(
    {
        "checksum",
        "carry_version",
        "leaves_at",
        "ls_sync_timestamp",
        "ls_sync_status",
        "ls_sync_tabs",
        "marsha_status",
        "marsha_submission_id",
        "marsha_submitted_at",
    }
)
"""Columns of a night that may still move once it is locked."""

_ERASABLE: Final = frozenset({*PARTS, "salt", "erasure"})
_EVENTS: Final = ("INSERT", "UPDATE", "DELETE")


@dataclass(frozen=True, slots=True)
class Rule:
    """On this event of this table, refuse a row for which the condition holds; ``{differs}`` is the engine's word."""

    name: str
    table: str
    event: str
    condition: str
    message: str


def rules() -> Iterator[Rule]:
    """Every refusal."""
    # a change is never deleted; of its columns only the erasable ones move, and only to nothing
    message = "the journal is append-only"
    chained = [column.name for column in Change.__table__.columns if column.name not in _ERASABLE]
    rewritten = " OR ".join(f'(NEW."{part}" IS NOT NULL AND NEW."{part}" {{differs}} OLD."{part}")' for part in PARTS)
    condition = f"{_any_differs(chained)} OR NEW.erasure IS NULL OR NEW.salt IS NOT NULL OR {rewritten}"
    yield Rule("changes_update", "changes", "UPDATE", condition, message)
    yield Rule("changes_delete", "changes", "DELETE", "", message)
    for model in (NightRevision, Submission, Override, BooksSnapshot, BooksSegment, BooksDay):
        table = model.__tablename__
        for event in ("UPDATE", "DELETE"):
            yield Rule(f"{table}_{event.lower()}", table, event, "", f"{table} are written once")
    yield from _locked_nights()
    yield Rule(
        "properties_demo", "properties", "UPDATE", "NEW.demo {differs} OLD.demo", "a property keeps its demo flag"
    )


def install(connection: Connection) -> None:
    """Make every trigger again."""
    drop(connection)
    make = _sqlite if connection.dialect.name == "sqlite" else _postgresql
    for rule in rules():
        for statement in make(rule):
            connection.exec_driver_sql(statement)


def drop(connection: Connection) -> None:
    """Take every trigger of ours away."""
    if connection.dialect.name == "sqlite":
        listed = "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'rj_%'"
        for name, _ in connection.exec_driver_sql(listed).all():
            connection.exec_driver_sql(f"DROP TRIGGER {name}")
        return
    listed = (
        "SELECT proname FROM pg_proc p JOIN pg_type t ON t.oid = p.prorettype "
        "WHERE t.typname = 'trigger' AND proname LIKE 'rj\\_%%' AND pg_function_is_visible(p.oid)"
    )
    for name in connection.exec_driver_sql(listed).scalars().all():
        connection.exec_driver_sql(f"DROP FUNCTION {name} CASCADE")


def missing(connection: Connection) -> list[str]:
    """The triggers that the database lacks, or holds otherwise than we make them."""
    if connection.dialect.name == "sqlite":
        listed = "SELECT sql FROM sqlite_master WHERE type = 'trigger'"
        kept = {text.strip() for text in connection.exec_driver_sql(listed).scalars()}
        return [rule.name for rule in rules() if not set(_sqlite(rule)) <= kept]
    listed = (  # a setting of the function's own would have it look at other tables
        "SELECT proname, prosrc FROM pg_proc "
        "WHERE proname LIKE 'rj\\_%%' AND proconfig IS NULL AND pg_function_is_visible(oid)"
    )
    bodies = {str(row[0]): str(row[1]) for row in connection.exec_driver_sql(listed)}
    standing = {row.made for row in _standing(connection) if row.enabled}
    found = []
    for rule in rules():
        function, *made = _postgresql(rule)
        body = bodies.get(f"rj_{rule.name}", "").strip()
        if not {*made} <= standing or function.split("$$")[1].strip() != body:
            found.append(rule.name)
    return found


def foreign(connection: Connection) -> list[str]:
    """What is not ours and acts in the place of our tables: triggers, views under their names, defaults of columns.

    On PostgreSQL, rules too, event triggers, tables that inherit one of ours, a database told to fire no trigger.
    """
    make = _sqlite if connection.dialect.name == "sqlite" else _postgresql
    ours = {statement for rule in rules() for statement in make(rule)}
    tables = Base.metadata.tables.keys()
    if connection.dialect.name == "sqlite":
        listed = "SELECT name, type, sql FROM sqlite_master WHERE type IN ('trigger', 'view')"
        rows = connection.exec_driver_sql(listed).all()
        found = [
            row.name for row in rows if (row.name.casefold() in tables if row.type == "view" else row.sql not in ours)
        ]
        return sorted([*found, *_strange(connection, _OF_SQLITE)])
    found = [row.tgname for row in _standing(connection) if row.made not in ours]
    listed = (
        "SELECT r.rulename, c.relname, c.relkind FROM pg_rewrite r JOIN pg_class c ON c.oid = r.ev_class "
        "WHERE pg_table_is_visible(c.oid)"
    )
    found += [row.rulename for row in connection.exec_driver_sql(listed) if row.relname in tables]
    return sorted([*found, *_strange(connection, _OF_POSTGRESQL)])


_DEFAULTS: Final = (
    "SELECT m.name AS place, m.name || '.' || c.name AS said FROM sqlite_master m JOIN pragma_table_info(m.name) c "
    "WHERE m.type = 'table' AND c.dflt_value IS NOT NULL"
)
_HEIRS: Final = (
    "SELECT p.relname AS place, c.relname AS said FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid "
    "JOIN pg_class p ON p.oid = i.inhparent WHERE pg_table_is_visible(p.oid)"
)
_GIVEN: Final = (
    "SELECT c.relname AS place, c.relname || '.' || a.attname AS said FROM pg_attrdef d "
    "JOIN pg_class c ON c.oid = d.adrelid JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = d.adnum "
    "WHERE pg_table_is_visible(c.oid) AND strpos(pg_get_expr(d.adbin, d.adrelid), 'nextval(') <> 1"
)
_MUTE: Final = (
    "SELECT NULL AS place, split_part(one, '=', 1) AS said FROM pg_db_role_setting s, unnest(s.setconfig) one "
    "WHERE s.setdatabase IN (0, (SELECT oid FROM pg_database WHERE datname = current_database())) "
    "AND strpos(one, 'session_replication_role=') = 1"
)
_SILENT: Final = (
    "SELECT name AS place, name AS said FROM sqlite_master "
    "WHERE type = 'table' AND (sql LIKE '%ON CONFLICT%' OR sql NOT LIKE 'CREATE TABLE%')"
)
"""A table that takes a row for another without a word, or that is kept elsewhere: ours are neither."""
_OF_SQLITE: Final = (_DEFAULTS, _SILENT)
_MUTED: Final = (
    "SELECT NULL AS place, name AS said FROM pg_settings "
    "WHERE name = 'session_replication_role' AND reset_val <> 'origin'"
)
_EVENT_TRIGGERS: Final = "SELECT NULL AS place, evtname AS said FROM pg_event_trigger"
_OF_POSTGRESQL: Final = (_EVENT_TRIGGERS, _HEIRS, _GIVEN, _MUTE, _MUTED)
"""What acts on a table of ours, or on the whole database where no place is named."""


def _strange(connection: Connection, listed: Iterable[str]) -> list[str]:
    rows = [row for statement in listed for row in connection.exec_driver_sql(statement)]
    return [row.said for row in rows if row.place is None or row.place in Base.metadata.tables]


def _standing(connection: Connection) -> Sequence[Row[Any]]:
    """The triggers that a query of PostgreSQL meets, as it would make them again."""
    listed = (
        "SELECT pg_get_triggerdef(oid, true) AS made, tgname, tgenabled IN ('O', 'A') AS enabled FROM pg_trigger "
        "WHERE NOT tgisinternal AND pg_table_is_visible(tgrelid)"
    )
    return connection.exec_driver_sql(listed).all()


def _locked_nights() -> Iterator[Rule]:
    """A locked night moves by two ways only: a correction is opened, or its submission is taken back."""
    message = "the night is locked"
    columns = [column.name for column in NightAuditSession.__table__.columns if column.name not in UNSEALED]
    touched = f"{_any_differs(columns)} OR (OLD.checksum IS NOT NULL AND NEW.checksum {{differs}} OLD.checksum)"
    table = NightAuditSession.__tablename__
    taken_back = "(NEW.status = 'in_progress' AND NEW.leaves_at IS NULL AND OLD.leaves_at IS NOT NULL)"
    leaves = f"(NEW.status NOT IN ('locked', 'correcting') AND NOT {taken_back})"
    condition = f"OLD.status = 'locked' AND ({leaves} OR (NEW.status = 'locked' AND ({touched})))"
    yield Rule("nights_update", table, "UPDATE", condition, message)
    yield Rule("nights_delete", table, "DELETE", f"OLD.status = 'locked' AND NOT ({_UNDONE})", message)
    for model in (NightTab, NightLine):
        for event in _EVENTS:
            rows = {"INSERT": ("NEW",), "UPDATE": ("OLD", "NEW"), "DELETE": ("OLD",)}[event]
            nights = ", ".join(f"{row}.night_id" for row in rows)
            kept = f"AND NOT ({_UNDONE})".replace("OLD.", f"{table}.") if event == "DELETE" else ""
            locked = f"EXISTS (SELECT 1 FROM {table} WHERE id IN ({nights}) AND status = 'locked' {kept})"  # noqa: S608
            yield Rule(f"{model.__tablename__}_{event.lower()}", model.__tablename__, event, locked, message)


_UNDONE: Final = "EXISTS (SELECT 1 FROM month_imports i WHERE i.id = OLD.import_id AND i.status = 'defait')"
"""A night whose import is undone goes with it, locked as it is; the journal says so, else the verification does."""


def _any_differs(columns: Iterable[str]) -> str:
    return " OR ".join(f'NEW."{column}" {{differs}} OLD."{column}"' for column in columns)


def _sqlite(rule: Rule) -> Iterator[str]:
    when = f"WHEN {rule.condition.format(differs='IS NOT')} " if rule.condition else ""
    yield (
        f"CREATE TRIGGER rj_{rule.name} BEFORE {rule.event} ON {rule.table} FOR EACH ROW {when}"
        f"BEGIN SELECT RAISE(ABORT, '{rule.message}'); END"
    )


def _postgresql(rule: Rule) -> Iterator[str]:
    """The condition stands in the function: a trigger's own WHEN cannot look at another table."""
    condition = rule.condition.format(differs="IS DISTINCT FROM") or "true"
    row = "OLD" if rule.event == "DELETE" else "NEW"
    yield (
        f"CREATE OR REPLACE FUNCTION rj_{rule.name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF {condition} THEN RAISE EXCEPTION '{rule.message}' USING ERRCODE = 'integrity_constraint_violation'; "
        f"END IF; RETURN {row}; END $$"
    )
    yield (
        f"CREATE TRIGGER rj_{rule.name} BEFORE {rule.event} ON {rule.table} "
        f"FOR EACH ROW EXECUTE FUNCTION rj_{rule.name}()"
    )
    if not rule.condition and rule.event == "DELETE":
        yield (
            f"CREATE TRIGGER rj_{rule.name}_all BEFORE TRUNCATE ON {rule.table} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION rj_{rule.name}()"
        )


def sealed_columns() -> list[str]:
    """The columns of a night that a lock closes."""
    table: Table = NightAuditSession.__table__  # type: ignore[assignment]
    return [column.name for column in table.columns if column.name not in UNSEALED]
