"""`base`: the database as a whole."""

from __future__ import annotations

import click
from flask import current_app
from flask.cli import AppGroup

from database import setup

base = AppGroup("base", help="La base de données : la créer, la mettre à jour.")


@base.command("preparer")
def preparer() -> None:
    """Met la base à jour; en démonstration, crée l’hôtel fictif et ses comptes."""
    setup.prepare(current_app)
    click.echo("La base de données est prête.")
