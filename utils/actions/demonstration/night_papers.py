"""The papers of a night, of a demonstration hotel only."""

from __future__ import annotations

from datetime import date

from database import properties
from database.transaction import read
from utils.actions.person import Person
from utils.actions.refusals import NoSuchNight
from utils.demo.bundle import papers_of
from utils.demo.hotel import EPOCH
from utils.demo.papers import Paper
from utils.lightspeed.clients import demo_hotel


def night_papers(person: Person, day: date) -> tuple[Paper, ...]:
    """What somebody types by hand that night; raises ``NoSuchNight`` for a real hotel and before the first date."""
    with read() as connection:
        hotel = properties.property_by_id(connection, person.property_id)
    if not hotel.demo:
        raise NoSuchNight("Les papiers d’une nuit n’existent que pour un hôtel de démonstration.")
    if day <= EPOCH:
        raise NoSuchNight(f"Les papiers de la démonstration commencent après le {EPOCH.isoformat()}.")
    return papers_of(demo_hotel(hotel), day)
