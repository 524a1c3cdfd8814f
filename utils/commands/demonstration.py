"""`demonstration`: the last nights of the fictitious hotel, closed."""

from __future__ import annotations

import click
from flask import current_app
from flask.cli import AppGroup

from utils import dates
from utils.actions.demonstration.fill_nights import NIGHTS, fill_nights

demonstration = AppGroup("demonstration", help="L’hôtel de démonstration.")


@demonstration.command("remplir")
@click.option("--nuits", "count", type=click.IntRange(1, 400), default=NIGHTS, show_default=True)
def remplir(count: int) -> None:
    """Ferme ses dernières nuits; redemander n’ajoute que celles qui manquent. Sans effet hors démonstration."""
    if current_app.config["DEMO"]:
        closed = fill_nights(dates.now(), count)
        click.echo(f"  Démonstration : {closed} nuits fermées")
