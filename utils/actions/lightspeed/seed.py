"""The connection that the settings of the installation give to the first real hotel, once (``LIGHTSPEED_*``).

    said = seed_first_hotel()   # a French sentence when there is something to say, else nothing

Asked whenever a hotel or the settings may have appeared: the book prepared, a hotel created, the server started.
"""

from __future__ import annotations

from typing import Final

from flask import Flask, current_app
from sqlalchemy.exc import SQLAlchemyError

from database import properties
from database.properties import Hotel
from database.transaction import StorageError, read
from utils.actions.lightspeed import connection
from utils.actions.lightspeed.clients import installation
from utils.actions.person import Machine
from utils.actions.refusals import Refusal
from utils.lightspeed import storage
from utils.lightspeed.errors import LightspeedError

NEEDED: Final = ("client_id", "client_secret", "property_id")
GRANTS: Final = dict(zip(("code", "client"), connection.GRANTS, strict=True))
IN_DEMO: Final = (
    "Lightspeed : les réglages LIGHTSPEED_CLIENT_ID, LIGHTSPEED_CLIENT_SECRET et LIGHTSPEED_PROPERTY_ID sont sans "
    "effet en démonstration."
)
NO_HOTEL: Final = "Lightspeed : les réglages LIGHTSPEED_* attendent le premier hôtel réel."


def seed_first_hotel() -> str | None:
    """Give the first real hotel its connection, unless it was; what there is to say of it, in French."""
    if (said := told_of_settings()) is not None or not any(_given(name) for name in NEEDED):
        return said
    with read() as database:
        hotel = properties.first_real(database)
    if hotel is None:
        return None
    try:
        if not storage.seed(hotel, _settings()):
            return told_of_settings()
    except LightspeedError as error:
        return f"Lightspeed : {error}"
    connection.tell_seeded(Machine(hotel.id, "réglages"), _form())
    return f"Lightspeed : l’hôtel {hotel.code} a reçu la liaison des réglages LIGHTSPEED_*. {_connected(hotel)}"


def told_of_settings(property_id: int | None = None) -> str | None:
    """Why the settings do nothing, in French: nothing to say when there are none, or when they may still serve.

    ``property_id``: say it to this hotel only when it is the one that they are for.
    """
    given = [name for name in NEEDED if _given(name)]
    if not given:
        return None
    if current_app.config["DEMO"]:
        return IN_DEMO
    with read() as database:
        hotel = properties.first_real(database)
        marked = hotel is not None and storage.is_marked(database, hotel.id)
    if property_id is not None and (hotel is None or hotel.id != property_id):
        return None
    if hotel is not None and marked:
        return f"Lightspeed : les réglages LIGHTSPEED_* ne servent plus, la page Lightspeed de {hotel.code} gouverne."
    missing = [f"LIGHTSPEED_{name.upper()}" for name in NEEDED if name not in given]
    if missing:
        verb = "manquent" if len(missing) > 1 else "manque"
        return f"Lightspeed : {' et '.join(missing)} {verb}; sans eux, les autres réglages ne relient rien."
    problems = [one.message for one in connection.flaws(_form())]
    told = f"Lightspeed : les réglages LIGHTSPEED_* ne peuvent pas servir. {problems[0]}" if problems else None
    return told or (NO_HOTEL if hotel is None else None)


def _connected(hotel: Hotel) -> str:
    """Connect at once what needs nobody’s consent; what the PMS cannot answer now is asked again when it is needed."""
    if _settings()["grant"] == connection.GRANTS[0]:
        return "Il reste à autoriser l’accès, à sa page Lightspeed."
    if not installation().enabled:
        return storage.SWITCHED_OFF
    try:
        account = connection.authorize(Machine(hotel.id, "réglages"), "")["compte"]
    except Refusal as refusal:
        return f"Pas encore relié : {refusal.sentence} La première synchronisation recommencera."
    return f"Relié : {account['nom']}, compte {account['compte']}."


def _given(name: str) -> str:
    return str(getattr(current_app.config["SETTINGS"], f"lightspeed_{name}"))


def _form() -> connection.Form:
    """What a person would have typed."""
    return connection.Form(_given("property_id"), _given("client_id"), _given("client_secret"), GRANTS[_given("grant")])


def _settings() -> dict[str, str]:
    here = installation()
    addresses = {"base_url": here.base_url, "auth_url": here.auth_url, "redirect_uri": here.redirect_uri}
    return addresses | {name: _given(name) for name in NEEDED} | {"grant": GRANTS[_given("grant")]}


def seed_at_start(app: Flask) -> str | None:
    """The same when a server starts; a book that is not ready yet is for ``base preparer``.

    An application without settings is a floor of the measures, not the product.
    """
    if "SETTINGS" not in app.config:
        return None
    with app.app_context():
        try:
            return seed_first_hotel()
        except (StorageError, SQLAlchemyError):
            return None
