"""Hotels and their dated settings."""

from datetime import date

import pytest
from sqlalchemy import text, update
from sqlalchemy.exc import DBAPIError, NoResultFound
from sqlalchemy.orm import Session

from database import properties
from database.journal import Actor
from database.models import Property
from database.properties import Described
from database.transaction import read, write
from tests.database.conftest import NOW, problems, rows

ADMIN = Actor(7, "Administrateur de démonstration")
FIRST, LATER = date(2025, 1, 1), date(2025, 7, 1)


def new_hotel(code="LAVAL", **values):
    """Create a hotel."""
    described = Described(code, "Hôtel de Laval", "CAD", "America/Toronto", FIRST)
    with write() as connection:
        return properties.create_property(connection, described._replace(**values), ADMIN, NOW)


def set_from(hotel, day, document):
    """Put settings in force."""
    with write() as connection:
        return properties.write_settings(connection, hotel, day, document, ADMIN, NOW)


def settings_on(hotel, day):
    """The settings of a date."""
    with read() as connection:
        return properties.settings_document(connection, hotel, day)


def test_a_hotel_is_found_by_its_code_and_by_its_id(app):
    hotel = new_hotel()
    with read() as connection:
        assert properties.property_by_code(connection, "LAVAL") == hotel
        assert properties.property_by_id(connection, hotel.id) == hotel
        assert properties.property_by_code(connection, "AILLEURS") is None
        assert [one.code for one in properties.all_properties(connection)] == ["DEMO", "LAVAL"]
        with pytest.raises(NoResultFound):
            properties.property_by_id(connection, 999)
    assert (hotel.name, hotel.demo, hotel.opening_date) == ("Hôtel de Laval", False, FIRST)


def test_a_code_is_taken_once(app):
    new_hotel()
    with pytest.raises(DBAPIError):
        new_hotel()


def test_a_hotel_begins_with_its_journal(app):
    hotel = new_hotel()
    assert [row.action for row in rows("SELECT action FROM changes WHERE property_id = :h", h=hotel.id)] == ["hotel"]
    assert problems(hotel.id) == []


def test_settings_apply_from_their_date_key_by_key(app):
    hotel = new_hotel().id
    later = set_from(hotel, LATER, {"rates": {"tps": "6"}, "terminals": ["bar_a"]})
    first = set_from(hotel, FIRST, {"rooms": 252, "rates": {"tps": "5", "tvq": "9.975"}, "terminals": ["bar_a", "x"]})
    assert settings_on(hotel, date(2024, 12, 31)) == ({}, ())
    before = {"rooms": 252, "rates": {"tps": "5", "tvq": "9.975"}, "terminals": ["bar_a", "x"]}
    assert settings_on(hotel, date(2025, 6, 30)) == (before, (first,))
    after = {"rooms": 252, "rates": {"tps": "6", "tvq": "9.975"}, "terminals": ["bar_a"]}
    assert settings_on(hotel, LATER) == (after, (first, later))


def test_the_last_word_of_one_date_wins(app):
    hotel = new_hotel().id
    set_from(hotel, FIRST, {"rooms": 100})
    set_from(hotel, FIRST, {"rooms": 101, "dueback_report": "auto"})
    set_from(hotel, FIRST, {"dueback_report": None})
    assert settings_on(hotel, FIRST).values == {"rooms": 101}


def test_every_setting_changed_is_in_the_journal(app):
    hotel = new_hotel().id
    set_from(hotel, FIRST, {"rooms": 252})
    set_from(hotel, LATER, {"rooms": 250, "verrouillage_auto": False})
    found = rows("SELECT field, old, new, origin FROM changes WHERE action = 'reglage' AND property_id = :h", h=hotel)
    assert [tuple(row) for row in found] == [
        ("rooms", None, "252", "des le 2025-01-01"),
        ("rooms", "252", "250", "des le 2025-07-01"),
        ("verrouillage_auto", None, "false", "des le 2025-07-01"),
    ]
    assert problems(hotel) == []


def test_one_hotel_says_nothing_of_another(app):
    one, other = new_hotel("UN").id, new_hotel("DEUX").id
    set_from(one, FIRST, {"rooms": 10})
    assert settings_on(other, LATER) == ({}, ())


def test_a_demonstration_stays_one(app, hotel):
    with write() as connection, Session(connection) as session:
        found = session.get(Property, hotel)
        with pytest.raises(ValueError, match="demo"):
            found.demo = False
        found.demo = True
        session.expunge_all()
    with pytest.raises(DBAPIError, match="demo flag"), write() as connection:
        connection.execute(update(Property).values(demo=False))
    with write() as connection:
        connection.execute(text("UPDATE properties SET name = 'Autre nom'"))
    assert rows("SELECT name, demo FROM properties") == [("Autre nom", True)]
