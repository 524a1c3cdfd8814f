"""The steps of the jobs: each a small function over an action that exists by itself."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from flask import current_app

from database import nights, properties
from database.transaction import read
from utils.actions import backup_book, notifications, open_night, soundness
from utils.actions import retention as traces
from utils.actions.lightspeed import LightspeedSync, books
from utils.actions.lightspeed.clients import client_of, installation
from utils.actions.refusals import Conflict, NoSuchNight, NotEditable, Unreadable
from utils.lightspeed.errors import LightspeedAPIError, LightspeedAuthError, LightspeedConfigError, LightspeedError
from utils.lightspeed.oauth import GrantLost
from utils.lightspeed.storage import SWITCHED_OFF
from utils.scheduler.work import Outcome, Turn, done, given_up, needless, wait

NOT_CONNECTED: Final = "Sans objet : l’hôtel n’est pas relié à Lightspeed."
NIGHT_FILLED: Final = "La nuit est remplie."
NOT_OPENED: Final = "La nuit n’est pas ouverte, et « Ouvrir la nuit » est à non dans les paramètres."
_KEEP_ALIVE_AGAIN: Final = timedelta(minutes=30)
_BUSY: Final = timedelta(minutes=1)


def synchronise(turn: Turn) -> Outcome:
    """Open the night if nobody did, and fill it from the PMS once it has closed the date.

    The PMS is asked again every few minutes, until the hotel's hour.
    """
    try:
        _open(turn)
        cause = "personne" if turn.person else "automatisme"
        result = LightspeedSync(turn.property_id, turn.person, cause=cause).sync_session(turn.night)
    except NoSuchNight:
        return _later(turn, NOT_OPENED)
    except (NotEditable, Unreadable) as refusal:
        return needless(refusal.sentence)
    except Conflict as refusal:
        if refusal.more.get("retry_in_minutes") is None:
            return needless(_not_connected())
        return wait(refusal.sentence, turn.clock() + _BUSY)
    if result.final:
        notifications.close_untrue(turn.clock(), turn.property_id)
        return done(result.message or NIGHT_FILLED)
    return _later(turn, result.message or "Lightspeed n’a pas encore fermé la date.")


def _open(turn: Turn) -> None:
    """Open the night that nobody opened, if the hotel wants it; never the first one of a book without a PMS.

    That one begins with the figures of the workbook, which only a person has.
    """
    with read() as connection:
        hotel = properties.property_by_id(connection, turn.property_id)
        begun = nights.latest_before(connection, hotel.id, turn.night) is not None
    if turn.opens and (begun or client_of(hotel).is_configured()):
        open_night.open_by_itself(hotel.id, turn.night, turn.clock())


def keep_books(turn: Turn) -> Outcome:
    """Keep what is on the books at the close of the date; asked again every few minutes, until the hotel's hour."""
    with read() as connection:
        hotel = properties.property_by_id(connection, turn.property_id)
    client = client_of(hotel)
    if not client.is_configured() or not client.is_connected():
        return needless(_not_connected())
    if turn.night < hotel.opening_date:
        return needless("Sans objet : l’hôtel n’est pas encore ouvert à cette date.")
    try:
        return done(books.keep_books(hotel, client, turn.night))
    except LightspeedError as error:
        return _until(turn, turn.morning("synchro_fin"), turn.every, str(error))


def keep_connection(turn: Turn) -> Outcome:
    """Renew the tokens of the PMS in the evening: a connection that is lost is known before the night needs it."""
    with read() as connection:
        client = client_of(properties.property_by_id(connection, turn.property_id))
    if not client.is_configured() or not client.is_connected():
        return needless(_not_connected())
    try:
        client.refresh_token()
    except LightspeedConfigError as error:
        return needless(str(error))
    except (LightspeedAuthError, GrantLost):
        return given_up("La liaison avec Lightspeed est perdue : une personne doit l’autoriser de nouveau.")
    except LightspeedAPIError as error:
        return _until(turn, turn.due_at + 4 * _KEEP_ALIVE_AGAIN, _KEEP_ALIVE_AGAIN, str(error))
    return done("La liaison avec Lightspeed est renouvelée.")


def _not_connected() -> str:
    return NOT_CONNECTED if installation().enabled else f"Sans objet : {SWITCHED_OFF}"


def back_up(turn: Turn) -> Outcome:
    """Write the whole book in one sealed file, read it again, then let the old ones go."""
    settings = current_app.config["SETTINGS"]
    written = backup_book.back_up(settings.backup_dir, turn.night, settings)
    return done(f"Sauvegarde écrite et relue : {written.name}, {written.rows} lignes.")


def look_for_damage(_turn: Turn) -> Outcome:
    """Read the database page by page; of a damaged one no backup is deleted, and somebody must know."""
    found = soundness.look_for_damage()
    return given_up(" ".join(found)) if found else done("La base se lit en entier.")


def prune_backups(turn: Turn) -> Outcome:
    """Delete the backups that are older than what the installation keeps, unless a hotel is under legal hold."""
    settings = current_app.config["SETTINGS"]
    with read() as connection:
        held = traces.held_hotels(connection, turn.clock())
    if held:
        return done(f"Conservation suspendue ({', '.join(held)}) : aucune sauvegarde n’est supprimée.")
    gone = backup_book.prune(settings.backup_dir, turn.night, settings.sauvegarde_jours)
    return done(f"Sauvegardes échues supprimées : {gone}.")


def purge(turn: Turn) -> Outcome:
    """Delete the traces whose time is over; nothing of a hotel under legal hold."""
    counts = traces.purge(turn.clock())
    total = sum(counts.values())
    return done(f"Traces échues supprimées : {total}." if total else "Rien n’est échu.")


def _later(turn: Turn, why: str) -> Outcome:
    """Ask the PMS again, unless the hour has passed and somebody filled the night without it."""
    with read() as connection:
        filled = notifications.is_filled(connection, turn.property_id, turn.night)
    if filled and turn.clock() >= turn.morning("synchro_fin"):
        return needless(NIGHT_FILLED)
    return _until(turn, turn.morning("synchro_fin"), turn.every, why)


def _until(turn: Turn, limit: datetime, every: timedelta, why: str) -> Outcome:
    """Try again a little later, for the last time at the limit."""
    at = turn.clock()
    if at >= limit:
        return given_up(why)
    return wait(why, min(at + every, limit))
