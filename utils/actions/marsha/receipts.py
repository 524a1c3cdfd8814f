"""At the hour that a hotel chose: the nights whose DBRS has no receipt, told once."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from database import marsha, properties
from database.models.marsha import ACCEPTED, RECEIVED, REJECTED
from database.transaction import write
from utils.actions.marsha.clients import is_linked
from utils.actions.marsha.documents import AUTO
from utils.actions.marsha.events import tell_unsent
from utils.actions.state import LOCKED, SUBMITTED, find_night

GOT: Final = "Le reçu est là."
NOT_CLOSED: Final = "La nuit n’est pas soumise : un autre avis le dit déjà."


def tell_missing(property_id: int, day: date, at: datetime) -> str | None:
    """Tell of a night without a receipt; what there is to say, nothing for a hotel that sends nothing."""
    with write() as connection:
        hotel = properties.property_by_id(connection, property_id)
        if not is_linked(connection, hotel) or day < hotel.opening_date:
            return None
        found = marsha.of_date(connection, property_id, day)
        if found and found[0].status in (RECEIVED, ACCEPTED, REJECTED):
            return GOT
        state = find_night(connection, property_id, day)
        if state is None or state.status not in (LOCKED, SUBMITTED):
            return NOT_CLOSED
        if state.status == SUBMITTED:
            why = "la nuit attend une dérogation ou un verrou"
        elif not found:
            automatic = bool(state.policy.get(AUTO, True))
            why = "rien n’a été préparé" if automatic else "l’envoi est à faire : « Envoyer à MARSHA »"
        else:
            why = found[0].error or "il attend son tour"
        sentence = f"DBRS du {day.isoformat()} sans reçu de MARSHA : {why.rstrip('.')}."
        tell_unsent(connection, property_id, day, sentence, at)
    return sentence
