"""`base`: the database as a whole."""

from __future__ import annotations

import click
from flask import Flask, current_app
from flask.cli import AppGroup

from database import base as database
from database import schema, setup
from utils import dates
from utils.accounts import passwords
from utils.actions.lightspeed.seed import seed_first_hotel
from utils.actions.rebuild import rebuild
from utils.commands.refusal import Refusal

base = AppGroup("base", help="La base de données : la créer, la mettre à jour.")


@base.command("preparer")
def preparer() -> None:
    """Met la base à jour; en démonstration, crée l’hôtel fictif et ses comptes."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    if emptied := database.emptied(app):
        raise Refusal(emptied)
    try:
        brought = setup.prepare(app, dates.now(), passwords.hashed)
    except (setup.RealBook, schema.UnknownSchema) as error:
        raise Refusal(str(error)) from None
    if brought is not None:
        # columns that repeat the tabs are made again from them, and each night that could not be sealed is named
        for night in rebuild():
            place = f"{night.hotel} {night.day.isoformat()}"
            if night.corrected:
                click.echo(f"{place} : chiffres repris des onglets.")
            elif night.refused:
                click.echo(f"{place} : nuit laissée sans sceau, le journal ne la prouve pas.")
        if brought.refused:
            click.echo(f"Nuits sans sceau : {len(brought.refused)}. `rj journal verifier` nomme chaque case.")
    click.echo("La base de données est prête.")
    if said := seed_first_hotel():
        click.echo(said)


@base.command("reviser")
@click.argument("message")
def reviser(message: str) -> None:
    """Écrit une migration d’après les tables déclarées (pour qui développe)."""
    schema.revise(message)
    click.echo("La migration est écrite : la relire et l’éprouver, lignes présentes, dans les deux sens.")
