"""`simulateur`: servers that speak the contracts of other services, on this machine only."""

from __future__ import annotations

import contextlib
import secrets
import sys
from pathlib import Path
from typing import Any, Final

import click
from flask.cli import AppGroup

from utils.commands.refusal import Refusal
from utils.marsha.signing import key_of
from utils.simulators import lightspeed as pms
from utils.simulators import marsha as brand
from utils.simulators import nights, serving
from utils.simulators.authorization import Client
from utils.simulators.marsha_signature import Signatures, read_key
from utils.simulators.source import Hotel
from utils.simulators.synthetic import SyntheticHotel

RETURN: Final = "http://127.0.0.1:5000/api/lightspeed/callback"
RETURN_MARSHA: Final = "http://127.0.0.1:5000/api/marsha/callback"

simulateur = AppGroup("simulateur", help="Des serveurs fictifs, pour essayer les liaisons.")


@simulateur.command("lightspeed")
@click.option(
    "--port", default=9000, show_default=True, type=click.IntRange(0, 65535), help="Port où écouter; 0 : un port libre."
)
@click.option("--nuits", type=click.Path(exists=True, file_okay=False, path_type=Path), help="Dossier de nuits.")
@click.option("--compte", "account", default="DEMO", show_default=True, help="Identifiant du compte servi.")
@click.option("--client", "client_id", default="rj-natif", show_default=True, help="Identifiant du client OAuth.")
@click.option("--secret", envvar="SIMULATEUR_SECRET", help="Secret du client; sans valeur, il est fabriqué.")
@click.option("--retour", default=RETURN, show_default=True, help="Retour OAuth.")
@click.option("--profil", "profile", type=click.Choice(["v1", "v2"]), default="v1", show_default=True)
@click.option("--sans-page", "credentials", is_flag=True, help="Permet aussi la liaison sans page d’autorisation.")
@click.option("--cle-admin", "admin_key", envvar="SIMULATEUR_CLE", help="Clé d’administration; sinon fabriquée.")
def lightspeed(port: int, nuits: Path | None, account: str, **given: Any) -> None:  # noqa: ANN401 - the options above
    """Sert un PMS fictif, ou les nuits d’un dossier de fichiers de nuit."""
    try:
        hotel: Hotel = nights.read_folder(nuits) if nuits else SyntheticHotel(account)
        listening = serving.listening(port)
    except nights.NightFilesError as error:
        raise Refusal(str(error)) from None
    except OSError as error:
        raise Refusal(f"Le port {port} ne peut pas être ouvert : {error.strerror}.") from None
    secret, admin_key = (given[name] or secrets.token_urlsafe(24) for name in ("secret", "admin_key"))
    client = Client(given["client_id"], secret, given["retour"], account, given["credentials"], given["profile"])
    address = f"http://{serving.HOST}:{listening.getsockname()[1]}"
    app = pms.create_app({account: hotel}, [client], address, admin_key)
    click.echo(f"Simulateur Lightspeed : {address} (compte {account}, client {client.client_id})")
    click.echo(f"Secret du client : {secret}\nClé d’administration : {admin_key}")
    sys.stdout.flush()
    with contextlib.suppress(KeyboardInterrupt):
        serving.server(app, listening).serve_forever()


@simulateur.command("marsha")
@click.option(
    "--port", default=9100, show_default=True, type=click.IntRange(0, 65535), help="Port où écouter; 0 : un port libre."
)
@click.option("--hotel", "code", default="YULRJ", show_default=True, help="Code de l’hôtel servi.")
@click.option("--client", "client_id", default="rj-natif", show_default=True, help="Identifiant du client OAuth.")
@click.option("--secret", envvar="SIMULATEUR_SECRET", help="Secret du client; sans valeur, il est fabriqué.")
@click.option("--cle", "keys", multiple=True, help="Clé de signature, nom=base64; sinon celle du secret.")
@click.option("--retour", default=RETURN_MARSHA, show_default=True, help="Retour OAuth.")
@click.option("--cle-admin", "admin_key", envvar="SIMULATEUR_CLE", help="Clé d’administration; sinon fabriquée.")
def marsha(port: int, code: str, keys: tuple[str, ...], **given: Any) -> None:  # noqa: ANN401 - the options above
    """Sert un MARSHA fictif : reçus, validations, ensemble concurrentiel."""
    secret, admin_key = (given[name] or secrets.token_urlsafe(24) for name in ("secret", "admin_key"))
    try:
        known = {name: read_key(text) for name, _, text in (one.partition("=") for one in keys)}
        listening = serving.listening(port)
    except ValueError:
        raise Refusal("Une clé de signature s’écrit nom=base64.") from None
    except OSError as error:
        raise Refusal(f"Le port {port} ne peut pas être ouvert : {error.strerror}.") from None
    if not known:
        usual = key_of("", "", given["client_id"], secret)
        known = {usual.id: usual.secret}
    client = Client(given["client_id"], secret, given["retour"], code, credentials=True)
    address = f"http://{serving.HOST}:{listening.getsockname()[1]}"
    app = brand.create_app({code: brand.Property("Hôtel simulé", Signatures(known))}, [client], address, admin_key)
    click.echo(f"Simulateur MARSHA : {address} (hôtel {code}, client {client.client_id})")
    click.echo(f"Secret du client : {secret}\nClé d’administration : {admin_key}")
    sys.stdout.flush()
    with contextlib.suppress(KeyboardInterrupt):
        serving.server(app, listening).serve_forever()
