"""`sauvegarde`: the whole book in one sealed file, and back."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import click
from flask import current_app
from flask.cli import AppGroup
from sqlalchemy import Connection

from database import backup, journal, properties
from database.backup_file import BadBackup, Summary, backup_keys, check_backup, read_records, write_backup
from database.base import KEYS
from database.envelope import SealingKey
from database.journal import Actor, Entry
from database.keys import journal_keys
from database.transaction import StorageError, migrate, snapshot
from database.types import canonical
from database.verification import verify
from utils import dates
from utils.commands.refusal import Refusal

_MADE_UP: Final = "cle_secrete"
"""Where a demonstration keeps the key that it made; it is lost with the directory of the data."""

_SHORTEST: Final = 32

sauvegarde = AppGroup("sauvegarde", help="La sauvegarde du livre entier, chiffrée, et son retour.")
_file = click.argument("file", metavar="FICHIER", type=click.Path(path_type=Path, dir_okay=False))


@sauvegarde.command("creer")
@_file
def creer(file: Path) -> None:
    """Écrit la sauvegarde dans FICHIER, pendant que les gens travaillent; le fichier ne doit pas exister."""
    if _beside(file).exists():
        raise Refusal(f"« {_beside(file)} » existe déjà : rien n’est écrit.")
    keys = _keys(file)
    try:
        with snapshot() as connection:
            header = backup.header_of(connection, dates.now())
            write_backup(file, keys[0], header, backup.dump(connection))
        summary = check_backup(file, keys)
    except (BadBackup, StorageError) as error:
        raise Refusal(str(error)) from None
    except FileExistsError:
        raise Refusal(f"« {file} » existe déjà : rien n’est écrit.") from None
    except OSError as error:
        raise Refusal(f"« {file} » ne peut pas être écrit ({error.strerror}).") from None
    _say(summary, f"Sauvegarde écrite et relue : {file}")
    if _made_up() and not _settings().sauvegarde_cle:
        _beside(file).write_text(_made_up(), encoding="ascii")
        _beside(file).chmod(0o600)
        click.echo(f"Clé de cette démonstration : {_beside(file)}. Sans elle, la sauvegarde ne s’ouvre pas.")


@sauvegarde.command("verifier")
@_file
def verifier(file: Path) -> None:
    """Ouvre FICHIER d’un bout à l’autre sans rien restaurer; code de sortie 1 si un octet a changé."""
    _say(_checked(file), f"Sauvegarde intacte : {file}")


@sauvegarde.command("restaurer")
@_file
@click.option("--remplacer", "replace", is_flag=True, help="Remplace le livre présent, qui est perdu.")
def restaurer(file: Path, replace: bool) -> None:
    """Remet le livre de FICHIER dans une base vide, puis vérifie le journal : tout est gardé, ou rien."""
    summary = _checked(file)
    try:
        with migrate() as connection:
            if not replace and not backup.is_empty(connection):
                raise BadBackup("La base n’est pas vide : ajouter --remplacer pour perdre ce qu’elle contient.")
            before = backup.hotels(connection)
            backup.load(connection, summary.header["revision"], read_records(file, _keys(file)))
            _refuse_figures_of_a_demonstration(before, backup.hotels(connection))
            _verify(connection, file, summary)
    except (BadBackup, StorageError) as error:
        raise Refusal(str(error)) from None
    if _made_up() and _beside(file).exists():
        made_up = Path(current_app.instance_path) / _MADE_UP
        made_up.write_text(_beside(file).read_text(encoding="ascii"), encoding="ascii")
    _say(summary, "Livre restauré; le journal est intact.")


def _refuse_figures_of_a_demonstration(before: Mapping[str, bool], after: Mapping[str, bool]) -> None:
    """No hotel changes its nature by a restoration, and a real installation is not made of fictitious hotels alone."""
    for code in before.keys() & after.keys():
        if before[code] != after[code]:
            kinds = ("une démonstration", "un hôtel réel") if before[code] else ("un hôtel réel", "une démonstration")
            raise BadBackup(f"« {code} » est ici {kinds[0]}, et dans la sauvegarde {kinds[1]}. Rien n’est restauré.")
    if after and all(after.values()) and (not _settings().demo or not all(before.values())):
        raise BadBackup("Cette sauvegarde ne contient que des chiffres de démonstration. Rien n’est restauré.")


def _verify(connection: Connection, file: Path, summary: Summary) -> None:
    """Refuse a book that does not prove itself; then write in it where it comes from."""
    held = connection.execution_options(**{KEYS: journal_keys(*_secrets(file))})
    entry = Entry("restauration", new=canonical({"empreinte": summary.digest, "cree": summary.header["cree"]}))
    for hotel in properties.all_properties(held):
        problems = verify(held, hotel.id)
        if problems:
            raise BadBackup(f"{hotel.code}, {problems[0].place} : {problems[0].message} Rien n’est restauré.")
        journal.append(held, hotel.id, Actor(None, "système"), dates.now(), [entry])


def _checked(file: Path) -> Summary:
    try:
        return check_backup(file, _keys(file))
    except BadBackup as error:
        raise Refusal(str(error)) from None
    except OSError as error:
        raise Refusal(f"« {file} » ne peut pas être lu ({error.strerror}).") from None


def _say(summary: Summary, sentence: str) -> None:
    header, rows = summary.header, sum(summary.counts.values())
    click.echo(sentence)
    click.echo(f"Faite le {header['cree']}, {header['moteur']}, révision {header['revision']}, {rows} lignes")
    click.echo(f"SHA-256 : {summary.digest}")


def _settings() -> Any:  # noqa: ANN401 - the commands do not know the settings' class
    return current_app.config["SETTINGS"]


def _keys(file: Path) -> tuple[SealingKey, ...]:
    """The keys of backups: that of SAUVEGARDE_CLE first when there is one."""
    given = _settings().sauvegarde_cle
    if given and len(given) < _SHORTEST:
        raise Refusal(f"SAUVEGARDE_CLE est trop courte : il faut au moins {_SHORTEST} caractères au hasard.")
    return backup_keys(*([given] if given else []), *_secrets(file))


def _secrets(file: Path) -> list[str]:
    """The secrets of this installation; a demonstration also knows the one kept beside its backup."""
    settings = _settings()
    kept = [_beside(file).read_text(encoding="ascii").strip()] if _made_up() and _beside(file).exists() else []
    return [*kept, settings.secret_key, *settings.secret_key_fallbacks]


def _made_up() -> str:
    """The key that this demonstration made for itself; nothing when it was given one."""
    path = Path(current_app.instance_path) / _MADE_UP
    kept = path.read_text(encoding="ascii").strip() if path.exists() else ""
    return kept if kept == _settings().secret_key else ""


def _beside(file: Path) -> Path:
    return file.with_name(f"{file.name}.cle")
