"""Security events: each writes a line in the technical log, and those that people must hear of raise an alert.

The log names an account by its number, and a place by a keyed digest: neither an e-mail nor an address in clear.
"""

from __future__ import annotations

import hmac
from datetime import datetime
from typing import Final, Protocol, cast

import structlog
from flask import current_app
from sqlalchemy import Connection

from database import members, users
from database.transaction import read, write
from utils.accounts import attempts
from utils.accounts.attempts import Origin, Rule
from utils.accounts.later import later

_WHAT: Final = {"connexion": "connexion", "code": "code de connexion", "oubli": "mot de passe oublié"}
TELLING: Final = "rj_avertir"
"""Under which name the application holds what tells people."""

log = structlog.get_logger("rj.securite")


class Telling(Protocol):
    """How people hear of it; the application gives it, so that accounts know nothing of mails."""

    def tell_hotel(self, connection: Connection, property_id: int, cause: str, sentence: str, at: datetime) -> None:
        """Raise an alert in a hotel."""

    def note_in_hotel(self, connection: Connection, property_id: int, cause: str, sentence: str, at: datetime) -> None:
        """The same, without a mail."""

    def warn_person(self, connection: Connection, where: tuple[int, int], sentence: str, at: datetime) -> None:
        """Write to a person, as this hotel (hotel, account)."""


def refused(rule: Rule, email: str, origin: Origin, at: datetime) -> None:
    """An attempt was refused; repeated, the hotels of the account hear of it; of nobody's, the log alone keeps it."""
    with read() as connection:
        account = users.account_by_email(connection, email)
        repeated = attempts.exhausted(connection, rule, email, origin, at)
    user_id, place = account.id if account else None, _place(origin)
    log.warning("tentative refusée", quoi=rule.what, compte=user_id, origine=place, repetee=repeated)
    if repeated and user_id is not None:
        later(lambda: _tell_refusals(rule, user_id, at))


def new_browser(connection: Connection, user_id: int, origin: Origin, at: datetime) -> None:
    """An account was opened in a browser that it did not know, in the transaction that opens it."""
    log.warning("nouvel appareil", compte=user_id, origine=_place(origin))
    sentence = f"{_name(connection, user_id)} s’est connecté dans un navigateur nouveau."
    for hotel in members.hotels_of(connection, user_id):
        _telling().note_in_hotel(connection, hotel.property_id, f"appareil {user_id}", sentence, at)


def said(connection: Connection, user_id: int, event: str, sentence: str, at: datetime) -> None:
    """Something that changes what an account may do: a role, a device, a key that served; in its transaction."""
    log.warning(event, compte=user_id)
    _tell_account(connection, user_id, event, sentence, at)


def forged_invitation(connection: Connection, user_id: int, property_id: int, at: datetime) -> None:
    """An account was about to take a role that the journal of a hotel does not say offered; in its transaction."""
    log.warning("invitation altérée", compte=user_id, hotel=property_id)
    sentence = f"Une invitation à {_name(connection, user_id)} a été écrite ou modifiée hors de RJ Natif."
    for hotel in {property_id, *(one.property_id for one in members.hotels_of(connection, user_id))}:
        _telling().tell_hotel(connection, hotel, f"invitation altérée {user_id}", sentence, at)


def warn(connection: Connection, user_id: int, sentence: str, at: datetime) -> None:
    """Tell a person by mail what was done to their account, in the transaction that does it."""
    for hotel in members.hotels_of(connection, user_id)[:1]:
        _telling().warn_person(connection, (hotel.property_id, user_id), sentence, at)


def _tell_refusals(rule: Rule, user_id: int, at: datetime) -> None:
    with write() as connection:
        sentence = f"est visé par des refus répétés ({_WHAT[rule.what]})"
        _tell_account(connection, user_id, f"refus {rule.what}", sentence, at)


def _tell_account(connection: Connection, user_id: int, cause: str, sentence: str, at: datetime) -> None:
    name = _name(connection, user_id)
    for hotel in members.hotels_of(connection, user_id):
        _telling().tell_hotel(connection, hotel.property_id, f"{cause} {user_id}", f"{name} {sentence}.", at)


def _name(connection: Connection, user_id: int) -> str:
    return users.names(connection, {user_id}).get(user_id, "")


def _telling() -> Telling:
    return cast("Telling", current_app.extensions[TELLING])


def _place(origin: Origin) -> str:
    """What tells one address from another without saying which."""
    key = str(current_app.config["SECRET_KEY"]).encode()
    return hmac.new(key, f"origine|{origin.address}".encode(), "sha256").hexdigest()[:12]
