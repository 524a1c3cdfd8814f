"""The papers of a night, of a demonstration hotel only."""

from __future__ import annotations

from datetime import date

from database import nights, properties
from database.transaction import read
from utils.actions.person import Person
from utils.actions.refusals import NoSuchNight
from utils.demo.bundle import papers_of
from utils.demo.hotel import EPOCH
from utils.demo.papers import Paper
from utils.demo.reprise import reprise_paper
from utils.lightspeed.clients import demo_hotel


def night_papers(person: Person, day: date) -> tuple[Paper, ...]:
    """What somebody types by hand that night; raises ``NoSuchNight`` for a real hotel and before the first date.

    A night that follows none in the book has one paper more: what the night before left.
    """
    with read() as connection:
        hotel = properties.property_by_id(connection, person.property_id)
        earlier = nights.latest_before(connection, hotel.id, day)
    if not hotel.demo:
        raise NoSuchNight("Les papiers d’une nuit n’existent que pour un hôtel de démonstration.")
    if day <= EPOCH:
        raise NoSuchNight(f"Les papiers de la démonstration commencent après le {EPOCH.isoformat()}.")
    known = demo_hotel(hotel)
    papers = papers_of(known, day)
    return papers if earlier else (reprise_paper(known, day), *papers)
