"""Deleting what has outlived its time, and the legal hold that suspends it, hotel by hotel."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from sqlalchemy import Connection

from database import properties, retention
from database.journal import Actor
from database.properties import Hotel
from database.transaction import read, write
from utils import dates
from utils.actions.apart import apart
from utils.actions.refusals import Unreadable
from utils.rj.reason import refusal, says_something

SECTION: Final = "conservation"
MOST_WORDS: Final = 200


def held_hotels(connection: Connection, at: datetime) -> list[str]:
    """The codes of the hotels whose traces nobody may delete today."""
    return [hotel.code for hotel in properties.all_properties(connection) if _is_held(connection, hotel, at)]


def standing(at: datetime) -> list[tuple[retention.Rule, int]]:
    """Each rule with how many rows it would delete now."""
    with read() as connection:
        held = _held_ids(connection, at)
        return [(rule, retention.expired(connection, rule, at, held)) for rule in retention.RULES]


def purge(at: datetime) -> dict[str, int]:
    """Delete what is over, a rule a transaction; how many rows went, by rule. Raises once all had their turn."""
    counts: dict[str, int] = {}
    failures: list[Exception] = []
    for rule in retention.RULES:
        with apart("conservation", failures, regle=rule.key), write() as connection:
            counts[rule.key] = retention.purge(connection, rule, at, _held_ids(connection, at))
    if failures:
        raise failures[0]
    return counts


def set_hold(code: str, *, held: bool, reason: str, by: Actor, at: datetime) -> None:
    """Begin or end the legal hold of a hotel, from today on, said in its journal with its reason."""
    if not reason.strip() or len(reason) > MOST_WORDS or not reason.isprintable():
        raise Unreadable(f"Il faut un motif d’au plus {MOST_WORDS} caractères, sur une rangée.")
    with write() as connection:
        hotel = properties.property_by_code(connection, code)
        if hotel is None:
            raise Unreadable(f"Aucun hôtel n’a le code « {code} ».")
        if not says_something(reason):
            raise Unreadable(refusal("du gel ou de sa fin", reason))
        document = {SECTION: {"gel": held, "motif": reason.strip()}}
        properties.write_settings(connection, hotel.id, _today(hotel, at), document, by, at)


def _held_ids(connection: Connection, at: datetime) -> list[int]:
    return [hotel.id for hotel in properties.all_properties(connection) if _is_held(connection, hotel, at)]


def _is_held(connection: Connection, hotel: Hotel, at: datetime) -> bool:
    chosen = properties.settings_document(connection, hotel.id, _today(hotel, at)).values.get(SECTION)
    return isinstance(chosen, dict) and bool(chosen.get("gel"))


def _today(hotel: Hotel, at: datetime) -> date:
    return dates.local(at, hotel.time_zone).date()
