"""``rj reconstruire``: the projections rebuilt from the tabs, and what differed said."""

from __future__ import annotations

import sys

import click
from flask.cli import with_appcontext

from utils.actions.rebuild import rebuild
from utils.commands.refusal import need_known_schema
from utils.french import counted


@click.command("reconstruire")
@click.option("--hotel", "code", default=None, help="Code d'un hôtel; tous sans cette option.")
@with_appcontext
def rebuild_projections(code: str | None) -> None:
    """Reconstruit les colonnes et les lignes par personne de chaque nuit depuis ses onglets."""
    need_known_schema()
    total = corrected = refused = 0
    for night in rebuild(code):
        total, corrected = total + 1, corrected + night.corrected
        if night.refused:
            refused += 1
            click.echo(
                f"{night.hotel} {night.day.isoformat()} refusée, modifiée hors de RJ Natif : {'; '.join(night.refused)}"
            )
        elif night.differing:
            left = "" if night.corrected else " (verrouillée, laissée telle quelle)"
            click.echo(f"{night.hotel} {night.day.isoformat()}{left} : {', '.join(night.differing)}")
    click.echo(f"{counted(total, 'nuit', 'nuits')}, {counted(corrected, 'corrigée', 'corrigées')}")
    sys.exit(1 if refused else 0)
