"""Getting a database ready: its schema, and in demo mode the fictitious hotel and its people."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Final

from flask import Flask
from sqlalchemy import Connection

from database import journal, properties, schema, users
from database.journal import SYSTEM, Entry
from database.properties import Described
from database.schema import BroughtUp
from database.transaction import read, write
from database.types import canonical

DEMO_HOTEL: Final = Described(
    code="DEMO",
    name="Hôtel de démonstration",
    currency="CAD",
    time_zone="America/Toronto",
    opening_date=date(2024, 12, 1),
    demo=True,
)
DEMO_ROOMS: Final = 252
DEMO_PASSWORD: Final = "demo-RJ-2026"  # noqa: S105 - known to everybody, of accounts that exist in demo mode only
DEMO_PEOPLE: Final = (
    ("auditeur@demo.hotel", "Auditeur de démonstration", "night_auditor"),
    ("superviseur@demo.hotel", "Superviseur de démonstration", "front_desk_supervisor"),
    ("comptable@demo.hotel", "Comptable de démonstration", "accounting"),
    ("controleur@demo.hotel", "Contrôleur de démonstration", "controller"),
    ("adjoint@demo.hotel", "Adjoint de démonstration", "gsm"),
    ("directeur@demo.hotel", "Directeur de démonstration", "gm"),
    ("admin@demo.hotel", "Administrateur de démonstration", "admin"),
)


class RealBook(Exception):
    """The book is that of real hotels: no demonstration is put in it; a French sentence says so."""


def prepare(app: Flask, at: datetime, hash_password: Callable[[str], str]) -> BroughtUp | None:
    """Bring the schema up to date and, in demo mode, create what is missing of the demonstration.

    Running it again changes nothing, and two processes may run it at once. See ``schema.upgrade`` for what it returns.
    """
    with app.app_context():
        brought = schema.upgrade()
        if app.config["DEMO"]:
            create_demonstration(at, hash_password)
    return brought


def create_demonstration(at: datetime, hash_password: Callable[[str], str]) -> None:
    """Create the demonstration hotel and its accounts, those that do not exist yet; raises ``RealBook``."""
    with read() as connection:
        _refuse_real_book(connection)
        if not _missing(connection):
            return
    password_hash = hash_password(DEMO_PASSWORD)
    with write() as connection:
        schema.hold(connection)
        _refuse_real_book(connection)
        hotel = properties.property_by_code(connection, DEMO_HOTEL.code)
        if hotel is None:
            hotel = properties.create_property(connection, DEMO_HOTEL, SYSTEM, at)
            properties.write_settings(connection, hotel.id, hotel.opening_date, {"rooms": DEMO_ROOMS}, SYSTEM, at)
        for email, name, role in _missing(connection):
            user_id = users.create_account(connection, email, name, password_hash, at, must_change_password=False)
            users.give_role(connection, user_id, hotel.id, role)
            entry = Entry("role", field=f"compte.{user_id}", new=canonical(role))
            journal.append(connection, hotel.id, SYSTEM, at, [entry])


def _refuse_real_book(connection: Connection) -> None:
    """The passwords of a demonstration are known to everybody: they never enter a book that real hotels began."""
    hotels = properties.all_properties(connection)
    if hotels and not any(hotel.demo and hotel.code == DEMO_HOTEL.code for hotel in hotels):
        codes = ", ".join(hotel.code for hotel in hotels)
        raise RealBook(
            f"Cette base est celle d’une vraie installation ({codes}) : rien n’y est ajouté. Régler DEMO=non."
        )


def _missing(connection: Connection) -> list[tuple[str, str, str]]:
    return [person for person in DEMO_PEOPLE if users.account_by_email(connection, person[0]) is None]
