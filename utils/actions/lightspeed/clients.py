"""The client of a hotel and the settings of the installation that it depends on: one place for the whole package."""

from __future__ import annotations

from typing import NamedTuple

from flask import current_app

from database.properties import Hotel
from utils.lightspeed import clients, storage
from utils.lightspeed.clients import Client
from utils.lightspeed.errors import LightspeedConfigError


class Installation(NamedTuple):
    """What the installation says of Lightspeed, whatever the hotel."""

    enabled: bool
    base_url: str
    auth_url: str
    redirect_uri: str
    """Where Lightspeed sends people back: a setting, never what a browser says."""


def installation() -> Installation:
    """The settings of this application; in a demonstration people come back to the machine itself."""
    settings = current_app.config["SETTINGS"]
    local = f"http://{settings.host}:{settings.port}/api/lightspeed/callback" if settings.demo else ""
    return Installation(
        settings.lightspeed_enabled,
        settings.lightspeed_base_url,
        settings.lightspeed_auth_url,
        settings.lightspeed_redirect_uri or local,
    )


def client_of(hotel: Hotel) -> Client:
    """The client of a hotel in this installation; that of a real hotel without credentials says so and asks nobody."""
    enabled = installation().enabled
    try:
        return clients.client_for(hotel, enabled=enabled)
    except LightspeedConfigError:
        return storage.client_for(hotel, enabled=enabled)
