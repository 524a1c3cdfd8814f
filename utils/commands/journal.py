"""`rj journal`: the proof of the book."""

from __future__ import annotations

import sys

import click
from flask.cli import AppGroup

from database import properties
from database.properties import Hotel
from database.transaction import read
from database.verification import verify
from utils.commands.refusal import Refusal

journal = AppGroup("journal", help="Le journal de ce qui a changé, et sa preuve.")


@journal.command("verifier")
@click.option("--hotel", "code", help="Code de l’hôtel; tous les hôtels si rien n’est dit.")
def verifier(code: str | None) -> None:
    """Vérifie la chaîne, les nuits verrouillées et les instantanés; code de sortie 1 si quelque chose a changé."""
    with read() as connection:
        hotels = [one for one in properties.all_properties(connection) if code in (None, one.code)]
    if code and not hotels:
        raise Refusal(f"Aucun hôtel n’a le code « {code} ».")
    intact = [_report(hotel) for hotel in hotels]
    sys.exit(0 if all(intact) else 1)


def _report(hotel: Hotel) -> bool:
    """Say what is wrong with the book of a hotel, each thing by its place; whether nothing is."""
    with read() as connection:
        problems = verify(connection, hotel.id)
    for problem in problems:
        click.echo(f"{hotel.code}, {problem.place} : {problem.message}")
    if not problems:
        click.echo(f"{hotel.code} : le journal est intact.")
    return not problems
