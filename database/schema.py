"""The schema moved from one migration to another, its triggers with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from database import night_seals, seals, triggers
from database.models import NightSeal
from database.replay import say_unsaid_roles
from database.transaction import migrate
from utils import dates

MIGRATIONS: Final = Path(__file__).parent / "migrations"
_LOCK: Final = 7_242_017
"""The advisory lock of PostgreSQL that a migration holds: any number that is ours alone."""


class UnknownSchema(Exception):
    """The database was prepared by another version of the product; a French sentence says so."""


class BrokenReferences(Exception):
    """A migration left rows that point nowhere; it is undone."""


@dataclass(frozen=True, slots=True)
class BroughtUp:
    """A book whose nights were to be sealed: those that took no seal, each with why, since the journal denies them."""

    refused: Mapping[int, list[str]]


def upgrade(target: str = "head") -> BroughtUp | None:
    """Bring the schema up to a revision, alone; does nothing when it stands there.

    What became of the nights is returned when they had no seals and were to take them.
    """
    return _move(target, up=True)


def downgrade(target: str) -> None:
    """Bring the schema down to a revision, keeping the rows that it can hold; ``base`` empties it."""
    _move(target, up=False)


def head() -> str:
    """The newest revision."""
    return str(ScriptDirectory.from_config(_config()).get_current_head())


def current(connection: Connection) -> str | None:
    """The revision at which the schema of this database stands."""
    return MigrationContext.configure(connection).get_current_revision()


def knows(revision: str) -> bool:
    """Whether a revision is one of ours."""
    return revision in {script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()}


def trouble(connection: Connection) -> str:
    """Why this version must not serve this database, in French; empty when its schema is ours, or it has none yet."""
    found = current(connection)
    if found in (None, head()):
        return ""
    if knows(str(found)):
        return f"La base de données est d’une version antérieure ({found}) : lancer « flask base preparer »."
    return _NEWER.format(found)


_NEWER: Final = (
    "La base de données vient d’une version plus récente de RJ Natif (« {} ») que celle-ci ne connaît pas : "
    "installer cette version, ou restaurer une sauvegarde. Rien n’a été changé."
)


@contextmanager
def rebuilt(connection: Connection, revision: str) -> Iterator[None]:
    """Empty the schema and make it again at a revision; once it was filled, bring it up to the newest."""
    hold(connection)
    triggers.drop(connection)
    if current(connection) is not None:
        command.downgrade(_config(connection), "base")
    command.upgrade(_config(connection), revision)
    yield
    unsealed = not night_seals.has_seals(connection)
    command.upgrade(_config(connection), "head")
    if unsealed:
        _bring_up(connection)
    _check_references(connection)
    triggers.install(connection)


def revise(message: str) -> None:
    """Write a new migration from what the tables declare and the database lacks, for a developer to read."""
    with migrate() as connection:
        config = _config(connection)
        number = 1 + len(list(ScriptDirectory.from_config(config).walk_revisions()))
        command.revision(config, message, autogenerate=True, rev_id=f"{number:04d}")


def hold(connection: Connection) -> None:
    """Keep other preparations out until the transaction ends; on SQLite it is alone already."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})


def _move(target: str, *, up: bool) -> BroughtUp | None:
    with migrate() as connection:
        hold(connection)
        found = current(connection)
        if up and target == "head" and found == head():
            NightSeal.__table__.create(connection, checkfirst=True)  # type: ignore[attr-defined]
            return None
        if found is not None and not knows(found):
            raise UnknownSchema(_NEWER.format(found))
        unsealed = not night_seals.has_seals(connection)
        triggers.drop(connection)
        (command.upgrade if up else command.downgrade)(_config(connection), target)
        _check_references(connection)
        if current(connection) != head():
            return None
        brought = _bring_up(connection) if unsealed else None
        triggers.install(connection)
        return brought


def _bring_up(connection: Connection) -> BroughtUp:
    """What the proof needs of a book made before it: seals of what its journal proves, roles said in the journal."""
    say_unsaid_roles(connection, dates.now())
    refused = night_seals.seal_proven(connection)
    seals.seal_readings(connection)
    return BroughtUp(refused)


def _check_references(connection: Connection) -> None:
    """Foreign keys were off on SQLite: see that every reference still leads somewhere."""
    if connection.dialect.name == "sqlite":
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
        if broken:
            raise BrokenReferences(f"{len(broken)} rows point nowhere, the first in {broken[0][0]}.")


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    config.attributes["connection"] = connection
    return config
