"""`utilisateur`: accounts, by command."""

from __future__ import annotations

import sys

import click
from flask.cli import AppGroup

from database.models import ROLES
from utils import dates
from utils.accounts import create
from utils.accounts.create import AccountError
from utils.actions.erase_account import ErasureError, erase_account
from utils.commands.refusal import Refusal

utilisateur = AppGroup("utilisateur", help="Les comptes : en créer un, lui donner un rôle dans un hôtel.")


@utilisateur.command("creer")
@click.option("--courriel", required=True, help="Adresse courriel : c’est elle qui sert à se connecter.")
@click.option("--role", required=True, type=click.Choice(ROLES), help="Rôle dans l’hôtel.")
@click.option("--hotel", required=True, help="Code de l’hôtel.")
@click.option("--nom", default="", help="Nom de la personne, tel que le journal l’écrira.")
def creer(courriel: str, role: str, hotel: str, nom: str) -> None:
    """Crée un compte, ou donne un rôle à un compte qui existe; le mot de passe se lit sur l’entrée standard."""
    try:
        created = create.account(courriel, nom, role, hotel, _password)
    except AccountError as error:
        raise Refusal(str(error)) from None
    click.echo(f"Le compte {courriel} est créé." if created else f"Le compte {courriel} existait : son rôle est donné.")


@utilisateur.command("effacer")
@click.option("--courriel", required=True, help="Adresse du compte, désactivé d’avance.")
@click.confirmation_option("--oui", prompt="Le nom et l’adresse seront effacés pour toujours. Continuer?")
def effacer(courriel: str) -> None:
    """Efface le nom et l’adresse d’une personne du compte et du journal, dont la preuve tient."""
    try:
        rows = erase_account(courriel, dates.now())
    except ErasureError as error:
        raise Refusal(str(error)) from None
    click.echo(f"Effacé : le compte, et la personne dans {rows} lignes du journal.")


def _password() -> str:
    """The password: asked for twice at a keyboard, else the first line of what is piped in."""
    if sys.stdin.isatty():
        return str(click.prompt("Mot de passe", hide_input=True, confirmation_prompt="Encore une fois"))
    return sys.stdin.readline().rstrip("\r\n")
