"""What concerns the safety of accounts: alerts to those who govern the hotel, a mail to the person."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Final

from sqlalchemy import Connection

from database import members
from utils import dates
from utils.actions.notifications.audience import read_audience
from utils.actions.notifications.tell import tell
from utils.notifications.kinds import ACCOUNT, INFO, KINDS, SECURITY
from utils.notifications.mails import Draft, enqueue
from utils.notifications.recipients import Recipient
from utils.notifications.rules import Found

_SUBJECT: Final = "Votre compte a changé"


def tell_hotel(connection: Connection, property_id: int, cause: str, sentence: str, at: datetime) -> None:
    """Raise the alert of a hotel: once a night for one cause."""
    _raise(connection, property_id, Found(SECURITY, cause[:200], KINDS[SECURITY].severity, sentence), at)


def note_in_hotel(connection: Connection, property_id: int, cause: str, sentence: str, at: datetime) -> None:
    """The same of what is most often innocent: it is shown in the application, and no mail leaves."""
    _raise(connection, property_id, Found(SECURITY, cause[:200], INFO, sentence), at, mailed=False)


def _raise(connection: Connection, property_id: int, found: Found, at: datetime, *, mailed: bool = True) -> None:
    audience = read_audience(connection, property_id)
    if audience.chosen.kinds[SECURITY].active:
        tell(connection, audience, dates.current_business_date(at, audience.hotel.time_zone), found, at, mailed=mailed)


def warn_person(connection: Connection, where: tuple[int, int], sentence: str, at: datetime) -> None:
    """Write to a person, as one hotel (hotel, account), what was done to their account."""
    property_id, user_id = where
    person = members.member(connection, property_id, user_id)
    if person is None:
        return
    hotel = read_audience(connection, property_id).hotel
    letter = Draft(ACCOUNT, None, f"{ACCOUNT}/{secrets.token_hex(8)}", _SUBJECT, "compte", {"phrase": sentence})
    enqueue(connection, hotel, letter, Recipient(person.id, person.name, person.email, person.role), at, at)
