"""The whole book as records, and the book made again from them: the same on both engines, whatever the revision.

    with snapshot() as connection: write_backup(path, key, header_of(connection, now), dump(connection))
    with migrate() as connection: load(connection, header["revision"], records)

The tables are read as they stand in the database, not as the program declares them: a backup made before an upgrade
comes back after it. Open sessions and counted log-in attempts stay out: a restored book opens no door by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from itertools import islice
from typing import Any, Final

from sqlalchemy import Connection, Date, DateTime, MetaData, Table, func, insert, select, text

from database import schema
from database.backup_file import END, BadBackup

LEFT_OUT: Final = frozenset(
    {
        "alembic_version",
        "user_sessions",
        "login_throttles",
        "access_passes",
        "scheduler_pulse",
    }
)
"""Besides sessions and attempts, the pulse: in a restored book what runs by itself begins again from that day, so that
nothing of the days between is done or sent a second time."""

_CHUNK: Final = 500


def header_of(connection: Connection, at: datetime) -> dict[str, str]:
    """What the header of a backup says of its book."""
    revision = schema.current(connection)
    if revision is None:
        raise BadBackup("La base de données n’est pas préparée : il n’y a rien à sauvegarder.")
    return {
        "cree": at.astimezone(UTC).isoformat(timespec="seconds"),
        "moteur": connection.dialect.name,
        "revision": revision,
    }


def dump(connection: Connection) -> Iterator[Sequence[Any]]:
    """Every row of every table, parents first, then the number of rows of each table."""
    counts: dict[str, int] = {}
    for table in _tables(connection):
        yield ("table", table.name, [column.name for column in table.columns])
        counts[table.name] = 0
        statement = select(table).order_by(*table.primary_key.columns).execution_options(yield_per=_CHUNK)
        for row in connection.execute(statement):
            counts[table.name] += 1
            yield ("r", *map(_plain, row))
    yield (END, counts)


def is_empty(connection: Connection) -> bool:
    """Whether no table holds a row."""
    tables = _tables(connection, frozenset({"alembic_version", "scheduler_pulse"}))
    return all(connection.execute(select(func.count()).select_from(table)).scalar_one() == 0 for table in tables)


def hotels(connection: Connection) -> dict[str, bool]:
    """The hotels of the book by code: whether each is a demonstration. Nothing in a database without tables."""
    if schema.current(connection) is None:
        return {}
    return {code: bool(demo) for code, demo in connection.execute(text("SELECT code, demo FROM properties"))}


def load(connection: Connection, revision: str, records: Iterable[Sequence[Any]]) -> None:
    """Replace the whole book by these records; the schema ends at the newest revision, its triggers in place."""
    if not schema.knows(revision):
        raise BadBackup("La sauvegarde vient d’une version plus récente de RJ Natif : mettre à jour d’abord.")
    with schema.rebuilt(connection, revision):
        tables = {table.name: table for table in _tables(connection)}
        for name, columns, rows in _sections(records):
            readers = [_reader(connection, tables[name], column) for column in columns]
            while chunk := list(islice(rows, _CHUNK)):
                read = [[one(value) for one, value in zip(readers, row, strict=True)] for row in chunk]
                connection.execute(insert(tables[name]), [dict(zip(columns, row, strict=True)) for row in read])
        if connection.dialect.name == "postgresql":
            for table in tables.values():
                _move_sequence(connection, table)


def _tables(connection: Connection, but: frozenset[str] = LEFT_OUT) -> list[Table]:
    """The tables as they stand, parents before children."""
    found = MetaData()
    found.reflect(connection)
    return [table for table in found.sorted_tables if table.name not in but]


def _sections(records: Iterable[Sequence[Any]]) -> Iterator[tuple[str, list[str], Iterator[Sequence[Any]]]]:
    """The records table by table."""
    source = iter(records)
    ahead: list[Sequence[Any]] = [next(source)]

    def rows() -> Iterator[Sequence[Any]]:
        for record in source:
            if record[0] != "r":
                ahead.append(record)
                return
            yield record[1:]

    while ahead and ahead[-1][0] == "table":
        _, name, columns = ahead.pop()
        yield name, columns, rows()


def _plain(value: object) -> str | int | None:
    """A value as JSON has it; an instant is in UTC (SQLite keeps it so, without saying it)."""
    if isinstance(value, datetime):
        aware = value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
        return aware.isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    if value is None or isinstance(value, str | bool | int):
        return value
    raise TypeError(f"A backup cannot hold a {type(value).__name__}.")


def _reader(connection: Connection, table: Table, column: str) -> Callable[[Any], object]:
    """What makes a value of this column from its JSON."""
    kind = table.c[column].type
    naive = connection.dialect.name == "sqlite"

    def instant(value: str | None) -> datetime | None:
        moment = None if value is None else datetime.fromisoformat(value)
        return moment.replace(tzinfo=None) if moment and naive else moment

    if isinstance(kind, DateTime):
        return instant
    if isinstance(kind, Date):
        return lambda value: None if value is None else date.fromisoformat(value)
    return lambda value: value


def _move_sequence(connection: Connection, table: Table) -> None:
    """Let the next row take a number that is free."""
    for column in table.primary_key.columns:
        place = {"t": table.name, "c": column.name}
        sequence = connection.execute(text("SELECT pg_get_serial_sequence(:t, :c)"), place).scalar_one()
        if sequence is not None:
            last = connection.execute(select(func.max(column))).scalar_one()
            setting = {"s": sequence, "n": last or 1, "used": last is not None}
            connection.execute(text("SELECT setval(CAST(:s AS regclass), :n, :used)"), setting)
