"""`hotel`: hotels, by command."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import click
from flask.cli import AppGroup

from utils.actions.create_hotel import HotelError, NewHotel, create_hotel
from utils.actions.lightspeed.seed import seed_first_hotel
from utils.commands.refusal import Refusal

hotel = AppGroup("hotel", help="Les hôtels : en créer un.")


@hotel.command("creer")
@click.option("--code", required=True, help="Code court, par exemple LAVAL : il figure sur les pages.")
@click.option("--nom", "name", required=True, help="Nom de l’hôtel.")
@click.option("--chambres", "rooms", required=True, type=click.IntRange(1, 9999), help="Nombre de chambres.")
@click.option("--fuseau", "time_zone", default="America/Toronto", show_default=True, help="Fuseau horaire.")
@click.option("--devise", "currency", default="CAD", show_default=True, help="Devise, en trois lettres.")
@click.option("--ouverture", required=True, type=click.DateTime(["%Y-%m-%d"]), help="Date de la première nuit.")
@click.option("--demo", is_flag=True, help="Hôtel de démonstration, pour toujours.")
def creer(ouverture: datetime, **described: Any) -> None:  # noqa: ANN401 - the options above
    """Crée un hôtel; une démonstration le reste pour toujours."""
    try:
        create_hotel(NewHotel(**described, opening_date=ouverture.date()))
    except HotelError as error:
        raise Refusal(str(error)) from None
    click.echo(f"L’hôtel {described['code']} est créé.")
    if said := seed_first_hotel():
        click.echo(said)
