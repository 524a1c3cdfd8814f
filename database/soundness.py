"""Whether the database can still be read, page by page: damage of the disk is looked for, not waited for."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from database.base import Base
from database.transaction import StorageError

_LISTED: Final = 5
_DAMAGED: Final = "La base de données est endommagée"


def answer(connection: Connection) -> None:
    """Ask the simplest question of the database; raises when it does not answer."""
    connection.exec_driver_sql("SELECT 1")


def damage(connection: Connection) -> list[str]:
    """What is damaged, as French sentences; nothing of a sound database.

    SQLite checks its own pages; of PostgreSQL every row of every table is read, which its checksums refuse if a page is
    damaged.
    """
    if connection.dialect.name == "sqlite":
        try:
            found = connection.exec_driver_sql(f"PRAGMA quick_check({_LISTED})").scalars().all()
        except (SQLAlchemyError, StorageError):
            return [f"{_DAMAGED} : elle ne se lit plus."]
        return [] if found == ["ok"] else [f"{_DAMAGED} : {len(found)} anomalies dans ses pages (PRAGMA quick_check)."]
    lost = []
    for table in Base.metadata.sorted_tables:
        try:
            with connection.begin_nested():
                connection.exec_driver_sql(f'SELECT sum(length(t::text)) FROM "{table.name}" t')  # noqa: S608
        except (SQLAlchemyError, StorageError):
            lost.append(f"{_DAMAGED} : la table {table.name} ne se lit plus.")
    return lost
