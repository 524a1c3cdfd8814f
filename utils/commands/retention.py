"""`retention`: what is kept how long, what is over, and the legal hold."""

from __future__ import annotations

import click
from flask.cli import AppGroup

from database.journal import Actor
from database.transaction import read
from utils import dates
from utils.actions import retention as actions
from utils.actions.refusals import Refusal as Refused
from utils.commands.refusal import Refusal

retention = AppGroup("retention", help="La conservation : ce qui se garde, ce qui échoit, et le gel en cas de litige.")
_hotel = click.option("--hotel", "code", required=True, help="Code de l’hôtel.")
_reason = click.option("--motif", "reason", required=True, help="Pourquoi; le journal de l’hôtel le garde.")


@retention.command("montrer")
def montrer() -> None:
    """Dit combien de temps chaque trace se garde, et combien sont échues; ne supprime rien."""
    at = dates.now()
    for rule, count in actions.standing(at):
        click.echo(f"{rule.label} : {rule.days} jours; échues : {count}")
    click.echo("Nuits, journal, instantanés, soumissions, réglages et comptes : jamais supprimés.")
    with read() as connection:
        held = actions.held_hotels(connection, at)
    click.echo(f"Conservation gelée : {', '.join(held) or 'aucun hôtel'}.")


@retention.command("purger")
def purger() -> None:
    """Supprime maintenant ce qui est échu, sauf d’un hôtel dont la conservation est gelée."""
    counts = actions.purge(dates.now())
    for key, count in counts.items():
        click.echo(f"{key} : {count}")
    click.echo(f"Traces supprimées : {sum(counts.values())}.")


@retention.command("geler")
@_hotel
@_reason
def geler(code: str, reason: str) -> None:
    """Gèle la conservation d’un hôtel : plus rien de lui n’est supprimé, ni aucune sauvegarde."""
    _hold(code, reason, held=True)
    click.echo(f"La conservation de {code} est gelée.")


@retention.command("liberer")
@_hotel
@_reason
def liberer(code: str, reason: str) -> None:
    """Met fin au gel : la suppression reprend au prochain passage."""
    _hold(code, reason, held=False)
    click.echo(f"La conservation de {code} suit de nouveau ses durées.")


def _hold(code: str, reason: str, *, held: bool) -> None:
    try:
        actions.set_hold(code, held=held, reason=reason, by=Actor(None, "système"), at=dates.now())
    except Refused as refused:
        raise Refusal(refused.sentence) from None
