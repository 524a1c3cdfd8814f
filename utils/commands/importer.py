"""``rj importer``: the hotel's past workbooks, from files: looked at, brought in, taken away."""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path
from typing import Final

import click
from flask.cli import with_appcontext

from database import imports, properties
from database.models import IMPORTED, PROPOSED
from database.properties import Hotel
from database.transaction import read
from utils import dates
from utils.actions.imports.enter import enter_month
from utils.actions.imports.propose import Dropped, Sent, as_json, look, propose
from utils.actions.imports.undo import undo_month
from utils.actions.person import Machine
from utils.actions.refusals import Refusal as Refused
from utils.commands.refusal import Refusal, need_known_schema

_SIGNATURE: Final = "ligne de commande"


@click.command("importer")
@click.argument("files", nargs=-1, metavar="FICHIER...")
@click.option("--hotel", "code", required=True, help="Code de l’hôtel.")
@click.option("--a-blanc", "dry", is_flag=True, help="Dit ce qui entrerait, sans rien écrire.")
@click.option("--defaire", "month", metavar="AAAA-MM", help="Retire du livre les nuits importées de ce mois.")
@click.option("--json", "plain", is_flag=True, help="Répond en JSON.")
@with_appcontext
def importer(files: tuple[str, ...], code: str, month: str | None, *, dry: bool, plain: bool) -> None:
    """Importe les classeurs d’un hôtel (RJ et SD, .xls ou .xlsx) : 1 si une nuit reste dehors, 2 si un est refusé."""
    need_known_schema()
    with read() as connection:
        hotel = properties.property_by_code(connection, code)
    if hotel is None:
        raise Refusal(f"Aucun hôtel n’a le code « {code} ».")
    if month:
        _undo(hotel, month)
        return
    if not files:
        raise Refusal("Nommer au moins un classeur, ou --defaire et un mois.")
    person = Machine(hotel.id, _SIGNATURE)
    sent = []
    for name in files:
        try:
            sent.append(Sent(Path(name).name, Path(name).read_bytes()))
        except OSError:
            raise Refusal(f"Le fichier « {name} » ne peut pas être lu.") from None
    found = (look if dry else propose)(person, sent, dates.now())
    if not dry:
        _enter(person)
    click.echo(json.dumps(as_json(found), ensure_ascii=False) if plain or dry else _said(found))
    conflicts = any(night.conflict for one in found.months for night in one.nights)
    sys.exit(2 if found.refused else int(conflicts))


def _enter(person: Machine) -> None:
    """Bring in every month that is proposed, each in its transaction; progress goes to standard error."""
    with read() as connection:
        waiting = [one for one in imports.list_of(connection, person.property_id) if one.status == PROPOSED]
    for one in sorted(waiting, key=lambda kept: kept.month):
        try:
            count = enter_month(person, one.id, dates.now())
        except Refused as refused:
            click.echo(f"{one.month:%Y-%m} : {refused.sentence}", err=True)
        else:
            click.echo(f"{one.month:%Y-%m} : {count} nuits importées.", err=True)


def _undo(hotel: Hotel, month: str) -> None:
    try:
        first = date.fromisoformat(f"{month}-01")
    except ValueError:
        raise Refusal("Un mois s’écrit AAAA-MM, par exemple 2025-12.") from None
    with read() as connection:
        found = [one for one in imports.list_of(connection, hotel.id) if (one.month, one.status) == (first, IMPORTED)]
    if not found:
        raise Refusal(f"Aucune importation de {month} n’est dans le livre.")
    for one in found:
        try:
            count = undo_month(Machine(hotel.id, _SIGNATURE), one.id, dates.now())
        except Refused as refused:
            raise Refusal(refused.sentence) from None
        click.echo(f"{month} : {count} nuits retirées; le journal en garde la trace.")


def _said(found: Dropped) -> str:
    """What became of the files, in French, a line a thing."""
    lines = [
        f"{file.name} : {f'{flaw.sheet}!{flaw.cell} : ' if flaw.cell else ''}{flaw.message}"
        for file in found.refused
        for flaw in file.flaws
    ]
    lines += [f"{name} : déjà importé ({month:%Y-%m})." for name, month in found.known.items()]
    for month in found.months:
        lines += [f"{night.day.isoformat()} : {night.conflict}" for night in month.nights if night.conflict]
        lines += [f"{place} : {sentence}" if place else sentence for _, place, sentence in month.notes]
        for night in month.nights:
            lines += [
                f"{night.day.isoformat()} {gap.field} : classeur {gap.book or 'sans résultat'}, "
                f"RJ Natif {gap.ours or 'absent'} ({gap.place}). {gap.reason}"
                for gap in night.gaps
            ]
    return "\n".join(lines) or "Rien à signaler."
