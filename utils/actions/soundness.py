"""The daily look at the database: damage is remembered beside it, where a damaged base cannot lose it."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import structlog
from flask import current_app
from sqlalchemy.exc import SQLAlchemyError

from database import soundness
from database.transaction import StorageError, read

_FILE: Final = "base-endommagee.txt"
_UNREADABLE: Final = "La base de données est endommagée : elle ne se lit plus."
_WHAT_TO_DO: Final = "Arrêter, mettre rj.db de côté, restaurer la dernière sauvegarde."

log = structlog.get_logger("rj.base")


def look_for_damage() -> list[str]:
    """What is damaged in the database, in French; it is remembered until a look finds nothing."""
    try:
        with read() as connection:
            found = soundness.damage(connection)
    except (StorageError, SQLAlchemyError):
        log.exception("base illisible")
        found = [_UNREADABLE]
    if found:
        log.error("base endommagée", constats=found)
        _marker().write_text("\n".join([*found, _WHAT_TO_DO]), encoding="utf-8")
    else:
        _marker().unlink(missing_ok=True)
    return found


def known_damage() -> str:
    """What the last look found; empty when the database was sound."""
    try:
        return _marker().read_text(encoding="utf-8")
    except FileNotFoundError:
        return ""


def _marker() -> Path:
    return Path(current_app.instance_path) / _FILE
