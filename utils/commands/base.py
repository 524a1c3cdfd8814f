"""`base`: the database as a whole."""

from __future__ import annotations

import click
from flask import Flask, current_app
from flask.cli import AppGroup

from database import schema, setup
from utils import dates
from utils.accounts import passwords
from utils.actions.sync.seed import seed_first_hotel
from utils.commands.refusal import Refusal

base = AppGroup("base", help="La base de données : la créer, la mettre à jour.")


@base.command("preparer")
def preparer() -> None:
    """Met la base à jour; en démonstration, crée l’hôtel fictif et ses comptes."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    try:
        setup.prepare(app, dates.now(), passwords.hashed)
    except setup.RealBook as error:
        raise Refusal(str(error)) from None
    click.echo("La base de données est prête.")
    if said := seed_first_hotel():
        click.echo(said)


@base.command("reviser")
@click.argument("message")
def reviser(message: str) -> None:
    """Écrit une migration d’après les tables déclarées (pour qui développe)."""
    schema.revise(message)
    click.echo("La migration est écrite : la relire et l’éprouver, lignes présentes, dans les deux sens.")
