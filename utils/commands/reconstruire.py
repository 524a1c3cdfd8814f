"""``rj reconstruire``: the projections rebuilt from the tabs, and what differed said."""

from __future__ import annotations

import click
from flask.cli import with_appcontext

from utils.actions.rebuild import rebuild


@click.command("reconstruire")
@click.option("--hotel", "code", default=None, help="Code d'un hôtel; tous sans cette option.")
@with_appcontext
def rebuild_projections(code: str | None) -> None:
    """Reconstruit les colonnes et les lignes par personne de chaque nuit depuis ses onglets."""
    total = differing = 0
    for hotel, day, names in rebuild(code):
        total += 1
        if names:
            differing += 1
            click.echo(f"{hotel} {day.isoformat()} : {', '.join(names)}")
    click.echo(f"{total} nuits, {differing} corrigées")
