"""Whoever creates a hotel administers it, and its journal says so."""

from database.journal import Actor
from tests.database.test_properties import new_hotel
from tests.utils.accounts.conftest import rows, told
from utils.accounts.hotels import administer


def test_the_creator_of_a_hotel_is_its_administrator(accounts):
    hotel = new_hotel("AUTRE").id
    user_id = accounts["directeur"]
    administer(Actor(user_id, "Directrice"), hotel)
    assert rows(
        "SELECT role FROM memberships WHERE property_id = :hotel AND user_id = :user", hotel=hotel, user=user_id
    ) == [("admin",)]
    assert (f"compte.{user_id}", None, '"admin"') in told("role")
    assert rows("SELECT role FROM memberships WHERE property_id = 1 AND user_id = :user", user=user_id) == [("gm",)]
