"""The whole book written in one sealed file a night, read again before anybody counts on it, the old ones let go."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final, NamedTuple

from database import backup
from database.backup_file import BadBackup, backup_keys, check_backup, write_backup
from database.envelope import SealingKey
from database.transaction import snapshot
from utils import dates
from utils.actions.apart import apart

_A_DAY: Final = timedelta(days=1)
_NAME: Final = re.compile(r"rj-([0-9]{4}-[0-9]{2}-[0-9]{2})(-[0-9]+)?\.sauvegarde")


class Written(NamedTuple):
    """A backup that was read again from end to end."""

    name: str
    rows: int
    digest: str


def back_up(folder: Path, night: date, settings: Any) -> Written:
    """Write the backup of a night in a folder that only this account reads; a former one of the same night stays.

    Raises ``BadBackup`` when what was written cannot be read again, ``OSError`` when the disk refuses.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path, keys = _free(folder, night), keys_of(settings)
    with snapshot() as connection:
        header = backup.header_of(connection, dates.now())
        write_backup(path, keys[0], header, backup.dump(connection))
    try:
        summary = check_backup(path, keys)
    except BadBackup:
        path.unlink(missing_ok=True)
        raise
    return Written(path.name, sum(summary.counts.values()), summary.digest)


def prune(folder: Path, night: date, days: int) -> int:
    """Delete the backups of nights older than this many days before one: how many.

    One of a night that has not come takes the name of this one, to go in its turn. Raises once all were tried.
    """
    limit, gone = night - timedelta(days=days), 0
    failures: list[Exception] = []
    for path in reversed(kept(folder)):
        with apart("sauvegardes échues", failures, fichier=path.name):
            if _night_of(path) > night + _A_DAY:  # written under a clock that was ahead
                path.rename(_free(folder, night))
            elif _night_of(path) < limit:
                path.unlink(missing_ok=True)
                gone += 1
    if failures:
        raise failures[0]
    return gone


def kept(folder: Path) -> list[Path]:
    """The backups that are there, the latest night first."""
    found = ((path, _NAME.fullmatch(path.name)) for path in folder.glob("rj-*.sauvegarde"))
    return sorted((path for path, ours in found if ours and dates.is_date(ours[1])), reverse=True)


def _night_of(path: Path) -> date:
    return date.fromisoformat(path.name[3:13])


def keys_of(settings: Any) -> tuple[SealingKey, ...]:
    """The keys of the backups of an installation, the one that seals first."""
    own = [settings.sauvegarde_cle] if settings.sauvegarde_cle else []
    return backup_keys(*own, settings.secret_key, *settings.secret_key_fallbacks)


def _free(folder: Path, night: date) -> Path:
    """A name that is not taken: a backup never writes over another."""
    name, rank = folder / f"rj-{night.isoformat()}.sauvegarde", 2
    while name.exists():
        name, rank = folder / f"rj-{night.isoformat()}-{rank}.sauvegarde", rank + 1
    return name
