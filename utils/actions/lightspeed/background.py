"""Synchronisations that nobody waits for: when a night is opened, or when the PMS says that something changed."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date

import structlog
from flask import Flask, current_app

from database import properties
from database.transaction import StorageError, read
from utils.actions.lightspeed.clients import client_of
from utils.actions.lightspeed.sync_night import LightspeedSync
from utils.actions.person import Person
from utils.actions.refusals import NotEditable, Refusal
from utils.lightspeed import storage

_log = structlog.get_logger(__name__)


def after_opening(person: Person, day: date) -> bool:
    """Begin to synchronise a night that was just opened, if the hotel chose it; whether it was begun.

    Nothing here waits for the network nor fails: the opening is done whatever happens to the synchronisation.
    """
    try:
        with read() as database:
            hotel = properties.property_by_id(database, person.property_id)
            wanted = storage.options_of(database, hotel.id).auto_sync
        client = client_of(hotel)
        if not wanted or not client.is_connected() or not person.may("synchroniser"):
            return False
    except StorageError:
        return False
    in_background(lambda: LightspeedSync(hotel.id, person, cause="ouverture").sync_session(day))
    return True


def after_message(property_id: int, day: date) -> None:
    """Look at a date that the PMS spoke of: fill its night, or propose when the night is closed."""

    def look() -> None:
        asked = LightspeedSync(property_id, cause="avis")
        try:
            asked.sync_session(day)
        except NotEditable:
            asked.read_anew(day)

    in_background(look)


def in_background(work: Callable[[], object]) -> None:
    """Run something in a thread of its own, in the application that asked."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]

    def run() -> None:
        with app.app_context():
            try:
                work()
            except (Refusal, StorageError) as refusal:
                _log.info("lightspeed.synchronisation", refus=type(refusal).__name__)

    threading.Thread(target=run, name="synchronisation", daemon=True).start()
