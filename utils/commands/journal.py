"""`rj journal`: the proof of the book."""

from __future__ import annotations

import re
import sys
from typing import Final

import click
from flask.cli import AppGroup

from database import properties
from database.journal_head import denied
from database.resealing import AlteredBook, reseal
from database.transaction import migrate, read
from database.verification import verify
from utils import dates
from utils.actions.altered import sentence
from utils.actions.put_back import put_back
from utils.actions.refusals import Refusal as Refused
from utils.actions.soundness import look_for_damage
from utils.commands.refusal import Refusal, need_known_schema

_WITNESS: Final = re.compile(r"(\d{1,15})\s*:\s*([0-9a-fA-F]{16,64})", re.ASCII)

journal = AppGroup("journal", help="Le journal de ce qui a changé, et sa preuve.")


@journal.command("verifier")
@click.option("--hotel", "code", help="Code de l’hôtel; tous les hôtels si rien n’est dit.")
@click.option("--temoin", help="Tête du journal lue sur un bilan ou une nuit imprimée, LIGNE:EMPREINTE; veut --hotel.")
def verifier(code: str | None, temoin: str | None) -> None:
    """Vérifie la chaîne, les nuits verrouillées et les instantanés; code de sortie 1 si quelque chose a changé."""
    witness = None
    if temoin is not None:  # rank and beginning of the hash of a row, as somebody read them outside of the book
        read_there = _WITNESS.fullmatch(temoin.strip())
        if read_there is None or code is None:
            raise Refusal("Un témoin s’écrit LIGNE:EMPREINTE (16 caractères ou plus), avec --hotel.")
        witness = (int(read_there[1]), read_there[2].lower())
    need_known_schema()
    with read() as connection:
        hotels = {key: name for key, name in properties.every_code(connection).items() if code in (None, name)}
    if not hotels:
        raise Refusal(f"Aucun hôtel n’a le code « {code} »." if code else "Aucun hôtel : rien n’est prouvé.")
    damaged = look_for_damage()
    for line in damaged:
        click.echo(line)
    intact = not damaged
    for property_id, name in hotels.items():
        with read() as connection:
            found = [sentence(one) for one in verify(connection, property_id)]
            refuted = denied(connection, property_id, *witness) if witness else None
        if not name:
            found.append("hôtel : il n’est plus dans la base, qui a encore son journal ou ses nuits.")
        if refuted:
            found.append(f"témoin : {refuted}")
        for line in found:
            click.echo(f"{name or f'hôtel n° {property_id}'}, {line}")
        if not found:
            click.echo(f"{name} : le journal est intact.")
        intact = intact and not found
    sys.exit(0 if intact else 1)


@journal.command("resceller")
def resceller() -> None:
    """Scelle tout le livre sous la clé présente : l’ancienne ne prouve plus rien, et peut quitter la configuration."""
    need_known_schema()
    try:
        with migrate() as connection:
            count = reseal(connection, dates.now())
    except AlteredBook as error:
        raise Refusal(str(error)) from None
    click.echo(f"Livre scellé de nouveau, hôtels : {count}. Retirer l’ancienne clé de SECRET_KEY_FALLBACKS.")


@journal.command("retablir")
@click.option("--hotel", "code", required=True, help="Code de l’hôtel.")
@click.option("--nuit", "night", required=True, metavar="AAAA-MM-JJ", help="Date de la nuit altérée.")
@click.option("--motif", help="Pourquoi; gardé au journal.")
def retablir(code: str, night: str, motif: str | None) -> None:
    """Remet dans la base ce que le journal dit d’une nuit ouverte ou soumise, et l’écrit au journal."""
    need_known_schema()
    with read() as connection:
        hotel = properties.property_by_code(connection, code)
    if hotel is None:
        raise Refusal(f"Aucun hôtel n’a le code « {code} ».")
    try:
        changed = put_back(hotel, dates.read_date(night), motif, dates.now())
    except (dates.DateError, Refused) as error:
        raise Refusal(str(error)) from None
    for line in changed:
        click.echo(f"{hotel.code}, nuit {night} : {line}")
    if not changed:
        click.echo(f"{hotel.code}, nuit {night} : rien à rétablir, elle est ce que dit le journal.")
