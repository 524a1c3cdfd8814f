"""The people of a hotel and what was chosen, as the rules of who is told read them."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import Connection

from database import members, notifications, properties
from database.properties import Hotel
from utils.notifications.chosen import Chosen, read_chosen
from utils.notifications.recipients import Preference, Recipient


class Audience(NamedTuple):
    """A hotel, its open accounts, what each prefers, what the hotel chose."""

    hotel: Hotel
    people: tuple[Recipient, ...]
    preferences: dict[tuple[int, str], Preference]
    chosen: Chosen


def read_audience(connection: Connection, property_id: int) -> Audience:
    """Everything that says who is told in a hotel."""
    everybody = members.members(connection, property_id)
    people = tuple(Recipient(one.id, one.name, one.email, one.role) for one in everybody if one.active)
    preferences = notifications.preferences(connection, property_id)
    return Audience(
        properties.property_by_id(connection, property_id),
        people,
        {key: Preference(*value) for key, value in preferences.items()},
        read_chosen(notifications.config(connection, property_id)),
    )
