"""``rj exporter``: a night or a month of a hotel in a file."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Final

import click
from flask.cli import with_appcontext

from database import properties
from database.transaction import read
from utils import dates
from utils.actions.person import Machine
from utils.actions.refusals import Refusal as Refused
from utils.actions.reports.export import TYPES, export_month, export_night
from utils.commands.refusal import Refusal, need_known_schema
from utils.dates import DateError, read_date

_SIGNATURE: Final = "ligne de commande"


@click.command("exporter")
@click.argument("words", nargs=-1, metavar="[DATE] FICHIER")
@click.option("--hotel", "code", required=True, help="Code de l’hôtel.")
@click.option("--mois", "month", metavar="AAAA-MM", help="Un mois plutôt qu’une nuit.")
@click.option("--format", "form", type=click.Choice([*TYPES]), default=next(iter(TYPES)), help="La forme du fichier.")
@with_appcontext
def exporter(words: tuple[str, ...], code: str, month: str | None, form: str) -> None:
    """Écrit une nuit, ou un mois, dans un fichier; le même export deux fois donne les mêmes octets."""
    need_known_schema()
    with read() as connection:
        hotel = properties.property_by_code(connection, code)
    if hotel is None:
        raise Refusal(f"Aucun hôtel n’a le code « {code} ».")
    if len(words) != (1 if month else 2):
        raise Refusal("Donner la date d’une nuit puis un fichier, ou --mois AAAA-MM et un fichier.")
    day = _day(f"{month}-01" if month else words[0])
    give = export_month if month else export_night
    try:
        found = give(Machine(hotel.id, _SIGNATURE), day, form, dates.now())
    except Refused as refused:
        raise Refusal(refused.sentence) from None
    path = Path(words[-1])
    try:
        path.write_bytes(found.content)
    except OSError as cause:
        raise Refusal(f"« {path} » ne s’écrit pas : {cause.strerror}.") from None
    click.echo(f"{path} : {len(found.content)} octets")


def _day(text: str) -> date:
    try:
        return read_date(text)
    except DateError as error:
        raise Refusal(str(error)) from None
