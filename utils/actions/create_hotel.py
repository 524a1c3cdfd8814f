"""Creating a hotel, with its number of rooms as its first setting."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import Final
from zoneinfo import available_timezones

from database import properties
from database.journal import Actor
from database.setup import DEMO_HOTEL
from database.transaction import write
from utils import dates
from utils.text import LABEL, LONGEST, spelled

COMMAND: Final = Actor(None, "ligne de commande")
_CODE: Final = re.compile(r"[A-Z0-9][A-Z0-9-]{1,19}", re.ASCII)
_LONGEST: Final = LONGEST[LABEL]
_CURRENCY: Final = re.compile(r"[A-Z]{3}", re.ASCII)


class HotelError(ValueError):
    """A hotel that cannot be created; its message is a French sentence."""


@dataclass(frozen=True, slots=True)
class NewHotel:
    """A hotel to create."""

    code: str
    name: str
    rooms: int
    time_zone: str
    currency: str
    opening_date: date
    demo: bool


def create_hotel(new: NewHotel, actor: Actor = COMMAND) -> int:
    """Create a hotel and return its id; raises ``HotelError`` on the first thing that is wrong."""
    new = replace(new, code=spelled(new.code), name=spelled(new.name))
    if not _CODE.fullmatch(new.code):
        raise HotelError("Le code a de 2 à 20 majuscules, chiffres ou traits d’union, par exemple LAVAL.")
    if not new.name or len(new.name) > _LONGEST or not new.name.isprintable():
        raise HotelError("Le nom de l’hôtel a de 1 à 120 caractères.")
    if new.time_zone not in available_timezones():
        raise HotelError(f"Le fuseau horaire « {new.time_zone} » n’existe pas; par exemple America/Toronto.")
    if not _CURRENCY.fullmatch(new.currency):
        raise HotelError("La devise s’écrit en trois majuscules, par exemple CAD.")
    if not dates.FIRST <= new.opening_date <= dates.LAST:
        raise HotelError("La date d’ouverture est entre 2000 et 2099.")
    at = dates.now()
    described = {
        "code": new.code,
        "name": new.name,
        "currency": new.currency,
        "time_zone": new.time_zone,
        "opening_date": new.opening_date,
        "demo": new.demo,
    }
    with write() as connection:
        if properties.property_by_code(connection, new.code):
            raise HotelError(f"Le code « {new.code} » est déjà pris.")
        if new.code == DEMO_HOTEL["code"] and not new.demo:
            raise HotelError(f"Le code « {new.code} » est celui de la démonstration : un hôtel réel en prend un autre.")
        created = properties.create_property(connection, described, actor, at)
        properties.write_settings(connection, created.id, new.opening_date, {"rooms": new.rooms}, actor, at)
    return created.id
