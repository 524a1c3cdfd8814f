"""`demonstration`: the last nights of the fictitious hotel, closed."""

from __future__ import annotations

import time

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
        began = time.monotonic()
        closed = fill_nights(dates.now(), count)
        if closed:
            nights = f"{closed} nuits fermées" if closed > 1 else "1 nuit fermée"
            click.echo(f"  Démonstration\u00a0: {nights} en {int(time.monotonic() - began)}\u00a0s")
