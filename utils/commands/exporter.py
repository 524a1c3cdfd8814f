"""``rj exporter``: a night, a month or a period of a hotel in a file."""

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
from utils.actions.reports.export import FORMS, export_month, export_night, export_period
from utils.commands.refusal import Refusal, need_known_schema
from utils.dates import DateError, read_date

_SIGNATURE: Final = "ligne de commande"


@click.command("exporter")
@click.argument("words", nargs=-1, metavar="[DATE] FICHIER")
@click.option("--hotel", "code", required=True, help="Code de l’hôtel.")
@click.option("--mois", "month", metavar="AAAA-MM", help="Un mois plutôt qu’une nuit.")
@click.option("--du", "start", metavar="AAAA-MM-JJ", help="Le premier jour d’une période.")
@click.option("--au", "end", metavar="AAAA-MM-JJ", help="Le dernier jour d’une période.")
@click.option("--format", "form", type=click.Choice([*FORMS]), default=next(iter(FORMS)), help="La forme du fichier.")
@with_appcontext
def exporter(
    words: tuple[str, ...], code: str, month: str | None, start: str | None, end: str | None, form: str
) -> None:
    """Écrit une nuit, un mois ou une période dans un fichier; le même export deux fois donne les mêmes octets."""
    need_known_schema()
    with read() as connection:
        hotel = properties.property_by_code(connection, code)
    if hotel is None:
        raise Refusal(f"Aucun hôtel n’a le code « {code} ».")
    if len(words) != (1 if month or (start and end) else 2) or (month and (start or end)):
        raise Refusal("Donner la date d’une nuit puis un fichier, ou --mois AAAA-MM, ou --du et --au, et un fichier.")
    machine, at = Machine(hotel.id, _SIGNATURE), dates.now()
    try:
        if start and end:
            found = export_period(machine, _day(start), _day(end), form, at)
        elif month:
            found = export_month(machine, _day(f"{month}-01"), form, at)
        else:
            found = export_night(machine, _day(words[0]), form, at)
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
